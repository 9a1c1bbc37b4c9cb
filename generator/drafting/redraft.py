"""What goes with drafts: what a machine reads in them, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.base.digests import OLD_KEY, wording_key
from generator.base.files import locked_folder
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.catalogue.entry import Entry
from generator.catalogue.pofile import read_catalogue, save_catalogue
from generator.drafting.engine import Engine
from generator.drafting.verify import verified_drafts
from generator.model import State
from generator.review.back_translations import read_back_translations, save_back_translations
from generator.review.ledger import append_effective, ledger_reading
from generator.review.ledger_event import LedgerAction
from generator.review.merge import emptied_entry
from generator.review.snapshot import Snapshot
from generator.review.support import Support, support_by_key, wording_support
from generator.review.wordings import KeptWording, remember_wordings, wordings_path

# How the names of engines begin that make fake text for designers, which nobody keeps.
FAKE_ENGINE = "pseudo"


def back_translate(project: Project, engine: Engine, languages: Iterable[str]) -> int:
    """Keep what the engine makes of unsigned texts in English; return how many are new.

    Their readers see it. It never counts: it is a machine's guess about a machine's guess.
    """
    snapshot, count, pairs = Snapshot(project), 0, set(engine.pairs())
    for code in pick_names("language", languages, project.campaign.languages):
        if (code, "en") in pairs:
            count += _back_translate_language(snapshot, engine, code)
    return count


def _back_translate_language(snapshot: Snapshot, engine: Engine, code: str) -> int:
    project = snapshot.project
    unsigned = {
        wording_key(code, text.message.msgctxt, text.message.msgid, text.msgstr): text.msgstr
        for domain in project.domains
        for text in snapshot.texts(code, domain).values()
        if text.msgstr and text.state is not State.READY
    }
    known = snapshot.back_translations(code)
    new = {key: msgstr for key, msgstr in unsigned.items() if key not in known}
    found = verified_drafts(
        new.values(),
        project.glossary.names,
        lambda batch: engine.translate(batch, code, "en"),
        lambda *_: [],
    )
    english = {one.msgid: one.msgstr for one in found if one.msgstr}
    made = {key: english[msgstr] for key, msgstr in new.items() if msgstr in english}
    path = project.back_translations(code)
    with locked_folder(project.ledger(code).parent):
        old = read_back_translations(path)
        kept = {key: text for key, text in old.items() if key in unsigned}
        save_back_translations(path, kept | made)
    return len(made)


def clear_drafts(
    project: Project, engine: str, languages: Iterable[str], leaflets: Iterable[str], day: date
) -> int:
    """Take back the drafts of an engine that nobody signed; return how many.

    They can then be made again.
    """
    count = 0
    domains = pick_names("leaflet", leaflets, project.domains)
    for code in pick_names("language", languages, project.campaign.languages):
        ledger = project.ledger(code)
        with locked_folder(ledger.parent):
            known = ledger_reading(ledger)
            events, support = known.events, support_by_key(known.events)
            for domain in domains if code != "en" else ():
                path = project.catalogue(code, domain)
                entries = read_catalogue(path, project.languages[code])
                keys = [_draft_key(support, code, entry, engine) for entry in entries]
                pairs = list(zip(entries, keys, strict=True))
                if not engine.startswith(FAKE_ENGINE):
                    cut = (entry for entry, key in pairs if key)
                    texts = (KeptWording(one.msgctxt, one.msgid, one.msgstr) for one in cut)
                    remember_wordings(wordings_path(ledger), texts)
                save_catalogue(
                    path, [emptied_entry(entry) if key else entry for entry, key in pairs]
                )
                cleared = {one for key in keys if key for one in (key, key[:OLD_KEY])}
                withdrawals = [
                    event.withdrawal(str(day))
                    for event in events
                    if event.action == LedgerAction.MACHINE and event.key in cleared
                ]
                # The ledger last: if the program is killed in between, the texts are gone and it
                # knows machine texts that no catalogue holds, which does no harm.
                append_effective(ledger, withdrawals, known)
                count += sum(map(bool, keys))
    return count


def _draft_key(support: Mapping[str, Support], language: str, entry: Entry, engine: str) -> str:
    """Return the key of an engine's draft that nobody signed or rejected, else an empty string."""
    found = wording_support(support, language, entry.msgctxt, entry.msgid, entry.msgstr)
    engines = {who for who in found.engines if engine in (who.split("-")[0], who.split()[0])}
    kept = entry.obsolete or entry.plural or entry.header or found.signers or found.rejected
    if kept or not entry.msgstr or not engines or engines != found.engines:
        return ""
    return wording_key(language, entry.msgctxt, entry.msgid, entry.msgstr)
