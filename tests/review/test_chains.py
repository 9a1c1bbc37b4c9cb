"""Catalogues go through chains of other programs and come out with the states the ledger gives them: no trust won, none lost.

Chains of steps that keep every entry change no state at all. Chains with steps that guess, delete, or run behind the English
may lower a state; none may raise one to read or ready.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from translate.storage import pypo

from generator.base.digests import wording_key
from generator.campaign.project import Project
from generator.catalogue import pofile, sources
from generator.catalogue.change import ChangeKind, classify_change
from generator.catalogue.entry import Entry, dump_catalogue
from generator.model import State
from generator.review import ledger
from generator.review.extract import extract_messages
from generator.review.ledger_event import LedgerAction, LedgerEvent
from generator.review.snapshot import Snapshot
from generator.review.support import wording_support
from tests.conftest import ROOT, one_key

LANGUAGES = ("fr", "ar")
LEAFLETS = ("not-alone", "care-workers")
DOMAINS = (*LEAFLETS, "shared")
ANNA, BILAL, CHLOE = "r41", "r42", "r43"
ENGINE = "example-engine"
DAY = "2026-11-22"
PASTS = range(4)
"""Seeds of random pasts."""
TRUST = {State.MISSING: 0, State.STALE: 0, State.DRAFT: 0, State.READ: 1, State.READY: 2}
OURS = ("# @ok ", "# @draft ", "# @no ")
Tool = Callable[[Path, Path], None]
"""What another program does to a catalogue, given its path and that of the POT."""
Name = tuple[str, str, str]
"""Language, domain, msgctxt."""


def gettext(*command: str, pot: bool = False) -> Tool:
    """Return a step that is a command of GNU gettext."""

    def run(path: Path, template: Path) -> None:
        files = [str(path), *([str(template)] if pot else [])]
        subprocess.run([*command, "-o", str(path), *files], check=True, capture_output=True)

    return run


def babel(path: Path, template: Path, width: int = 76, update: bool = False, guess: bool = False) -> None:
    """Load, update if asked, and save with Babel, which prints its warnings."""
    with contextlib.redirect_stdout(io.StringIO()):
        catalogue = read_po(io.BytesIO(path.read_bytes()))
        if update:
            catalogue.update(read_po(io.BytesIO(template.read_bytes())), no_fuzzy_matching=not guess)
    out = io.BytesIO()
    write_po(out, catalogue, width=width)
    path.write_bytes(out.getvalue())


def by_polib(path: Path, template: Path, width: int = 78, change: Callable[[polib.POFile, polib.POFile], object] | None = None) -> None:
    """Load and save with polib, with a change between."""
    catalogue = polib.pofile(str(path), wrapwidth=width)
    if change:
        change(catalogue, polib.pofile(str(template)))
    catalogue.save(str(path))


def toolkit(path: Path, template: Path) -> None:
    """Load and save as Weblate does."""
    path.write_bytes(bytes(pypo.pofile.parsefile(str(path))))


def copy_signatures(catalogue: polib.POFile, template: polib.POFile) -> None:
    """Put every `@ok` comment of the file on every sentence, and take every fuzzy away."""
    lines = [line for entry in catalogue for line in entry.tcomment.split("\n") if line.startswith("@ok")]
    for entry in catalogue:
        entry.tcomment = "\n".join(lines)
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


KEEP: dict[str, Tool] = {
    "babel": babel,
    "babel width=0": partial(babel, width=0),
    "babel update": partial(babel, update=True),
    "babel update, guessing": partial(babel, update=True, guess=True),
    "polib": by_polib,
    "polib wrapwidth=0": partial(by_polib, width=0),
    "polib merge": partial(by_polib, change=lambda catalogue, template: catalogue.merge(template)),
    "translate-toolkit": toolkit,
    "@ok on every sentence": partial(by_polib, change=copy_signatures),
}
"""Steps that keep every entry, where the catalogue is in step with the English."""
KEEP_GETTEXT: dict[str, Tool] = {
    "msgcat": gettext("msgcat", "--force-po"),
    "msgcat --sort-output": gettext("msgcat", "--sort-output"),
    "msgcat --width=40": gettext("msgcat", "--width=40"),
    "msgattrib --no-wrap": gettext("msgattrib", "--no-wrap"),
    "msgattrib --no-location --indent": gettext("msgattrib", "--no-location", "--indent"),
    "msgattrib --set-fuzzy": gettext("msgattrib", "--set-fuzzy"),
    "msgattrib --clear-previous": gettext("msgattrib", "--clear-previous"),
    "msgmerge --previous": gettext("msgmerge", "--quiet", "--previous", pot=True),
    "msgmerge -N": gettext("msgmerge", "--quiet", "-N", pot=True),
}
HARM: dict[str, Tool] = {
    "polib drops obsolete": partial(
        by_polib, change=lambda catalogue, template: [catalogue.remove(e) for e in catalogue.obsolete_entries()]
    ),
    "polib empties fuzzy": partial(by_polib, change=lambda catalogue, template: [setattr(e, "msgstr", "") for e in catalogue if e.fuzzy]),
    "polib swaps two": partial(by_polib, change=lambda catalogue, template: swap(*catalogue[1:3])),
}
"""Steps that lose or misplace texts. Behind the English, `update` and `merge` of the others do so too."""
HARM_GETTEXT: dict[str, Tool] = {
    "msgattrib --no-obsolete": gettext("msgattrib", "--no-obsolete"),
    "msgattrib --no-fuzzy": gettext("msgattrib", "--no-fuzzy"),
    "msgattrib --only-fuzzy": gettext("msgattrib", "--only-fuzzy"),
    "msgattrib --clear-fuzzy": gettext("msgattrib", "--clear-fuzzy"),
    "msgattrib --clear-obsolete": gettext("msgattrib", "--clear-obsolete"),
}
"""With `--clear-fuzzy` an obsolete entry can begin with `#~|`, and Babel takes the living entry before it for obsolete."""


def swap(*entries: polib.POEntry) -> None:
    """Give entries each other's text."""
    texts = [entry.msgstr for entry in entries]
    for entry, text in zip(entries, texts[::-1], strict=True):
        entry.msgstr = text


