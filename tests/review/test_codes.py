"""Reader's codes: drawn at random for new readers, never a name; codes that signed before stay valid."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.campaign.project import Project
from generator.problem import UsageError
from generator.review import ledger, reader_code
from generator.review.ledger_event import LedgerEvent
from generator.review.live_snapshot import LiveSnapshot
from generator.review.reader_code import KnownCodes, admit_code, draw_code
from generator.review.snapshot import Snapshot
from generator.web.app import create_app
from generator.web.serve import ReviewServer
from generator.web.server_state import ServerState
from generator.web.visitors import User, UserRole, Visitors
from tests.support.browser import serving

Run = Callable[..., tuple[int, str, str]]
HOME = "127.0.0.1:8420"
FROM = {"Host": HOME, "Origin": f"http://{HOME}"}
DRAWN = re.compile(r"r(?=.*[0-9])[a-z0-9]{4}")


def test_drawn_codes_are_many_and_none_is_a_name_or_another_ones() -> None:
    codes = [draw_code() for _ in range(2_000)]

    assert [code for code in codes if not (DRAWN.fullmatch(code) and ledger.READER_CODE.fullmatch(code))] == []
    assert [code for code in codes if admit_code(code, KnownCodes()) != code] == []
    assert [code for code in codes if set(code[1:]) & set("01lioszbgqvu5")] == []
    assert len(set(codes)) > 1_950
    assert codes != sorted(codes)


def test_a_code_that_somebody_has_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("22223333")
    monkeypatch.setattr(reader_code.secrets, "choice", lambda _: next(letters))

    assert draw_code({"r2222"}) == "r3333"


@pytest.mark.parametrize(
    "name",
    [
        "anna", "rsmith", "Leyla", "anna1", "smith-17", "organiser", "r07700900123", "r0770-0900-123", "jk1987", "am1-na2", "s4r4",
        "x2-jo-hn-sm", "li2", "jo7", "ab-3", "x9", "r0770", "r17b",
    ],
)  # fmt: skip
def test_what_could_be_a_name_is_refused_and_another_code_is_offered(name: str) -> None:
    with pytest.raises(UsageError, match="could be somebody's name") as refused:
        admit_code(name, KnownCodes())

    (problem,) = refused.value.problems
    assert problem.code == "reader-name"
    assert DRAWN.search(problem.hint)


@pytest.mark.parametrize("code", ["r17", "R2", "r4k7m", "r901"])
def test_codes_that_were_drawn_or_are_r_and_a_short_number_go_on(code: str) -> None:
    assert admit_code(code, KnownCodes()) == code.casefold()


@pytest.mark.parametrize("code", ["ab-3", "x9", "anna", "r07700900123"])
def test_a_code_that_signed_before_goes_on_whatever_it_looks_like(code: str) -> None:
    assert admit_code(code, KnownCodes(readers=frozenset({code}))) == code


def test_whoever_signed_before_keeps_their_code(campaign: Path, leaflets_command: Run) -> None:
    """In a ledger, or in the folder's own file: nobody is locked out by the rule for new readers."""
    ledger.append_events(Project(campaign).ledger("fr"), [LedgerEvent("k", "approve", "leyla", "2026-11-23")])
    codes = Snapshot(Project(campaign)).codes
    (campaign / reader_code.READER_FILE).write_text("amira\n")

    assert admit_code("Leyla", codes) == "leyla"
    assert reader_code.signing_reader(campaign, "amira", codes) == "amira"
    assert reader_code.signing_reader(campaign, "", codes) == "amira"


@pytest.mark.parametrize(
    "command",
    [("sign", "fr", "not-alone"), ("review", "--no-browser"), ("worksheet", "fr"), ("record", "fr", "not-alone", "--heard", "never")],
    ids=" ".join,
)
def test_every_command_refuses_a_name(
    campaign: Path, leaflets_command: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReviewServer, "run", lambda _: True)
    code, _, err = leaflets_command(*command, "--as", "leyla", cwd=campaign)

    assert (code, "'leyla' could be somebody's name" in err) == (2, True)
    assert not (campaign / reader_code.READER_FILE).exists()


def test_new_draws_a_code_for_each_reader(campaign: Path) -> None:
    with serving(campaign, "--for", "new", "--for", "r17", "--for", "new") as served:
        codes = list(served.links)

    assert (len(codes), codes[1]) == (3, "r17")
    assert all(DRAWN.fullmatch(code) for code in (codes[0], codes[2]))


def test_the_page_proposes_a_drawn_code_and_refuses_a_name(campaign: Path) -> None:
    desk = ServerState(campaign, LiveSnapshot(campaign), Visitors(), HOME, "127.0.0.2:8420")
    client = create_app(desk).test_client()
    client.set_cookie(desk.cookie, desk.visitors.admit(desk.visitors.invite(User("r2", UserRole.ORGANISER))), domain="127.0.0.1")

    proposed = [re.search('name="code" [^>]*value="([^"]*)"', client.get("/people", headers=FROM).text) for _ in range(2)]
    form = {"you": "r2", "at": "0"}
    refused = client.post("/people", data=form | {"code": "leyla"}, headers=FROM)

    assert all(found and DRAWN.fullmatch(found[1]) for found in proposed)
    assert proposed[0]
    assert proposed[1]
    assert proposed[0][1] != proposed[1][1]
    assert (refused.status_code, "could be somebody&#39;s name" in refused.text) == (400, True)
    assert client.post("/people", data=form | {"code": proposed[0][1]}, headers=FROM).status_code == 200
