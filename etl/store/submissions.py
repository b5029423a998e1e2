"""Submissions: the history, what is current, and taking one back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.closing import require_open
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, moments, sql_for_current, sql_for_last_word
from etl.store.dimensions import keys


@dataclass(frozen=True)
class Submission:
    """One form of one unit for one period as sent at one moment."""

    id: int
    unit: str
    period: str
    form: str
    revision: int
    received_at: datetime
    received_by: str
    file_name: str
    hash: str
    upload: int
    state: str  # current, superseded, waiting (newer than the approved one), withdrawn, returned
    approved: bool
    simulated: bool
    cells: int
    note: str


def submissions(
    cur: DuckDBPyConnection,
    *,
    unit: str | None = None,
    period: str | None = None,
    limit: int | None = None,
    known_on: datetime | None = None,
) -> list[Submission]:
    """Newest first; for one unit or period where asked."""
    units, periods, forms = (keys(cur, kind) for kind in ("unit", "period", "form"))
    wanted = [
        ("s.unit", units.key_of.get(unit, -1) if unit else None),
        ("s.period", periods.key_of.get(period, -1) if period else None),
    ]
    where = " and ".join(
        f"{column} = {number:d}" for column, number in wanted if number is not None
    )
    rows = cur.execute(
        f"""with {sql_for_current()}
        select s.id, s.unit, s.period, s.form, s.revision, s.received_at, s.received_by,
            u.file_name, u.hash, u.id, {SQL_FOR_STATE}, coalesce(w.word = 'approved', false),
            u.simulated, (select count(*) from fact f where f.submission = s.id), u.note
        from submission s join upload u on u.id = s.upload
        left join last_word w on w.submission = s.id
        left join current_submission c using (unit, period, form)
        where s.received_at <= ? {"and " + where if where else ""}
        order by s.received_at desc, s.id desc limit ?""",
        [*moments(known_on), moments(known_on)[0], limit or 10**9],
    ).fetchall()
    return [
        Submission(r[0], units.id_of[r[1]], periods.id_of[r[2]], forms.id_of[r[3]], *r[4:])
        for r in rows
    ]


# Of submission s, its last word w and the current submission c of the same form.
SQL_FOR_STATE = """case
    when w.word in ('withdrawn', 'returned') then w.word
    when c.id = s.id then 'current'
    when c.id is null or s.revision > c.revision then 'waiting'
    else 'superseded' end"""


class NoSuchSubmission(Exception):
    """There is no submission with this number."""


class AlreadyWithdrawn(Exception):
    """The submission was taken back before."""


class AlreadyApproved(Exception):
    """The submission was approved: its sender asks for it to be returned, or sends a correction."""


def withdraw(
    store: Store, submission: int, *, reason: str, by: str, at: datetime, approved: bool = False
) -> None:
    """Take a submission back: what was valid before it is valid again. Nothing is deleted.

    ``approved``: also an approved one, which an approver may. Raises NoSuchSubmission,
    AlreadyWithdrawn, AlreadyApproved, PeriodClosed.
    """
    with store.transaction() as cur:
        _check_can_withdraw(cur, submission)
        require_may_go(cur, [submission], approved=approved)
        _mark_withdrawn(cur, submission, reason=reason, by=by, at=at)


def withdraw_upload(
    cur: DuckDBPyConnection,
    upload: int,
    *,
    reason: str,
    by: str,
    at: datetime,
    approved: bool = False,
) -> list[int]:
    """Take back every submission of an upload that still counts; their ids.

    Runs inside the caller's transaction: all of them or none. NoSuchSubmission for an unknown
    upload, AlreadyWithdrawn when there is nothing left to take back; and as ``withdraw``.
    """
    rows = cur.execute(
        "select id from submission where upload = ? order by id", [upload]
    ).fetchall()
    if not rows:
        raise NoSuchSubmission(str(upload))
    left = [number for (number,) in rows if not _is_withdrawn(cur, number)]
    if not left:
        raise AlreadyWithdrawn(str(upload))
    require_may_go(cur, left, approved=approved)
    for number in left:
        _mark_withdrawn(cur, number, reason=reason, by=by, at=at)
    return left


def require_may_go(cur: DuckDBPyConnection, numbers: Iterable[int], *, approved: bool) -> None:
    """Raise where one of the submissions may not be taken back: approved, or its period closed."""
    codes = keys(cur, "period").id_of
    rows = cur.execute(
        f"""with {sql_for_last_word()}
        select s.id, s.period, w.word is not distinct from 'approved'
        from submission s left join last_word w on w.submission = s.id
        where s.id in (select unnest(?::integer[])) order by s.id""",
        [FAR_FUTURE, list(numbers)],
    ).fetchall()
    require_open(cur, (codes[period] for _, period, _ in rows))
    stays = [number for number, _, was_approved in rows if was_approved and not approved]
    if stays:
        raise AlreadyApproved(str(stays[0]))


def _mark_withdrawn(
    cur: DuckDBPyConnection, submission: int, *, reason: str, by: str, at: datetime
) -> None:
    cur.execute(
        """insert into submission_event
        select coalesce(max(id), 0) + 1, ?, 'withdrawn', ?, ?, ? from submission_event""",
        [submission, at, by, reason],
    )
    asked = {"submission": submission, "reason": reason}
    audit(cur, by, "rollback", f"{submission}: {reason}", at, asked)


def _check_can_withdraw(cur: DuckDBPyConnection, submission: int) -> None:
    known = cur.execute("select 1 from submission where id = ?", [submission]).fetchone()
    if known is None:
        raise NoSuchSubmission(str(submission))
    if _is_withdrawn(cur, submission):
        raise AlreadyWithdrawn(str(submission))


def _is_withdrawn(cur: DuckDBPyConnection, submission: int) -> bool:
    last = cur.execute(
        """select arg_max(event, id) from submission_event where submission = ?""", [submission]
    ).fetchone()
    return last is not None and last[0] == "withdrawn"


def reported_units(
    cur: DuckDBPyConnection, period: str, form: str, known_on: datetime | None = None
) -> dict[str, datetime]:
    """Units with a current submission of a form for a period, and when it was first received."""
    found = receipts(cur, [period], form, known_on)
    return {unit: first for (unit, _), first in found.items()}


def receipts(
    cur: DuckDBPyConnection, periods: Iterable[str], form: str, known_on: datetime | None = None
) -> dict[tuple[str, str], datetime]:
    """(unit, period) of the current submissions of a form, and when each was first received."""
    units, codes, forms = (keys(cur, kind) for kind in ("unit", "period", "form"))
    wanted = [codes.key_of[period] for period in periods if period in codes.key_of]
    if not wanted or form not in forms.key_of:
        return {}
    rows = cur.execute(
        f"""with {sql_for_current()}
        select c.unit, c.period, (select min(received_at) from submission s
            where s.unit = c.unit and s.period = c.period and s.form = c.form)
        from current_submission c where c.period in (select unnest(?::integer[])) and c.form = ?""",
        [*moments(known_on), wanted, forms.key_of[form]],
    ).fetchall()
    return {(units.id_of[unit], codes.id_of[period]): first for unit, period, first in rows}


def latest_received(
    cur: DuckDBPyConnection,
    known_on: datetime | None = None,
    unit_ids: Iterable[str] | None = None,
) -> datetime | None:
    """When the newest submission (of these units) was received: *số liệu đến ngày*."""
    wanted = _unit_keys(cur, unit_ids)
    row = cur.execute(
        f"""select max(received_at) from submission
        where received_at <= ? and {SQL_FOR_ONE_OF}""",
        [*moments(known_on)[:1], wanted is not None, wanted or []],
    ).fetchone()
    return row[0] if row else None


# Takes whether there is a choice at all, and the keys chosen.
SQL_FOR_ONE_OF = "(not ? or unit in (select unnest(?::integer[])))"


def _unit_keys(cur: DuckDBPyConnection, unit_ids: Iterable[str] | None) -> list[int] | None:
    if unit_ids is None:
        return None
    units = keys(cur, "unit").key_of
    return [units[unit] for unit in unit_ids if unit in units]


def has_simulated(
    cur: DuckDBPyConnection,
    unit_ids: Iterable[str] | None = None,
    known_on: datetime | None = None,
) -> bool:
    """Whether any figure (of these units, of all where None) that is not withdrawn is simulated."""
    wanted = _unit_keys(cur, unit_ids)
    row = cur.execute(
        f"""with {sql_for_current()}
        select count(*) from current_submission c join upload u on u.id = c.upload
        where u.simulated and {SQL_FOR_ONE_OF}""",
        [*moments(known_on), wanted is not None, wanted or []],
    ).fetchone()
    return bool(row and row[0])


@dataclass(frozen=True)
class Arrived:
    """What happened between two moments: units by what they did, submissions taken back."""

    new: tuple[str, ...] = ()  # sent a form for the first time
    corrected: tuple[str, ...] = ()  # sent a form again
    withdrawn: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.corrected or self.withdrawn)


def arrived_between(
    cur: DuckDBPyConnection, start: datetime, end: datetime | None, unit_ids: Iterable[str]
) -> Arrived:
    """Submissions received after ``start`` up to ``end`` (now where None) by these units."""
    names, wanted = keys(cur, "unit").id_of, _unit_keys(cur, unit_ids)
    window = [start, *moments(end)[:1]]
    rows = cur.execute(
        f"""select unit, revision > 1 from submission
        where received_at > ? and received_at <= ? and {SQL_FOR_ONE_OF}
        group by all order by unit""",
        [*window, True, wanted],
    ).fetchall()
    gone = cur.execute(
        f"""select count(*) from submission_event v join submission s on s.id = v.submission
        where v.event = 'withdrawn' and v.occurred_at > ? and v.occurred_at <= ?
            and {SQL_FOR_ONE_OF}""",
        [*window, True, wanted],
    ).fetchone()
    by_kind = {again: tuple(names[u] for u, a in rows if a is again) for again in (False, True)}
    return Arrived(by_kind[False], by_kind[True], gone[0] if gone else 0)


def last_event(cur: DuckDBPyConnection, moment: datetime) -> datetime | None:
    """When anything last changed up to a moment: two moments with the same answer know the same."""
    row = cur.execute(
        """select max(happened) from (
            select max(received_at) as happened from submission where received_at <= ?
            union all select max(occurred_at) from submission_event where occurred_at <= ?)""",
        [moment, moment],
    ).fetchone()
    return row[0] if row else None
