"""The addresses of pictures: a picture by sentence, another one for what is typed, and no way to anything else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from generator.web.picture import picture_alt, picture_url

from .conftest import copy_campaign
from .visitor import HOST, page_over, visitor

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

LEAFLET = "if-strangers-come"
PLACE = f"/picture/ar/{LEAFLET}/steps.staff"
TEXT = "ابقوا في غرفكم الآن."


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the page over a copy of the campaign; the tests of this module write nothing there."""
    app = page_over(copy_campaign(tmp_path_factory.mktemp("page") / "campaign"))
    yield app
    app.extensions["desk"].studio.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser that is in, as the reader r17."""
    return visitor(app)


def address(app: Flask, *arguments: Any) -> str:
    with app.test_request_context(base_url=f"http://{HOST}"):
        return picture_url(*arguments)


def looked_at(client: FlaskClient, url: str) -> Image.Image:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    return Image.open(BytesIO(answer.data))


def test_a_sentence_has_a_picture_of_its_page(app: Flask, client: FlaskClient) -> None:
    url = address(app, "ar", LEAFLET, "steps.staff")
    assert looked_at(client, url).width == 900
    assert looked_at(client, address(app, "ar", LEAFLET)).width == 900
    assert "/ar/" not in url
    assert address(app, "ar", LEAFLET, "steps.staff") == url


def test_another_text_has_another_picture_and_the_saved_one_has_the_old(app: Flask, client: FlaskClient) -> None:
    saved = address(app, "ar", LEAFLET, "steps.staff")
    answer = client.post(PLACE, data={"text": TEXT})
    assert answer.status_code == 200
    assert answer.json["problems"] == []
    assert answer.json["pages"] == 2
    assert answer.json["url"] == address(app, "ar", LEAFLET, "steps.staff", f"  {TEXT} ") != saved
    assert looked_at(client, answer.json["url"]).tobytes() != looked_at(client, saved).tobytes()


def test_what_is_wrong_with_a_page_is_said_in_words_beside_its_picture(client: FlaskClient) -> None:
    found = client.post(PLACE, data={"text": "ابقوا {nobody}"}).json
    assert [problem["code"] for problem in found["problems"]] == ["text"]
    assert looked_at(client, found["url"]).width == 900
    whole = client.get(found["whole"])
    assert "the placeholders or tags differ from the English" in whole.text
    assert whole.text.count("<img") == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/picture/0123456789abcdef01234567/sentence/title.png", 404),
        ("/picture/0123456789abcdef01234567", 404),
        ("/picture/..%2f..%2fetc/page/1.png", 400),
        ("/picture/x/page/999999999999.png", 404),
    ],
)
def test_no_other_address_leads_anywhere(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize("place", ["/picture/xx/not-alone/title", "/picture/ar/nothing/title", "/picture/ar/glossary/asylum"])
def test_what_is_on_no_page_has_no_picture(client: FlaskClient, place: str) -> None:
    assert client.post(place, data={"text": "x"}).status_code == 404


def test_a_page_that_does_not_exist_is_not_found(app: Flask, client: FlaskClient) -> None:
    url = address(app, "ar", LEAFLET)
    assert client.get(url.replace("/1.png", "/3.png")).status_code == 404
    assert client.get(url.replace("/1.png", "/0.png")).status_code == 404


def test_other_pages_cannot_order_a_picture_and_strangers_see_none(app: Flask, client: FlaskClient) -> None:
    url = address(app, "ar", LEAFLET)
    assert client.post(PLACE, data={"text": TEXT}, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post(PLACE, data={"text": "x" * 70_000}).status_code == 413
    stranger = app.test_client()
    assert stranger.get(url).status_code == 401


def test_a_broken_campaign_file_has_no_picture_and_breaks_nothing(app: Flask) -> None:
    root: Path = app.extensions["desk"].root
    path = root / "locales" / "ti" / "LC_MESSAGES" / f"{LEAFLET}.po"
    whole = path.read_bytes()
    path.write_bytes(b"\xff\xfe")
    try:
        assert address(app, "ti", LEAFLET, "title") == ""
    finally:
        path.write_bytes(whole)


def test_the_picture_is_described_in_the_language_of_the_screen(app: Flask) -> None:
    with app.test_request_context(base_url=f"http://{HOST}"):
        assert "“If strangers come to frighten you”" in picture_alt(LEAFLET)
    with app.test_request_context("/read/es", base_url=f"http://{HOST}"):
        assert "“Si vienen desconocidos" in picture_alt(LEAFLET)
