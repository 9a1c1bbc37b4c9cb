"""The papers that go with a pack: the order for the shop, a label a bundle and a box, and the checklist of the delivery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.campaign.shipped_sheets import BOX_LABEL_SHEET, DESK_SHEET, LABEL_SHEET
from generator.editions.jobs import EditionJob
from generator.editions.papers import Paper, PaperLine, language_line
from generator.editions.render_papers import message_line
from generator.imposition.concat import concat_pdfs
from generator.layout.state_in_words import PageMark
from generator.model import Edition, Language, State
from generator.printrun.quantities import Bundle, PrintLine, lines_by_paper, packed_bundles
from generator.review.printing import Printing
from generator.review.recall_rules import RecallVerdict
from generator.review.snapshot import Snapshot

LABEL_DRAFT = "DRAFT: do not hand out"
"""What the label of a draft must say."""


@dataclass(frozen=True)
class RecalledPrinting:
    """One printing that earlier packs brought to the site and that must come back."""

    printed: Printing
    copies: int
    verdict: RecallVerdict


def paper_jobs(
    snapshot: Snapshot,
    site: str,
    lines: Sequence[PrintLine],
    left: Sequence[tuple[Edition, Sequence[str]]],
    wanted: Sequence[str],
    collect: Sequence[RecalledPrinting],
) -> list[EditionJob]:
    """Return what is to be drawn: labels of bundles and boxes, order, checklist; nothing but codes says where the site is."""
    project, parts = snapshot.project, list(packed_bundles(lines))
    english = project.languages["en"]
    titles = {slug: leaflet.title.msgid for slug, leaflet in project.leaflets.items()}
    shared = {
        "site": site,
        "campaign": project.campaign.name,
        "names": project.languages,
        "titles": titles,
    }
    boxes = {
        number: [bundle for bundle in parts if bundle.box == number]
        for number in sorted({bundle.box for bundle in parts})
    }
    jobs = [_label(snapshot, bundle, len(parts), site) for bundle in parts]
    jobs += [
        _box(english, shared | {"number": number, "of": len(boxes), "bundles": one}, one)
        for number, one in boxes.items()
    ]
    day = {"day": f"{snapshot.today:%-d %B %Y}"}
    order = shared | day | {"trays": lines_by_paper(lines), "printer": project.site(site).printer}
    jobs.append(
        Paper(
            f"order_{site}",
            "order",
            english,
            DESK_SHEET,
            order,
            Counter(line.code for line in lines).items(),
        ).job()
    )
    handed = Counter(bundle.line.code for bundle in parts) + Counter(
        one.printed.code for one in collect
    )
    check = shared | day | {"bundles": parts, "left": left, "wanted": wanted, "collect": collect}
    jobs.append(
        Paper(f"checklist_{site}", "checklist", english, DESK_SHEET, check, handed.items()).job()
    )
    return jobs


def bind_papers(site: str, found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return order, checklist and all labels together, by file name."""
    labels = [(name, pdf) for name, pdf in found.items() if name.startswith(("label", "box"))]
    files = {
        f"{name}.pdf": found[name]
        for name in (f"order_{site}", f"checklist_{site}")
        if name in found
    }
    return files | ({f"labels_{site}.pdf": concat_pdfs(labels, f"labels_{site}")} if labels else {})


def _label(snapshot: Snapshot, bundle: Bundle, total: int, site: str) -> EditionJob:
    line = bundle.line
    language = snapshot.project.languages[line.edition.language]
    context = {
        "leaflet": _title(snapshot, line.edition, language),
        "name": language_line(language),
        "bundle": bundle,
        "total": total,
        "site": site,
    }
    told = [] if line.state == State.READY else [PageMark(LABEL_DRAFT)]
    return Paper(
        f"label_{site}_{bundle.number}",
        "label",
        language,
        LABEL_SHEET,
        context,
        [(line.code, 1)],
        told,
    ).job()


def _title(snapshot: Snapshot, edition: Edition, language: Language) -> PaperLine:
    return message_line(snapshot, language.code, edition.leaflet, "title")


def _box(english: Language, context: dict[str, object], held: Iterable[Bundle]) -> EditionJob:
    codes = Counter(bundle.line.code for bundle in held)
    return Paper(
        f"box_{context['site']}_{context['number']}",
        "box",
        english,
        BOX_LABEL_SHEET,
        context,
        codes.items(),
    ).job()
