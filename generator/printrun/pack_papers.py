"""The papers that go with a pack: labels of bundles and boxes, the shop's order, the checklist.

A further paper is a template in `templates/screens/paper/` and one function in `_PAPERS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from generator.campaign.shipped_sheets import BOX_LABEL_SHEET, DESK_SHEET, LABEL_SHEET
from generator.editions.jobs import EditionJob
from generator.editions.papers import Paper, language_line
from generator.editions.render_papers import message_line
from generator.imposition.concat import concat_pdfs
from generator.layout.state_in_words import PageMark
from generator.model import State
from generator.printrun.pack_contents import Pack
from generator.printrun.quantities import lines_by_paper, packed_bundles
from generator.review.one_key import alone_words
from generator.review.snapshot import Snapshot

# What the label of a draft must say.
LABEL_DRAFT = "DRAFT: do not hand out"


def paper_jobs(snapshot: Snapshot, pack: Pack) -> list[EditionJob]:
    """Return what is to be drawn; nothing but codes says where the site is."""
    return [job for make in _PAPERS for job in make(snapshot, pack)]


def bind_papers(site: str, found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the papers by file name, all labels in one file."""
    labels = [(name, pdf) for name, pdf in found.items() if name.startswith(("label", "box"))]
    files = {f"{name}.pdf": pdf for name, pdf in found.items() if (name, pdf) not in labels}
    if labels:
        files[f"labels_{site}.pdf"] = concat_pdfs(labels, f"labels_{site}")
    return files


def _labels(snapshot: Snapshot, pack: Pack) -> Iterator[EditionJob]:
    bundles = list(packed_bundles(pack.lines))
    for bundle in bundles:
        line = bundle.line
        language = snapshot.project.languages[line.edition.language]
        context = {
            "leaflet": message_line(snapshot, language.code, line.edition.leaflet, "title"),
            "name": language_line(language),
            "bundle": bundle,
            "total": len(bundles),
            "site": pack.site,
        }
        name = f"label_{pack.site}_{bundle.number}"
        told = [] if line.state == State.READY else [PageMark(LABEL_DRAFT)]
        codes = [(line.code, 1)]
        yield Paper(name, "label", language, LABEL_SHEET, context, codes, told).job()


def _box_labels(snapshot: Snapshot, pack: Pack) -> Iterator[EditionJob]:
    bundles = list(packed_bundles(pack.lines))
    numbers = sorted({bundle.box for bundle in bundles})
    for number in numbers:
        held = [bundle for bundle in bundles if bundle.box == number]
        codes = Counter(bundle.line.code for bundle in held).items()
        context = _shared(snapshot, pack) | {
            "number": number,
            "of": len(numbers),
            "bundles": held,
        }
        english, name = snapshot.project.languages["en"], f"box_{pack.site}_{number}"
        yield Paper(name, "box", english, BOX_LABEL_SHEET, context, codes).job()


def _order(snapshot: Snapshot, pack: Pack) -> Iterator[EditionJob]:
    """Yield what the shop reads: which file, on which paper, how often."""
    context = _shared(snapshot, pack) | {
        "trays": lines_by_paper(pack.lines),
        "printer": snapshot.project.site(pack.site).printer,
    }
    codes = Counter(line.code for line in pack.lines).items()
    english, name = snapshot.project.languages["en"], f"order_{pack.site}"
    yield Paper(name, "order", english, DESK_SHEET, context, codes).job()


def _checklist(snapshot: Snapshot, pack: Pack) -> Iterator[EditionJob]:
    """Yield what is ticked off on delivery: bundles, papers to take back, what is missing."""
    bundles = list(packed_bundles(pack.lines))
    context = _shared(snapshot, pack) | {
        "bundles": bundles,
        "left": [(one.edition, one.why) for one in pack.left],
        "wanted": pack.wanted,
        "alone": alone_words(snapshot.project.campaign),
        "collect": pack.collect,
    }
    codes = Counter(bundle.line.code for bundle in bundles)
    codes += Counter(one.printed.code for one in pack.collect)
    english, name = snapshot.project.languages["en"], f"checklist_{pack.site}"
    yield Paper(name, "checklist", english, DESK_SHEET, context, codes.items()).job()


_PAPERS = (_labels, _box_labels, _order, _checklist)


def _shared(snapshot: Snapshot, pack: Pack) -> dict[str, Any]:
    project = snapshot.project
    return {
        "site": pack.site,
        "campaign": project.campaign.name,
        "names": project.languages,
        "titles": {slug: leaflet.title.msgid for slug, leaflet in project.leaflets.items()},
        "day": f"{snapshot.today:%-d %B %Y}",
    }
