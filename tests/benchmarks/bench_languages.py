"""Print how often a sentence of one language is found in the file of another: rows are files, columns are texts."""

from __future__ import annotations

from generator.campaign.project import Project
from tests.conftest import ROOT
from tests.support.six_sentences import found, neighbours, sentences, wrong


def main() -> None:
    """Print false alarms, the table of what is missed, and the share that is found."""
    table, texts = Project(ROOT).languages, sentences()
    codes = {code: some for code, some in texts.items() if code != "source"}
    alarms = [
        (code, problem.line())
        for code, some in codes.items()
        for english, own in zip(texts["source"], some, strict=True)
        for problem in found(table[code], english, own, table)
    ]
    print(f"{sum(map(len, codes.values()))} right sentences in {len(codes)} languages: {len(alarms)} findings", *alarms, sep="\n")
    tried = caught = 0
    print("file: text found / tried, where not all were found")
    for code in codes:
        counts = {other: wrong(texts, code, other, table) for other in neighbours(table[code], table, codes)}
        tried, caught = tried + sum(len(codes[other]) for other in counts), caught + sum(counts.values())
        missed = [f"{other} {count}/{len(codes[other])}" for other, count in counts.items() if count < len(codes[other])]
        print(f"  {code:8} {', '.join(missed)}" if missed else f"  {code:8} all")
    print(f"{caught} of {tried} sentences in the wrong file are found")


if __name__ == "__main__":
    main()
