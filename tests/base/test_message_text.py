"""From a sentence and facts to safe markup; facts, dates, digests and names as people see them."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.base import message_text
from generator.base.digests import CROCKFORD, digest, short_code, wording_key
from generator.base.names import FACT_NAME, LANGUAGE_CODE, SLUG, nearest_name, pick_names
from generator.campaign import facts
from generator.campaign.dates import date_in_words, numeric_date
from generator.campaign.project import Project
from generator.campaign.settings import SHARED_DOMAIN
from generator.model import Fact, Language
from generator.problem import UsageError
from tests.conftest import TIER_ONE

MSGID = "<b>Free.</b> Call {line} between {hours}."
VALUES = {"line": Markup('<bdi dir="ltr" class="ltr">020 7946 0123</bdi>'), "hours": Markup('<bdi dir="ltr" class="ltr">18:00–21:00</bdi>')}

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b onclick=x>",
    "<B>",
    "<bdi dir=rtl>",
    "</bdi>",
    '<a href="file:///etc/passwd">',
    "file:///etc/passwd",
    "url(http://example.org/x)",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;",
    '"><b>',
    "' onmouseover='",
    "%s",
    "%(line)s",
    "100 %",
    "%n%n%n",
    "$line",
    "\\1 \\g<1>",
    "\x00\x01",
    "\u202e\u2066",
    "\\u003cscript\\u003e",
)
FORMATS = (
    "{0}",
    "{}",
    "{line.__class__}",
    "{line!r}",
    "{line:>99}",
    "{{line}}",
    "${line}",
    "{{ 7*7 }}",
    "{% if x %}",
    "{# x #}",
    "{ line }",
    "{",
    "}",
)
"""Whatever a format string, a template engine or a translator's slip puts into braces."""