def small(root: Path) -> Path:
    """Copy two leaflets of the shipped campaign in two languages, with no ledger and no history."""
    for folder in ("leaflets", *(f"locales/{code}/LC_MESSAGES" for code in LANGUAGES)):
        (root / folder).mkdir(parents=True)
    names = [f"leaflets/{name}.yaml" for name in (*LEAFLETS, "campaign", "facts")]
    names += [f"locales/{code}/LC_MESSAGES/{domain}.po" for code in LANGUAGES for domain in DOMAINS]
    for name in (*names, "locales/languages.yaml", "locales/glossary.yaml"):
        shutil.copy(ROOT / name, root / name)
    campaign = root / "leaflets" / "campaign.yaml"
    campaign.write_text(re.sub(r"languages: \[.*", "languages: [en, fr, ar]", campaign.read_text("utf-8")), "utf-8")
    one_key(root)
    return root


def catalogues(project: Project) -> list[tuple[str, str, Path]]:
    return [(code, domain, project.catalogue(code, domain)) for code in LANGUAGES for domain in DOMAINS]


def events(chance: random.Random, code: str, entry: Entry) -> list[LedgerEvent]:
    """Return what may have happened to a wording: made by a machine, by a person or by nobody knows whom; read, rejected, dismissed."""
    key = wording_key(code, entry.msgctxt, entry.msgid, entry.msgstr)
    maker = chance.choice([("machine", ENGINE), ("machine", ENGINE), ("write", ANNA), None])
    rows = [row for row in (maker, ("approve", ANNA), ("approve", BILAL)) if row and (row is maker or chance.random() < 0.6)]
    rows += [row for row in (("reject", CHLOE), ("dismiss", BILAL)) if chance.random() < 0.15]
    found = [LedgerEvent(key, action, who, DAY, target="numbers" if action == "dismiss" else "") for action, who in rows]
    return found + [LedgerEvent(key, "withdraw", event.who, DAY, target=event.id) for event in found if chance.random() < 0.15]


