"""Nhiệm vụ: the sentence, filters, recording progress, and actions agreed for targets."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.web import ROOT
from pages.parts.tasks.data import standings_of
from pages.parts.view import View
from tests.html import html_of

PAGE = ROOT / "pages" / "tasks.py"
TH = "thanh-hoa-2021"
DAY = "2021-06-20"  # of the plan's year: some tasks are past their day, some not


def run(**query: str) -> AppTest:
    """The page, which must not have failed."""
    at = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def test_the_sentence_counts_what_is_overdue(demo_db: Path) -> None:
    shown = html_of(run(plan=TH, known=DAY))
    tasks = len(opened().deployment.plans[TH].tasks)
    late = sum(s.due is not None and f"{s.due}" < DAY for s in standings_of(View(TH, "2021", "thanh-hoa", known=DAY)))
    assert f"{late}/{tasks} nhiệm vụ quá hạn, chưa ghi nhận kết quả" in shown
    assert "Tính đến ngày 20/06/2021." in shown
