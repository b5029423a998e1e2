"""Files of progress on the pages: the form to take, what it would do, what was stored, the calendar."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from etl.accounts.mode import Mode
from etl.context import opened, today
from etl.entries import Hints
from etl.followup.sheet import rows_of
from etl.load import Loaded, Sending
from etl.read import read
from etl.receive import receive
from etl.store.actions import actions
from etl.store.connect import now
from etl.store.tasks import in_force
from etl.web import ROOT
from indicators.people import OPEN
from indicators.tasks import Progress
from pages.parts.gate.visit import VISIT, Visit
from pages.parts.take.answer import make
from pages.parts.take.calendar import calendar
from pages.parts.take.calendar import make as calendar_of
from tests.html import html_of
from tests.pages.opening import SECONDS, page_html

PLAN = "thanh-hoa-2021"
TASKS, SUBMIT = ROOT / "pages" / "tasks.py", ROOT / "pages" / "submit.py"
HEAD = "Mã kế hoạch;Mã nhiệm vụ;Tình trạng;Ngày hoàn thành;Minh chứng;Ghi chú"
ROW = f"{PLAN};talent-policy;Đã xong;28/06/2021;TTr <12>;"


def file(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def chosen(content: bytes, language: str = "vi") -> AppTest:
    """The submit page with a file of progress."""
    at = AppTest.from_file(SUBMIT, default_timeout=SECONDS)
    at.query_params["lang"] = language
    at.run()
    at.file_uploader[0].set_value([("tien-do.csv", content, "text/csv")])
    at.run()
    assert not at.exception
    return at


def loaded(content: bytes, *, dry_run: bool = True) -> Loaded:
    context, how = opened(), Sending("An", now(), today(), dry_run=dry_run)
    hints = Hints(today())
    return receive(context.store, context.deployment, "a", content, hints=hints, how=how)


@pytest.mark.parametrize(("language", "word"), [("vi", "Đã xong"), ("en", "Done")])
def test_the_preview_shows_each_task_and_its_states(
    demo_copy: Path, language: str, word: str
) -> None:
    before = in_force(opened().store.cursor(), PLAN, None)
    shown = html_of(chosen(file(ROW), language))
    assert "vd-steps" in shown and word in shown and "28/06/2021" in shown
    assert "TTr &lt;12&gt;" in shown and "vd-flip" not in shown
    assert in_force(opened().store.cursor(), PLAN, None) == before


def test_sending_stores_it_and_says_where_to_look(demo_copy: Path) -> None:
    at = chosen(file(ROW))
    at.text_input(key="vd-name").set_value("Lan").run()
    at.button(key="vd-send-button").click().run()
    assert not at.exception
    shown = html_of(at)
    assert "Đã ghi nhận tiến độ của 1 nhiệm vụ, việc." in shown and "/nhiem-vu?plan=" in shown
    record = in_force(opened().store.cursor(), PLAN, None)["talent-policy"]
    assert (record.progress, record.done_on, record.actor) == (
        Progress.DONE, date(2021, 6, 28), "Lan"
    )  # fmt: skip
    again = html_of(chosen(file(ROW)))
    assert "Mọi dòng trong tệp (1) đều đã được ghi nhận" in again


def test_a_refused_file_shows_its_rows_and_offers_no_sending(demo_copy: Path) -> None:
    at = chosen(file(ROW.replace("talent-policy", "khong-co")))
    shown = html_of(at)
    assert "kế hoạch không có nhiệm vụ “khong-co”" in shown.replace("Kế", "kế")
    assert "vd-steps" not in shown and not [b for b in at.button if b.key == "vd-send-button"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_form_that_is_taken_may_be_sent_back_as_it_is(
    demo_copy: Path, kind: str, language: str
) -> None:
    loaded(file(ROW, f"{PLAN};action-plans;Không thực hiện;;;=gộp"), dry_run=False)
    content, name = make("progress", kind, {"plan": PLAN, "lang": language})
    assert name.endswith(kind)
    rows = rows_of("a", read(name, content).sheets)
    assert rows is not None
    assert {row.id for row in rows} == {t.id for t in opened().deployment.plans[PLAN].tasks}
    back = loaded(content)
    known = len(in_force(opened().store.cursor(), PLAN, None))
    assert not back.findings and back.counts == {"added": 0, "changed": 0, "unchanged": known}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_form_of_actions_is_understood_even_without_any(empty_db: Path, language: str) -> None:
    content, _ = make("actions", "csv", {"plan": PLAN, "lang": language})
    rows = rows_of("a", read("a.csv", content).sheets)
    assert rows is not None and all(row.is_silent for row in rows)


@pytest.mark.parametrize(
    ("language", "title"), [("vi", "Cập nhật nhiều nhiệm vụ"), ("en", "Update many")]
)
def test_the_tasks_page_offers_forms_and_calendar(demo_db: Path, language: str, title: str) -> None:
    shown = page_html(TASKS, plan=PLAN, lang=language)
    assert title in shown
    for address in ("/tai-ve/progress.xlsx", "/tai-ve/progress.csv", "/tai-ve/actions.xlsx",
                    "/tai-ve/lich.ics", "/nop-so-lieu"):  # fmt: skip
        assert f'href="{address}?plan={PLAN}' in shown


@pytest.mark.parametrize(("language", "word"), [("vi", "Nhiệm vụ: "), ("en", "Task: ")])
def test_the_calendar_is_served(demo_db: Path, language: str, word: str) -> None:
    query = f"plan={PLAN}&lang={language}".encode()
    scope: dict[str, object] = {
        "type": "http",
        "method": "GET",
        "query_string": query,
        "headers": [],
    }
    scope[VISIT] = Visit(Mode.OPEN, OPEN, None, "", "127.0.0.1", False)
    answered = asyncio.run(calendar(Request(scope)))
    assert answered.headers["content-type"] == "text/calendar; charset=utf-8"
    events = list(Calendar.from_ical(answered.body).walk("VEVENT"))
    assert any(str(event["summary"]).startswith(word) for event in events)


@pytest.mark.usefixtures("demo_db")
def test_a_calendar_of_a_moment_that_nobody_can_be_told_of_is_that_of_now() -> None:
    now, far = (
        calendar_of({"plan": PLAN, **known})[1]
        for known in ({}, {"known": "9999-12-31T23:00"})  # in Vietnam a day that there is not
    )
    events = [len(Calendar.from_ical(made).walk("VEVENT")) for made in (now, far)]
    assert events[0] == events[1] > 0


def test_files_that_were_taken_in_are_listed_with_what_they_moved(demo_copy: Path) -> None:
    assert "Tệp tiến độ đã nộp" not in page_html(SUBMIT)
    assert loaded(file(ROW), dry_run=False).committed
    shown = page_html(SUBMIT)
    card = shown[shown.index("Tệp tiến độ đã nộp") :]
    assert ">1 nhiệm vụ<" in card and "An" in card
    assert "<b>Đã xong</b>" in card and f"/tai-ve/tep-goc/{sha256(file(ROW)).hexdigest()}" in card
    assert "Files of progress sent" in page_html(SUBMIT, lang="en")
    content, _ = make("progress_sent", "csv", {"plan": PLAN})
    title = next(
        t.title_vi for t in opened().deployment.plans[PLAN].tasks if t.id == "talent-policy"
    )
    assert f"{title};Đã xong" in content.decode("utf-8-sig").replace('"', "")


def sheet_of(name: str, language: str = "vi") -> Workbook:
    content, _ = make(name, "xlsx", {"plan": PLAN, "lang": language})
    return load_workbook(BytesIO(content))


def heads(page: Worksheet, of: str = "Tình trạng") -> dict[str, int]:
    """The row of the headings ("": its number) and the column of each."""
    row = next(r for r in page.iter_rows() if of in {c.value for c in r})
    return {"": row[0].row, **{str(c.value): c.column for c in row if c.value}}


def rule_of(page: Worksheet, row: int, column: int) -> DataValidation:
    at = page.cell(row, column).coordinate
    return next(rule for rule in page.data_validations.dataValidation if at in rule.sqref)


def test_the_workbook_offers_states_and_days_and_locks_the_rest(demo_copy: Path) -> None:
    page = sheet_of("progress").active
    at = heads(page)
    first = at[""] + 1
    assert page.protection.sheet and page.freeze_panes == f"B{first}"
    assert (
        page.page_setup.orientation == "landscape"
        and page.print_title_rows == f"${at['']}:${at['']}"
    )
    for name in ("Nội dung", "Hạn", "Mã nhiệm vụ", "Mã kế hoạch"):
        assert page.cell(first, at[name]).protection.locked
        assert page.cell(at[""], at[name]).protection.locked
    for name in ("Tình trạng", "Ngày hoàn thành", "Minh chứng", "Ghi chú"):
        assert not page.cell(first, at[name]).protection.locked
    states = rule_of(page, first, at["Tình trạng"])
    assert states.formula1 == '"Đã xong,Đang thực hiện,Không thực hiện"'
    day = rule_of(page, first, at["Ngày hoàn thành"])
    assert (day.type, day.formula2) == ("date", "TODAY()")
    # Codes stand outside of what is printed, and every task has its rule.
    assert page.print_area.endswith(f"$F${page.max_row}") and at["Mã nhiệm vụ"] == 7
    assert rule_of(page, page.max_row, at["Tình trạng"]) is states


@pytest.mark.parametrize("language", ["vi", "en"])
def test_new_actions_are_filled_in_from_lists_and_come_back(demo_copy: Path, language: str) -> None:
    book = sheet_of("actions", language)
    page, lists = book.worksheets
    words = {"vi": ("Tình trạng", "Chỉ tiêu", "Đơn vị", "Nội dung", "Phụ trách", "Hạn")}
    words["en"] = ("State", "Target", "Unit", "Content", "Owner", "Due")
    state, target, unit, title, owner, due = words[language]
    at = heads(page, state)
    row = next(r for r in range(at[""] + 1, page.max_row) if not page.cell(r, 1).value)
    assert (
        rule_of(page, row, at[target]).formula1
        == f"'{lists.title}'!$A$2:$A${len(opened().deployment.plans[PLAN].targets) + 1}"
    )
    assert rule_of(page, row, at[unit]).errorStyle == "warning"
    assert not page.cell(row, at[target]).protection.locked and page.cell(row, 1).protection.locked
    before = actions(opened().store.cursor())
    last = next(c.value for c in reversed(list(lists["B"])) if c.value)
    filled = {target: lists["A2"].value, unit: last, title: "=Rà soát", owner: "TCCB"}
    for name, value in filled.items():
        page.cell(row, at[name]).value = value
        page.cell(row, at[name]).data_type = "s"
    page.cell(row, at[due]).value = datetime(2026, 12, 31)
    kept = BytesIO()
    book.save(kept)
    done = loaded(kept.getvalue(), dry_run=False)
    assert done.committed and done.counts["added"] == 1 and done.counts["changed"] == 0
    new = actions(opened().store.cursor())[-1]
    assert len(actions(opened().store.cursor())) == len(before) + 1
    assert (new.content, new.owner, new.due) == ("=Rà soát", "TCCB", date(2026, 12, 31))
    assert new.target == opened().deployment.plans[PLAN].targets[0].id and new.unit


NEW = f"""Mã kế hoạch;Mã việc;Chỉ tiêu;Đơn vị;Nội dung;Phụ trách;Hạn;Tình trạng
{PLAN};;Số bác sĩ/vạn dân;TTYT huyện Như Thanh;Tuyển <b>5</b> bác sĩ;Phòng TCCB;31/12/2026;"""


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ("việc mới", "Đã thống nhất")), ("en", ("new action", "Agreed"))],
)
def test_a_new_action_is_shown_before_it_is_recorded(
    demo_copy: Path, language: str, words: tuple[str, ...]
) -> None:
    before = actions(opened().store.cursor())
    shown = html_of(chosen(NEW.encode(), language))
    card = shown[shown.index("vd-steps") :]
    for word in (
        *words,
        "Số bác sĩ/vạn dân · Trung tâm Y tế huyện Như Thanh",
        "Phòng TCCB; ",
    ):
        assert word in card
    assert "Tuyển &lt;b&gt;5&lt;/b&gt; bác sĩ" in card and "<b>5</b> bác sĩ" not in card
    assert actions(opened().store.cursor()) == before


def test_each_wrong_cell_of_a_new_action_is_shown(demo_copy: Path) -> None:
    wrong = NEW.replace("Số bác sĩ/vạn dân", "Khác").replace("31/12/2026", "cuối năm")
    shown = html_of(chosen(wrong.encode()))
    assert "C2" in shown and "G2" in shown and "“cuối năm” không phải một ngày" in shown
    assert "vd-steps" not in shown