def live(path: Path) -> list[Entry]:
    return [entry for entry in pofile.read_catalogue(path) if entry.msgctxt and not entry.obsolete]


def sign(project: Project, chance: random.Random, again: bool = False) -> None:
    """Write random events; after the English changed only for stale texts, a part of them carried over."""
    for code, _, path in catalogues(project):
        stale = [entry for entry in live(path) if entry.previous and chance.random() < 0.4]
        rows = [row for entry in (stale if again else live(path)) if entry.msgstr for row in events(chance, code, entry)]
        for entry in stale if again else ():
            key = wording_key(code, entry.msgctxt, entry.msgid, entry.msgstr)
            rows += [LedgerEvent(key, "carry", BILAL, DAY, "a mark", entry.previous)] if chance.random() < 0.5 else []
        ledger.append_events(project.ledger(code), rows)


def edit_by_hand(project: Project, chance: random.Random) -> None:
    """Change a few texts and empty a few, as somebody with an editor does."""
    for _, _, path in catalogues(project):
        texts = {0.1: lambda text: "", 0.2: lambda text: text + " …"}
        new = []
        for entry in pofile.read_catalogue(path):
            luck = chance.random()
            change = next((change for below, change in texts.items() if luck < below), None)
            new.append(entry.changed(msgstr=change(entry.msgstr)) if change and entry.msgctxt else entry)
        path.write_text(dump_catalogue(new), "utf-8")


CHANGES = (lambda text: text + " Not today.", lambda text: text + " really lovely", lambda text: text.rstrip(".") + "!")
"""Critical, another meaning, cosmetic."""


def change_english(project: Project, chance: random.Random) -> None:
    """Change half of the sentences that stand on one line."""
    for slug in LEAFLETS:
        path = project.leaflets_folder / f"{slug}.yaml"
        text = path.read_text("utf-8")
        for message in project.domain(slug):
            if text.count(f": {message.msgid}\n") == 1 and chance.random() < 0.5:
                text = text.replace(f": {message.msgid}\n", f": {chance.choice(CHANGES)(message.msgid)}\n")
        path.write_text(text, "utf-8")


def retire(project: Project, chance: random.Random) -> None:
    """Take a line of a list out of every leaflet."""
    for slug in LEAFLETS:
        path = project.leaflets_folder / f"{slug}.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace(chance.choice(re.findall(r"^      \w+: .*\n", text, re.MULTILINE)), ""), "utf-8")


@dataclass(frozen=True)
class Seen:
    """A sentence as the program and other tools see it."""

    state: State
    msgstr: str
    signers: frozenset[str]
    hints: tuple[str, ...]
    """fuzzy, the ledger's comments, and the older English of a stale text."""
    remembered: bool
    """Whether the ledger knows the text for an older wording of the source; else `#|` alone tells that it is old."""


def seen(project: Project) -> dict[Name, Seen]:
    """Return every sentence of the campaign."""
    snapshot, found = Snapshot(project), {}
    for code, domain, path in catalogues(project):
        entries = {entry.msgctxt: entry for entry in live(path)}
        known = snapshot.support_by_key(code)
        for name, text in snapshot.texts(code, domain).items():
            entry = entries.get(name, Entry(""))
            ours = [line for line in entry.comments if line.startswith(OURS)]
            old = entry.previous if text.state is State.STALE else ""
            older = [msgid for msgid in snapshot.history[domain][name] if msgid != text.message.msgid]
            wordings = [wording_support(known, code, name, msgid, text.msgstr) for msgid in older]
            remembered = any(who.signers or who.engines or who.rejected for who in wordings)
            people = wording_support(known, code, name, text.message.msgid, text.msgstr).signers
            found[code, domain, name] = Seen(text.state, text.msgstr, people, ("fuzzy" * entry.fuzzy, old, *ours), remembered)
    return found


def texts(project: Project) -> set[tuple[str, str, str]]:
    """Return every text there is, living and obsolete."""
    return {
        (code, domain, entry.msgstr) for code, domain, path in catalogues(project) for entry in pofile.read_catalogue(path) if entry.msgctxt
    }


