"""What a machine must not change: it comes back exactly once wherever a machine moves its mask, or the translation is refused."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.campaign.project import Project
from generator.drafting.mask import (
    MASK_STYLES,
    MaskedText,
    MaskError,
    MaskStyle,
    TextSegment,
    join_segments,
    mask_text,
    needs_translation,
    protected_spans,
    split_space,
    text_segments,
    unmask_text,
    usable_styles,
)

NAMES = ("Migrant Help", "NHS", "Help", "SIM", "4Front", "C++ Club")
FRAGMENTS = (
    *("{line}", "{line_hours}", "<b>", "</b>", "<em>", "</em>", "%s", "%(user)s", "%1$s", "%%", "&amp;", "{{x}}", "${y}", "{0}"),
    *("Migrant Help", "NHS", "SIM", "4Front", "C++ Club", "SIMPLE", "https://x0.example/[1]?q=Q2Q", "a.b@c.example", "www.x.uk"),
    *("0", "17", "24/7", "+44 (0) 117 496 0123", "20,000", "٣", "१२", "²", "{", "}", "<", ">", "%", "&", "$1", "\\1", r"\g<0>"),
    *("X", "x", "Q", "q", "[", "]", "X0", "x1", "[0]", "[ 1 ]", "Q0Q", "q12Q", "X 0", "Q 0", "[0", "0]"),
    *(" ", "  ", "\n", "\u00a0", "\u200f", ".", ",", "Call", "us", "a", "Come in", "اتصلوا", "ስልክ", "请"),
)
WORDS = ("اتصلوا بنا", "ስልክ", "请拨打", "Appelez", " ", ", ", "\u2067", "\u2069", "\n", "ہم", "l’", "\\1 ", "$1 ", r"\g<0>", "%")
"""What a machine may write around masks: other scripts, marks of direction, and what a regex takes for a group."""

fixed = settings(derandomize=True, deadline=None, max_examples=300)
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=16).map("".join) | st.text(max_size=40)
styles = st.sampled_from(MASK_STYLES)
style_names = pytest.mark.parametrize("style", MASK_STYLES, ids=lambda style: style.name)


def protected(text: str) -> list[str]:
    """Return what is protected in a text."""
    return [span.text for span in protected_spans(text, NAMES)]


def reasons(translation: str, masked: MaskedText) -> tuple[str, ...]:
    """Return why a translation is refused."""
    with pytest.raises(MaskError) as caught:
        unmask_text(translation, masked)
    return caught.value.reasons


def all_masks(masked: MaskedText) -> list[str]:
    """Return the masks of a text, in order."""
    return [masked.style.mask(number) for number in range(len(masked.spans))]


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    """End what never ends: seconds of work, however busy the machine is; this is no measurement."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"still at it after {seconds} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>Free.</b> Call {line} now.", ["<b>", "</b>", "{line}"]),
        ('<a href="x">Site</a> <br/>', ['<a href="x">', "</a>", "<br/>"]),
        ("1 < 2 and <3 & more; tea & cake", ["1", "2", "3"]),
        ("Tea &amp; cake &#39; &#x2019;", ["&amp;", "&#39;", "&#x2019;"]),
        ("{{x}} ${y} {0} { {", ["{{x}}", "${y}", "{0}"]),
        ("%(user_name)s %s %1$s %.2f %%", ["%(user_name)s", "%s", "%1$s", "%.2f", "%%"]),
        ("%(count)d.", ["%(count)d"]),
        ("50% discount, 100% of it, 5 % d’accord", ["50", "100", "5"]),
        ("See https://a.example/x_y?z=1, or www.b.example.", ["https://a.example/x_y?z=1", "www.b.example"]),
        ("(see HTTPS://a.example/b) awww...so", ["HTTPS://a.example/b"]),
        ("Write to a_b.c@d.example.org, or see help.org.uk/x.", ["a_b.c@d.example.org", "help.org.uk/x"]),
        ("Free.Net of it, e.g. this. Organise.organic", []),
        ("Call 0117 496 0123 or +44 (0) 117-496-0123.", ["0117 496 0123", "+44 (0) 117-496-0123"]),
        ("(0117) 496 0123, (5 of them), 3 (2)", ["(0117) 496 0123", "5", "3", "2"]),
        ("On 20/03/2027, 18:00–21:00, 20.000,50, 2 - 3.", ["20/03/2027", "18:00–21:00", "20.000,50", "2 - 3"]),
        ("In 2 weeks. 3 of 4, 10, 12. 15 people", ["2", "3", "4", "10", "12", "15"]),
        ("٣ أيام, १२, 2nd, COVID19", ["٣", "१२", "2", "19"]),
        ("Migrant Help helps. Help! NHS's NHSX SIMPLE SIM-card", ["Migrant Help", "Help", "NHS", "SIM"]),
        ("4Front and C++ Club", ["4Front", "C++ Club"]),
        ("migrant help", []),
        ("", []),
    ],
)
def test_what_is_protected(text: str, expected: list[str]) -> None:
    """Tags, placeholders, links, addresses, numbers and names are protected whole; nothing else is."""
    assert protected(text) == expected


