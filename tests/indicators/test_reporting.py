"""How a report stands on a day, which periods are looked at, who owes it, and how it is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.due import Due
from indicators.period import parse_period, periods_of
from indicators.plans import ReportingRule
from indicators.regimes import CALENDAR, Regime, window_of
from indicators.reporting import (
    DueReport,
    State,
    form_reporters,
    horizon,
    report_text,
    rule_reporters,
    summary_text,
)
from tests.indicators.small import world
from tests.indicators.test_regimes import ADMINISTRATIVE

THIRD = parse_period("2021-Q3")
YEAR = parse_period("2021")
REPORT = DueReport("t1", THIRD, window_of(THIRD, CALENDAR), Due(date(2021, 10, 10)), form="f")
EARLY = DueReport(
    "c1", YEAR, window_of(YEAR, CALENDAR), Due(date(2021, 11, 12)), plan="p", rule="r"
)


def day(text: str) -> date:
    """A day of 2021."""
    return date.fromisoformat(f"2021-{text}")


@pytest.mark.parametrize(
    ("today", "received", "state", "days"),
    [
        ("09-30", None, State.NOT_YET_DUE, 10),  # the last day of the window still belongs to it
        ("10-01", None, State.DUE, 9),
        ("10-10", None, State.DUE, 0),
        ("10-11", None, State.LATE, 1),
        ("12-10", None, State.LATE, 61),
        ("12-10", "10-10", State.ON_TIME, None),
        ("09-29", "09-28", State.ON_TIME, None),
        ("12-10", "10-11", State.RECEIVED_LATE, 1),
    ],
)
def test_a_report_on_a_form_is_followed(
    today: str, received: str | None, state: State, days: int | None
) -> None:
    report = replace(REPORT, received=day(received) if received else None)
    assert (report.state(day(today)), report.days(day(today))) == (state, days)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        ("10-31", State.NOT_YET_DUE, 12),
        ("11-01", State.DUE, 11),
        ("11-12", State.DUE, 0),
        ("11-13", State.PASSED, 1),
    ],
)
def test_before_13_11_is_asked_for_in_november_and_over_on_the_13th(
    today: str, state: State, days: int
) -> None:
    assert (EARLY.state(day(today)), EARLY.days(day(today))) == (state, days)


def test_a_report_without_a_day_is_never_late() -> None:
    report = replace(EARLY, due=None)
    for today in ("01-01", "12-31"):
        assert (report.state(day(today)), report.days(day(today))) == (State.NO_DAY, None)


QUARTERS = [period for year in range(2019, 2024) for period in periods_of(year, "quarter")]


@pytest.mark.parametrize(
    ("today", "shown", "older"),
    [
        ("09-30", "2021-Q2 2021-Q3", "2020-Q3 2020-Q4 2021-Q1"),
        ("10-01", "2021-Q3 2021-Q4", "2020-Q4 2021-Q1 2021-Q2"),
    ],
)
def test_twelve_months_are_looked_back_and_one_window_ahead(
    today: str, shown: str, older: str
) -> None:
    found = horizon(QUARTERS, CALENDAR, day(today))
    assert " ".join(map(str, found.shown)) == shown
    assert " ".join(map(str, found.older)) == older


def test_windows_that_end_together_are_shown_together() -> None:
    periods = [parse_period(code) for code in ("2021-Q1", "2021-Q2", "2021-H1", "2021-9M", "2021")]
    found = horizon(periods, CALENDAR, day("07-01"))
    assert set(map(str, found.shown)) == {"2021-Q2", "2021-H1", "2021-9M"}


def test_what_is_over_for_more_than_a_year_is_not_looked_at() -> None:
    found = horizon([THIRD], CALENDAR, date(2022, 10, 1))
    assert found.shown == found.older == ()


@given(st.dates(date(2020, 6, 1), date(2022, 6, 30)), st.sampled_from([CALENDAR, ADMINISTRATIVE]))
def test_one_window_is_open_on_every_day(today: date, regime: Regime) -> None:
    found = horizon(QUARTERS, regime, today)
    windows = [window_of(period, regime) for period in found.shown]
    assert sum(first <= today <= last for first, last in windows) == 1
    assert sum(last < today for _, last in windows) == 1


def test_who_fills_a_form() -> None:
    catalogue, tree = world().catalogue, world().units.at(day("09-30"))
    form = catalogue.forms["centre_quarter"]
    assert form_reporters(form, THIRD, tree, tree.units.values()) == ("t1", "t2", "t3")
    assert form_reporters(form, THIRD, tree, tree.within("d1")) == ("t1",)
    narrow = replace(form, within=("d2",))
    assert form_reporters(narrow, THIRD, tree, tree.units.values()) == ("t2",)


def test_a_form_is_owed_only_for_the_years_it_is_asked_for() -> None:
    tree = world().units.at(date(2021, 12, 31))
    form = world().catalogue.forms["centre_quarter"]
    for first, last, owed in ((2021, 2021, True), (2022, 2023, False), (2019, 2020, False)):
        dated = replace(form, asked_from=date(first, 1, 1), asked_to=date(last, 12, 31))
        assert bool(form_reporters(dated, THIRD, tree, tree.units.values())) is owed


def test_who_reports_under_a_rule() -> None:
    tree, plan = world().units.at(day("09-30")), world().plans["plan"]
    words = dict.fromkeys(("section", "reporter", "recipient", "frequency", "deadline"), "x")
    rule = ReportingRule(id="r", **words, units=("o", "gone"), kinds=("commune", "office"))
    assert rule_reporters(rule, plan, tree) == ("o", "c1", "c2")
    assert rule_reporters(rule, replace(plan, unit="d2"), tree) == ("o",)


def test_how_a_report_stands_is_said_in_both_languages() -> None:
    assert report_text(REPORT, day("10-13")) == "chưa nộp, quá hạn 3 ngày (hạn 10/10/2021)"
    assert "hôm nay là hạn cuối" in report_text(REPORT, day("10-10"))
    assert report_text(REPORT, day("10-13"), "en") == "not sent, 3 days overdue (due 10/10/2021)"
    assert "phần mềm không theo dõi" in report_text(EARLY, day("12-01"))
    assert "văn bản không nêu ngày" in report_text(replace(EARLY, due=None), day("12-01"))


def test_a_day_that_may_still_move_is_said_to_be_provisional() -> None:
    moving = replace(REPORT, due=Due(date(2027, 1, 8), provisional=True))
    assert "hạn tạm tính: lịch nghỉ năm 2027 chưa có" in report_text(moving, day("10-13"))
    assert "provisional" in report_text(moving, day("10-13"), "en")
    assert "tạm tính" not in report_text(REPORT, day("10-13"))


def test_the_summary_counts_each_state() -> None:
    reports = [REPORT, REPORT, EARLY]
    assert summary_text(reports, day("10-11")) == (
        "Ngày 11/10/2021: 3 báo cáo (1 chưa đến kỳ nộp, 2 quá hạn)"
    )
    assert summary_text([], day("10-11")) == "Ngày 11/10/2021: không có báo cáo nào phải nộp."


@given(st.integers(-400, 400), st.integers(-400, 400) | st.none())
def test_days_are_never_negative_and_lateness_begins_after_the_last_day(
    offset: int, receipt: int | None
) -> None:
    due = date(2021, 10, 10)
    received = due + timedelta(days=receipt) if receipt is not None else None
    report, today = replace(REPORT, received=received), due + timedelta(days=offset)
    days = report.days(today)
    assert days is None or days >= 0
    late = report.state(today) in (State.LATE, State.RECEIVED_LATE)
    assert late == ((offset if receipt is None else receipt) > 0)


@pytest.mark.parametrize(
    ("today", "vi", "en"),
    [
        (
            "10-15",
            "bị trả lại ngày 12/10/2021, chưa nộp lại; quá hạn 5 ngày (hạn 10/10/2021)",
            "returned on 12/10/2021, not sent again; 5 days overdue (due 10/10/2021)",
        ),
        (
            "10-08",
            "bị trả lại ngày 12/10/2021, chưa nộp lại; đến kỳ nộp: hạn 10/10/2021, còn 2 ngày",
            "returned on 12/10/2021, not sent again; due 10/10/2021, 2 days left",
        ),
    ],
)
def test_what_was_returned_is_not_said_to_be_unsent(today: str, vi: str, en: str) -> None:
    report = replace(REPORT, returned=day("10-12"))
    assert report_text(report, day(today)) == vi
    assert report_text(report, day(today), "en") == en
