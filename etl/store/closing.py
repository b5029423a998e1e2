"""Closing and reopening periods: what is closed has no way to be written to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, sql_for_newest
from etl.store.dimensions import keys
from indicators.period import Period, parse_period

CLOSED, REOPENED = "closed", "reopened"
VIETNAM = timedelta(hours=7)


@dataclass(frozen=True)
class Closing:
    """A period closed or reopened: when (UTC), by whom, why."""

    period: Period
    is_closed: bool
    at: datetime
    by: str
    reason: str


class PeriodClosed(Exception):
    """The period, or one that holds it, is closed; ``closing`` says since when, by whom and why."""

    def __init__(self, closing: Closing) -> None:
        super().__init__(closing.period.code)
        self.closing = closing


class CannotClose(Exception):
    """The period cannot be closed now: ``not-over``, ``closed``, ``undecided``; reopened: ``open``."""

    def __init__(self, why: str, count: int = 0) -> None:
        super().__init__(why)
        self.why, self.count = why, count


def closings(cur: DuckDBPyConnection, known_on: datetime | None = None) -> list[Closing]:
    """Every closing and reopening up to a moment, oldest first."""
    rows = cur.execute(
        """select period, event = 'closed', occurred_at, actor, reason from period_event
        where occurred_at <= ? order by id""",
        [known_on or FAR_FUTURE],
    ).fetchall()
    return [Closing(parse_period(code), *rest) for code, *rest in rows]


def closed_periods(cur: DuckDBPyConnection, known_on: datetime | None = None) -> list[Closing]:
    """The periods that stand closed, each with its last closing."""
    last = {c.period: c for c in closings(cur, known_on)}
    return [c for c in last.values() if c.is_closed]


def closing_of(period: Period, closed: Iterable[Closing]) -> Closing | None:
    """What closes a period: its own closing or that of a period that holds it; None: it is open."""
    return next((c for c in closed if c.period.holds(period)), None)


def require_open(cur: DuckDBPyConnection, codes: Iterable[str]) -> None:
    """Raise PeriodClosed for the first of the periods that is closed."""
    closed = closed_periods(cur)
    for code in sorted(set(codes)) if closed else ():
        found = closing_of(parse_period(code), closed)
        if found is not None:
            raise PeriodClosed(found)


def close(store: Store, period: Period, *, reason: str, by: str, at: datetime) -> None:
    """Close a period with all inside it. Raises CannotClose while a report waits for a decision."""
    with store.transaction() as cur:
        if period.end >= (at + VIETNAM).date():
            raise CannotClose("not-over")
        if closing_of(period, closed_periods(cur)):
            raise CannotClose("closed")
        if waiting := undecided(cur, period):
            raise CannotClose("undecided", waiting)
        _note(cur, period, CLOSED, reason, by, at)


def reopen(store: Store, period: Period, *, reason: str, by: str, at: datetime) -> None:
    """Open a closed period again; only by the name it was closed under."""
    with store.transaction() as cur:
        if all(c.period != period for c in closed_periods(cur)):
            raise CannotClose("open")
        _note(cur, period, REOPENED, reason, by, at)


def undecided(cur: DuckDBPyConnection, period: Period) -> int:
    """How many reports of a period and of those inside it wait for approval."""
    inside = [k for code, k in keys(cur, "period").key_of.items() if _inside(code, period)]
    row = cur.execute(
        f"""with {sql_for_newest()}
        select count(*) from newest_submission n left join last_word w on w.submission = n.id
        where n.period in (select unnest(?::integer[])) and w.word is distinct from 'approved'""",
        [FAR_FUTURE, inside],
    ).fetchone()
    return int(row[0]) if row else 0


def _inside(code: str, period: Period) -> bool:
    return period.holds(parse_period(code))


def _note(
    cur: DuckDBPyConnection, period: Period, event: str, reason: str, by: str, at: datetime
) -> None:
    cur.execute(
        """insert into period_event
        select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ? from period_event""",
        [period.code, event, at, by, reason],
    )
    action = "close" if event == CLOSED else "reopen"
    asked = {"period": period.code, "reason": reason}
    audit(cur, by, action, f"{period.code}: {reason}", at, asked)
