"""Same meaning, same key; different names, different keys."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalise import clean, key, search_key
from tests.shared import shared


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Số\u00a0 giường\u200b ", "Số giường"),
        ("Tỷ lệ\n(%)", "Tỷ lệ (%)"),
        ("Ðắk Lắk, ðo", "Đắk Lắk, đo"),
        ("2021–2025 — 10−2", "2021-2025 - 10-2"),
        ("“Hà Nội” ‘x’", "\"Hà Nội\" 'x'"),
        (normalize("NFD", "Thanh Hóa"), "Thanh Hóa"),
    ],
)
def test_cleaning_keeps_case_and_marks(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Thanh Hoá", "thanh hóa"), ("HOÀ", "hòa"), ("thuỷ", "thủy"), ("Uỷ ban", "ủy ban"),
        ("khoẻ", "khỏe"), ("luỹ kế", "lũy kế"), ("tuỵ", "tụy"), ("loã xoã", "lõa xõa"),
        ("toán", "toán"), ("hoàn", "hoàn"), ("thuyền", "thuyền"), ("khuỷu", "khuỷu"),
        ("ngoài", "ngoài"), ("quả", "quả"),
        ("quý", "quý"), ("Quí I", "quý i"), ("quỹ", "quỹ"), ("quít", "quít"),
        ("Bác sỹ", "bác sĩ"), ("tỉ  lệ", "tỷ lệ"), ("tỉ số", "tỷ số"), ("kĩ thuật", "kỹ thuật"),
        ("quản lí", "quản lý"), ("cùng kì", "cùng kỳ"), ("tai", "tai"), ("tay", "tay"),
        ("tỉ-lệ", "tỷ lệ"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_word_have_one_key(old: str, new: str) -> None:
    assert key(old) == new


def test_punctuation_is_a_space_but_signs_that_carry_meaning_stay() -> None:
    assert key("Giường bệnh/vạn dân (thực kê).") == "giường bệnh vạn dân thực kê"
    assert key("unit_id") == "unit id"
    assert key("Bác sĩ (%)") == "bác sĩ %" != key("Bác sĩ")
    assert key("Trẻ <1 tuổi") != key("Trẻ ≥1 tuổi")
    assert key("100%") == key("100 %")


def test_names_that_differ_by_a_mark_stay_apart_until_searching() -> None:
    assert len({key(name) for name in ("Thanh Hà", "Thanh Hạ", "Thanh Hóa")}) == 3
    assert search_key("Thanh Hà") == search_key("Thanh Hạ") == "thanh ha"
    assert search_key("Đà Nẵng") == search_key("da nang") == "da nang"


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert key(key(text)) == key(text)


@given(st.text(alphabet="aàảãáạăằâđeèêềhioòôờơquủưừyỳýtTHn -", max_size=30))
def test_composed_and_decomposed_text_have_one_key(text: str) -> None:
    assert key(normalize("NFD", text)) == key(normalize("NFC", text)) == key(text)


def test_a_decomposed_file_has_the_keys_of_the_composed_one() -> None:
    composed = shared("data", "vn-encodings", "thanh_hoa.utf8.csv")
    decomposed = composed.with_name("thanh_hoa.utf8nfd.csv")
    one, other = composed.read_text("utf-8"), decomposed.read_text("utf-8")
    assert one != other
    assert [key(line) for line in one.splitlines()] == [key(line) for line in other.splitlines()]