def test_names_are_plain_text() -> None:
    """A name is no pattern, the longest is taken, an empty one is nothing, and none is needed."""
    assert [span.text for span in protected_spans("Axb – A.b (c.", ("A.b", "", "(c"))] == ["A.b", "(c"]
    assert [span.text for span in protected_spans("Help Line, Help", ("Help", "Help Line"))] == ["Help Line", "Help"]
    assert protected_spans("Call NHS", ()) == []


@fixed
@given(texts)
def test_spans_stand_in_order(text: str) -> None:
    """Spans are where they say, do not overlap, are not empty, and no digit stands outside."""
    found = protected_spans(text, NAMES)
    places = [place for span in found for place in (span.start, span.end)]
    covered = {place for span in found for place in range(span.start, span.end)}

    assert [text[span.start : span.end] for span in found] == [span.text for span in found]
    assert places == sorted(places)
    assert all(span.text for span in found)
    assert [place for place, char in enumerate(text) if char.isdecimal() and place not in covered] == []


@fixed
@given(texts, styles)
def test_masks_come_off_again(text: str, style: MaskStyle) -> None:
    """Masked and unmasked, every text is itself, look-alikes of masks in it or not."""
    masked = mask_text(text, NAMES, style)

    assert unmask_text(masked.text, masked) == text


@style_names
def test_shipped_messages_come_back(shipped: Project, style: MaskStyle) -> None:
    """Every message of the shipped campaign comes back from its masks, and its facts and tags were masked."""
    wordings = [message.msgid for leaflet in shipped.leaflets.values() for message in leaflet.messages]
    several = [mask_text(text, NAMES, style) for text in wordings]

    assert len(wordings) > 50
    assert [unmask_text(masked.text, masked) for masked in several] == wordings
    assert [masked.text for masked in several if set("{}<>") & set(masked.text)] == []


def test_masks_are_short_and_ascii() -> None:
    """Masks are X0, [0] and Q0Q, in this order: no underscore, nothing but ASCII."""
    assert [style.name for style in MASK_STYLES] == ["X0", "[0]", "Q0Q"]
    assert [mask_text("<b>Free</b>: {x}", (), style).text for style in MASK_STYLES] == [
        "X0FreeX1: X2",
        "[0]Free[1]: [2]",
        "Q0QFreeQ1Q: Q2Q",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call {line}", ["X0", "[0]", "Q0Q"]),
        ("Take bus x5", ["[0]", "Q0Q"]),
        ("See [ 12 ]", ["X0", "Q0Q"]),
        ("See [note]", ["X0", "[0]", "Q0Q"]),
        ("Form q3Q", ["X0", "[0]"]),
        ("X٣ [1] Q2Q", []),
    ],
)
def test_a_style_that_the_text_holds_is_not_used(text: str, expected: list[str]) -> None:
    """A style is out if the text holds its shape, in any case and with spaces."""
    assert [style.name for style in usable_styles(text)] == expected


