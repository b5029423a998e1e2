"""What no longer counts of what was sent: returned or taken back, by whom, when and why."""

from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.store.current import FAR_FUTURE


@dataclass(frozen=True)
class TakenOff:
    """The last word about a submission, ``returned`` or ``withdrawn``: who, when (UTC) and why."""

    word: str
    by: str
    at: datetime
    reason: str


def taken_off(cur: DuckDBPyConnection, known_on: datetime | None = None) -> dict[int, TakenOff]:
    """Of every submission that was returned or taken back up to a moment (None: now)."""
    rows = cur.execute(
        """select submission, max_by(event, id) as word, max_by(actor, id),
            max_by(occurred_at, id), coalesce(max_by(reason, id), '')
        from submission_event where occurred_at <= ?
        group by submission having word in ('returned', 'withdrawn') order by submission""",
        [known_on or FAR_FUTURE],
    ).fetchall()
    return {number: TakenOff(*rest) for number, *rest in rows}
