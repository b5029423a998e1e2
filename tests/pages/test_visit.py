"""Since when news is counted: the cookie of the visit before, a stated moment, some days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pages.parts.shown import Shown, shown_of, start_of
from pages.parts.view import View
from pages.parts.visit import visit_before

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
VIEW = View("thanh-hoa-2021", "2021-Q3", "thanh-hoa")


def cookie(before: datetime | None, last: datetime) -> str:
    """As the browser keeps it."""
    ends = [0 if m is None else int(m.timestamp() * 1000) for m in (before, last)]
    return ".".join(map(str, ends))


def test_the_last_visit_is_the_one_that_ended_at_least_half_an_hour_ago() -> None:
    yesterday, now = NOW - timedelta(days=1), NOW - timedelta(minutes=3)
    assert visit_before(cookie(None, yesterday), NOW) == datetime(2026, 5, 3, 9, 30)
    # A reload within the visit still counts from the visit before.
    assert visit_before(cookie(yesterday, now), NOW) == datetime(2026, 5, 3, 9, 30)
    assert visit_before(cookie(None, now), NOW) is None


@pytest.mark.parametrize(
    "text", ["", "1", "a.b", "1.2.3", "0.0", "9999999999999.9999999999999", "-1.5"]
)
def test_a_cookie_that_says_nothing_is_no_visit(text: str) -> None:
    assert visit_before(text, NOW) is None


def test_what_is_asked_goes_before_the_visit_and_that_before_seven_days() -> None:
    visit = datetime(2021, 10, 20, 8)
    view = View(VIEW.plan, VIEW.period, VIEW.unit, known="2021-10-25T00:00")
    start = start_of(Shown(view), visit)
    assert start.moment == visit and not start.days and not start.asked
    week = start_of(Shown(view), None)
    assert week.days == 7 and view.known_on is not None
    assert week.moment == view.known_on - timedelta(days=7)
    assert start_of(Shown(view, since="30"), visit).days == 30
    stated = start_of(Shown(view, since="2021-10-01T08:00"), visit)
    assert stated.asked and stated.moment.day == 1
    # A visit after the moment looked from is none.
    assert start_of(Shown(view), datetime(2021, 11, 1)).days == 7


def test_the_address_keeps_what_is_asked_and_drops_what_is_not_known() -> None:
    shown = shown_of({"group": "field", "since": "7", "verdict": "met"}, VIEW)
    assert shown.link().endswith("&verdict=met&group=field&since=7")
    assert shown.link(verdict="").endswith("&group=field&since=7")
    odd = shown_of({"group": "x", "since": "hôm qua"}, VIEW)
    assert (odd.group, odd.since) == ("", "") and odd.link() == VIEW.link("/")