@fixed
@given(texts, styles, st.data())
def test_masks_may_move(text: str, style: MaskStyle, data: st.DataObject) -> None:
    """In any order and among the words of any script, each span comes back once, untouched."""
    masked = mask_text(text, NAMES, style)
    order = data.draw(st.permutations(range(len(masked.spans))))
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=len(order) + 1, max_size=len(order) + 1))

    translation = "".join(word + style.mask(number) for word, number in zip(words, order, strict=False)) + words[-1]
    expected = "".join(word + masked.spans[number].text for word, number in zip(words, order, strict=False)) + words[-1]

    assert unmask_text(translation, masked) == expected


@fixed
@given(texts, styles, st.data())
def test_a_mask_that_is_lost_or_doubled_is_refused(text: str, style: MaskStyle, data: st.DataObject) -> None:
    """One mask less or one more is refused, and the reason names the span."""
    masked = mask_text(text, NAMES, style)
    assume(masked.spans)
    number = data.draw(st.integers(0, len(masked.spans) - 1))
    signs = all_masks(masked)
    lost, doubled = [*signs[:number], *signs[number + 1 :]], [*signs, signs[number]]

    assert reasons(" ".join(lost), masked) == (f"{masked.spans[number].text} is lost",)
    assert reasons(" ".join(doubled), masked) == (f"{masked.spans[number].text} stands there 2 times",)
    assert reasons("", masked) == tuple(f"{span.text} is lost" for span in masked.spans)


@style_names
@pytest.mark.parametrize("number", ["1", "12", "00", "9" * 5000])
def test_an_invented_mask_is_refused(style: MaskStyle, number: str) -> None:
    """A number that was not given stands for nothing, however long it is."""
    masked = mask_text("Call {line}", (), style)
    invented = f"{style.before}{number}{style.after}"

    assert reasons(f"{style.mask(0)} {invented}", masked) == (f"{style.before}{number[:9]}{style.after} stands for nothing",)


@style_names
@pytest.mark.parametrize("digit", ["5", "0", "٣", "५"])
def test_a_digit_beside_a_mask_is_refused(style: MaskStyle, digit: str) -> None:
    """A digit before or after a mask would change the number that the mask stands for."""
    masked = mask_text("Wait 10 days.", (), style)

    assert reasons(f"Attendez {style.mask(0)}{digit} jours.", masked)
    assert reasons(f"Attendez {digit}{style.mask(0)} jours.", masked) == ("a digit touches a protected part",)


@style_names
def test_a_mask_with_two_digits_is_one_mask(style: MaskStyle) -> None:
    """Mask 1 is not found in mask 12."""
    masked = mask_text(" ".join(f"{{f{number}}}" for number in range(13)), (), style)
    signs = all_masks(masked)

    assert unmask_text(" ".join(reversed(signs)), masked) == " ".join(f"{{f{number}}}" for number in reversed(range(13)))
    assert reasons(" ".join(sign for sign in signs if sign != style.mask(1)), masked) == ("{f1} is lost",)


@pytest.mark.parametrize(
    ("style", "translation", "expected"),
    [
        (0, "x0Gratuit.x1 Appelez x2", "<b>Gratuit.</b> Appelez {line}"),
        (0, "X0prixX1X2du", "<b>prix</b>{line}du"),
        (0, "X٠مجاني.X١ اتصلوا X٢", "<b>مجاني.</b> اتصلوا {line}"),
        (1, "[ 0 ]Gratuit.[1 ] Appelez [ 2]", "<b>Gratuit.</b> Appelez {line}"),
        (1, "[ \u00a00]ነጻ[1]ስልክ[2]", "<b>ነጻ</b>ስልክ{line}"),
        (2, "q0qGratuit.q1Q Appelez Q2q", "<b>Gratuit.</b> Appelez {line}"),
        (2, "免费Q0Q请拨打Q2QQ1Q", "免费<b>请拨打{line}</b>"),
        (0, "X1مجانيX0 X2", "</b>مجاني<b> {line}"),
    ],
)
def test_what_a_machine_does_to_masks_is_understood(style: int, translation: str, expected: str) -> None:
    """Other case, other digits, spaces inside brackets and letters beside a mask do no harm; the caller checks how tags nest."""
    assert unmask_text(translation, mask_text("<b>Free.</b> Call {line}", (), MASK_STYLES[style])) == expected


