"""What counts as shown on a page of the website: what can be seen, and whole numbers alone."""

from __future__ import annotations

import pytest

from generator.problem import LeafletsError
from generator.website.proof import RequiredText, missing_text

PAGE = "<!DOCTYPE html><html><head><title>t</title></head><body>{}</body></html>"
WANTED = RequiredText(("Call 101 now.",), {"101": 1})


@pytest.mark.parametrize(
    "body",
    [
        "<p>Call 101 now.</p>",
        "<p>Call <a href='tel:101'>101</a> now.</p>",
        "<p hidden>No.</p><p>Call 101 now.<br>Yes.</p>",
        "<ul><li>One<li>Call 101 now.</ul>",
        "<svg><title>Call 101 now.</title><path d='M0 0'/></svg>",
    ],
)
def test_what_can_be_seen_is_shown(body: str) -> None:
    assert missing_text(PAGE.format(body), WANTED) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p hidden>Call 101 now.</p>",
        "<div hidden><p>a</p><p>Call 101 now.</p></div>",
        "<noscript>Call 101 now.</noscript>",
        "<template><p>a</p>Call 101 now.</template>",
        "<template/>Call 101 now.",
        "<title>Call 101 now.</title>",
        '<p style="color: red; Display : none">Call 101 now.</p>',
        "<!-- Call 101 now. -->",
        "<script>Call 101 now.</script>",
    ],
)
def test_what_is_hidden_is_not_shown(body: str) -> None:
    assert missing_text(PAGE.format(body), WANTED) == ["Call 101 now.", "101"]


def test_the_title_of_the_page_is_none_of_its_words() -> None:
    assert missing_text("<head><title>Call 101 now.</title></head><body></body>", WANTED) == ["Call 101 now.", "101"]


@pytest.mark.parametrize("number", ["0101 555", "1010", "\u0661101"])
def test_a_number_inside_a_longer_one_is_another_number(number: str) -> None:
    assert missing_text(f"<p>{number}</p>", RequiredText(values={"101": 1})) == ["101"]


def test_markup_that_nobody_can_read_is_a_problem() -> None:
    with pytest.raises(LeafletsError, match="site-lost"):
        missing_text("<p>Call 101 now.</p><![x]>b", WANTED)
