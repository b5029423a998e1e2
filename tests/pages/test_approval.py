"""Duyệt & chốt: what waits, deciding with the page, closing, figures that are not approved."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.commands import answer
from etl.context import opened
from etl.store.awaiting import differences, waiting
from etl.store.closing import closed_periods
from etl.store.submissions import submissions
from etl.web import ROOT
from indicators.people import Person, Role
from indicators.period import parse_period
from pages.parts.approval import act
from pages.parts.approval.log import SHOWN
from pages.parts.names import names_of
from pages.parts.take.approval import changes
from pages.parts.take.asked import Asked
from pages.parts.view import view_of
from tests.html import html_of, text_of
from tests.pages.opening import open_page, page_html

PAGE = ROOT / "pages" / "approval.py"
OVERVIEW = ROOT / "pages" / "overview.py"
Q3 = {"plan": "thanh-hoa-2021", "period": "2021-Q3"}


def run(**query: str) -> AppTest:
    return open_page(PAGE, **{**Q3, **query})


def left() -> list[int]:
    """The submissions of the third quarter that wait."""
    return [s.id for s in waiting(opened().store.cursor(), ["2021-Q3"])]


@pytest.mark.usefixtures("demo_db")
def test_the_sentence_says_what_is_to_decide() -> None:
    text = text_of(html_of(run()))
    assert "Quý III/2021: 3 báo cáo chờ duyệt, 1 đề nghị sửa sau khi duyệt" in text
    assert "Số bác sĩ" in text and "Bổ sung 2 bác sĩ chuyển về từ tháng 9" in text
    assert "0 thay đổi đã được duyệt, 1 đang chờ" in text


@pytest.mark.usefixtures("demo_db")
def test_in_english_nothing_is_left_out() -> None:
    text = text_of(html_of(run(lang="en")))
    assert "3 reports wait for approval, 1 change asked for after approval" in text


@pytest.mark.usefixtures("demo_db")
def test_the_log_stands_by_when_it_was_done_latest_first() -> None:
    card = html_of(run(lang="en")).partition('class="vd-card vd-log"')[2]
    moments = [
        datetime.strptime(found, "%H:%M %d/%m/%Y")
        for found in re.findall(r"<td>(\d\d:\d\d \d\d/\d\d/\d{4})</td>", card)
    ]
    assert len(moments) == SHOWN and moments == sorted(moments, reverse=True)
    # A detail is said in English: only names are marked as Vietnamese.
    assert card.count('<td lang="vi">') == SHOWN


@pytest.mark.usefixtures("demo_db")
def test_a_closed_period_says_so_and_has_nothing_to_decide() -> None:
    at = run(period="2020")
    text = text_of(html_of(at))
    assert "Năm 2020: mọi báo cáo đã được duyệt" in text and "418 Đã chốt" in text
    assert "Đã chốt số liệu ngày 01/03/2021" in text
    assert [b.key for b in at.button] == ["vd-reopen"]


@pytest.mark.usefixtures("empty_db")
def test_without_reports_everything_is_not_sent() -> None:
    text = text_of(html_of(run()))
    assert "đơn vị còn thiếu báo cáo" in text and "Chưa gửi" in text


@pytest.mark.usefixtures("demo_db")
def test_looking_back_nothing_can_be_decided() -> None:
    at = run(known="2021-10-09")
    assert not at.button and "Quý III/2021" in text_of(html_of(at))


def test_clean_reports_are_approved_together(demo_copy: Path) -> None:
    at = run()
    (button,) = (b for b in at.button if b.label.startswith("Duyệt cả"))
    assert button.label == "Duyệt cả 3 báo cáo"
    button.click().run()
    assert "tên người" in at.error[0].value and len(left()) == 4
    at.text_input(key=act.WHO).set_value("Bà Hà").run()
    next(b for b in at.button if b.label.startswith("Duyệt cả")).click().run()
    assert not at.exception and "Đã duyệt 3 báo cáo" in at.success[0].value
    assert len(left()) == 1
    approved = [s for s in submissions(opened().store.cursor(), period="2021-Q3") if s.approved]
    assert len(approved) == 241


def test_a_report_without_a_question_is_looked_at_and_returned_too(demo_copy: Path) -> None:
    clean = [s for s in waiting(opened().store.cursor(), ["2021-Q3"]) if s.is_clean]
    number, shown = clean[0].id, html_of(run())
    assert all(f"report={s.id}" in shown for s in clean)
    at = run(report=str(number))
    figures = differences(opened().store.cursor(), number, None)
    assert len(figures) == clean[0].figures > 0
    own = next(c for c in html_of(at).split("<section") if "Thu gọn" in c)
    assert own.count('<th scope="row">') == len(figures)
    at.text_input(key=act.WHO).set_value("Bà Hà").run()
    assert any(b.label == f"Duyệt cả {len(clean) - 1} báo cáo" for b in at.button)
    at.button(key=f"vd-return-{number}").click().run()
    assert "phải có lý do" in at.error[0].value and number in left()
    at.text_input(key=act.REASON).set_value("Gửi nhầm kỳ").run()
    at.button(key=f"vd-return-{number}").click().run()
    assert not at.exception and number not in left() and len(left()) == 3


def test_a_change_is_returned_with_a_reason_or_approved(demo_copy: Path) -> None:
    (number,) = (s.id for s in waiting(opened().store.cursor(), ["2021-Q3"]) if s.is_change)
    at = run(report=str(number))
    at.text_input(key=act.WHO).set_value("Bà Hà").run()
    at.button(key=f"vd-return-{number}").click().run()
    assert "phải có lý do" in at.error[0].value and number in left()
    at.text_input(key=act.REASON).set_value("Chưa có quyết định điều động").run()
    at.button(key=f"vd-return-{number}").click().run()
    assert not at.exception and "Đã trả lại" in at.success[0].value and number not in left()


def test_a_period_is_closed_and_reopened(demo_copy: Path) -> None:
    at = run(period="2021-Q2")
    at.text_input(key=act.WHO).set_value("Bà Hà").run()
    at.button(key="vd-close").click().run()
    assert "phải có lý do" in at.error[0].value
    at.text_input(key="vd-close-reason").set_value("Đủ báo cáo").run()
    at.button(key="vd-close").click().run()
    assert not at.exception and "Đã chốt số liệu Quý II/2021" in at.success[0].value
    assert {c.period.code for c in closed_periods(opened().store.cursor())} == {
        "2020", "2021-Q1", "2021-Q2",
    }  # fmt: skip
    at.text_input(key="vd-close-reason").set_value("Sai số giường").run()
    at.button(key="vd-reopen").click().run()
    assert "Đã mở lại" in at.success[0].value


def test_a_period_with_reports_that_wait_is_not_closed(demo_copy: Path) -> None:
    at = run()
    at.text_input(key=act.WHO).set_value("Bà Hà").run()
    at.text_input(key="vd-close-reason").set_value("Đủ").run()
    at.button(key="vd-close").click().run()
    assert "Còn 4 báo cáo" in at.error[0].value


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.LEADER, Role.ANALYST])
@pytest.mark.usefixtures("demo_db")
def test_who_may_not_decide_gets_no_button_and_no_way(
    role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person("a", "A", role)
    monkeypatch.setattr("pages.parts.person.current_person", lambda: person)
    monkeypatch.setattr(act, "current_person", lambda: person)
    at = run()
    assert not at.button and "Nhật ký" not in html_of(at)


@pytest.mark.usefixtures("demo_db")
def test_the_leaders_page_marks_what_is_not_approved() -> None:
    text = text_of(page_html(OVERVIEW, **Q3))
    assert "Gồm 3 báo cáo chưa duyệt" in text and "chưa duyệt hết" in text
    assert "Thay đổi sau khi duyệt" in text and "Số bác sĩ: 69 → 71" in text


@pytest.mark.usefixtures("demo_db")
def test_approved_figures_alone_leave_out_what_waits_and_say_so() -> None:
    text = text_of(page_html(OVERVIEW, **Q3, figures="approved"))
    assert "Chỉ số liệu đã duyệt; 3 báo cáo chờ duyệt không tính" in text
    assert "còn báo cáo chờ duyệt" in text and "chưa duyệt hết" not in text
    # What was received stays received: nobody is dunned for a report that lies on a desk.
    assert "83/84 đơn vị đã báo cáo" in text


@pytest.mark.usefixtures("demo_db")
def test_of_a_closed_period_both_ways_show_the_same() -> None:
    every = text_of(page_html(OVERVIEW, plan="thanh-hoa-2021", period="2021-Q1"))
    only = text_of(page_html(OVERVIEW, plan="thanh-hoa-2021", period="2021-Q1", figures="approved"))
    head = "Thực hiện so với kế hoạch"
    assert (
        every.split(head)[1].split("Đang xấu đi")[0] == only.split(head)[1].split("Đang xấu đi")[0]
    )


def of_then() -> str:
    """The leaders' page of an earlier day, without the minute at which it was made."""
    text = text_of(page_html(OVERVIEW, **Q3, known="2022-03-01"))
    return re.sub(r"lúc \d\d:\d\d \d\d/\d\d/\d{4}", "", text)


