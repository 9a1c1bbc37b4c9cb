"""Delete a text for good: a wording, a former value of a fact, a reason or a comment; an edge.

The ledger holds hashes only, so it stays whole. What is deleted stays deleted when an older copy
of the campaign is merged: its hash is written down as gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.base.digests import wording_key, words_key
from generator.base.files import locked_folder, read_bytes
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.catalogue.entry import Entry, quote_string
from generator.catalogue.two_sides import other_texts
from generator.model import Fact
from generator.problem import refusal
from generator.review.back_translations import drop_back_translations
from generator.review.typed_texts import without_deleted
from generator.review.wordings import (
    KeptWording,
    Wordings,
    delete_texts,
    read_wordings,
    wordings_path,
)
from generator.signing.unsaved import DESK_FOLDER, change_desk

# What stands in a language's place where the reasons about facts are meant.
FACTS, SITES = "facts", "sites"

# Digits of a hash that are enough to name a text, and texts that a refusal lists.
SHORTEST_HASH, SHOWN_TEXTS = 8, 5

# Larger files are films and models, which hold no text of a reader.
_LARGEST = 50_000_000


@dataclass(frozen=True)
class Redaction:
    """A text that would be deleted, and where it stands."""

    language: str
    text: str
    """Empty where only its hash stands there still."""
    keys: frozenset[str]
    """The hashes under which it is known."""
    places: tuple[str, ...]
    """Files, in the campaign's folder."""


def find_redaction(project: Project, language: str, wanted: str) -> Redaction:
    """Return the text that `wanted` means: it whole, a part that no other text has, or its hash.

    `language` may also be `facts` or `sites`. Raise LeafletsError where there is none or more than
    one, and where the text is one of today's source or of the glossary, which people change first.
    """
    search = _Search(project, language)
    if (typed := wanted.strip()) in search.kept[language].unsigned - search.texts().keys():
        return Redaction(language, "", frozenset((typed,)), ())
    text = _meant(search.texts(), wanted.strip())
    _refuse_today(project, language, text)
    keys = frozenset(key for found in search.keys(text).values() for key in found)
    return Redaction(language, text, keys, tuple(text_places(project.root, text)))


def _meant(texts: dict[str, str], wanted: str) -> str:
    """Return the text that somebody means; `texts` are all there are, by hash."""
    by_hash = {
        text
        for key, text in texts.items()
        if len(wanted) >= SHORTEST_HASH and key.startswith(wanted)
    }
    whole = {text for text in texts.values() if text == wanted}
    part = {text for text in texts.values() if wanted and wanted in text}
    found = sorted(by_hash or whole or part)
    if not found:
        hint = "type it as it stands there, or a part of it, in quotes"
        raise refusal("redact-none", "there is no such text in this language", hint=hint)
    if len(found) > 1:
        listed = "; ".join(found[:SHOWN_TEXTS])
        raise refusal("redact-many", f"{len(found)} texts say that", hint=f"type one: {listed}")
    return found[0]


def _refuse_today(project: Project, language: str, text: str) -> None:
    """Raise LeafletsError for what stands in a file that people edit: they change it there."""
    source = project.campaign.source
    for domain in (*project.domains, GLOSSARY) if language == source else ():
        for message in project.domain(domain):
            if message.msgid == text:
                hint = "change it there, type leaflets extract, then this command again"
                raise refusal("redact-today", "this is today's text", message.where, hint)
    for fact in _facts_today(project, language):
        if text in (fact.value, fact.display):
            hint = "change it there, then type this command again"
            raise refusal("redact-today", "this is today's value", fact.where, hint)
    for (term, code), where in project.glossary.places.items():
        if code == language and project.glossary.terms[term][code] == text:
            hint = "change the word there, then type this command again"
            raise refusal("redact-today", "this word stands in the glossary", where, hint)


def _facts_today(project: Project, language: str) -> Iterator[Fact]:
    if language == FACTS:
        yield from project.facts.values()
    for site in project.sites if language == SITES else ():
        yield from project.own_facts(site).values()


def redact_text(project: Project, found: Redaction) -> list[str]:
    """Delete a text for good; return the files that still say it."""
    if not found.text:
        return _sign_gone(project, found)
    with ExitStack() as locks:
        search = _Search(project, found.language)
        folders = [wordings_path(path).parent for path in search.ledgers.values()]
        for folder in dict.fromkeys((project.locales, *folders)):
            locks.enter_context(locked_folder(folder, deep=False))
        keys = search.keys(found.text)
        # The hashes first: killed after this, `leaflets extract` takes out the rest.
        for code, ledger in search.ledgers.items():
            delete_texts(wordings_path(ledger), keys[code])
        for code in search.languages:
            _clean_catalogues(search, code, keys[code], found.text)
            path = project.back_translations(code)
            drop_back_translations(path, keys[code], found.text)
        if search.is_source:
            sources.delete_sources(
                project.history,
                {one for one in sources.read_sources(project.history) if one[2] == found.text},
            )
    _clean_desks(project.root, found.text)
    return list(text_places(project.root, found.text))


def _sign_gone(project: Project, found: Redaction) -> list[str]:
    """Sign that a text is deleted of which only the hash stands there, in a line nobody signed."""
    path = wordings_path(_Search(project, found.language).ledgers[found.language])
    with locked_folder(path.parent, deep=False):
        delete_texts(path, found.keys)
    return []