@pytest.mark.parametrize(
    ("style", "translation", "reason"),
    [
        (0, "X0 X 0", "a broken mask is left: X 0"),
        (0, "XX0", "a sign of a mask is left beside a protected part"),
        (0, "X0X", "a sign of a mask is left beside a protected part"),
        (1, "[0] [ 0", "a broken mask is left: [ 0"),
        (1, "[0] 0 ]", "a broken mask is left: 0 ]"),
        (1, "[[0]]", "a sign of a mask is left beside a protected part"),
        (2, "Q0Q Q0", "a broken mask is left: Q0"),
        (2, "Q0Q 0q", "a broken mask is left: 0q"),
        (2, "QQ0Q", "a sign of a mask is left beside a protected part"),
    ],
)
def test_what_is_left_of_a_mask_is_refused(style: int, translation: str, reason: str) -> None:
    """A broken copy of a mask never stays in a translation."""
    assert reasons(translation, mask_text("Call {line}", (), MASK_STYLES[style])) == (reason,)


@pytest.mark.parametrize("translation", ["X_0", "X 0", "X0X0", "Х0", "0", "X", "X-0", "{line}", ""])
def test_a_mangled_mask_is_refused(translation: str) -> None:
    """Nothing is guessed: what is no mask is a lost one, even if the machine wrote what it stands for."""
    assert reasons(translation, mask_text("Call {line}", (), MASK_STYLES[0]))


def test_values_are_not_read_again() -> None:
    """What a mask stands for may look like a mask, a group or a format: it is put in as it is."""
    masked = mask_text(r"See https://x1.example/\1$2X0 and {line}", (), MASK_STYLES[0])

    assert unmask_text("X1 X0", masked) == r"{line} https://x1.example/\1$2X0"


def test_signs_that_the_source_has_may_stay() -> None:
    """Brackets and letters of the source beside a span are no fault."""
    masked = mask_text("Call us [{line}]", (), MASK_STYLES[1])

    assert unmask_text("[[0]] اتصلوا", masked) == "[{line}] اتصلوا"


def test_all_reasons_are_given() -> None:
    """One error names everything that is wrong, as one line, and survives the way between processes."""
    masked = mask_text("<b>Wait</b> {days}", (), MASK_STYLES[0])

    with pytest.raises(MaskError) as caught:
        unmask_text("5X0 X0 X7", masked)

    expected = "<b> stands there 2 times; </b> is lost; {days} is lost; X7 stands for nothing; a digit touches a protected part"
    assert str(caught.value) == expected
    assert pickle.loads(pickle.dumps(caught.value)).reasons == caught.value.reasons  # noqa: S301 - our own bytes


@fixed
@given(texts | st.text(" \n\t\u00a0\u3000a", max_size=12))
def test_split_takes_outer_white_space(text: str) -> None:
    """The three parts are the text; the outer two are white, the body neither begins nor ends so."""
    lead, body, tail = split_space(text)

    assert lead + body + tail == text
    assert (lead + tail).strip() == ""
    assert body == body.strip()


@fixed
@given(texts)
def test_segments_are_the_text(text: str) -> None:
    """Put together, segments are the text; the protected ones are its spans, and none is empty."""
    found = text_segments(text, NAMES)

    assert "".join(segment.text for segment in found) == text
    assert [segment.text for segment in found if segment.protected] == protected(text)
    assert all(segment.text for segment in found)


@fixed
@given(texts)
def test_segments_keep_what_is_protected_and_the_spaces(text: str) -> None:
    """Translated in segments, spans and white space stay where they are."""
    found = text_segments(text, NAMES)
    drafts = {segment.text: f" {segment.text.strip().swapcase()}\n" for segment in found}
    expected = "".join(
        segment.text
        if not segment.wanted
        else split_space(segment.text)[0] + segment.text.strip().swapcase() + split_space(segment.text)[2]
        for segment in found
    )

    assert join_segments(found, drafts) == expected
    assert join_segments(found, {segment.text: segment.text for segment in found}) == text


