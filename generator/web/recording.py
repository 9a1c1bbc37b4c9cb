"""Record a leaflet sentence by sentence: a list, a button for the microphone, and a file for browsers without."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from generator.audio.record import folder, keep, lines
from generator.audio.recordings import LARGEST, NAME, TYPES
from generator.base.files import read_bytes
from generator.problem import Problem, UsageError
from generator.review.person import admitted
from generator.web.desk import person, snapshot
from generator.web.helpers import title

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def screen() -> Blueprint:
    """Return the screen; what is kept carries the code of the person in front of the browser."""
    from flask import Blueprint, abort, redirect, request, send_file, url_for

    recording = Blueprint("recording", __name__)

    @recording.get("/record/<language>/<leaflet>")
    def page(language: str, leaflet: str) -> str:
        return shown(language, leaflet)

    @recording.post("/record/<language>/<leaflet>")
    def hand_in(language: str, leaflet: str) -> ResponseReturnValue:
        file = request.files.get("sound")
        message, key = request.form.get("message", ""), request.form.get("key", "")
        who = admitted(person().code, snapshot().codes)
        try:
            keep(
                snapshot().project,
                language,
                leaflet,
                message,
                key,
                file.read() if file else b"",
                who,
            )
        except UsageError as error:
            return shown(language, leaflet, message, error.problems), 422
        return redirect(
            url_for(
                "recording.page", language=language, leaflet=leaflet, kept=message, _anchor=message
            ),
            303,
        )

    @recording.get("/record/<language>/<leaflet>/<name>")
    def sound(language: str, leaflet: str, name: str) -> ResponseReturnValue:
        path = folder(snapshot().project, language, leaflet) / name
        if not (match := NAME.fullmatch(name)) or not path.is_file():
            abort(404)
        return send_file(BytesIO(read_bytes(path, LARGEST)), TYPES[match["kind"]])

    return recording


def shown(
    language: str, leaflet: str, message: str = "", problems: tuple[Problem, ...] = ()
) -> str:
    """Return the page, with what is wrong beside the sentence it is about."""
    from flask import render_template, request

    project = snapshot().project
    return render_template(
        "record.html", row=project.languages[language], leaflet=leaflet, title=title(project, leaflet),
        lines=lines(project, language, leaflet), refused=message, problems=problems, kept=request.args.get("kept", ""),
    )  # fmt: skip
