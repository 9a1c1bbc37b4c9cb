"""What goes with drafts: what a machine reads in them, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.base.digests import wording_key
from generator.base.files import locked_folder
from generator.base.names import pick_names
from generator.campaign.project import Project
from generator.catalogue import pofile
from generator.catalogue.entry import Entry
from generator.drafting.engine import Engine
from generator.drafting.verify import verified_drafts
from generator.model import State
from generator.review import back_translations, ledger
from generator.review.ledger_event import LedgerAction
from generator.review.merge import OUR_MARKS
from generator.review.snapshot import Snapshot
from generator.review.support import Support, support_by_key, wording_support


def back_translate(project: Project, engine: Engine, languages: Iterable[str]) -> int:
    """Keep what the engine makes of unsigned texts in English, for their readers; return how many are new.

    Never counted for anything: a machine's guess about a machine's guess.
    """
    snapshot, count = Snapshot(project), 0
    for code in pick_names("language", languages, project.campaign.languages):
        if (code, "en") not in set(engine.pairs()):
            continue
        texts = [
            text for domain in project.domains for text in snapshot.texts(code, domain).values()
        ]
        open_ = {
            wording_key(code, text.message.msgctxt, text.message.msgid, text.msgstr): text.msgstr
            for text in texts
            if text.msgstr and text.state is not State.READY
        }
        new = {
            key: msgstr
            for key, msgstr in open_.items()
            if key not in snapshot.back_translations(code)
        }
        found = verified_drafts(
            new.values(),
            project.glossary.names,
            lambda batch, code=code: engine.translate(batch, code, "en"),  # type: ignore[misc]
            lambda *_: [],
        )
        english = {one.msgid: one.msgstr for one in found if one.msgstr}
        with locked_folder(project.ledger(code).parent):
            kept = {
                key: text
                for key, text in back_translations.read_back_translations(
                    project.back_translations(code)
                ).items()
                if key in open_
            }
            back_translations.save_back_translations(
                project.back_translations(code),
                kept | {key: english[msgstr] for key, msgstr in new.items() if msgstr in english},
            )
        count += sum(msgstr in english for msgstr in new.values())
    return count


def clear_drafts(
    project: Project, engine: str, languages: Iterable[str], leaflets: Iterable[str], day: date
) -> int:
    """Take back the drafts of an engine that nobody signed, so that they can be made anew; return how many."""
    count = 0
    domains = pick_names("leaflet", leaflets, project.domains)
    for code in pick_names("language", languages, project.campaign.languages):
        path = project.ledger(code)
        with locked_folder(path.parent):
            events = ledger.read_ledger(path)
            known = support_by_key(events)
            for domain in domains if code != "en" else ():
                entries = pofile.read_catalogue(
                    project.catalogue(code, domain), project.languages[code]
                )
                keys = {id(entry): _unread(known, code, entry, engine) for entry in entries}
                back = [
                    event
                    for event in events
                    if event.action == LedgerAction.MACHINE
                    and event.key in set(keys.values()) - {""}
                ]
                new = [
                    entry.changed(
                        msgstr="",
                        comments=_theirs(entry),
                        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
                    )
                    if keys[id(entry)]
                    else entry
                    for entry in entries
                ]
                count += sum(map(bool, keys.values()))
                # The ledger last: killed between, the texts are gone, and it knows machine texts that stand nowhere, which is no harm.
                pofile.save_catalogue(project.catalogue(code, domain), new)
                withdrawals = [event.withdrawal(str(day)) for event in back]
                ledger.append_effective(path, withdrawals, events)
    return count


def _unread(known: dict[str, Support], language: str, entry: Entry, engine: str) -> str:
    """Return the key of a draft by the engine that nobody signed or rejected, else an empty string."""
    found = wording_support(known, language, entry.msgctxt, entry.msgid, entry.msgstr)
    engines = {
        who for who in found.engines if who.split("-")[0] == engine or who.split()[0] == engine
    }
    free = entry.msgstr and not (
        entry.obsolete or entry.plural or entry.header or found.signers or found.rejected
    )
    return (
        wording_key(language, entry.msgctxt, entry.msgid, entry.msgstr)
        if free and engines and engines == found.engines
        else ""
    )


def _theirs(entry: Entry) -> tuple[str, ...]:
    return tuple(line for line in entry.comments if not line.startswith(OUR_MARKS))