class Seen(HTMLParser):
    """What a browser makes of markup: tags with their attributes, and the text a reader sees."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(("/" + tag, ()))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", ()))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("!", ()))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("?", ()))

    def unknown_decl(self, data: str) -> None:
        self.tags.append(("![", ()))


def bdi(name: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [("bdi", (("dir", "ltr"), ("class", "ltr"), *([("data-fact", name)] if name else []))), ("/bdi", ())]


BDI = bdi("")
FREE_TEXT = st.lists(st.one_of(st.sampled_from([a.replace("<b>", "<b >") for a in ATTACKS]), st.text(max_size=20)), max_size=6).map("".join)
NO_BRACES = FREE_TEXT.map(lambda found: message_text.INLINE_TAG.sub("", found.replace("{", "(").replace("}", ")")))


def clean(found: str) -> str:
    """Return text without the one thing HTML itself forbids to keep, so that what is typed can be compared with what is seen."""
    return found.replace("\r\n", "\n").replace("\r", "\n")


# fill: escaping


@given(before=NO_BRACES, inside=NO_BRACES, after=NO_BRACES)
def test_only_the_tags_of_the_english_and_of_the_facts_are_markup(before: str, inside: str, after: str) -> None:
    msgstr = f"{before}<b>{inside}</b>{{line}}{after}{{hours}}"
    if message_text.same_tags(MSGID, msgstr) and message_text.same_placeholders(MSGID, msgstr):
        seen = Seen(message_text.fill_placeholders(MSGID, msgstr, VALUES))
        assert seen.tags == [("b", ()), ("/b", ()), *BDI, *BDI]
        assert clean(seen.text) == clean(f"{before}{inside}020 7946 0123{after}18:00–21:00")
    else:  # pieces joined to a tag or a brace of their own: refused, never repaired
        with pytest.raises(ValueError, match="differ"):
            message_text.fill_placeholders(MSGID, msgstr, VALUES)


@given(msgstr=st.one_of(FREE_TEXT, st.text()))
def test_any_msgstr_gives_the_allowed_tags_or_a_refusal(msgstr: str) -> None:
    try:
        seen = Seen(message_text.fill_placeholders(MSGID, msgstr, VALUES))
    except ValueError:
        return
    assert sorted(seen.tags) == sorted([("b", ()), ("/b", ()), *BDI, *BDI])


@given(msgid=st.text(), msgstr=st.text(alphabet="<>/bem{}line %&;x\\", max_size=40))
def test_tags_never_outnumber_those_of_the_english(msgid: str, msgstr: str) -> None:
    try:
        found = Seen(message_text.fill_placeholders(msgid, msgstr, defaultdict(Markup))).tags
    except ValueError:
        return
    assert sorted(tag for tag, _ in found if "bdi" not in tag) == sorted(message_text.tag_names(msgid))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_stays_visible_text(attack: str) -> None:
    if message_text.tag_names(attack):
        with pytest.raises(ValueError, match="tags"):
            message_text.fill_placeholders("Come.", attack, {})
        return
    filled = message_text.fill_placeholders("Come.", f"Venez {attack} ici", {})
    assert Seen(filled).tags == []
    assert Seen(filled).text == f"Venez {attack} ici"


@pytest.mark.parametrize("attack", FORMATS)
@pytest.mark.parametrize("msgid", ["Call {line}.", "Come."])
def test_a_format_string_is_refused(msgid: str, attack: str) -> None:
    with pytest.raises(ValueError, match="placeholders"):
        message_text.fill_placeholders(msgid, msgid.replace(".", "") + " " + attack, VALUES)


@pytest.mark.parametrize("value", ["{hours}", "<b>x</b>", "{0}", "%s", "\\1", "&amp;", "{line}", "<script>", "{{ 7*7 }}"])
def test_values_are_escaped_and_never_scanned_again(value: str) -> None:
    filled = message_text.fill_placeholders(MSGID, "<b>Gratis.</b> {line}, {hours}", {"line": Markup.escape(value), "hours": Markup("6")})
    assert Seen(filled).tags == [("b", ()), ("/b", ())]
    assert Seen(filled).text == f"Gratis. {value}, 6"
    plain = {"line": value, "hours": "6"}
    assert message_text.fill_placeholders(MSGID, "<b>Gratis.</b> {line}, {hours}", plain) == filled  # type: ignore[arg-type]


@given(values=st.tuples(st.text(max_size=30), st.text(max_size=30)))
def test_values_come_out_as_they_went_in(values: tuple[str, str]) -> None:
    line, hours = map(Markup.escape, values)
    assert message_text.fill_placeholders("{line}|{hours}", "{hours}|{line}", {"line": line, "hours": hours}) == f"{hours}|{line}"


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Call {line}.", "Appelez."),
        ("Call {line}.", "Appelez {ligne}."),
        ("Call {line}.", "Appelez {LINE}."),
        ("Call {line}.", "Appelez {line} {line}."),
        ("Call {line}.", "Appelez {line} {hours}."),
        ("Call {line}.", "Appelez \uff5bline\uff5d."),
        ("<b>Free</b>", "Gratuit"),
        ("<b>Free</b>", "<b>Gratuit"),
        ("<b>Free</b>", "</b>Gratuit<b>"),
        ("<b>Free</b>", "<em>Gratuit</em>"),
        ("<b>Free</b> <em>now</em>", "<b>Gratuit <em></b>ici</em>"),
        ("Free", "<b>Gratuit</b>"),
        ("<b>Free</b>", "<b><b>Gratuit</b></b>"),
    ],
)
def test_other_placeholders_or_tags_are_refused(msgid: str, msgstr: str) -> None:
    with pytest.raises(ValueError, match="differ"):
        message_text.fill_placeholders(msgid, msgstr, VALUES)


def test_order_of_placeholders_and_tags_is_the_translators() -> None:
    """A translation may put the number first and the bold last."""
    filled = message_text.fill_placeholders(MSGID, "{hours} {line} <b>x</b>", VALUES)
    assert Seen(filled).text == "18:00–21:00 020 7946 0123 x"


@pytest.mark.parametrize("language", TIER_ONE)
def test_every_shipped_translation_fills_or_is_missing(shipped: Project, language: str) -> None:
    """Each sentence of the real catalogues comes out with its own tags and its text unchanged."""
    from generator.review.snapshot import Snapshot

    snapshot, row = Snapshot(shipped), shipped.languages[language]
    values = {name: facts.fact_markup(fact, row) for name, fact in shipped.facts.items()}
    filled = 0
    for domain in (*shipped.leaflets, SHARED_DOMAIN):
        for translation in snapshot.texts(language, domain).values():
            if not translation.msgstr:
                continue
            seen = Seen(message_text.fill_placeholders(translation.message.msgid, translation.msgstr, values))
            assert [tag for tag, _ in seen.tags if "bdi" not in tag] == message_text.tag_names(translation.msgstr)
            assert sum(tag == "bdi" for tag, _ in seen.tags) == len(message_text.placeholder_names(translation.message.msgid))
            position = 0
            for piece in message_text.text_pieces(translation.msgstr):
                position = seen.text.index(piece, position) + len(piece)
            filled += 1
    assert filled > 70


# facts


def fact(kind: str, value: str, display: str = "", **fields: object) -> Fact:
    """Return a fact that was looked up on 22 November 2026."""
    return Fact("line", kind, value, display, "https://example.org", date(2026, 11, 22), 180, where="facts.yaml:3", **fields)  # type: ignore[arg-type]


def codes(found: Fact, today: date = date(2026, 12, 1)) -> list[str]:
    """Return the codes of what is wrong with a fact."""
    return [problem.code for problem in facts.check_fact(found, today)]


@pytest.mark.parametrize(
    ("kind", "value", "display", "shown", "target"),
    [
        ("phone", "+442079460123", "020 7946 0123", "020\u00a07946\u00a00123", "tel:+442079460123"),
        ("phone", "+448088010503", "0808 8010 503", "0808\u00a08010\u00a0503", "tel:+448088010503"),
        ("phone", "+442079460123", "+44 20 7946 0123", "+44\u00a020\u00a07946\u00a00123", "tel:+442079460123"),
        ("phone", "999", "", "999", "tel:999"),
        ("phone", "116123", "116 123", "116\u00a0123", "tel:116123"),
        ("url", "https://example.org", "example.org", "example.org", "https://example.org"),
        ("url", "https://www.ipso.co.uk/", "ipso.co.uk", "ipso.co.uk", "https://www.ipso.co.uk/"),
        ("url", "https://example.org/l/not-alone", "", "example.org/l/not-alone", "https://example.org/l/not-alone"),
        ("email", "hello@example.org", "", "hello@example.org", "mailto:hello@example.org"),
        ("address", "Community Hall, 20 Example Road", "", "Community Hall, 20 Example Road", ""),
        ("date", "2027-03-20", "", "20/03/2027", ""),
        ("times", "18:00-21:00", "", "18:00–21:00", ""),
        ("times", "09:30", "", "09:30", ""),
        ("money", "£12.50", "", "£12.50", ""),
        ("money", "£1,250", "", "£1,250", ""),
    ],
)
def test_printed_form_and_link_of_every_kind(kind: str, value: str, display: str, shown: str, target: str) -> None:
    found = fact(kind, value, display)
    assert (codes(found), facts.printed_value(found), facts.fact_link(found)) == ([], shown, target)


def test_every_kind_has_a_printed_form_under_test() -> None:
    """A new kind of fact needs a row above."""
    (mark,) = test_printed_form_and_link_of_every_kind.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in mark.args[1]} == set(facts.FACT_FORMS)


def test_the_examples_in_the_advice_are_right_themselves() -> None:
    for kind, (pattern, example) in facts.FACT_FORMS.items():
        assert all(pattern.fullmatch(part) for part in example.split(" or ")), kind


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "020 7946 0123"),
        ("phone", "02079460123"),
        ("phone", "+44 20 7946 0123"),
        ("phone", "+0442079460123"),
        ("phone", "+44"),
        ("phone", "call us"),
        ("phone", "+44٢٠٧٩٤٦٠١٢٣"),
        ("phone", "۹۹۹"),
        ("url", "http://example.org"),
        ("url", "https://example.org/?q=1"),
        ("url", "javascript:alert(1)"),
        ("url", "file:///etc/passwd"),
        ("url", "https://exаmple.org"),
        ("email", "hello at example.org"),
        ("email", "a@b@example.org"),
        ("address", "<b>Hall</b>"),
        ("address", "Hall\u202e"),
        ("date", "20/03/2027"),
        ("date", "2027-3-20"),
        ("date", "2027-13-45"),
        ("date", "2027-02-29"),
        ("date", "٢٠٢٧-٠٣-٢٠"),
        ("times", "9:00"),
        ("times", "25:00"),
        ("times", "18:00-21:60"),
        ("times", "6pm"),
        ("times", "18:0٠"),
        ("money", "12 pounds"),
        ("money", "£12.5"),
        ("money", "£٥"),
    ],
)
def test_a_value_of_another_form_is_a_problem(kind: str, value: str) -> None:
    assert codes(fact(kind, value)) == ["fact-form"]


@pytest.mark.parametrize(
    ("kind", "value", "display"),
    [
        ("phone", "+442079460123", "020 7946 0124"),
        ("phone", "+442079460123", "020 7946 012"),
        ("phone", "+442079460123", "0207 946 0123 1"),
        ("phone", "+442079460123", "20 7946 0123"),
        ("phone", "+442079460123", "44 20 7946 0123"),
        ("phone", "+442079460123", "٠٢٠ ٧٩٤٦ ٠١٢٣"),
        ("phone", "+442079460123", "020 7946 0123 or Fred"),
        ("phone", "+442079460123", "\u202e020 7946 0123"),
        ("phone", "+15551234567", "0555 123 4567"),
        ("phone", "999", "112"),
        ("phone", "999", "0999"),
        ("phone", "116123", "+116 123"),
        ("url", "https://example.org", "example.com"),
        ("url", "https://example.org", "example.org.evil.com"),
        ("url", "https://example.org/a", "example.org/b"),
        ("email", "hello@example.org", "help@example.org"),
        ("money", "£5", "£6"),
    ],
)
def test_a_printed_form_that_reaches_somebody_else_is_a_problem(kind: str, value: str, display: str) -> None:
    """Nobody can dial or type what is printed and reach the value."""
    assert codes(fact(kind, value, display)) == ["fact-display"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 21), ["fact-verified"]),
        (date(2026, 11, 22), []),
        (date(2027, 4, 21), []),
        (date(2027, 4, 22), ["fact-due"]),
        (date(2027, 5, 21), ["fact-due"]),
        (date(2027, 5, 22), ["fact-old"]),
    ],
)
def test_a_fact_is_looked_up_again_after_its_days(today: date, expected: list[str]) -> None:
    found = facts.check_fact(fact("phone", "999"), today)
    assert [problem.code for problem in found] == expected
    assert all(problem.hint and problem.where == "facts.yaml:3" for problem in found)
    assert {problem.severity for problem in found} <= {"warning" if expected == ["fact-due"] else "error"}


def test_every_shipped_fact_is_right_on_the_day_it_was_put_in(shipped: Project) -> None:
    assert [code for found in shipped.facts.values() for code in codes(found, date(2026, 11, 22))] == []


@pytest.mark.parametrize("code", ["ar", "fa", "ur", "fr"])
def test_a_fact_in_a_sentence_is_isolated_left_to_right(languages: dict[str, Language], code: str) -> None:
    for kind, value, display in (
        ("phone", "+442079460123", "020 7946 0123"),
        ("times", "18:00-21:00", ""),
        ("address", "Hall, 2 Road", ""),
    ):
        found = fact(kind, value, display)
        seen = Seen(facts.fact_markup(found, languages[code]))
        classes = "ltr wrap" if kind == "address" else "ltr"
        assert seen.tags == [("bdi", (("dir", "ltr"), ("class", classes), ("data-fact", found.name))), ("/bdi", ())]
        assert seen.text == facts.printed_value(found)


def test_a_fact_is_escaped_in_a_sentence(languages: dict[str, Language]) -> None:
    """Even a value that no check has seen cannot become markup."""
    seen = Seen(facts.fact_markup(fact("address", '<script>"&'), languages["en"]))
    assert seen.text == '<script>"&'
    assert [tag for tag, _ in seen.tags] == ["bdi", "/bdi"]


# dates

DAYS = [date(2026, month, 22) for month in range(1, 13)] + [date(2027, 3, day) for day in (1, 9, 10, 11, 12, 13, 14)]


def cldr(day: date, pattern: str, locale: str) -> str:
    """Return a part of a date in the words of the CLDR that is installed: they change from one to the next."""
    from babel.dates import format_date

    return format_date(day, pattern, locale=locale)


def weekday(day: date, language: Language) -> str:
    """Return the name of the weekday."""
    return cldr(day, "EEEE", language.babel)


@pytest.mark.parametrize("code", TIER_ONE)
def test_a_date_in_words_has_weekday_month_year_and_ascii_digits(languages: dict[str, Language], code: str) -> None:
    for day in DAYS:
        words = date_in_words(day, languages[code])
        assert weekday(day, languages[code]) in words
        assert all(char in string.digits for char in words if char.isdigit()), words
        numbers = sorted(int(number) for number in re.findall(r"\d+", words))
        if numbers != sorted([day.day, day.month, day.year]):  # the month is a number in Chinese and Vietnamese
            months = {cldr(day, form, languages[code].babel) for form in ("MMMM", "LLLL")}
            assert any(month in words for month in months), words
            assert numbers == sorted([day.day, day.year]), words
    assert len({weekday(day, languages[code]) for day in DAYS}) == 7


@pytest.mark.parametrize("code", TIER_ONE)
def test_a_date_in_a_sentence_has_the_number_beside_the_words(languages: dict[str, Language], code: str) -> None:
    seen = Seen(facts.fact_markup(fact("date", "2027-03-20"), languages[code]))
    assert seen.text == f"{date_in_words(date(2027, 3, 20), languages[code])} (20/03/2027)"
    assert seen.tags == bdi("line")


def test_arabic_dates_have_both_month_names(languages: dict[str, Language]) -> None:
    assert languages["ar"].months == "ar_SY"
    for day in DAYS:
        egyptian, syrian = (cldr(day, "MMMM", locale) for locale in ("ar", "ar_SY"))
        assert egyptian != syrian
        assert f" {egyptian} ({syrian}) " in date_in_words(day, languages["ar"])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Saturday 20 March 2027"),
        ("fr", "samedi 20 mars 2027"),
        ("es", "sábado 20 de marzo de 2027"),
        ("zh_Hans", "2027年3月20日 星期六"),
        ("ur", "ہفتہ 20 مارچ 2027"),
    ],
)
def test_dates_as_readers_write_them(languages: dict[str, Language], code: str, words: str) -> None:
    """The parts in the order of the language; commas and spaces come and go with CLDR."""
    assert re.sub(r"[\s,،]", "", date_in_words(date(2027, 3, 20), languages[code])) == words.replace(" ", "")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_the_numeric_date_is_day_month_year(day: date) -> None:
    found = numeric_date(day)
    assert re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", found)
    assert [int(part) for part in found.split("/")] == [day.day, day.month, day.year]


# digests

PARTS = st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4)


@given(PARTS, PARTS)
def test_digests_are_equal_for_equal_parts_alone(one: list[str], two: list[str]) -> None:
    assert (digest(*one) == digest(*two)) == (one == two)
    assert digest(*one) != digest("", *one)


@pytest.mark.parametrize("place", range(4))
def test_any_change_gives_another_wording_key(place: int) -> None:
    """Language, id, English and translation each bind a signature."""
    parts = ["fr", "safe", "Our help is free.", "Notre aide est gratuite."]
    key = wording_key(*parts)
    assert re.fullmatch("[0-9a-f]{64}", key)
    for change in (lambda part: part + " ", lambda part: part[:-1], lambda part: part.upper()):
        changed = [*parts]
        changed[place] = change(parts[place])
        assert wording_key(*changed) != key
    assert wording_key(*parts) == key


@given(st.sampled_from(TIER_ONE), st.integers(0, 2**256 - 1))
def test_a_short_code_can_be_said_on_the_phone(code: str, number: int) -> None:
    found = short_code(code, f"{number:064x}")
    language, letters = found.split("-")
    assert language == code.split("_")[0].upper()
    assert len(letters) == 5
    assert set(letters) <= set(CROCKFORD)
    assert letters == "".join(CROCKFORD[int(f"{number:0256b}"[5 * place : 5 * place + 5], 2)] for place in range(5))


def test_crockford_has_no_letter_that_looks_like_another() -> None:
    assert (len(set(CROCKFORD)), set("ILOU") & set(CROCKFORD)) == (32, set())


# names


@pytest.mark.parametrize(
    ("matches", "good", "bad"),
    [
        (SLUG.fullmatch, ("not-alone", "a5", "x"), ("Not-alone", "-a", "a-", "a--b", "a_b", "../x", "a/b", "a\n", "", "é")),
        (FACT_NAME.fullmatch, ("line", "line_2"), ("2line", "_line", "Line", "line-2", "line\n", "", "__class__", "ligne.é")),
        (LANGUAGE_CODE.fullmatch, ("ar", "ckb", "zh_Hans", "fa_AF", "uz_Cyrl_AF"), ("AR", "zh-Hans", "zh_hans", "../ar", "ar\n", "a", "")),
    ],
)
def test_names_that_may_stand_in_paths(matches: Callable[[str], object], good: Iterable[str], bad: Iterable[str]) -> None:
    assert all(map(matches, good))
    assert not any(map(matches, bad))


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("not-alon", ["not-alone", "get-online"], "did you mean not-alone?"),
        ("NOT-ALONE", ["not-alone", "phone-tree"], "did you mean not-alone?"),
        ("zh-hans", ["zh_Hans", "ar"], "did you mean zh_Hans?"),
        ("fa_af", ["fa", "fa_AF"], "did you mean fa or fa_AF?"),
        ("qqq", ["b", "a"], "there is a, b"),
        ("x", [], "there is none yet"),
    ],
)
def test_nearest_says_what_was_meant(typed: str, known: list[str], meant: str) -> None:
    assert nearest_name(typed, known) == meant


def test_pick_gives_all_or_the_wanted_once_or_names_each_unknown() -> None:
    known = ["ar", "fr", "ur"]
    assert pick_names("language", (), known) == known
    assert pick_names("language", ("ur", "ar", "ur"), known) == ["ur", "ar"]
    with pytest.raises(UsageError) as caught:
        pick_names("language", ("fr", "urr", "xx"), known)
    assert [problem.what for problem in caught.value.problems] == ["no language 'urr'", "no language 'xx'"]
    assert caught.value.problems[0].hint == "did you mean ur?"
    assert all(problem.hint for problem in caught.value.problems)
    assert caught.value.exit_code == 2
