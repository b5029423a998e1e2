"""Decisions of the simulated province: approvals two days after receipt, one return, two closings."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from etl.demo import story
from etl.store.awaiting import Sent, waiting
from etl.store.closing import close, closings
from etl.store.connect import Store
from etl.store.decisions import Decision, decide
from indicators.period import parse_period

APPROVER = "Trưởng phòng KH-TC (mô phỏng)"
DIRECTOR = "Giám đốc Sở (mô phỏng)"
DAYS = 2  # from receipt to approval


def decide_demo(store: Store) -> None:
    """Approve the simulated reports up to the last period that was gone through. Idempotent."""
    days: defaultdict[datetime, list[int]] = defaultdict(list)
    for sent in waiting(store.cursor()):
        if sent.simulated and not sent.is_change and not _is_left(sent):
            days[_moment(sent)].append(sent.id)
    for at, numbers in sorted(days.items()):
        decide(store, numbers, Decision.APPROVED, reason="", by=APPROVER, at=at)


def _is_left(sent: Sent) -> bool:
    """Whether nobody has looked at it yet."""
    last = parse_period(story.DECIDED_TO)
    period = parse_period(sent.period)
    undecided = period == last and (sent.unit, sent.form) in story.UNDECIDED
    return undecided or period.end > last.end


def _moment(sent: Sent) -> datetime:
    """Nine o'clock in Vietnam, some days after it came."""
    return datetime.combine(sent.received_at.date() + timedelta(days=DAYS), time(2))


def return_demo(store: Store) -> None:
    """Return the request that the story returns. Idempotent."""
    for sent in waiting(store.cursor()):
        why = story.RETURNED.get((sent.period, sent.unit))
        if sent.simulated and sent.is_change and why:
            at = _moment(sent)
            decide(store, [sent.id], Decision.RETURNED, reason=why, by=APPROVER, at=at)


def close_demo(store: Store) -> None:
    """Close the periods that the story closes, unless that was done before."""
    closed = {c.period.code for c in closings(store.cursor())}
    for code, (day, why) in story.CLOSED.items():
        if code not in closed:
            at = datetime.combine(day, time(3))
            close(store, parse_period(code), reason=why, by=DIRECTOR, at=at)
