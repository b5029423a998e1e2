"""Deciding on reports: approve or return the newest revision of a form; nothing is overwritten."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.closing import require_open
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, moments, sql_for_current, sql_for_newest
from etl.store.dimensions import keys
from etl.store.submissions import NoSuchSubmission


class Decision(StrEnum):
    """What an approver says of a report; as the events are called in the warehouse."""

    APPROVED = "approved"
    RETURNED = "returned"


class CannotDecide(Exception):
    """Why not: ``gone`` (taken back), ``replaced`` (a newer one came), ``same`` (decided so), ``own``."""

    def __init__(self, submission: int, why: str) -> None:
        super().__init__(f"{submission}: {why}")
        self.submission, self.why = submission, why


@dataclass(frozen=True)
class _Asked:
    """A submission that is to be decided on, as it stands."""

    id: int
    period: int
    sender: str
    word: str
    replaced: bool  # a newer revision of the form stands

    def refusal(self, decision: Decision, by: str, *, own: bool) -> str:
        """Why it cannot be decided so by this person; "" where it can."""
        if self.word == "withdrawn":
            return "gone"
        if self.replaced:
            return "replaced"
        if self.word == decision:
            return "same"
        is_own = decision is Decision.APPROVED and self.sender.casefold() == by.casefold()
        return "own" if is_own and not own else ""


def decide(
    store: Store,
    submissions: Sequence[int],
    decision: Decision,
    *,
    reason: str,
    by: str,
    at: datetime,
    own: bool = False,
) -> None:
    """Approve or return submissions, all of them or none.

    ``own``: whether the sender may approve. Raises NoSuchSubmission, CannotDecide, PeriodClosed.
    """
    with store.transaction() as cur:
        asked = _asked(cur, submissions)
        codes = keys(cur, "period").id_of
        require_open(cur, (codes[a.period] for a in asked))
        for a in asked:
            if why := a.refusal(decision, by, own=own):
                raise CannotDecide(a.id, why)
        _note(cur, [a.id for a in asked], decision, reason, by, at)


@contextmanager
def as_if_approved(cur: DuckDBPyConnection, submissions: Sequence[int]) -> Iterator[None]:
    """Inside, these submissions count as approved: what would come of them is looked at first."""
    if not submissions:
        yield
        return
    last = (cur.execute("select coalesce(max(id), 0) from submission_event").fetchone() or (0,))[0]
    cur.execute(
        """insert into submission_event select ? + row_number() over (), s, 'approved',
            timestamp '1900-01-01', '', '' from (select unnest(?::integer[]) as s)""",
        [last, list(submissions)],
    )
    yield
    cur.execute("delete from submission_event where id > ?", [last])


@dataclass(frozen=True)
class Touched:
    """A form whose report was approved and of which a file says something else."""

    unit: str
    period: str
    approved_by: str
    approved_at: datetime
    sheet: str | None
    row: int
    column: int


def after_approval(cur: DuckDBPyConnection) -> list[Touched]:
    """The approved reports that what is staged would change, in the order of the file."""
    units, codes = keys(cur, "unit").id_of, keys(cur, "period").id_of
    rows = cur.execute(
        f"""with {sql_for_current()},
        differing as (
            select c.unit, c.period, c.form, min_by({{'sheet': s.sheet, 'row': s.row_number,
                'column': s.column_number}}, s.position) as place, min(s.position) as position
            from changes c join staged s using (unit, period, form, quantity)
            where c.change <> 'unchanged' group by all)
        select d.unit, d.period, max_by(e.actor, e.id), max_by(e.occurred_at, e.id), d.place
        from differing d join current_submission c using (unit, period, form)
        join submission_event e on e.submission = c.id
        where c.word = 'approved' group by d.unit, d.period, d.form, d.place, d.position
        order by d.position""",
        moments(None),
    ).fetchall()
    return [
        Touched(units[u], codes[p], by, at, place["sheet"], place["row"], place["column"])
        for u, p, by, at, place in rows
    ]


def _asked(cur: DuckDBPyConnection, submissions: Sequence[int]) -> list[_Asked]:
    rows = cur.execute(
        f"""with {sql_for_newest()}
        select s.id, s.period, s.received_by, coalesce(w.word, ''),
            coalesce(n.revision > s.revision, false)
        from submission s left join last_word w on w.submission = s.id
        left join newest_submission n using (unit, period, form)
        where s.id in (select unnest(?::integer[])) order by s.id""",
        [FAR_FUTURE, list(submissions)],
    ).fetchall()
    unknown = set(submissions) - {row[0] for row in rows}
    if unknown:
        raise NoSuchSubmission(str(min(unknown)))
    return [_Asked(*row) for row in rows]


def _note(
    cur: DuckDBPyConnection,
    submissions: Sequence[int],
    decision: Decision,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    cur.execute(
        """insert into submission_event
        select (select coalesce(max(id), 0) from submission_event) + row_number() over (order by s),
            s, ?, ?, ?, ? from (select unnest(?::integer[]) as s)""",
        [str(decision), at, by, reason, list(submissions)],
    )
    action = "approve" if decision is Decision.APPROVED else "return"
    shown = ", ".join(map(str, submissions[:20])) + (" …" if len(submissions) > 20 else "")
    asked = {"submissions": list(submissions), "reason": reason}
    audit(cur, by, action, f"{len(submissions)} báo cáo ({shown}) {reason}".strip(), at, asked)
