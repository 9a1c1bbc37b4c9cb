"""Show a page with words that nobody has saved: the real PDF, drawn by one process that stays warm."""

from __future__ import annotations

import atexit
import hashlib
import logging
import shutil
import tempfile
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Condition
from typing import TypeVar

from generator.core.digest import digest
from generator.core.sheets import SHEETS
from generator.edges import fonts, manifest
from generator.edges.campaignfile import WORDS
from generator.edges.forgiving import CSS, Forgiving
from generator.edges.pool import WorkerLost, Workers
from generator.edges.press import Job
from generator.edges.preview import Picture, marked, show, start, work
from generator.edges.project import Project
from generator.model import Edition, Language, State
from generator.problem import LeafletsError, Problem
from generator.usecases.plan import page_of, relevant, salt, setup_of
from generator.usecases.source import Source

LOG = logging.getLogger("generator")
SECONDS = 30
"""Wall clock for one picture; after that its process is ended and the next one starts afresh."""
ORDERS, PICTURES = 256, 32
"""How many pages are remembered as words (20 kB each), and how many as pictures (half a megabyte each)."""
WAITING = 6
"""How many requests wait for a picture at most, so that sentences are served meanwhile."""
OTHERS = {
    "translation-missing": ("preview-missing", "{} more sentences of this page are not translated yet; they stand here in grey English"),
    "english-changed": ("preview-stale", "{} more sentences of this page are for an older English"),
}
"""What is said once about sentences that the reader is not working on."""
T = TypeVar("T")


class NoPicture(LeafletsError):
    """The picture was not drawn: nobody knows it any more, a newer one was asked for, or too many wait."""


class Recent(OrderedDict[str, T]):
    """A dictionary that forgets the oldest entries."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def keep(self, key: str, value: T) -> None:
        """Remember a value as the newest."""
        self[key] = value
        self.move_to_end(key)
        while len(self) > self.limit:
            self.popitem(last=False)


@dataclass(frozen=True)
class Order:
    """A page to be drawn, or a finished PDF to be shown, named by its content."""

    token: str
    name: str
    """The edition's."""
    language: Language
    notes: tuple[Problem, ...] = ()
    job: Job | None = None
    pdf: bytes = b""


def edition_for(source: Source, language: str, domain: str, name: str = "") -> Edition | None:
    """Return the edition on which a message of a catalogue is printed first; None if it stands on no leaflet."""
    project = source.project
    if domain == WORDS:
        places = (slug for slug, leaflet in project.leaflets.items() if name in relevant(leaflet, source.texts(language, WORDS)))
        domain = next(places, "")
    if domain not in project.leaflets:
        return None
    return Edition(domain, language, (project.leaflets[domain].sheets or project.campaign.sheets)[0])


class Studio:
    """One process that draws previews, for as long as the page is open; each reader has one place in the queue."""

    def __init__(self) -> None:
        self.turn = Condition()
        self.busy = False
        self.waiting = 0
        self.newest: dict[tuple[str, str], str] = {}
        """What each reader wants to see now, by reader and edition."""
        self.orders: Recent[Order] = Recent(ORDERS)
        self.pictures: Recent[Picture] = Recent(PICTURES)
        self.sizes: dict[str, float] = {}
        self.process = _Process()

    def order(self, source: Source, edition: Edition, typed: Mapping[str, str]) -> str:
        """Compose a page with the wordings in `typed` (by msgctxt) in place of the saved ones; return its token.

        Raises LeafletsError if a catalogue cannot be read or a fact does not exist.
        """
        project, texts = source.project, source.edition_texts(edition)
        texts |= {
            name: replace(texts[name], msgstr=msgstr, state=State.DRAFT if msgstr else State.MISSING, old="")
            for name, msgstr in typed.items()
            if name in texts and msgstr != texts[name].msgstr
        }
        notes: list[Problem] = []
        page = page_of(source, edition, self.process.salt(project), texts, partial(Forgiving, notes))
        job = Job(edition.name, page.html, project.languages[edition.language], SHEETS[edition.sheet], page.expected)
        token = digest(edition.sheet, page.html)[:24]
        return self._keep(project, Order(token, edition.name, job.language, tuple(_spoken(notes, typed)), job))

    def show(self, project: Project, edition: Edition, pdf: bytes) -> str:
        """Order the pictures of a finished PDF; return their token."""
        token = digest(edition.name, hashlib.sha256(pdf).hexdigest())[:24]
        return self._keep(project, Order(token, edition.name, project.languages[edition.language], pdf=pdf))

    def _keep(self, project: Project, order: Order) -> str:
        with self.turn:
            self.process.project = project
            self.orders.keep(order.token, order)
        return order.token

    def picture(self, token: str, who: str) -> Picture:
        """Return the picture of an order, drawn now if it is not known.

        Raises NoPicture for an unknown token, or if `who` wants a newer one of that edition by now, or too many wait.
        """
        with self.turn:
            order = self.orders.get(token)
            if order is None:
                raise NoPicture(Problem("preview-unknown", "this picture is not known any more", hint="load the page again"))
            seat = who, order.name
            self.newest[seat] = token
            try:
                while self.busy and token not in self.pictures:
                    self._wait(seat, token)
            finally:
                if self.newest.get(seat) == token:
                    del self.newest[seat]
            if token in self.pictures:
                return self.pictures[token]
            self.busy = True
        picture = None
        try:
            picture = self._draw(order)
        finally:
            with self.turn:
                self.busy = False
                if picture and picture.pages:
                    self.pictures.keep(token, picture)
                    self.sizes[order.name] = picture.size or self.sizes.get(order.name, 0)
                self.turn.notify_all()
        return picture

    def _wait(self, seat: tuple[str, str], token: str) -> None:
        """Wait until something changes; call it while holding the turn."""
        if self.waiting >= WAITING:
            raise NoPicture(Problem("preview-busy", "many people look at pages just now", hint="wait a moment, then try again"))
        self.waiting += 1
        self.turn.wait()
        self.waiting -= 1
        if self.newest.get(seat) != token:
            raise NoPicture(Problem("preview-overtaken", "a newer text is being drawn", hint="look at the newer picture"))

    def _draw(self, order: Order) -> Picture:
        try:
            picture = self.process.draw(order, 0 if order.pdf else self._size(order.name))
        except LeafletsError as error:
            return Picture(problems=(*error.problems, *order.notes))
        return replace(picture, problems=(*picture.problems, *order.notes))

    def _size(self, name: str) -> float:
        """Return the type size of the edition as it was built, else as it was drawn last, else 0."""
        built = manifest.read(self.process.project.output).get(name) if self.process.project else None
        return built.size if built and built.size else self.sizes.get(name, 0)

    def marked(self, token: str, name: str, who: str) -> bytes:
        """Return the page on which a message stands as PNG, with the message marked; without pictures, no bytes."""
        picture = self.picture(token, who)
        found = [place for place in picture.places if place.name == name]
        page = found[0].page if found else 1
        if page > len(picture.pages):
            return b""
        return marked(picture.pages[page - 1], [place for place in found if place.page == page], picture.width)

    def close(self) -> None:
        """End the process and remove its files."""
        self.process.close()


