"""Readers without a browser: each comes in by a link, reads sentences and signs them, as the page's own forms would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

REASON = "looked at"


class Form(HTMLParser):
    """The fields of a sentence's page: hidden ones, the text, and an answer to every question and warning."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field; a check that asks something gets an answer."""
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name.startswith("why-"):
            self.fields[name] = REASON
        elif tag == "input" and found.get("type") == "hidden":
            self.fields[name] = found["value"]
        elif tag == "textarea" and name == "text":
            self.inside, self.fields[name] = name, ""

    def handle_data(self, data: str) -> None:
        """Take the text of the field."""
        if self.inside:
            self.fields[self.inside] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave the field."""
        if tag == "textarea":
            self.inside = ""


@dataclass
class Volunteer:
    """One reader with one browser; `signed` are the addresses of the sentences whose signature was answered."""

    code: str
    link: str
    cookie: str = ""
    signed: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    """The new text by address, where the correction was answered."""

    def enter(self) -> None:
        """Press the button of the link."""
        parts = urlsplit(self.link)
        self.host = parts.netloc
        self.line = HTTPConnection(self.host, timeout=60)
        status, headers, _ = self.ask("POST", "/start", {"token": parts.path.rpartition("/")[2]})
        assert status == 303, status
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def leave(self) -> None:
        """Close the browser."""
        self.line.close()

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """Return status, headers and text of an answer; raise OSError or HTTPException if the server is gone."""
        headers = {"Origin": f"http://{self.host}", "Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.line.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    def read(self, path: str) -> dict[str, str]:
        """Open a sentence, and return the fields of its form."""
        status, _, page = self.ask("GET", path)
        assert status == 200, (status, path)
        return Form(page).fields

    def sign(self, path: str) -> int:
        """Open a sentence and sign it as it is; return the status: 303 if it was signed, 422 if a check stands against it."""
        status = self.send(path, self.read(path) | {"do": "sign"})
        if status == 303:
            self.signed.append(path)
        return status

    def correct(self, path: str, more: str) -> int:
        """Open a sentence, write `more` at its end and sign it, with a reason where a check asks for one."""
        fields = self.read(path)
        fields |= {"do": "correct", "text": f"{fields['text']} {more}"}
        status = self.send(path, fields)
        if status == 303:
            self.corrected[path] = fields["text"]
        return status

    def send(self, path: str, fields: dict[str, str]) -> int:
        """Send the form of a sentence after a long look, a second time with answers if new questions came back."""
        fields |= {"at": "0"}
        status, _, page = self.ask("POST", path, fields)
        if status == 422:
            status, _, page = self.ask("POST", path, fields | {name: REASON for name in Form(page).fields if name.startswith("why-")})
        return status
