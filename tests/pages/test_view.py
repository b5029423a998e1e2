"""The address of a page: what it asks for, what it keeps, and the moment it looks from."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.context import opened, today
from pages.parts.data import picture_of
from pages.parts.view import View, view_of

TH = View("thanh-hoa-2021", "2021-Q3", "thanh-hoa")


@pytest.mark.usefixtures("demo_db")
def test_a_link_carries_the_moment() -> None:
    view = view_of({"plan": TH.plan, "known": "2021-10-12"}, opened().deployment)
    assert "known=2021-10-12" in view.link("/don-vi")
    assert view.known_on == datetime(2021, 10, 12, 16, 59, 59, 999_999)  # UTC
    assert view.today == date(2021, 10, 12)


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize(
    "text",
    [
        *("", "hôm qua", "2021-13-01", "9999-12-31T23:59:59-14:00"),
        *("9999-12-31T23:00", "9999-12-31", "0001-01-01T00:00"),
    ],
)
def test_no_moment_is_now(text: str) -> None:
    view = view_of({"known": text}, opened().deployment)
    assert (view.known, view.known_on, view.today) == ("", None, today())
    assert "known" not in view.link("/")


def test_the_day_of_a_view_is_that_of_vietnam() -> None:
    late = View("p", "2021", "u", known="2021-10-12T18:00")
    assert late.today == date(2021, 10, 13)


@pytest.mark.usefixtures("demo_db")
def test_before_anything_was_sent_nothing_is_known() -> None:
    earlier = View(TH.plan, TH.period, TH.unit, known="2001-01-01")
    assert all(a.measure.value is None for a in picture_of(earlier).assessments if not a.units)
    assert any(a.measure.value is not None for a in picture_of(TH).assessments)