def _spoken(notes: list[Problem], typed: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with the sentences in work, one by one, and with the others in one line a kind."""
    own = [note for note in notes if note.msgctxt in typed or note.code not in OTHERS]
    others = Counter(note.code for note in notes if note.msgctxt not in typed and note.code in OTHERS)
    told = [(*OTHERS[code], count) for code, count in others.items()]
    return own + [Problem(code, what.format(count), severity="warning") for code, what, count in told]


class _Process:
    """The process behind a studio: started when it is first needed, again when it died or a language was added."""

    def __init__(self) -> None:
        self.project: Project | None = None
        self.workers: Workers | None = None
        self.languages: dict[str, Language] = {}
        self.workdir: Path | None = None
        self._salt = ""

    def salt(self, project: Project) -> str:
        """Return what every page depends on besides its words; the theme is looked at once, like the templates."""
        self._salt = self._salt or salt(project)
        return self._salt

    def draw(self, order: Order, size: float) -> Picture:
        """Draw one order; a process that was lost meanwhile is replaced and asked once more."""
        try:
            return self._ask(order, size)
        except WorkerLost:
            LOG.warning("The process that draws pictures was lost; a new one starts.")
        try:
            return self._ask(order, size)
        except WorkerLost as error:
            hint = "change the text, or look at the page again in a moment"
            raise LeafletsError(Problem("worker-lost", f"the process that draws was lost: {error}", hint=hint)) from None

    def _ask(self, order: Order, size: float) -> Picture:
        workers = self._ready(order.language)
        return (workers.submit(work, order.job, size) if order.job else workers.submit(show, order.pdf)).result()

    def _ready(self, language: Language) -> Workers:
        """Return the running process; it knows every language whose fonts are there, and the one that is asked for."""
        if self.workers and language.code in self.languages:
            return self.workers
        project = self.project
        if project is None:
            raise RuntimeError("nothing was ordered")
        rows = [project.languages[code] for code in project.campaign.languages]
        wanted = {row.code: row for row in rows if fonts.at_hand(row.face)} | {language.code: language}
        workdir = Path(tempfile.mkdtemp(prefix="leaflets-"))
        try:
            setup = setup_of(project, wanted.values(), workdir, CSS)
        except LeafletsError:
            workdir.rmdir()
            raise
        self.close()
        self.workers, self.languages, self.workdir = Workers(1, start, (setup,), SECONDS), wanted, workdir
        atexit.register(self.close)
        return self.workers

    def close(self) -> None:
        """End the process, if there is one, and remove its files."""
        atexit.unregister(self.close)
        if self.workers:
            self.workers.shutdown(cancel_futures=True)
        if self.workdir:
            shutil.rmtree(self.workdir, ignore_errors=True)
        self.workers, self.workdir, self.languages = None, None, {}
