"""What no longer counts of what was sent: returned or taken back, by whom, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.store.current import FAR_FUTURE
from etl.store.dimensions import keys


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


def returns(
    cur: DuckDBPyConnection, periods: Iterable[str], form: str, known_on: datetime | None = None
) -> dict[tuple[str, str], datetime]:
    """(unit, period) of a form of which the newest submission was returned, and when it was."""
    units, codes, forms = (keys(cur, kind) for kind in ("unit", "period", "form"))
    wanted = [codes.key_of[period] for period in periods if period in codes.key_of]
    if not wanted or form not in forms.key_of:
        return {}
    moment = known_on or FAR_FUTURE
    rows = cur.execute(
        """with said as (
            select submission, max_by(event, id) as word, max_by(occurred_at, id) as moment
            from submission_event where occurred_at <= ? group by submission)
        select unit, period, moment from submission s left join said on said.submission = s.id
        where received_at <= ? and period in (select unnest(?::integer[])) and form = ?
        qualify row_number() over (partition by unit, period order by revision desc) = 1
            and word = 'returned'""",
        [moment, moment, wanted, forms.key_of[form]],
    ).fetchall()
    return {(units.id_of[unit], codes.id_of[period]): at for unit, period, at in rows}


@dataclass(frozen=True)
class Undone:
    """A report that had been approved, and then was returned or taken back; who had sent it, when.

    ``again``: the revision approved before it, which counts again; None where there is none.
    """

    submission: int
    unit: str
    period: str
    form: str
    sent_by: str
    sent_at: datetime
    off: TakenOff
    again: int | None = None

    @property
    def happened_at(self) -> datetime:
        """When it was returned or taken back, UTC."""
        return self.off.at


def undone(
    cur: DuckDBPyConnection,
    periods: Iterable[str],
    units: Iterable[str],
    known_on: datetime | None = None,
) -> list[Undone]:
    """Of these units and periods, the newest first; not where a later revision was approved:
    that one is a change, and says what differs."""
    every = {kind: keys(cur, kind) for kind in ("unit", "period", "form")}
    asked = [
        [every[kind].key_of[name] for name in names if name in every[kind].key_of]
        for kind, names in (("period", periods), ("unit", units))
    ]
    rows = cur.execute(
        """with said as (
            select submission, max_by(event, id) as word, max_by(actor, id) as actor,
                max_by(occurred_at, id) as moment, coalesce(max_by(reason, id), '') as reason,
                bool_or(event = 'approved') as was_approved
            from submission_event where occurred_at <= ? group by submission),
        sent as (select s.*, word, actor, moment, reason, was_approved
            from submission s join said on said.submission = s.id)
        select id, unit, period, form, received_by, received_at, (
                select max_by(b.id, b.revision) from sent b where b.word = 'approved'
                    and b.unit = s.unit and b.period = s.period and b.form = s.form) as again,
            word, actor, moment, reason
        from sent s
        where was_approved and word in ('returned', 'withdrawn')
            and period in (select unnest(?::integer[])) and unit in (select unnest(?::integer[]))
            and not exists (select 1 from sent n where n.word = 'approved' and n.unit = s.unit
                and n.period = s.period and n.form = s.form and n.revision > s.revision)
        order by moment desc, id""",
        [known_on or FAR_FUTURE, *asked],
    ).fetchall()
    names = [every[kind].id_of for kind in ("unit", "period", "form")]
    return [
        Undone(n, names[0][u], names[1][p], names[2][f], by, at, TakenOff(*rest), again)
        for n, u, p, f, by, at, again, *rest in rows
    ]