@dataclass(frozen=True)
class _Search:
    """Where the texts of one language stand; those of the source stand in all languages."""

    project: Project
    language: str

    @property
    def is_source(self) -> bool:
        return self.language == self.project.campaign.source

    @cached_property
    def ledgers(self) -> dict[str, Path]:
        """The ledgers whose texts are looked through, by language."""
        if self.language in (FACTS, SITES):
            site = "any" if self.language == SITES else ""
            return {self.language: self.project.fact_ledger(site)}
        codes = self.project.campaign.languages if self.is_source else [self.language]
        return {code: self.project.ledger(code) for code in codes}

    @property
    def languages(self) -> list[str]:
        """The languages that have catalogues."""
        codes = self.project.campaign.languages
        source = self.project.campaign.source
        return [code for code in self.ledgers if code in codes and code != source]

    @cached_property
    def kept(self) -> dict[str, Wordings]:
        return {code: read_wordings(wordings_path(path)) for code, path in self.ledgers.items()}

    def entries(self, code: str) -> Iterator[Entry]:
        row = self.project.languages[code]
        for domain in self.project.domains:
            path = self.project.catalogue(code, domain)
            yield from (one for one in pofile.read_catalogue(path, row) if one.msgctxt)

    def texts(self) -> dict[str, str]:
        """Return every text of the language, by hash."""
        kept = self.kept[self.language]
        found = {**kept.words, **{key: one.msgstr for key, one in kept.texts.items()}}
        for key, fact in kept.facts.items():
            # A number is known as it is printed and as it is dialled.
            found |= {key: fact.printed, f"{key} value": fact.value}
        if self.is_source:
            found |= {
                wording_key(self.language, name, text, text): text
                for _, name, text in sources.read_sources(self.project.history)
            }
        for code in self.languages if not self.is_source else ():
            for one in self._standing(code):
                found[wording_key(code, *one)] = one.msgstr
        return found

    def _standing(self, code: str) -> Iterator[KeptWording]:
        """Yield what the catalogues say, with every source text that it may have been made for."""
        history = sources.older_wordings(self.project.history)
        for entry in self.entries(code):
            older = {text for names in history.values() for text in names.get(entry.msgctxt, ())}
            texts = [entry.msgstr, *(one.msgstr for one in other_texts(entry))]
            for source in {entry.msgid, entry.previous, *older} - {""}:
                for text in filter(str.strip, texts):
                    yield KeptWording(entry.msgctxt, source, text)

    def keys(self, text: str) -> dict[str, set[str]]:
        """Return the hashes of a text, by language; of a source text also those made for it."""
        found = {code: set(self._kept_keys(code, text)) for code in self.ledgers}
        if self.is_source:
            found[self.language] |= {
                wording_key(self.language, name, old, old)
                for _, name, old in sources.read_sources(self.project.history)
                if old == text
            }
        for code in self.languages:
            found[code] |= {
                wording_key(code, *one)
                for one in self._standing(code)
                if text == (one.msgid if self.is_source else one.msgstr)
            }
        return found

    def _kept_keys(self, code: str, text: str) -> Iterator[str]:
        kept = self.kept[code]
        if code == self.language and words_key(text) in kept.words:
            yield words_key(text)
        for key, fact in kept.facts.items():
            if text in (fact.value, fact.display):
                yield key
        yield from (key for key, one in kept.texts.items() if self._is_said(code, one, text))

    def _is_said(self, code: str, one: KeptWording, text: str) -> bool:
        """Tell whether a wording is the text, was made for it, or is a leaflet that holds it."""
        if not self.is_source:
            return one.msgstr == text
        lines = one.msgid.split("\n")
        return one.msgid == text or any(
            line == text or line.endswith(f": {text}") for line in lines
        )


def _clean_catalogues(search: _Search, code: str, keys: set[str], text: str) -> None:
    """Take a text out of the catalogues of a language, with comments that say it."""
    project, quoted = search.project, quote_string(text)[1:-1]

    def is_gone_source(msgctxt: str, source: str) -> bool:
        return search.is_source and source == text

    def cleaned(entry: Entry) -> Entry:
        left = (line for line in entry.comments if text not in line and quoted not in line)
        return entry.changed(comments=tuple(left)) if entry.msgctxt else entry

    for domain in project.domains:
        path = project.catalogue(code, domain)
        entries = pofile.read_catalogue(path, project.languages[code])
        left = without_deleted(entries, code, frozenset(keys), is_gone_source)
        if entries:
            pofile.save_catalogue(path, list(map(cleaned, left)))


def _clean_desks(root: Path, text: str) -> None:
    """Take a text off the desks of the readers of this computer."""
    for path in sorted((root / DESK_FOLDER).glob("*.json")):
        with change_desk(root, path.stem) as desk:
            desk.texts = {
                name: typed
                for name, typed in desk.texts.items()
                if not _says(text, (typed.text, typed.seen, typed.english))
            }
            desk.answers[:] = [
                answer
                for answer in desk.answers
                if not _says(text, (answer.before, answer.after, answer.old))
            ]


def _says(text: str, found: Iterable[str]) -> bool:
    return any(text in one for one in found)


def text_places(root: Path, text: str) -> Iterator[str]:
    """Yield the files of a campaign's folder that say a text, without git's own."""
    wanted = [text.encode(), quote_string(text)[1:-1].encode()]
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if ".git" in name.parts or path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size <= _LARGEST:
            data = read_bytes(path, _LARGEST)
            if any(one in data for one in wanted):
                yield name.as_posix()
