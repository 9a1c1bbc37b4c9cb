"""Record a leaflet sentence by sentence: a list, a button for the microphone, and a file for browsers without."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from generator.audio.recorder import keep_recording, recording_lines, recordings_folder
from generator.audio.recording_state import LARGEST_RECORDING, SOUND_NAME, SOUND_TYPES
from generator.base.files import read_bytes
from generator.problem import Problem, UsageError
from generator.review.reader_code import admit_code
from generator.web.desk import current_snapshot, current_user
from generator.web.helpers import catalogue_title

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def screen() -> Blueprint:
    """Return the screen; what is kept carries the code of the person in front of the browser."""
    from flask import Blueprint, abort, redirect, request, send_file, url_for

    recording = Blueprint("recording", __name__)

    @recording.get("/record/<language>/<leaflet>")
    def page(language: str, leaflet: str) -> str:
        return recording_page(language, leaflet)

    @recording.post("/record/<language>/<leaflet>")
    def hand_in(language: str, leaflet: str) -> ResponseReturnValue:
        file = request.files.get("sound")
        message, key = request.form.get("message", ""), request.form.get("key", "")
        who = admit_code(current_user().code, current_snapshot().codes)
        try:
            keep_recording(
                current_snapshot().project,
                language,
                leaflet,
                message,
                key,
                file.read() if file else b"",
                who,
            )
        except UsageError as error:
            return recording_page(language, leaflet, message, error.problems), 422
        return redirect(
            url_for(
                "recording.page", language=language, leaflet=leaflet, kept=message, _anchor=message
            ),
            303,
        )

    @recording.get("/record/<language>/<leaflet>/<name>")
    def sound(language: str, leaflet: str, name: str) -> ResponseReturnValue:
        path = recordings_folder(current_snapshot().project, language, leaflet) / name
        if not (match := SOUND_NAME.fullmatch(name)) or not path.is_file():
            abort(404)
        return send_file(BytesIO(read_bytes(path, LARGEST_RECORDING)), SOUND_TYPES[match["kind"]])

    return recording


def recording_page(
    language: str, leaflet: str, message: str = "", problems: tuple[Problem, ...] = ()
) -> str:
    """Return the page, with what is wrong beside the sentence it is about."""
    from flask import render_template, request

    project = current_snapshot().project
    return render_template(
        "record.html", row=project.languages[language], leaflet=leaflet, title=catalogue_title(project, leaflet),
        lines=recording_lines(project, language, leaflet), refused=message, problems=problems, kept=request.args.get("kept", ""),
    )  # fmt: skip
