"""Nhiệm vụ: the sentence, filters, recording progress, and actions agreed for targets."""

from __future__ import annotations

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.web import ROOT
from indicators.tasks import TaskState
from pages.parts.html import vi
from pages.parts.tasks.data import actions_of, standings_of
from pages.parts.view import View
from tests.html import html_of
from tests.pages.opening import open_page

PAGE = ROOT / "pages" / "tasks.py"
TH = "thanh-hoa-2021"
DAY = "2021-06-20"  # of the plan's year: some tasks are past their day, some not


def run(**query: str) -> AppTest:
    """The page, which must not have failed."""
    return open_page(PAGE, **query)


def test_the_sentence_counts_what_is_overdue(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, known=DAY))
    tasks = len(opened().deployment.plans[TH].tasks)
    late = sum(
        s.state is TaskState.OVERDUE for s in standings_of(View(TH, "2021", "thanh-hoa", known=DAY))
    )
    assert f"{late}/{tasks} nhiệm vụ quá hạn, chưa ghi nhận kết quả" in shown
    assert "Tính đến ngày 20/06/2021." in shown


INDICATOR = ROOT / "pages" / "indicator.py"


def test_progress_is_recorded_seen_at_once_and_taken_back(demo_copy: Path) -> None:
    task = next(t for t in opened().deployment.plans[TH].tasks if t.id == "covid-border")
    done = sum(s.is_done for s in standings_of(View(TH, "2021", "thanh-hoa")))
    at = run(plan=TH, task=task.id)
    at.button(key="vd-t-save").click().run()
    assert "hãy ghi tên" in at.error[0].value
    at.text_input(key="vd-t-name").set_value("Lan").run()
    at.text_input(key="vd-t-day").set_value("31/2/2021").run()
    at.button(key="vd-t-save").click().run()
    assert "hãy ghi ngày hoàn thành" in at.error[0].value
    at.text_input(key="vd-t-day").set_value("30/6/2021").run()
    at.text_input(key="vd-t-evidence").set_value("QĐ <12>").run()
    at.button(key="vd-t-save").click().run()
    assert not at.exception and task.title_vi in at.success[0].value
    shown = html_of(at)
    assert "xong ngày 30/06/2021" in shown and f"Minh chứng: {vi('QĐ <12>')}" in shown
    assert f"; {done + 1} đã xong." in shown
    at.button(key="vd-t-take-back").click().run()
    assert "hãy ghi lý do" in at.error[0].value
    at.text_input(key="vd-t-reason").set_value("nhầm").run()
    at.button(key="vd-t-take-back").click().run()
    assert not at.exception and f"; {done} đã xong." in html_of(at)


def test_an_action_is_agreed_beside_a_red_target_and_moved(demo_copy: Path) -> None:
    before = html_of(run(plan=TH))
    known = actions_of(View(TH, "2021", "thanh-hoa"))
    is_open = sum(a.is_open for a in known)
    assert "mà chưa có việc nào đang mở" in before and "#viec-cua-chi-tieu" in before
    at = AppTest.from_file(INDICATOR, default_timeout=60)
    at.query_params["plan"] = TH
    at.query_params["indicator"] = "staff_in_network"
    at.run()
    assert not at.exception and "Chưa thống nhất việc nào" in html_of(at)
    for key, text in (("content", "Tuyển 20 bác sĩ"), ("owner", "Phòng TCCB"), ("name", "Lan")):
        at.text_input(key=f"vd-a-{key}").set_value(text).run()
    at.button(key="vd-a-add").click().run()
    assert "hãy ghi hạn" in at.error[0].value
    at.text_input(key="vd-a-due").set_value("1/3/2022").run()
    at.button(key="vd-a-add").click().run()
    assert not at.exception and "Tuyển 20 bác sĩ" in html_of(at)
    plan_page = run(plan=TH)
    shown = html_of(plan_page)
    assert f"Phụ trách: {vi('Phòng TCCB')}" in shown and f"{is_open + 1} việc đang mở, " in shown
    own = next(a for a in actions_of(View(TH, "2021", "thanh-hoa")) if a.owner == "Phòng TCCB")
    plan_page.selectbox(key="vd-a-which").set_value(own.id).run()
    plan_page.selectbox(key="vd-a-state").select_index(2).run()
    plan_page.text_input(key="vd-a-mover").set_value("Hà").run()
    plan_page.button(key="vd-a-move").click().run()
    assert not plan_page.exception and f"{is_open} việc đang mở, " in html_of(plan_page)
    earlier = html_of(run(plan=TH, known="2021-12-01"))
    assert "Tuyển 20 bác sĩ" not in earlier


def test_a_plan_without_tasks_or_with_another_unit_says_so(empty_db: Path) -> None:
    shown = html_of(run(plan=TH, unit="th-nhu-thanh-thanh-ky"))
    assert "Chưa có nhiệm vụ nào được nhập" in shown or "nhiệm vụ quá hạn" in shown
    assert "Chỉ nhiệm vụ của" in shown and "Xem cả kế hoạch" in shown
    assert "Chưa có việc nào được thống nhất" in shown


def test_a_state_and_a_lead_filter_the_list(demo_db: Path) -> None:
    found = standings_of(View(TH, "2021", "thanh-hoa", known=DAY))
    shown = html_of(run(plan=TH, known=DAY, state="overdue"))
    agreed = len(actions_of(View(TH, "2021", "thanh-hoa", known=DAY)))
    for s in found:
        assert (f'vd-t-what">{vi(s.task.title_vi)}<' in shown) == (s.state is TaskState.OVERDUE)
    assert 'aria-current="true"' in shown and "state=open" in shown
    lead = found[0].task.lead
    own = [s for s in found if s.task.lead == lead]
    shown = html_of(run(plan=TH, known=DAY, lead=lead))
    assert shown.count('class="vd-t-what"') == len(own) + agreed and len(own) < len(found)
    assert f"/{len(own)} nhiệm vụ" in shown
    assert (
        html_of(run(plan=TH, known=DAY, state="x", lead="y")).count("vd-t-what")
        == len(found) + agreed
    )


def test_in_english_nothing_of_ours_stays_vietnamese(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, known=DAY, lang="en"))
    assert re.search(r"of \d+ tasks (is|are) overdue with no result on record", shown)
    assert "Actions agreed" in shown and "No fixed date" in shown
    for word in ("Quá hạn", "Hạn tháng", "Việc đã thống nhất", "Chưa đến hạn", "Văn bản ghi"):
        assert word not in shown


def test_looking_back_nothing_can_be_recorded(demo_db: Path) -> None:
    at = run(plan=TH, known=DAY)
    assert "muốn ghi nhận, hãy về thời điểm hiện nay" in at.info[0].value
    assert not at.button and "vd-t-record" not in html_of(at)
