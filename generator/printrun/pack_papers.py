"""The papers that go with a pack: the order for the shop, a label a bundle and a box, and the checklist of the delivery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.campaign.sheets import BOX_LABEL, DESK, LABEL
from generator.editions.papers import Word, named, paper
from generator.editions.render_papers import said
from generator.editions.worker import Job
from generator.imposition.concat import bind
from generator.layout.state_in_words import Mark
from generator.model import Edition, Language, State
from generator.printrun.counts import Bundle, Line, bundles, trays
from generator.review.recall_rules import Printed, Verdict
from generator.review.snapshot import Snapshot

LABEL_DRAFT = "DRAFT: do not hand out"
"""What the label of a draft must say."""


@dataclass(frozen=True)
class Handover:
    """One printing that earlier packs brought to the site and that must come back."""

    printed: Printed
    copies: int
    verdict: Verdict


def jobs_of(
    snapshot: Snapshot,
    site: str,
    lines: Sequence[Line],
    left: Sequence[tuple[Edition, Sequence[str]]],
    wanted: Sequence[str],
    collect: Sequence[Handover],
) -> list[Job]:
    """Return what is to be drawn: labels of bundles and boxes, order, checklist; nothing but codes says where the site is."""
    project, parts = snapshot.project, list(bundles(lines))
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
    order = shared | day | {"trays": trays(lines), "printer": project.site(site).printer}
    jobs.append(
        paper(
            f"order_{site}",
            "order",
            english,
            DESK,
            order,
            Counter(line.code for line in lines).items(),
        )
    )
    handed = Counter(bundle.line.code for bundle in parts) + Counter(
        one.printed.code for one in collect
    )
    check = shared | day | {"bundles": parts, "left": left, "wanted": wanted, "collect": collect}
    jobs.append(paper(f"checklist_{site}", "checklist", english, DESK, check, handed.items()))
    return jobs


def bound(site: str, found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return order, checklist and all labels together, by file name."""
    labels = [(name, pdf) for name, pdf in found.items() if name.startswith(("label", "box"))]
    files = {
        f"{name}.pdf": found[name]
        for name in (f"order_{site}", f"checklist_{site}")
        if name in found
    }
    return files | ({f"labels_{site}.pdf": bind(labels, f"labels_{site}")} if labels else {})


def _label(snapshot: Snapshot, bundle: Bundle, total: int, site: str) -> Job:
    line = bundle.line
    language = snapshot.project.languages[line.edition.language]
    context = {
        "leaflet": _title(snapshot, line.edition, language),
        "name": named(language),
        "bundle": bundle,
        "total": total,
        "site": site,
    }
    told = [] if line.state == State.READY else [Mark(LABEL_DRAFT)]
    return paper(
        f"label_{site}_{bundle.number}", "label", language, LABEL, context, [(line.code, 1)], told
    )


def _title(snapshot: Snapshot, edition: Edition, language: Language) -> Word:
    return said(snapshot, language.code, edition.leaflet, "title")


def _box(english: Language, context: dict[str, object], held: Iterable[Bundle]) -> Job:
    codes = Counter(bundle.line.code for bundle in held)
    return paper(
        f"box_{context['site']}_{context['number']}",
        "box",
        english,
        BOX_LABEL,
        context,
        codes.items(),
    )
