"""The translation is not the English itself."""

from collections.abc import Iterator

from generator.checks import Finding, Subject, check


@check(
    why="A copied English sentence looks translated in every list.",
    hint="translate it, or leave it empty",
    passes=(("fr", "NHS", "NHS"), ("fr", "Come here", "Venez ici")),
    fails=(("fr", "Come here now", "Come here now"), ("sq", "Our phone tree", "our phone tree.")),
    severity="warning",
)
def same_as_source(subject: Subject) -> Iterator[Finding]:
    """Is the text still English?"""
    english, own = (text.strip(" .!?").lower() for text in (subject.msgid, subject.msgstr))
    if english == own and len(subject.msgid.split()) > 1:
        yield "the translation is the English sentence"
