"""No idiom, no "should", no double negative."""

import re

from generator.checks import Findings, Rule, Subject

_PHRASES = {
    r"in touch": "contact, call or write to",
    r"at the end of the day|when all is said": "leave it out",
    r"a piece of cake|a walk in the park": "easy",
    r"hit the road|make a move": "leave",
    r"rule of thumb": "a simple rule",
    r"on the same page": "agree",
    r"get the ball rolling|kick off": "start",
    r"touch base|reach out": "talk to or write to",
    r"keep an eye on": "watch",
    r"in a nutshell": "in short",
    r"should(?:n't)?": "must or can, whichever is meant",
    r"as soon as possible": "say when",
    r"not un\w+|(?:don't|not) \w+ (?:nothing|nobody|never)": "say it without the second no",
    r"e\.g\.|i\.e\.|etc\.": "for example; that is; and so on",
    r"\w+n't": "write it out: do not, cannot",
}


@Rule(
    why="Idioms translate into nonsense, “should” into “must” in one language, “may” in another.",
    hint="say it in plain words",
    passes=(("en", "You must call us. Do not open the door.", ""),),
    fails=(
        ("en", "You should call us.", ""),
        ("en", "Get in touch with us.", ""),
        ("en", "It is not uncommon.", ""),
        ("en", "Don't open the door.", ""),
        ("en", "Do not tell nobody.", ""),
    ),
    on="source",
)
def idiom(subject: Subject) -> Findings:
    """Does the sentence hold an expression that does not travel?"""
    for pattern, better in _PHRASES.items():
        if found := re.search(rf"\b(?:{pattern})(?!\w)", subject.msgid, re.IGNORECASE):
            yield f"{found[0]!r} is hard to translate; better: {better}"
