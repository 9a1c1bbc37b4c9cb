"""Find what is behind the shorter keys of an earlier version: texts that are still known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from generator.base.digests import OLD_KEY, sentence_key, source_key, wording_key
from generator.campaign.facts import fact_key
from generator.campaign.glossary import GLOSSARY
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.editions.layouts import layout_key_of
from generator.editions.manifest import read_manifest
from generator.problem import LeafletsError
from generator.readers.old_events import KnownText
from generator.review.conversation import comment_key
from generator.review.wordings import read_wordings, wordings_path


class KnownTexts:
    """All texts, sentences, facts and pages of a campaign, by what an earlier version named."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.history = sources.older_wordings(project.history)
        self._src: dict[str, set[str]] = {}
        for domain in (*project.domains, GLOSSARY):
            for name, msgids in self._sentences(domain).items():
                for msgid in msgids:
                    src = sentence_key(domain, name, msgid)
                    self._src.setdefault(source_key(name, msgid), set()).add(src)

    def behind(self, ledger: str) -> tuple[dict[str, KnownText], Callable[[str], str]]:
        """Return what is behind the earlier keys of a ledger, and what names its sentences today.

        A sentence that has a text gets no name by another one: that would be its rival.
        """
        found = {"facts": self._facts, "sites": self._site_facts}.get(ledger)
        # What stands there now comes first: the same words may have stood in another place.
        texts = sorted(found() if found else self._texts(ledger), key=lambda text: text.replaced)
        known: dict[str, KnownText] = {}
        for text in texts:
            known.setdefault(text.key[:OLD_KEY], text)
        filled = {text.src for text in texts if not text.replaced}

        def src_of(old: str) -> str:
            srcs = self._src.get(old, set())
            return next(iter(srcs)) if len(srcs) == 1 and not srcs & filled else ""

        return known, src_of

    def _facts(self) -> Iterator[KnownText]:
        yield from (KnownText(fact_key(fact)) for fact in self.project.facts.values())

    def _site_facts(self) -> Iterator[KnownText]:
        for site in self.project.sites:
            with suppress(LeafletsError):
                facts = self.project.own_facts(site).values()
                yield from (KnownText(fact_key(fact, site)) for fact in facts)

    def _texts(self, language: str) -> Iterator[KnownText]:
        for domain in (*self.project.domains, GLOSSARY):
            names = self._sentences(domain)
            yield from (KnownText(comment_key(language, domain, name)) for name in names)
            yield from self._wordings(language, domain)
        kept = read_wordings(wordings_path(self.project.ledger(language))).texts
        yield from (KnownText(key, replaced=True) for key in kept)
        for record in read_manifest(self.project.output).values():
            if record.sha256 and record.language == language:
                yield KnownText(layout_key_of(record))

    def _sentences(self, domain: str) -> dict[str, list[str]]:
        """Return every source text that each sentence of a catalogue ever had, today's first."""
        found: dict[str, list[str]] = {}
        with suppress(LeafletsError):
            found = {one.msgctxt: [one.msgid] for one in self.project.domain(domain)}
        for name, msgids in self.history.get(domain, {}).items():
            found[name] = list(dict.fromkeys((*found.get(name, ()), *msgids)))
        return found

    def _wordings(self, language: str, domain: str) -> Iterator[KnownText]:
        """Yield each text of a catalogue with every source text it may have been made for."""
        path, sentences = self.project.catalogue(language, domain), self._sentences(domain)
        with suppress(LeafletsError):
            entries = pofile.read_catalogue(path) if path.exists() else []
            standing = {one.msgctxt for one in entries if one.msgstr and not one.obsolete}
            for entry in entries:
                msgids = (entry.msgid, entry.previous, *sentences.get(entry.msgctxt, ()))
                for msgid in dict.fromkeys(filter(None, msgids)):
                    key = wording_key(language, entry.msgctxt, msgid, entry.msgstr)
                    src = sentence_key(domain, entry.msgctxt, msgid)
                    yield KnownText(key, src, entry.obsolete and entry.msgctxt in standing)