def test_segments_restore_spaces() -> None:
    """The machine's outer spaces go, those of the source come back, and what has no words stays as it is."""
    found = text_segments("<b>Free.</b>  Call {line}\u00a0now, {hours} – {day}!", ())
    drafts = {"Free.": " Gratuit. ", "  Call ": "Appelez", "\u00a0now, ": "maintenant,\n", "<b>": "NO", " – ": "NO"}

    assert [segment.text for segment in found if segment.wanted] == ["Free.", "  Call ", "\u00a0now, "]
    assert join_segments(found, drafts) == "<b>Gratuit.</b>  Appelez {line}\u00a0maintenant, {hours} – {day}!"


@pytest.mark.parametrize("drafts", [{}, {"Call ": ""}, {"Call ": " \n"}])
def test_a_segment_without_a_draft_is_refused(drafts: dict[str, str]) -> None:
    """Words for which nothing came back are neither left out nor left in English."""
    with pytest.raises(MaskError) as caught:
        join_segments(text_segments("Call {line}", ()), drafts)

    assert caught.value.reasons == ("nothing came back for 'Call'",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call us", True),
        ("No", True),
        ("{line}: ok", True),
        ("NHS", False),
        ("NHS: {line}", False),
        ("<b>{line}</b>", False),
        ("https://a.example/page", False),
        ("a.b@c.example", False),
        ("24/7", False),
        ("A", False),
        ("a 1 b", False),
        ("a{line}b", False),
        ("A_B", False),
        ("电话", True),
        (" … – !", False),
        ("", False),
    ],
)
def test_needs_translation(text: str, expected: bool) -> None:
    """There is something to translate where two letters stand side by side and nothing protects them."""
    assert needs_translation(text, NAMES) is expected


LONG = (
    ("a", "1", "1 ", "1.a", "a.", "a-", ".org", "a@", "a@b.", "+1", "(1)", "X", "X ", "X0", "x 0"),
    ("<", "<a", "</a ", "&", "&a", "&#1", "{", "{{a", "${", "%(a", "%0", "%1$", "[", "[ ", "[1", "[1 ", "1 ]", "]"),
    ("www.", "www.,", "http://", "http://.", "NHS", "Migrant ", " ", "\n", "{a}", "Q", "Q0", "0Q", "Q0Q", "Q ", "0 Q"),
)
"""What a slow search would be slow on, by the style whose shape is near."""


@pytest.mark.parametrize(
    ("style", "unit"),
    [
        pytest.param(style, unit, marks=pytest.mark.long if place % 3 else ())
        for style, row in zip(MASK_STYLES, LONG, strict=True)
        for place, unit in enumerate(row)
    ],
)
def test_searching_a_long_text_ends(style: MaskStyle, unit: str) -> None:
    """100,000 characters of any one thing, also with an end that spoils it, come back: each search takes one way through the text."""
    whole = (unit * 100_000)[:100_000]
    with alarm(20):
        for text in (whole, whole + "x\u0301!", unit[0] + unit[-1] * 100_000 + "!"):
            masked = mask_text(text, NAMES, style)
            assert unmask_text(masked.text, masked) == text


@style_names
@pytest.mark.parametrize("unit", ["{a}", "<b>x</b> ", "12 ", "NHS ", "X0", "[1]", "Q2Q", "Come in. "])
def test_long_texts_come_back(style: MaskStyle, unit: str) -> None:
    """20,000 characters are masked, unmasked, cut and joined; thousands of lost masks are thousands of reasons."""
    text = (unit * 20_000)[:20_000]
    masked = mask_text(text, NAMES, style)
    found = text_segments(text, NAMES)

    with alarm(20):
        assert unmask_text(masked.text, masked) == text
        assert join_segments(found, {segment.text: segment.text for segment in found}) == text
        assert [reason for reason in reasons(style.mask(len(masked.spans)), masked) if "lost" not in reason] == [
            f"{style.mask(len(masked.spans))} stands for nothing"
        ]


def test_segment_wants_words_only() -> None:
    """A protected segment is never wanted, even if it holds words."""
    assert [TextSegment("Migrant Help", True).wanted, TextSegment("Call us", False).wanted, TextSegment(" a ", False).wanted] == [
        False,
        True,
        False,
    ]