@dataclass
class Start:
    """A campaign before a chain, to which every chain comes back."""

    now: Project
    back: Project
    """The same, with the sentences that were taken out in their places again."""
    step: dict[Path, bytes]
    """Its files, catalogues in step with the English."""
    behind: dict[Path, bytes]
    """Catalogues as they were before the English changed."""


def files(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(project.locales.rglob("*")) if path.suffix in (".po", ".pot", ".jsonl")}


def restore(state: dict[Path, bytes]) -> None:
    for path, data in state.items():
        path.write_bytes(data)


def start(root: Path, seed: int) -> Start:
    """Return a campaign with a random past."""
    chance = random.Random(seed)  # noqa: S311 - the same past every time
    project = Project(small(root))
    extract_messages(project)
    sign(project, chance)
    edit_by_hand(project, chance)
    extract_messages(project)
    change_english(project, chance)
    before = files(project)
    back = Project(root)
    assert extract_messages(back).problems == ()
    sign(back, chance, again=True)
    extract_messages(back)
    retire(back, chance)
    now = Project(root)
    assert extract_messages(now).problems == ()
    step = files(now)
    behind = {path: before[path] if path.suffix == ".po" else data for path, data in step.items()}
    return Start(now, back, step, behind)


def run(project: Project, chain: Iterable[str], tools: dict[str, Tool]) -> None:
    """Let every step work on every catalogue."""
    for step in chain:
        if step == "leaflets extract":
            extract_messages(project)
            continue
        for _, domain, path in catalogues(project):
            tools[step](path, project.locales / f"{domain}.pot")


