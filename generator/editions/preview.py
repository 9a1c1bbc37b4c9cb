"""Show a page with words that nobody has saved: the real PDF, drawn by one process that stays warm."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import Condition
from typing import TypeVar

from generator.base.digests import digest
from generator.base.recent import RecentlyUsed
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions import manifest
from generator.editions.overflow import own_sentences
from generator.editions.plan import edition_page, printable_messages
from generator.editions.preview_page import MessagePlace, PagePicture
from generator.editions.preview_worker import PreviewOrder, PreviewProcess
from generator.editions.worker import EditionJob
from generator.layout.preview_composer import PreviewComposer
from generator.model import Edition, State
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

ORDERS, PICTURES = 256, 64
"""How many pages are remembered as words (20 kB each), and how many as PDF and PNG (a quarter of a megabyte each)."""
WAITING = 6
"""How many requests wait for a picture at most, so that sentences are served meanwhile."""
OTHERS = {
    "translation-missing": (
        "preview-missing",
        "{} more sentences of this page are not translated yet; they stand here in grey English",
    ),
    "english-changed": ("preview-stale", "{} more sentences of this page are for an older English"),
}
"""What is said once about sentences that the reader is not working on."""
T = TypeVar("T")


class NoPicture(LeafletsError):
    """The picture was not drawn: nobody knows it any more, a newer one was asked for, or too many wait."""


def edition_for(snapshot: Snapshot, language: str, domain: str, name: str = "") -> Edition | None:
    """Return the edition on which a message of a catalogue is printed first; None if it stands on no leaflet."""
    project = snapshot.project
    if domain == SHARED_DOMAIN:
        places = (
            slug
            for slug, leaflet in project.leaflets.items()
            if name in printable_messages(leaflet, snapshot.texts(language, SHARED_DOMAIN))
        )
        domain = next(places, "")
    if domain not in project.leaflets:
        return None
    return Edition(
        domain, language, (project.leaflets[domain].sheets or project.campaign.sheets)[0]
    )


class PreviewQueue:
    """One process that draws previews, for as long as the page is open; each reader has one place in the queue."""

    def __init__(self) -> None:
        self.turn = Condition()
        self.busy = False
        self.waiting = 0
        self.newest: dict[tuple[str, str], str] = {}
        """What each reader wants to see now, by reader and edition."""
        self.orders: RecentlyUsed[PreviewOrder] = RecentlyUsed(ORDERS)
        self.pictures: RecentlyUsed[PagePicture] = RecentlyUsed(PICTURES)
        self.pngs: RecentlyUsed[bytes] = RecentlyUsed(PICTURES)
        self.sizes: dict[str, float] = {}
        self.process = PreviewProcess()

    def order(self, snapshot: Snapshot, edition: Edition, typed: Mapping[str, str]) -> str:
        """Compose a page with the wordings in `typed` (by msgctxt) in place of the saved ones; return its token.

        Raises LeafletsError if a catalogue cannot be read or a fact does not exist.
        """
        project, texts = snapshot.project, snapshot.edition_texts(edition)
        texts |= {
            name: replace(
                texts[name],
                msgstr=msgstr,
                state=State.DRAFT if msgstr else State.MISSING,
                old="",
                machine=False,
            )
            for name, msgstr in typed.items()
            if name in texts and msgstr != texts[name].msgstr
        }
        notes: list[Problem] = []
        page = edition_page(snapshot, edition, texts, partial(PreviewComposer, notes))
        job = EditionJob(
            edition.name,
            page.html,
            project.languages[edition.language],
            project.sheets[edition.sheet],
            page.expected,
            page=own_sentences(page),
        )
        token = digest(repr(job.sheet), page.html)[:24]
        return self._keep(
            project,
            PreviewOrder(token, edition.name, job.language, tuple(_spoken(notes, typed)), job),
        )

    def show(self, project: Project, edition: Edition, pdf: bytes) -> str:
        """Order the pictures of a finished PDF; return their token."""
        token = digest(edition.name, hashlib.sha256(pdf).hexdigest())[:24]
        return self._keep(
            project, PreviewOrder(token, edition.name, project.languages[edition.language], pdf=pdf)
        )

    def _keep(self, project: Project, order: PreviewOrder) -> str:
        with self.turn:
            self.process.project = project
            self.orders.keep(order.token, order)
        return order.token

    def picture(self, token: str, who: str) -> PagePicture:
        """Return the picture of an order, drawn now if it is not known.

        Raises NoPicture for an unknown token, or if `who` wants a newer one of that edition by now, or too many wait.
        """
        return self._in_turn(self._order(token), who, self.pictures, token, self._draw)

    def page(self, token: str, who: str, number: int, marks: Sequence[MessagePlace] = ()) -> bytes:
        """Return one page as PNG with a frame around each mark; raise NoPicture as `picture` does, and where there is no such page."""
        picture = self.picture(token, who)
        if not 1 <= number <= picture.pages:
            raise NoPicture(
                Problem("preview-unknown", "there is no such page", hint="load the page again")
            )
        key = "/".join((token, str(number), *(mark.name for mark in marks)))
        return self._in_turn(
            self._order(token),
            who,
            self.pngs,
            key,
            lambda order: self._paint(order, key, picture, number, marks),
        )

    def marked(self, token: str, name: str, who: str) -> bytes:
        """Return the page on which a message stands as PNG, with the message marked; of one that stands nowhere, the first page."""
        found = [place for place in self.picture(token, who).places if place.name == name]
        number = found[0].page if found else 1
        return self.page(token, who, number, [place for place in found if place.page == number])

    def _order(self, token: str) -> PreviewOrder:
        with self.turn:
            if token not in self.orders:
                raise NoPicture(
                    Problem(
                        "preview-unknown",
                        "this picture is not known any more",
                        hint="load the page again",
                    )
                )
            return self.orders[token]

    def _in_turn(
        self,
        order: PreviewOrder,
        who: str,
        known: RecentlyUsed[T],
        key: str,
        make: Callable[[PreviewOrder], T],
    ) -> T:
        """Return what is known under a key, or make it while nothing else is made."""
        seat = who, order.name
        with self.turn:
            self.newest[seat] = order.token
            try:
                while self.busy and key not in known:
                    self._wait(seat, order.token)
            finally:
                if self.newest.get(seat) == order.token:
                    del self.newest[seat]
            if key in known:
                return known[key]
            self.busy = True
        try:
            return make(order)
        finally:
            with self.turn:
                self.busy = False
                self.turn.notify_all()

    def _wait(self, seat: tuple[str, str], token: str) -> None:
        """Wait until something changes; call it while holding the turn."""
        if self.waiting >= WAITING:
            raise NoPicture(
                Problem(
                    "preview-busy",
                    "many people look at pages just now",
                    hint="wait a moment, then try again",
                )
            )
        self.waiting += 1
        self.turn.wait()
        self.waiting -= 1
        if self.newest.get(seat) != token:
            raise NoPicture(
                Problem(
                    "preview-overtaken",
                    "a newer text is being drawn",
                    hint="look at the newer picture",
                )
            )

    def _draw(self, order: PreviewOrder) -> PagePicture:
        try:
            picture = self.process.draw(order, 0 if order.pdf else self._size(order.name))
        except LeafletsError as error:
            return PagePicture(problems=(*error.problems, *order.notes))
        picture = replace(picture, problems=(*picture.problems, *order.notes))
        with self.turn:
            if picture.pages:
                self.pictures.keep(order.token, picture)
                self.sizes[order.name] = picture.size or self.sizes.get(order.name, 0)
        return picture

    def _paint(
        self,
        order: PreviewOrder,
        key: str,
        picture: PagePicture,
        number: int,
        marks: Sequence[MessagePlace],
    ) -> bytes:
        try:
            found = self.process.paint(order, picture.pdf, number, tuple(marks))
        except LeafletsError as error:
            raise NoPicture(*error.problems) from None
        with self.turn:
            self.pngs.keep(key, found)
        return found

    def _size(self, name: str) -> float:
        """Return the type size of the edition as it was built, else as it was drawn last, else 0."""
        built = (
            manifest.read_manifest(self.process.project.output).get(name)
            if self.process.project
            else None
        )
        return built.size if built and built.size else self.sizes.get(name, 0)

    def close(self) -> None:
        """End the process and remove its files."""
        self.process.close()


def _spoken(notes: list[Problem], typed: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with the sentences in work, one by one, and with the others in one line a kind."""
    own = [note for note in notes if note.msgctxt in typed or note.code not in OTHERS]
    others = Counter(
        note.code for note in notes if note.msgctxt not in typed and note.code in OTHERS
    )
    told = [(*OTHERS[code], count) for code, count in others.items()]
    return own + [
        Problem(code, what.format(count), severity=Severity.WARNING) for code, what, count in told
    ]
