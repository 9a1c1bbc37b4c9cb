"""Log what each printed edition says, once, before its PDF counts."""

from __future__ import annotations

from dataclasses import replace

from generator.base.digests import source_key, wording_key
from generator.campaign.settings import SHARED_DOMAIN
from generator.campaign.sites import make_sites_secret, secret_mark
from generator.editions import record as editions_record
from generator.editions.takeover import take_over_printings
from generator.layout.compose import ComposedPage
from generator.model import Edition
from generator.review.paper_keys import paper_keys
from generator.review.printing import Printing, newest_run, printings_by_edition
from generator.review.snapshot import Snapshot


class PrintingLog:
    """The printings of a campaign, while a build holds the lock of its output folder."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, project = snapshot, snapshot.project
        take_over_printings(project)
        self.known = printings_by_edition(editions_record.read_printings(project))
        if snapshot.site:
            make_sites_secret(project.root / "sites")

    def knows(self, edition: Edition, code: str, sha256: str) -> bool:
        """Tell whether the last printing of an edition is this one.

        For another printer it is the same words in another file.
        """
        if edition.other:
            halves = zip(edition.halves, code.split("+"), strict=True)
            return all(self._has(half, part) for half, part in halves)
        return self._has(edition, code, sha256 if edition == usual_edition(edition) else "")

    def _has(self, edition: Edition, code: str, sha256: str = "") -> bool:
        """Tell whether the last printing has a code, and the bytes that are given.

        Other computers may have printed the same in other bytes since.
        """
        last = newest_run(self.known.get(usual_edition(edition), ()))
        return any(one.code == code and sha256 in ("", one.sha256) for one in last)

    def keep(self, edition: Edition, page: ComposedPage, sha256: str) -> None:
        """Log a printing, unless it is the last one; raise LeafletsError if that is impossible."""
        if page.also:
            first, second = edition.halves
            one = replace(page, code=page.code.partition("+")[0], also=None)
            for half, part in ((first, one), (second, page.also)):
                if not self._has(half, part.code):
                    self.keep(half, part, sha256)
        elif not self.knows(edition, page.code, sha256):
            known = self.known.setdefault(usual_edition(edition), [])
            turn = 1 + max((one.turn for one in known), default=0)
            record = replace(printing_of(self.snapshot, edition, page, sha256), turn=turn)
            editions_record.append_printing(self.snapshot.project, record)
            known.append(record)


def usual_edition(edition: Edition) -> Edition:
    """Return the edition that says the same, printed in the usual way."""
    return Edition(edition.leaflet, edition.language, edition.sheet, edition.site)


def printing_of(snapshot: Snapshot, edition: Edition, page: ComposedPage, sha256: str) -> Printing:
    """Return what an edition says, by keys."""
    leaflet, keys = snapshot.project.leaflets[edition.leaflet], paper_keys(snapshot)
    own = {message.msgctxt for message in leaflet.messages}
    messages = {
        f"{edition.leaflet if name in own else SHARED_DOMAIN}/{name}": text
        for name, text in sorted(page.used.items())
    }
    return Printing(
        code=page.code,
        leaflet=edition.leaflet,
        language=edition.language,
        sheet=edition.sheet,
        site=edition.site,
        state=page.stage.name,
        built=str(snapshot.today),
        dated=str(leaflet.dated),
        sentences={
            name: wording_key(
                edition.language, text.message.msgctxt, text.message.msgid, text.msgstr
            )
            for name, text in messages.items()
        },
        facts={name: keys[name] for name in sorted(page.facts)},
        sha256=sha256,
        shape=page.recipe.shape,
        secret=secret_mark(snapshot.project.root / "sites") if edition.site else "",
        english={
            name: source_key(text.message.msgctxt, text.message.msgid)
            for name, text in messages.items()
        },
    )