@pytest.fixture(scope="module", params=[pytest.param(seed, marks=pytest.mark.long if seed else ()) for seed in PASTS])
def began(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Give a campaign with a random past; every test puts its files back."""
    return start(tmp_path_factory.mktemp("chains") / "campaign", request.param)


def chains(seed: int, steps: Iterable[str], count: int) -> list[list[str]]:
    """Return every step alone, and random chains of up to six."""
    chance = random.Random(seed)  # noqa: S311 - the same chains every time
    steps = [*steps, "leaflets extract"]
    return [[step] for step in steps] + [chance.choices(steps, k=chance.randint(2, 6)) for _ in range(count)]


def forgotten(before: Seen, after: Seen) -> bool:
    """Whether all that happened is that a tool dropped `#|`, which alone told that a text of unknown origin is old."""
    return (before.state, before.remembered, after) == (State.STALE, False, replace(before, state=State.DRAFT, hints=after.hints))


def differences(before: dict[Name, Seen], after: dict[Name, Seen]) -> list[tuple[Name, Seen, Seen]]:
    return [(name, one, after[name]) for name, one in before.items() if one != after[name] and not forgotten(one, after[name])]


def is_kept(path: Path, data: bytes) -> bool:
    """Tell whether a file of lines is as it was; to the wordings what a tool typed may be added."""
    now = path.read_bytes()
    return now == data or (path.name == "wordings.jsonl" and {*now.splitlines()} >= {*data.splitlines()})


def keeps_everything(began: Start, tools: dict[str, Tool], count: int) -> None:
    """Let chains run in step with the English: states, signatures, hints and texts are as before."""
    restore(began.step)
    before, every = seen(began.now), texts(began.now)
    extract_messages(began.back)
    returned = seen(began.back)
    signed = {path: data for path, data in began.step.items() if path.suffix == ".jsonl"}
    for chain in chains(count, tools, count):
        restore(began.step)
        run(began.now, chain, tools)
        assert extract_messages(began.now).problems == (), chain
        assert differences(before, seen(began.now)) == [], chain
        assert every <= texts(began.now), chain
        assert all(is_kept(path, data) for path, data in signed.items()), chain
        assert extract_messages(began.now).written == (), chain
        extract_messages(began.back)
        assert differences(returned, seen(began.back)) == [], f"{chain}, and the sentence that was taken out came back"


def raises_nothing(began: Start, tools: dict[str, Tool], count: int) -> None:
    """Let chains run that guess, delete, or work behind the English: no sentence is trusted more than before, none gains a person."""
    restore(began.behind)
    before = seen(began.now)
    lowered = 0
    for chain in chains(count, tools, count):
        restore(began.behind)
        with contextlib.suppress(subprocess.CalledProcessError, OSError):  # a tool refused what another had left
            run(began.now, chain, tools)
        if extract_messages(began.now).problems:
            continue  # refused aloud: nothing of that catalogue is printed
        after = seen(began.now)
        raised = [(name, one, after[name]) for name, one in before.items() if TRUST[after[name].state] > TRUST[one.state]]
        assert raised == [], chain
        assert [name for name, one in before.items() if not after[name].signers <= one.signers] == [], chain
        as_new = [
            name
            for name, one in before.items()
            if one.state is State.STALE and one.remembered and after[name].msgstr == one.msgstr and after[name].state is not State.STALE
        ]
        assert as_new == [], chain
        lowered += after != before
    assert lowered > count / 2


def test_the_random_pasts_hold_everything_that_can_happen(tmp_path: Path) -> None:
    """All states, all classes of change, obsolete entries, carried and rejected wordings: the chains have something to lose."""
    states, kinds, actions, obsolete = set(), set(), set(), 0
    for seed in PASTS:
        project = start(tmp_path / str(seed), seed).now
        found = seen(project)
        states |= {one.state for one in found.values()}
        english = {(domain, message.msgctxt): message.msgid for domain in DOMAINS for message in project.domain(domain)}
        kinds |= {classify_change(one.hints[1], english[name[1:]]).kind for name, one in found.items() if one.state is State.STALE}
        for code, _, path in catalogues(project):
            actions |= {event.action for event in ledger.read_ledger(project.ledger(code))}
            obsolete += sum(entry.obsolete for entry in pofile.read_catalogue(path))
    elsewhere = {"baseline", "comment", "doubt", "answer"}  # of facts; said about sentences; test_reading and test_report have them
    assert (states, kinds, actions) == (set(State), set(ChangeKind), set(LedgerAction) - elsewhere)
    assert obsolete >= 2 * len(PASTS)


def test_hints_are_what_the_ledger_implies(began: Start) -> None:
    """fuzzy, the comments and the older English follow from the signatures alone."""
    restore(began.step)
    for (code, domain, name), one in seen(began.now).items():
        (message,) = [message for message in began.now.domain(domain) if message.msgctxt == name]
        key = wording_key(code, name, message.msgid, one.msgstr)[:12]
        fuzzy, old, *ours = one.hints
        assert fuzzy == ("fuzzy" if one.state in (State.STALE, State.DRAFT, State.READ) else "")
        assert bool(old) == (one.state is State.STALE)
        assert [line for line in ours if line.startswith("# @ok")] == [f"# @ok {key}"] * bool(one.signers), "and no code of a reader"
        assert all(line.endswith(key) and len(line) <= 72 for line in ours)


def test_chains_of_python_tools_keep_everything(began: Start) -> None:
    keeps_everything(began, KEEP, 10)


@pytest.mark.tools
def test_chains_with_gettext_keep_everything(began: Start) -> None:
    keeps_everything(began, KEEP | KEEP_GETTEXT, 15)


def test_harmful_chains_of_python_tools_raise_nothing(began: Start) -> None:
    raises_nothing(began, KEEP | HARM, 10)


@pytest.mark.tools
def test_harmful_chains_with_gettext_raise_nothing(began: Start) -> None:
    raises_nothing(began, KEEP | KEEP_GETTEXT | HARM | HARM_GETTEXT, 15)


@pytest.mark.parametrize("tool", ["babel", "polib merge"])
@pytest.mark.parametrize(
    ("past", "since"),
    [
        ([("machine", ENGINE)], [("machine", ENGINE), ("reject", CHLOE)]),
        ([("approve", ANNA)], [("approve", BILAL), ("reject", CHLOE)]),
        ([("reject", CHLOE)], []),
    ],
    ids=["made anew and rejected", "signed anew and rejected", "rejected only"],
)
def test_rejected_text_of_an_older_english_stays_stale_when_a_tool_drops_the_older_english(
    tmp_path: Path, tool: str, past: list[tuple[str, str]], since: list[tuple[str, str]]
) -> None:
    """Else a critical change would let the old text into a draft again."""
    project = Project(small(tmp_path / "campaign"))
    extract_messages(project)
    path = project.catalogue("fr", "care-workers")

    def record(project: Project, rows: list[tuple[str, str]]) -> None:
        (entry,) = [entry for entry in live(path) if entry.msgctxt == "join"]
        key = wording_key("fr", "join", entry.msgid, entry.msgstr)
        ledger.append_events(project.ledger("fr"), [LedgerEvent(key, deed, who, DAY) for deed, who in rows])
        extract_messages(project)

    record(project, past)
    leaflet = project.leaflets_folder / "care-workers.yaml"
    leaflet.write_text(leaflet.read_text("utf-8").replace("You may join a union", "You may not join a union"), "utf-8")
    project = Project(project.root)
    extract_messages(project)
    record(project, since)
    name = ("fr", "care-workers", "join")
    before = seen(project)[name]
    run(project, [tool], KEEP)
    extract_messages(project)
    assert (before.state, seen(project)[name].state) == (State.STALE, State.STALE)


PAPER = """\
title: A paper
audience: residents
dated: 2026-11-22
blocks:
  - id: sign
    text: {}
    risk: rights
"""
MUST, MUST_NOT = "You must sign the paper.", "You do not have to sign the paper."
FRENCH = "Vous devez signer le papier."


def paper(root: Path, msgid: str, name: str = "sign") -> Project:
    """Write a leaflet of one sentence, and return the campaign as it is now."""
    (root / "leaflets" / "petition.yaml").write_text(PAPER.format(msgid).replace("id: sign", f"id: {name}"), "utf-8")
    project = Project(root)
    assert extract_messages(project).problems == ()
    return project


def translate(project: Project, *rows: tuple[str, str]) -> Path:
    """Write the French of the sentence, and who stands behind it; return the catalogue."""
    path = project.catalogue("fr", "petition")
    new = [entry.changed(msgstr=FRENCH) if entry.msgctxt == "sign" else entry for entry in pofile.read_catalogue(path)]
    path.write_text(dump_catalogue(new), "utf-8")
    (entry,) = [entry for entry in new if entry.msgctxt == "sign"]
    key = wording_key("fr", "sign", entry.msgid, FRENCH)
    ledger.append_events(project.ledger("fr"), [LedgerEvent(key, deed, who, DAY) for deed, who in rows])
    extract_messages(project)
    return path


def state(project: Project, name: str = "sign") -> State:
    return Snapshot(project).texts("fr", "petition")[name].state


@pytest.mark.tools
@pytest.mark.parametrize("rows", [[("machine", ENGINE)], []], ids=["machine", "unknown origin"])
def test_obsolete_draft_that_two_tools_revive_without_fuzzy_is_a_draft(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    """Babel drops the flag of an obsolete entry, and msgmerge brings the wrong draft back as if somebody had read it."""
    project = paper(small(tmp_path / "campaign"), MUST_NOT)
    path, pot = translate(project, *rows), project.locales / "petition.pot"
    whole, without = pot.read_bytes(), pot.with_name("without.pot")
    without.write_bytes(whole[: whole.index(b"\n\n")] + b"\n")
    babel(path, without, update=True)
    assert b"fuzzy" not in path.read_bytes()
    KEEP_GETTEXT["msgmerge --previous"](path, pot)
    (revived,) = [entry for entry in live(path) if entry.msgctxt == "sign"]
    assert (revived.msgstr, revived.fuzzy) == (FRENCH, False)
    assert state(project) is State.DRAFT
    extract_messages(project)
    assert state(project) is State.DRAFT
    assert [entry.fuzzy for entry in live(path) if entry.msgctxt == "sign"] == [True]


def guess(path: Path, pot: Path) -> None:
    """Update with Babel's guessing by similarity."""
    babel(path, pot, update=True, guess=True)


@pytest.mark.parametrize(
    "tool", [guess, pytest.param(KEEP_GETTEXT["msgmerge --previous"], marks=pytest.mark.tools)], ids=["babel", "msgmerge"]
)
def test_comment_that_a_tool_copies_to_another_sentence_signs_nothing(tmp_path: Path, tool: Tool) -> None:
    """The signatures of "You must sign" arrive under another sentence, and somebody takes the fuzzy away."""
    root = small(tmp_path / "campaign")
    path = translate(paper(root, MUST), ("approve", ANNA), ("approve", BILAL))
    assert state(Project(root)) is State.READY
    before = path.read_bytes()
    project = paper(root, MUST.replace("must", "must not"), "sign-not")
    path.write_bytes(before)
    tool(path, project.locales / "petition.pot")
    moved = [entry for entry in live(path) if entry.msgctxt == "sign-not"]
    assert [entry.msgstr for entry in moved] == [FRENCH]
    assert sum(line.startswith("# @ok") for line in moved[0].comments) == 1
    path.write_bytes(path.read_bytes().replace(b"#, fuzzy\n", b""))
    assert state(project, "sign-not") in (State.DRAFT, State.STALE)
    extract_messages(project)
    assert state(project, "sign-not") in (State.DRAFT, State.STALE)
    assert b"@ok" not in b"".join(part for part in path.read_bytes().split(b"\n\n") if b'"sign-not"' in part)


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run git as nobody in particular."""
    who = {f"GIT_{role}_{what}": "example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=False, env=os.environ | who | plain)
    assert fails or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


BRANCHES = {"left": (ANNA, "Visit us."), "right": (BILAL, "Meet us.")}


def branch(root: Path, name: str) -> None:
    """On a branch: somebody signs the sentence, and the title changes, so that both files grow."""
    who, title = BRANCHES[name]
    git(root, "switch", "-q", "-c", name, "main")
    leaflet = root / "leaflets" / "petition.yaml"
    leaflet.write_text(leaflet.read_text("utf-8").replace("title: A paper", f"title: {title}"), "utf-8")
    extract_messages(Project(root))
    translate(Project(root), ("approve", who))
    git(root, "commit", "-q", "-a", "-m", name)


@pytest.mark.parametrize(("ours", "theirs"), [("left", "right"), ("right", "left")])
def test_two_branches_that_sign_the_same_sentence_merge(tmp_path: Path, ours: str, theirs: str) -> None:
    """The ledger and the history merge by themselves in both orders; a catalogue in conflict may be taken from either side."""
    root = small(tmp_path / "campaign")
    shutil.copy(ROOT / ".gitattributes", root)
    translate(paper(root, MUST), ("machine", ENGINE))
    begun = LedgerEvent("f" * 64, LedgerAction.SIGN, ANNA, DAY)  # else each branch begins the campaign's trust
    ledger.append_events(Project(root).ledger("fr"), [begun])
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text(".leaflets*\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "start")
    for name in BRANCHES:
        branch(root, name)
        assert state(Project(root)) is State.READ
    git(root, "switch", "-q", ours)
    git(root, "merge", "-q", theirs, "-m", "merge", fails=True)
    conflicts = git(root, "diff", "--name-only", "--diff-filter=U").split()
    assert not [name for name in conflicts if name.endswith(".jsonl")]
    for name in conflicts:
        git(root, "checkout", "-q", "--ours", "--", name)
    project = Project(root)
    assert extract_messages(project).problems == ()
    found = ledger.ledger_reading(project.ledger("fr"))
    assert (found.sound, found.problems) == (True, ()), "this computer signed on two branches, and no line has another's number"
    assert state(project) is State.READY
    english = {wording for domain, name, wording in sources.read_sources(project.history) if (domain, name) == ("petition", "title")}
    assert english == {"A paper", "Visit us.", "Meet us."}
    hints = [line for entry in live(project.catalogue("fr", "petition")) for line in entry.comments if line.startswith("# @ok")]
    assert len(hints) == 1
