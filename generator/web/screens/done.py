"""The screen after the last sentence: what became ready, what is left, and the page once more."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from generator.catalogue.change import reading_seconds
from generator.model import State
from generator.signing import undo
from generator.signing.reading import sentence_lines
from generator.web.helpers import reader_code, show_screen
from generator.web.server_state import current_snapshot

screen = Blueprint("done", __name__)


@screen.get("/done/<language>/<domain>")
def overview(language: str, domain: str) -> ResponseReturnValue:
    """Show what this reader's signatures made ready, and what waits for others."""
    snapshot = current_snapshot()
    found = sentence_lines(snapshot, language, domain, reader_code())
    mine = [line for line in found if reader_code() in line.task.support.signers]
    ready = [line for line in found if line.task.text.state is State.READY]
    left = [line for line in found if line.open]
    return show_screen(
        "done.html",
        row=snapshot.project.languages[language],
        domain=domain,
        mine=mine,
        ready_mine=[line for line in mine if line in ready],
        left=left,
        others=[line for line in mine if line not in ready],
        seconds=sum(reading_seconds(line.task.message.msgid) for line in left),
        whole=len(ready) == len(found),
        undo=undo.last_answer(snapshot.project, reader_code()),
    )
