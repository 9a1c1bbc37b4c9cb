"""Record a leaflet sentence by sentence, with the microphone or from a sound file."""

from io import BytesIO

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from generator.audio.recorder import (
    NewRecording,
    keep_recording,
    recording_lines,
    recordings_folder,
)
from generator.audio.recording_state import LARGEST_RECORDING, SOUND_NAME, SOUND_TYPES
from generator.base.files import read_bytes
from generator.problem import Problem, UsageError
from generator.review.reader_code import admit_code
from generator.web.helpers import catalogue_title
from generator.web.server_state import current_snapshot, current_user

screen = Blueprint("recording", __name__)


@screen.get("/record/<language>/<leaflet>")
def page(language: str, leaflet: str) -> str:
    """Show the sentences with what was recorded of them."""
    return recording_page(language, leaflet)


@screen.post("/record/<language>/<leaflet>")
def hand_in(language: str, leaflet: str) -> ResponseReturnValue:
    """Keep a recording under the code of the person in front of the browser."""
    snapshot = current_snapshot()
    message, key = request.form.get("message", ""), request.form.get("key", "")
    file = request.files.get("sound")
    sound = file.read() if file else b""
    who = admit_code(current_user().code, snapshot.codes)
    new = NewRecording(language, leaflet, message, key, sound, who)
    try:
        keep_recording(snapshot.project, new)
    except UsageError as error:
        return recording_page(language, leaflet, message, error.problems), 422
    shown = url_for(".page", language=language, leaflet=leaflet, kept=message, _anchor=message)
    return redirect(shown, 303)


@screen.get("/record/<language>/<leaflet>/<name>")
def sound(language: str, leaflet: str, name: str) -> ResponseReturnValue:
    """Return a recording to be played."""
    path = recordings_folder(current_snapshot().project, language, leaflet) / name
    if not (match := SOUND_NAME.fullmatch(name)) or not path.is_file():
        abort(404)
    return send_file(BytesIO(read_bytes(path, LARGEST_RECORDING)), SOUND_TYPES[match["kind"]])


def recording_page(
    language: str, leaflet: str, message: str = "", problems: tuple[Problem, ...] = ()
) -> str:
    """Return the page, with what is wrong beside the sentence it is about."""
    project = current_snapshot().project
    return render_template(
        "recording.html",
        row=project.languages[language],
        leaflet=leaflet,
        title=catalogue_title(project, leaflet),
        lines=recording_lines(project, language, leaflet),
        refused=message,
        problems=problems,
        kept=request.args.get("kept", ""),
    )
