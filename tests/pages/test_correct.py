"""Nộp số liệu: the person's own table with its labels, and correcting what was understood."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened, today
from etl.memory import confirm
from etl.store.aliases import AliasKind, aliases
from etl.store.connect import now
from indicators.people import OPEN, Person, Role
from indicators.text import say
from pages.parts import person
from pages.parts.person import reaches
from pages.parts.submit import correct
from tests.html import html_of
from tests.pages.test_submit import choose, page

OWN = "BÁO CÁO QUÝ III NĂM 2021\n\nSTT;Tên đơn vị;Cột nọ\n1;TTYT Như Thanh;12\n2;TTYT Mới Lập;3\n"


def opened_file(text: str = OWN) -> AppTest:
    return choose(page(), ("bieu-rieng.csv", text))


def save_column(at: AppTest, meaning: str, *, by: str = "Lê Hoa") -> AppTest:
    at.text_input(key="vd-correct-name-0").set_value(by)
    at.selectbox(key="vd-means-0-0").set_value(meaning)
    return at.button(key="vd-save_column-0-0").click().run()


def test_the_table_is_shown_with_what_each_part_was_taken_for(demo_db: Path) -> None:
    shown = html_of(opened_file())
    table = shown[shown.index("vd-reading") :]
    assert "BÁO CÁO QUÝ III NĂM 2021" in table and "TTYT Như Thanh" in table
    assert "Không đọc" in table and ">Đơn vị<" in table and "Chưa hiểu" in table


def test_a_column_is_explained_with_a_click_and_remembered(demo_copy: Path) -> None:
    at = save_column(opened_file(), "doctors")
    shown = html_of(at)
    assert "theo xác nhận của Lê Hoa" in shown
    assert "→ Trung tâm Y tế huyện Như Thanh" in shown
    assert "theo xác nhận của Lê Hoa" in html_of(opened_file(OWN.replace("III", "II")))


def test_a_name_is_confirmed_with_a_click(demo_copy: Path) -> None:
    at = save_column(opened_file(), "doctors")
    assert at.selectbox(key="vd-label-0-0").value == "TTYT Mới Lập"  # the unknown one first
    at.selectbox(key="vd-is-0-0").set_value("th-ttyt-nga-son")
    at = at.button(key="vd-save_unit-0-0").click().run()
    (alias,) = aliases(opened().store.cursor())
    assert (alias.spelling, alias.meaning, alias.confirmed_by) == (
        "TTYT Mới Lập",
        "th-ttyt-nga-son",
        "Lê Hoa",
    )
    assert "→ Trung tâm Y tế huyện Nga Sơn" in html_of(at)


def test_a_name_that_is_somebody_elses_is_refused_in_words(demo_copy: Path) -> None:
    at = save_column(opened_file(), "doctors")
    at.selectbox(key="vd-label-0-0").set_value("TTYT Như Thanh")
    at.selectbox(key="vd-is-0-0").set_value("th-ttyt-nga-son")
    at = at.button(key="vd-save_unit-0-0").click().run()
    assert "đã là tên của" in at.error[0].value


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "đã được Lê Hoa xác nhận là"), ("en", "was confirmed by")]
)
def test_a_name_confirmed_for_another_unit_meanwhile_is_refused_in_words(
    demo_copy: Path, lang: str, said: str
) -> None:
    at = save_column(choose(page(lang=lang), ("bieu-rieng.csv", OWN)), "doctors")
    at.selectbox(key="vd-label-0-0").set_value("TTYT Mới Lập")
    at.selectbox(key="vd-is-0-0").set_value("th-ttyt-nga-son")
    other = {"text": "TTYT Mới Lập", "meaning": "th-ttyt-hau-loc", "by": "Lê Hoa", "at": now()}
    confirm(opened().store, opened().deployment, AliasKind.UNIT, **other)
    at = at.button(key="vd-save_unit-0-0").click().run()
    assert said in at.error[0].value and "Hậu Lộc" in at.error[0].value


def test_nothing_is_saved_without_a_name_or_a_choice(demo_copy: Path) -> None:
    at = save_column(opened_file(), "doctors", by="")
    assert at.error and opened().deployment.confirmed.columns == ()
    at = opened_file()
    at.text_input(key="vd-correct-name-0").set_value("Lê Hoa")
    at = at.button(key="vd-save_column-0-0").click().run()
    assert at.error[0].value == "Hãy chọn cả hai ô trước khi lưu."


def test_a_name_is_confirmed_only_for_ones_own_units(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spelling is read so in everybody's files: an analyst answers for the own unit and below."""
    own = Person("hoa", "Hoa", Role.ANALYST, "th-ttyt-nhu-thanh")
    for unit, is_mine in (("th-ttyt-nga-son", False), ("th-ttyt-nhu-thanh", True)):
        monkeypatch.setattr(person, "current_person", lambda: OPEN)  # who is offered every unit
        at = choose(page(lang="en"), ("bieu-rieng.csv", OWN))
        at = save_column(at, "doctors")
        at.selectbox(key="vd-label-0-0").set_value("TTYT Mới Lập")
        at.selectbox(key="vd-is-0-0").set_value(unit)
        monkeypatch.setattr(person, "current_person", lambda: own)
        at = at.button(key="vd-save_unit-0-0").click().run()
        found = [a.meaning for a in aliases(opened().store.cursor())]
        assert found == ([unit] if is_mine else [])
        shown = html_of(at) + " ".join(error.value for error in at.error)
        assert (say("submit.correct.not_yours", "en") in shown) is not is_mine


def test_only_units_that_one_may_name_are_offered(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Person("hoa", "Hoa", Role.ANALYST, "th-ttyt-nhu-thanh")
    known = OWN.replace("Cột nọ", "Bác sĩ")
    everything = opened_file(known).selectbox(key="vd-is-0-0").options
    monkeypatch.setattr(correct, "may_send", partial(reaches, own))
    mine = opened_file(known).selectbox(key="vd-is-0-0").options
    assert "Trung tâm Y tế huyện Như Thanh" in mine and set(mine) < set(everything)
    assert "Trung tâm Y tế huyện Nga Sơn" in set(everything) - set(mine)


@pytest.mark.usefixtures("demo_db")
def test_a_period_of_long_ago_gives_no_right_over_units_of_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(correct, "may_send", lambda units, periods: bool(asked.append(periods)))
    former = next(
        iter(opened().deployment.units.ids - set(opened().deployment.units.at(today()).units))
    )
    here = next(iter(opened().deployment.units.at(today()).units))
    assert not correct.may_name(here, ["2015"]) and not correct.may_name(former, ["2015"])
    assert asked == [[], ["2015"]]
