"""Files of progress on the pages: the form to take, what it would do, what was stored, the calendar."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from etl.context import opened, today
from etl.entries import Hints
from etl.followup.sheet import rows_of
from etl.load import Loaded, Sending
from etl.read import read
from etl.receive import receive
from etl.store.connect import now
from etl.store.tasks import in_force
from etl.web import ROOT
from indicators.tasks import Progress
from pages.parts.take.answer import make
from pages.parts.take.calendar import calendar
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
    scope = {"type": "http", "method": "GET", "query_string": query, "headers": []}
    answered = asyncio.run(calendar(Request(scope)))
    assert answered.headers["content-type"] == "text/calendar; charset=utf-8"
    events = list(Calendar.from_ical(answered.body).walk("VEVENT"))
    assert any(str(event["summary"]).startswith(word) for event in events)


def test_files_that_were_taken_in_are_listed_with_what_they_moved(demo_copy: Path) -> None:
    assert "Tệp tiến độ đã nạp" not in page_html(SUBMIT)
    assert loaded(file(ROW), dry_run=False).committed
    shown = page_html(SUBMIT)
    card = shown[shown.index("Tệp tiến độ đã nạp") :]
    assert '<th scope="row"><span lang="vi">a</span></th>' in card or ">a</th>" in card
    assert "<td>1</td>" in card and "An" in card
    assert "Files of progress taken in" in page_html(SUBMIT, lang="en")
