"""Nộp số liệu: a sheet without a known heading is read by what a person says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.store.mappings import mappings
from indicators.people import NOBODY
from indicators.text import say
from tests.html import html_of
from tests.pages.test_submit import choose, has_button, page

OWN = "Sổ tay của phòng\n\nNơi làm;Anh em;Dân trong vùng\nTTYT Như Thanh;12;95.100\nTTYT Nga Sơn;20;151.234\n"


def opened_file(text: str = OWN, **query: str) -> AppTest:
    return choose(page(**query), ("so-tay.csv", text))


def explain(at: AppTest, *, by: str = "Lê Hoa", heading: int = 3) -> AppTest:
    at = at.selectbox(key="vd-tell-heading-0-0").set_value(heading).run()
    for column, meaning in ((1, "unit"), (2, "doctors"), (3, "population")):
        at.selectbox(key=f"vd-tell-0-0-{column}").set_value(meaning)
    at.selectbox(key="vd-tell-period-0-0").set_value("2021-Q3")
    at.text_input(key="vd-tell-name-0-0").set_value(by)
    return at.button(key="vd-tell-save-0-0").click().run()


def test_the_own_rows_are_shown_with_letters_and_numbers(demo_db: Path) -> None:
    at = opened_file()
    shown = html_of(at)
    table = shown[shown.index("vd-told") :]
    assert "<th>C</th>" in table and "<th>5</th><td>TTYT Nga Sơn</td>" in table
    assert at.selectbox(key="vd-tell-heading-0-0").value == 3  # the row most like one
    assert "Cột B · Anh em" in [box.label for box in at.selectbox]
    assert '<p class="vd-label" aria-hidden="true">Cột B · Anh em</p>' in shown


def test_what_is_said_is_kept_and_the_table_is_shown_as_it_is_then_read(demo_copy: Path) -> None:
    at = explain(opened_file())
    assert not at.exception and not at.error
    shown = html_of(at)
    assert "theo xác nhận của Lê Hoa" in shown and "vd-told" not in shown
    assert "→ Trung tâm Y tế huyện Như Thanh" in shown and "Quý III/2021" in shown
    assert at.selectbox(key="vd-hint-period").value == "2021-Q3"
    assert "vd-told" not in html_of(opened_file(OWN.replace("151.234", "151.300")))


def test_a_sheet_without_a_heading_is_said_to_have_none(demo_copy: Path) -> None:
    text = "".join(OWN.splitlines(keepends=True)[3:])
    at = opened_file(text)
    assert at.selectbox(key="vd-tell-heading-0-0").value == 0
    assert "vd-told" not in html_of(explain(at, heading=0))


def test_nothing_is_kept_without_a_name_or_a_column_of_figures(demo_copy: Path) -> None:
    at = explain(opened_file(), by="")
    assert at.error[0].value and opened().deployment.confirmed.columns == ()
    at = opened_file()
    at.selectbox(key="vd-tell-0-0-1").set_value("unit")
    at.text_input(key="vd-tell-name-0-0").set_value("Lê Hoa")
    at = at.button(key="vd-tell-save-0-0").click().run()
    assert at.error[0].value == "Hãy chọn ít nhất một cột là số liệu hoặc giá trị."


def test_a_file_that_is_understood_asks_nothing(demo_db: Path) -> None:
    known = "Đơn vị;Kỳ;Bác sĩ\nTTYT Như Thanh;2021-Q3;12\n"
    assert not has_button(opened_file(known), "vd-tell-save-0-0")


def test_in_english(demo_db: Path) -> None:
    at = opened_file(lang="en")
    assert "Heading row" in [box.label for box in at.selectbox]


def test_a_saved_way_of_reading_is_listed_and_taken_back(demo_copy: Path) -> None:
    at = explain(opened_file())
    assert "Dân trong vùng → Dân số" in html_of(at)
    at = at.button(key="vd-form-revoke").click().run()
    assert "lý do" in at.error[0].value
    at.selectbox(key="vd-form").set_value(1)
    at.text_input(key="vd-form-reason").set_value("nhầm cột")
    at.text_input(key="vd-form-name").set_value("Lê Hoa")
    at = at.button(key="vd-form-revoke").click().run()
    assert not at.error and not at.exception and "vd-told" in html_of(at)
    assert not has_button(at, "vd-form-revoke")


def test_who_lost_the_right_meanwhile_saves_and_takes_back_nothing(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tab stays open when a session ends: the name typed before must not sign what comes after."""
    explain(opened_file())
    kept = mappings(opened().store.cursor())
    at, other = page(), opened_file(OWN.replace("Anh em", "Chị em"))
    at.selectbox(key="vd-form").set_value(1)
    at.text_input(key="vd-form-reason").set_value("nhầm cột")
    at.text_input(key="vd-form-name").set_value("Lê Hoa")
    monkeypatch.setattr("pages.parts.person.current_person", lambda: NOBODY)
    for done in (at.button(key="vd-form-revoke").click().run(), explain(other)):
        assert not done.exception and say("account.act.no_right") in [e.value for e in done.error]
    assert mappings(opened().store.cursor()) == kept and kept[0].is_valid