def test_leaders_see_an_approved_report_that_was_returned_or_taken_back(demo_copy: Path) -> None:
    held = [s for s in submissions(opened().store.cursor(), period="2021-Q3") if s.approved]
    first, second = held[0], next(s for s in held if s.unit != held[0].unit)
    before = of_then()
    for command, said in (("return", {"ids": [first.id]}), ("rollback", {"id": second.id})):
        done = answer(command, {**said, "reason": f"sai {command}", "by": "Hà"}, {})
        assert done["exit_code"] == 0
    text = text_of(page_html(OVERVIEW, **Q3))
    assert "2 báo cáo đã duyệt sau đó bị trả lại hoặc thu hồi" in text
    assert "sai return" in text and "sai rollback" in text and "sau khi đã duyệt" in text
    assert "no longer count" in text_of(page_html(OVERVIEW, **Q3, lang="en"))
    assert of_then() == before
    done = answer("approve", {"ids": [first.id], "by": "Hà"}, {})
    assert done["exit_code"] == 0
    assert "1 báo cáo đã duyệt sau đó" in text_of(page_html(OVERVIEW, **Q3))


def done(command: str, files: dict[str, bytes] | None = None, **said: object) -> None:
    """An act by the door of the command line."""
    made = answer(command, {"by": "Bà Hà", **said}, files or {})
    assert made["exit_code"] == 0, made["document"]


