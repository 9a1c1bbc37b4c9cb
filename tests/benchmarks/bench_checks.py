"""Count what every check finds in the catalogues of this checkout: how often would a reader be stopped, and for what?

Every translation of every catalogue is looked at once by every check, as `leaflets check` does it, with two differences:
the words of locales/glossary.yaml count as agreed, and the questions to readers are asked too. The English is looked at by
the checks of the source. `--list ID` prints each finding of a check with its place, to be judged by somebody who can read it.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from generator import __version__
from generator.campaign.project import Project
from generator.checks import Check, CheckContext, Subject, all_checks
from generator.layout import fonts
from generator.review.snapshot import Snapshot

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Sentence:
    """One translation, or one English original, with its place."""

    where: str
    subject: Subject
    source: bool


def sentences(project: Project) -> Iterator[Sentence]:
    """Yield every sentence of the campaign that has a text, the English first."""
    snapshot = Snapshot(project)
    for code in dict.fromkeys(("en", *project.campaign.languages)):
        context = agreed(project, snapshot, code)
        for domain in project.domains:
            for text in snapshot.texts(code, domain).values():
                if text.msgstr:
                    where = f"{code}/{domain} {text.message.msgctxt} ({text.message.risk})"
                    yield Sentence(where, context.subject(text.message.msgid, text.msgstr), code == "en")


def agreed(project: Project, snapshot: Snapshot, code: str) -> CheckContext:
    """Return what sentences of a language are looked at with, as if every word of the glossary were agreed."""
    terms = tuple((term, words[code]) for term, words in project.glossary.terms.items() if code in words)
    return replace(snapshot.context(code), terms=terms, covers=fonts.printable_characters(project.languages[code], project.languages))


def looks_at(rule: Check, sentence: Sentence) -> bool:
    """Tell whether a check is made for the English or for the translation."""
    return rule.on == "both" or rule.on == ("source" if sentence.source else "translation")


def measure(rule: Check, found: list[Sentence], listed: bool) -> tuple[int, float]:
    """Print one line for a check, and its findings if they are asked for; return their number and the seconds it took."""
    looked = [sentence for sentence in found if looks_at(rule, sentence)]
    began = time.perf_counter()
    findings = [(sentence, what) for sentence in looked for what in rule.find(sentence.subject)]
    seconds = time.perf_counter() - began
    share = 1000 * len(findings) / len(looked) if looked else 0
    kind = "question" if rule.asks else rule.severity
    print(f"{rule.id:22} {kind:9} {len(looked):6} {len(findings):6} {share:8.1f} {1e6 * seconds / max(len(looked), 1):8.0f}")
    for sentence, what in findings if listed else ():
        print(f"    {sentence.where}: {what}\n        {sentence.subject.msgid}\n        {sentence.subject.msgstr}")
    return len(findings), seconds


def main() -> None:
    """Print the table, and what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="append", default=[], metavar="ID", help="print every finding of this check; may be repeated")
    parser.add_argument("campaign", nargs="?", type=Path, default=ROOT, help="folder of another campaign")
    options = parser.parse_args()
    rules = [rule for rule in all_checks() if not options.list or rule.id in options.list]
    found = list(sentences(Project(options.campaign)))
    languages = Counter(sentence.subject.language.code for sentence in found if not sentence.source)
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, Babel {version('babel')}")
    print(f"leaflets {__version__}: {languages.total()} translations in {len(languages)} languages, {len(rules)} checks")
    print(f"{'check':22} {'kind':9} {'looked':>6} {'found':>6} {'per 1000':>8} {'µs each':>8}")
    counts = [(rule, *measure(rule, found, rule.id in options.list)) for rule in rules]
    alarms = sum(count for rule, count, _ in counts if not rule.asks)
    questions = sum(count for rule, count, _ in counts if rule.asks)
    print(f"{alarms} findings and {questions} questions in {sum(seconds for *_, seconds in counts):.1f} s")


if __name__ == "__main__":
    main()
