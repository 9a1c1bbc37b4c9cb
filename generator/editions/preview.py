"""Show a page with words that nobody has saved: the real PDF, drawn by one warm process."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import Condition
from typing import TypeVar

from generator.base.digests import digest
from generator.base.recent import RecentlyUsed
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.editions.content import edition_page, printable_messages
from generator.editions.jobs import EditionJob
from generator.editions.manifest import read_manifest
from generator.editions.overflow import own_sentences
from generator.editions.plan import leaflet_sheets
from generator.editions.preview_page import MessagePlace, PagePicture
from generator.editions.preview_worker import PreviewOrder, PreviewProcess
from generator.layout.preview_composer import PreviewComposer
from generator.model import Edition, State
from generator.problem import LeafletsError, Problem, Severity
from generator.review.snapshot import Snapshot

# How many pages are remembered as words (20 kB each), and as PDF and PNG (250 kB each).
ORDERS, PICTURES = 256, 64

# Requests that may wait for a picture, so that sentences are served meanwhile.
LONGEST_QUEUE = 6

# What is said once about sentences that the reader is not working on.
OTHER_SENTENCES = {
    "translation-missing": (
        "preview-missing",
        "{} more sentences of this page are not translated yet; they stand here in grey English",
    ),
    "english-changed": ("preview-stale", "{} more sentences of this page are for an older English"),
}
T = TypeVar("T")


class NoPicture(LeafletsError):
    """The picture was not drawn: it is forgotten, a newer one was asked for, or too many wait."""


def _no_picture(code: str, what: str, hint: str) -> NoPicture:
    return NoPicture(Problem(f"preview-{code}", what, hint=hint))


def edition_for(snapshot: Snapshot, language: str, domain: str, name: str = "") -> Edition | None:
    """Return the edition on which a message of a catalogue is printed first.

    None if no leaflet prints it.
    """
    project = snapshot.project
    if domain == SHARED_DOMAIN:
        texts = snapshot.texts(language, SHARED_DOMAIN)
        domain = next(
            (
                slug
                for slug, leaflet in project.leaflets.items()
                if name in printable_messages(leaflet, texts)
            ),
            "",
        )
    if domain not in project.leaflets:
        return None
    return Edition(domain, language, leaflet_sheets(project, domain)[0])


class PreviewQueue:
    """One process that draws previews; each reader has one place in its queue."""

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
        """Compose a page with the wordings in `typed` (by msgctxt); return its token.

        Raises LeafletsError if a catalogue cannot be read or a fact does not exist.
        """
        project, texts = snapshot.project, snapshot.edition_texts(edition)
        for name, msgstr in typed.items():
            if name in texts and msgstr != texts[name].msgstr:
                state = State.DRAFT if msgstr else State.MISSING
                texts[name] = replace(
                    texts[name], msgstr=msgstr, state=state, old="", machine=False
                )
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
        # Named by its content: the same words give the picture that is known already.
        token = digest(repr(job.sheet), page.html)[:24]
        told = tuple(_told_notes(notes, typed))
        return self._keep(project, PreviewOrder(token, edition.name, job.language, told, job))

    def show(self, project: Project, edition: Edition, pdf: bytes) -> str:
        """Order the pictures of a finished PDF; return their token."""
        token = digest(edition.name, hashlib.sha256(pdf).hexdigest())[:24]
        language = project.languages[edition.language]
        return self._keep(project, PreviewOrder(token, edition.name, language, pdf=pdf))

    def _keep(self, project: Project, order: PreviewOrder) -> str:
        with self.turn:
            self.process.project = project
            self.orders.keep(order.token, order)
        return order.token

    def picture(self, token: str, who: str) -> PagePicture:
        """Return the picture of an order, drawn now if it is not known.

        Raises NoPicture for an unknown token, if `who` wants a newer one of that edition by now,
        or if too many wait.
        """
        return self._in_turn(self._order(token), who, self.pictures, token, self._draw)

    def page(self, token: str, who: str, number: int, marks: Sequence[MessagePlace] = ()) -> bytes:
        """Return one page as PNG with a frame around each mark.

        Raises NoPicture as `picture` does, and where there is no such page.
        """
        picture = self.picture(token, who)
        if not 1 <= number <= picture.pages:
            raise _no_picture("unknown", "there is no such page", "load the page again")
        key = "/".join((token, str(number), *(mark.name for mark in marks)))

        def paint(order: PreviewOrder) -> bytes:
            try:
                png = self.process.paint(order, picture.pdf, number, tuple(marks))
            except LeafletsError as error:
                raise NoPicture(*error.problems) from None
            with self.turn:
                self.pngs.keep(key, png)
            return png

        return self._in_turn(self._order(token), who, self.pngs, key, paint)

    def marked(self, token: str, name: str, who: str) -> bytes:
        """Return the page with a message as PNG, the message marked; else the first page."""
        found = [place for place in self.picture(token, who).places if place.name == name]
        number = found[0].page if found else 1
        return self.page(token, who, number, [place for place in found if place.page == number])

    def _order(self, token: str) -> PreviewOrder:
        with self.turn:
            if token not in self.orders:
                what = "this picture is not known any more"
                raise _no_picture("unknown", what, "load the page again")
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
        if self.waiting >= LONGEST_QUEUE:
            what = "many people look at pages just now"
            raise _no_picture("busy", what, "wait a moment, then try again")
        self.waiting += 1
        self.turn.wait()
        self.waiting -= 1
        if self.newest.get(seat) != token:
            what = "a newer text is being drawn"
            raise _no_picture("overtaken", what, "look at the newer picture")

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

    def _size(self, name: str) -> float:
        """Return the type size of an edition as it was built, else as drawn last, else 0."""
        project = self.process.project
        built = read_manifest(project.output).get(name) if project else None
        return (built and built.size) or self.sizes.get(name, 0)

    def close(self) -> None:
        """End the process and remove its files."""
        self.process.close()


def _told_notes(notes: list[Problem], typed: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with the sentences in work, and of the others one line a kind."""
    others: Counter[str] = Counter()
    for note in notes:
        if note.msgctxt in typed or note.code not in OTHER_SENTENCES:
            yield note
        else:
            others[note.code] += 1
    for told, count in others.items():
        code, what = OTHER_SENTENCES[told]
        yield Problem(code, what.format(count), severity=Severity.WARNING)
