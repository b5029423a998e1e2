"""The reminder: each ground once, how long overdue, and nothing of what is not due yet."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.period import parse_period
from indicators.report.material import Late
from indicators.report.reminder import grounds, line_of
from indicators.report.times import YEAR, overdue_text


def late(days: int) -> Late:
    period = parse_period("2021-Q3")
    form, due = "Biểu quý của bệnh viện", date(2021, 10, 10)
    return Late("bv", "Bệnh viện Nhi", form, period, due, days, "KH 2021")


@pytest.mark.parametrize(
    ("days", "end"),
    [
        (0, "hạn 10/10/2021."),
        (12, "hạn 10/10/2021, đã quá hạn 12 ngày."),
        (YEAR, "hạn 10/10/2021, đã quá hạn 365 ngày."),
        (YEAR + 1, "hạn 10/10/2021, đã quá hạn trên một năm."),
        (1873, "hạn 10/10/2021, đã quá hạn trên một năm."),
    ],
)
def test_a_line_says_how_long_overdue(days: int, end: str) -> None:
    assert line_of(late(days)) == f"Biểu quý của bệnh viện, quý III/2021: {end}"
    assert not days or overdue_text(days) in end


def test_a_ground_is_named_once() -> None:
    plan, more = "KH 2021, mục IV.3", "KH 2021, mục IV.3 (ngày 10); nội dung: mục V.1"
    assert grounds([plan, more, plan]) == [more]
    assert grounds([more, "KH 2022"]) == [more, "KH 2022"]
    assert grounds([plan, plan]) == [plan]
