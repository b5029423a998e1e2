"""Nộp số liệu: keeping a draft, opening it again, dropping it; whose drafts one sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.store.drafts import drafts
from etl.web import ROOT
from indicators.people import Person, Role
from pages.parts.submit.drafts import mine
from pages.parts.submit.sending import NAME, uploader_key
from pages.parts.view import view_of
from tests.etl.tables import long
from tests.html import html_of
from tests.pages.opening import open_page

PAGE = ROOT / "pages" / "submit.py"
CENTRE, OTHER = "th-ttyt-hau-loc", "th-ttyt-nhu-thanh"
GOOD = long([f"{CENTRE},2021-Q4,doctors,41"])
BAD = long([f"{CENTRE},2021-Q4,doctors,-3"])


def choose(at: AppTest, content: bytes, name: str = "nháp.csv") -> AppTest:
    at.file_uploader[0].set_value([(name, content, "text/csv")]).run()
    assert not at.exception
    return at


def keep(at: AppTest, by: str = "Nguyễn Hoa") -> AppTest:
    at.text_input(key=NAME).set_value(by).run()
    at.text_input(key="vd-draft-note").set_value("chờ số của trạm").run()
    at.button(key="vd-draft-keep").click().run()
    assert not at.exception
    return at


def kept() -> list[str]:
    return [d.of.hash[:12] for d in drafts(opened().store.cursor())]


def test_a_file_with_errors_is_kept_opened_and_dropped(undecided_copy: Path) -> None:
    at = keep(choose(open_page(PAGE), BAD))
    assert "Đã lưu 1 bản nháp" in at.success[0].value
    shown = html_of(at)
    assert "nháp.csv" in shown and "chờ số của trạm" in shown and "1 lỗi phải sửa" in shown
    (digest,) = kept()
    at.button(key=f"vd-draft-open-{digest}").click().run()
    assert "Không gửi được" in html_of(at) and not at.exception
    at.button(key=f"vd-draft-drop-{digest}").click().run()
    assert kept() == [] and "Đã bỏ bản nháp nháp.csv." in at.success[0].value


def test_an_opened_draft_is_sent_like_a_file_and_is_one_no_more(undecided_copy: Path) -> None:
    at = keep(choose(open_page(PAGE), GOOD))
    (digest,) = kept()
    at.button(key=f"vd-draft-open-{digest}").click().run()
    at.text_input(key=NAME).set_value("Nguyễn Hoa").run()
    for field in at.text_area:
        field.set_value("đã rà soát").run()
    at.button(key="vd-send-button").click().run()
    assert not at.exception and kept() == []
    row = opened().store.cursor().execute("select file_name from upload order by id desc limit 1")
    assert row.fetchone() == ("nháp.csv",)


def test_without_a_name_nothing_is_kept(undecided_copy: Path) -> None:
    at = choose(open_page(PAGE), BAD)
    at.button(key="vd-draft-keep").click().run()
    assert kept() == [] and at.error


def test_an_approval_page_says_that_it_is_being_entered(undecided_copy: Path) -> None:
    keep(choose(open_page(PAGE), long([f"{CENTRE},2022-Q1,doctors,41"])))
    shown = html_of(open_page(ROOT / "pages" / "approval.py", period="2022-Q1", unit="th-hau-loc"))
    assert "Đang nhập" in shown


def test_of_other_units_one_sees_and_drops_none(
    undecided_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(choose(open_page(PAGE), BAD))
    (digest,) = kept()
    view = view_of({}, opened().deployment)
    assert len(mine(view)) == 1
    stranger = Person("khac", "Người khác", Role.ANALYST, OTHER)
    monkeypatch.setattr("pages.parts.person.current_person", lambda: stranger)
    monkeypatch.setattr("pages.parts.submit.drafts.current_person", lambda: stranger)
    assert mine(view) == []
    shown = open_page(PAGE)
    assert "nháp.csv" not in html_of(shown) and not shown.exception
    assert f"vd-draft-drop-{digest}" not in {b.key for b in shown.button}
    leader = Person("lanhdao", "Lê Văn Lãnh", Role.LEADER)
    monkeypatch.setattr("pages.parts.person.current_person", lambda: leader)
    assert mine(view) == []


def test_english(undecided_copy: Path) -> None:
    at = open_page(PAGE, lang="en")
    assert uploader_key()
    choose(at, BAD)
    at.text_input(key=NAME).set_value("Hoa").run()
    at.button(key="vd-draft-keep").click().run()
    assert "Drafts, not sent" in html_of(at) and "errors to mend: 1" in html_of(at)