def table_of_changes(**query: str) -> list[dict[str, object]]:
    """The rows of the table to take away, by heading."""
    found = changes(Asked(view_of({**Q3, **query}, opened().deployment), query))
    return [dict(zip((c.name for c in found.columns), row, strict=True)) for row in found.rows]


def test_the_table_of_changes_has_what_the_card_has(demo_copy: Path) -> None:
    cur = opened().store.cursor()
    held = [s for s in submissions(cur, period="2021-Q3") if s.approved]
    first, second = held[0], next(s for s in held if s.unit != held[0].unit)
    (before,) = table_of_changes()
    assert before["Việc đã xảy ra"] == "Đề nghị sửa số liệu đã duyệt"
    assert (before["Kỳ"], before["Ngày quyết định"]) == ("Quý III/2021", None)
    done("return", ids=[first.id], reason="sai số")
    done("rollback", id=second.id, reason="gửi nhầm")
    rows = table_of_changes()
    off = {str(row["Việc đã xảy ra"]): row for row in rows[:2]}
    assert set(off) == {"Trả lại báo cáo đã duyệt", "Thu hồi báo cáo đã duyệt"} and rows[2:] == [
        before
    ]
    row = off["Trả lại báo cáo đã duyệt"]
    names = names_of(opened().deployment, parse_period("2021-Q3"))
    assert (row["Đơn vị"], row["Lý do"]) == (names[first.unit], "sai số")
    assert (row["Số liệu"], row["Trước"], row["Sau"]) == (None, None, None)
    assert (row["Tình trạng"], row["Người quyết định"]) == ("Không còn được tính", "Bà Hà")
    assert row["Người gửi"] == first.received_by
    text = text_of(html_of(run()))
    assert all(str(r["Lý do"]) in text for r in rows)
    assert {str(r["What happened"]) for r in table_of_changes(lang="en")} == {
        "Change of an approved figure requested",
        "Approved report returned",
        "Approved report taken back",
    }
    assert table_of_changes(known="2022-03-01") == [before]
    (change,) = (s for s in waiting(cur, ["2021-Q3"]) if s.is_change)
    done("approve", ids=[change.id])
    taken = table_of_changes()[0]
    assert taken["Việc đã xảy ra"] == "Sửa số liệu đã duyệt"
    assert taken["Ngày quyết định"] is not None
    assert (taken["Trước"], taken["Sau"]) == (before["Trước"], before["Sau"])
    done("return", ids=[change.id], reason="chưa đúng")
    back = table_of_changes()[0]
    assert (back["Lý do"], back["Số liệu"]) == ("chưa đúng", before["Số liệu"])
    assert (back["Trước"], back["Sau"]) == (before["Sau"], before["Trước"])
    assert back["Tình trạng"] == "Số đã duyệt trước đó được tính lại"
    card = text_of(html_of(run()))
    assert "1 thay đổi đã duyệt sau đó bị trả lại hoặc thu hồi; số đã duyệt trước đó" in card
    assert "2 báo cáo đã duyệt sau đó bị trả lại hoặc thu hồi, không còn được tính." in card
    assert f"Số đã duyệt trước đó được tính lại: {back['Số liệu']}: " in card
    assert "The figures approved before count again: " in text_of(html_of(run(lang="en")))
