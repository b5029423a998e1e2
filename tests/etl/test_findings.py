"""What may be said about a file, and that it can be said in both languages."""

from string import Formatter

import pytest

from etl.findings import (
    Finding,
    NumberText,
    Place,
    Severity,
    column_letters,
    describe,
    load_texts,
    severity_of,
)

CODES = sorted(load_texts())
PARTS = ("", "allowed_", "remedy_")
FIELDS = {"severity"} | {part + language for part in PARTS for language in ("vi", "en")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_severity_and_every_sentence_in_both_languages(code: str) -> None:
    texts = load_texts()[code]
    assert set(texts) == FIELDS
    assert texts["severity"] in set(Severity)
    assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("part", PARTS)
def test_both_languages_use_the_same_placeholders(code: str, part: str) -> None:
    texts = load_texts()[code]
    assert placeholders(texts[f"{part}vi"]) == placeholders(texts[f"{part}en"])


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_never_exclaims(code: str) -> None:
    assert not any("!" in text for text in load_texts()[code].values())


def test_a_description_names_place_value_rule_and_remedy() -> None:
    place = Place("a.csv", row=7, column=3, heading="Số giường")
    described = describe(Finding("number-unreadable", place, got="mười"))
    assert described["sentence"] == "Không đọc được “mười” tại C7 thành số."
    assert (described["severity"], described["cell"], described["row"]) == ("blocks", "C7", 7)
    assert list(described) == [
        "code", "severity", "file", "sheet", "row", "column", "cell", "got",
        "sentence", "allowed", "remedy",
    ]  # fmt: skip


def test_english_is_one_word_away() -> None:
    described = describe(Finding("file-empty", Place("a.csv")), "en")
    assert described["sentence"] == "The file a.csv is empty."


def test_an_unknown_code_is_the_programmers_error() -> None:
    with pytest.raises(KeyError):
        describe(Finding("no-such-code", Place("a.csv")))
    with pytest.raises(KeyError):
        severity_of(Finding("no-such-code", Place("a.csv")))


def test_a_missing_fact_is_the_programmers_error() -> None:
    with pytest.raises(KeyError):
        describe(Finding("file-too-large", Place("a.csv")))


def test_an_absent_part_of_the_place_is_never_printed_as_none() -> None:
    with pytest.raises(KeyError):
        describe(Finding("formula-not-calculated", Place("a.xlsx"), facts={"count": "1"}))


@pytest.mark.parametrize(
    ("place", "cell"),
    [(Place("f"), ""), (Place("f", row=7), "dòng 7"), (Place("f", row=7, column=28), "AB7")],
)
def test_a_cell_is_addressed_as_precisely_as_it_is_known(place: Place, cell: str) -> None:
    assert place.cell == cell


def test_column_letters_go_as_a_spreadsheet_counts() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16384)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_severity_is_data() -> None:
    assert severity_of(Finding("file-name-mismatch", Place("f"))) is Severity.NOTE


@pytest.mark.parametrize(
    ("plain", "vi", "en"),
    [
        ("1234567,5", "1.234.567,5", "1,234,567.5"), ("-2825", "-2.825", "-2,825"),
        ("999", "999", "999"), ("0,25", "0,25", "0.25"), ("…", "…", "…"),
    ],
)  # fmt: skip
def test_a_number_is_grouped_as_the_language_does(plain: str, vi: str, en: str) -> None:
    number = NumberText(plain)
    assert (number.in_language("vi"), number.in_language("en")) == (vi, en)


def test_what_is_near_is_said_only_where_anything_is() -> None:
    facts = {"count": "1200", "day": "01/10/2021", "suggestions": ""}
    nothing = describe(Finding("unit-unknown", Place("a.csv", None, 2, 1), "Lạ", facts))["sentence"]
    assert "Có thể" not in str(nothing) and "1.200 dòng" in str(nothing)
    near = Finding("unit-unknown", Place("a.csv", None, 2, 1), "Lạ", facts | {"suggestions": "A"})
    assert str(describe(near)["sentence"]).endswith("Có thể là: A.")
