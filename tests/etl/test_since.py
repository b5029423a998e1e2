"""What changed since a moment: who sent, who corrected, which verdicts; nothing where nothing did."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from etl import context
from etl.results import Picture, picture
from etl.since import since, was_due
from etl.store.submissions import arrived_between, last_event, submissions, withdraw
from indicators.judge import Verdict
from indicators.period import parse_period
from tests.pages.conftest import demo_copy, demo_db, demo_file

__all__ = ["demo_copy", "demo_db", "demo_file"]

BEFORE, AFTER = datetime(2021, 10, 12), datetime(2021, 10, 20, 12)


def looked_at(known: datetime | None) -> Picture:
    """The third quarter as known at a moment."""
    opened = context.opened()
    plan = opened.deployment.plans["thanh-hoa-2021"]
    today = context.local(known).date() if known else context.today()
    asked = {"scope": "thanh-hoa", "today": today, "known_on": known}
    return picture(opened.store, opened.deployment, plan, parse_period("2021-Q3"), **asked)  # type: ignore[arg-type]


def test_verdicts_that_changed_are_those_that_both_pictures_differ_in(demo_db: Path) -> None:
    now, then = looked_at(AFTER), looked_at(BEFORE)
    found = since(context.opened().store, now, BEFORE, AFTER)
    expected = {
        a.target.id: (old.verdict, a.verdict)
        for a, old in zip(now.assessments, then.assessments, strict=True)
        if a.target.headline and a.verdict is not old.verdict
    }
    assert {c.now.target.id: (c.old, c.now.verdict) for c in found.changed} == expected
    assert expected and found.arrived.new


def test_who_sent_between_two_moments_is_as_the_history_says(demo_db: Path) -> None:
    cur = context.opened().store.cursor()
    rows = [s for s in submissions(cur) if BEFORE < s.received_at <= AFTER]
    units = [s.unit for s in rows]
    found = arrived_between(cur, BEFORE, AFTER, set(units))
    assert set(found.new) == {s.unit for s in rows if s.revision == 1} and found.new
    assert set(found.corrected) == {s.unit for s in rows if s.revision > 1}
    assert not arrived_between(cur, BEFORE, AFTER, ["th-khong-co"])


def test_nothing_since_the_last_report_is_said_and_costs_nothing(demo_db: Path) -> None:
    store = context.opened().store
    moment = datetime(2026, 1, 1)
    found = since(store, looked_at(None), moment, None)
    assert not found.arrived and found.changed == () and found.latest == datetime(2022, 2, 9, 9, 9)
    assert last_event(store.cursor(), moment) == last_event(store.cursor(), datetime(2025, 1, 1))
    assert last_event(store.cursor(), datetime(2000, 1, 1)) is None


def test_taking_back_is_news_too(demo_copy: Path) -> None:
    store = context.opened().store
    last = submissions(store.cursor())[0]
    withdraw(store, last.id, reason="sai", by="thử", at=datetime(2022, 3, 1))
    found = arrived_between(store.cursor(), datetime(2022, 2, 20), None, [last.unit])
    assert (found.new, found.corrected, found.withdrawn) == ((), (), 1) and found


def test_a_deadline_that_passed_changes_verdicts_without_a_report(demo_db: Path) -> None:
    counted = [a for a in looked_at(AFTER).assessments if a.target.headline]
    dues = [a.due for a in counted if a.due]
    day = min(dues)
    assert was_due(counted, day, day.replace(day=day.day + 1))
    assert not was_due(counted, day.replace(year=day.year + 5), day.replace(year=day.year + 6))
    waiting = [a for a in counted if a.verdict is Verdict.NOT_DUE]
    assert waiting and all(a.due is None or a.due >= AFTER.date() for a in waiting)
