"""Deciding on reports: approve or return the newest revision of a form; nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.closing import require_open
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, sql_for_newest
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
    audit(cur, by, action, f"{len(submissions)}: {shown} {reason}".strip(), at, asked)
