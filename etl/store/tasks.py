"""Progress of tasks: who reported what, and what was taken back. Rows are only ever added."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from indicators.tasks import Progress, TaskRecord


@dataclass(frozen=True)
class Report:
    """What a person says of a task, before it is on record."""

    plan: str
    task: str
    progress: Progress
    done_on: date | None = None
    evidence: str = ""
    note: str = ""


class NoSuchRecord(Exception):
    """There is no record of a task with this number."""


class AlreadyWithdrawn(Exception):
    """The record was taken back before."""


def records(cur: DuckDBPyConnection, plan: str, known_on: datetime | None) -> list[TaskRecord]:
    """The records of a plan not taken back by that moment (None: now), oldest first."""
    rows = cur.execute(
        """with known as (
            select * from task_event where plan = ? and (? is null or occurred_at <= ?))
        select id, plan, task, state, done_on, evidence, note, occurred_at, actor from known
        where state <> 'withdrawn'
            and id not in (select withdraws from known where withdraws is not null)
        order by id""",
        [plan, known_on, known_on],
    ).fetchall()
    return [_record(*row) for row in rows]


def moments_of_tasks(cur: DuckDBPyConnection) -> set[tuple[str, str, datetime]]:
    """Plan, task and moment of everything that was ever put on record, taken back or not."""
    rows = cur.execute("select plan, task, occurred_at from task_event").fetchall()
    return {(plan, task, at) for plan, task, at in rows}


def _record(number: int, plan: str, task: str, state: str, *more: Any) -> TaskRecord:
    return TaskRecord(number, plan, task, Progress(state), *more)


def in_force(
    cur: DuckDBPyConnection, plan: str, known_on: datetime | None
) -> dict[str, TaskRecord]:
    """Task to its newest record; where that was taken back, the one before counts again."""
    return {record.task: record for record in records(cur, plan, known_on)}


def record(store: Store, said: Report, *, by: str, at: datetime) -> TaskRecord:
    """Keep a report on a task. Whether it may be kept: ``etl.tasks.report``."""
    with store.transaction() as cur:
        put_record(cur, said, by=by, at=at)
        return records(cur, said.plan, None)[-1]


def put_record(cur: DuckDBPyConnection, said: Report, *, by: str, at: datetime) -> None:
    """The same inside a transaction that is open."""
    cur.execute(
        """insert into task_event
        select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, null, ?, ? from task_event""",
        [said.plan, said.task, said.progress, said.done_on, said.evidence, said.note, at, by],
    )
    day = said.done_on.isoformat() if said.done_on else None
    asked = {**asdict(said), "done_on": day}
    audit(cur, by, "task", f"{said.plan} · {said.task}: {said.progress}", at, asked)


def withdraw(
    store: Store, number: int, *, of: tuple[str, str], reason: str, by: str, at: datetime
) -> None:
    """Take a record ``of`` a plan and task back; nothing is deleted.

    Raises NoSuchRecord, AlreadyWithdrawn.
    """
    with store.transaction() as cur:
        known = cur.execute(
            """select exists (select 1 from task_event where withdraws = e.id)
            from task_event e where id = ? and state <> 'withdrawn' and plan = ? and task = ?""",
            [number, *of],
        ).fetchone()
        if known is None:
            raise NoSuchRecord(str(number))
        if known[0]:
            raise AlreadyWithdrawn(str(number))
        cur.execute(
            """insert into task_event select max(id) + 1, ?, ?, 'withdrawn', null, '', ?, ?, ?, ?
            from task_event""",
            [*of, reason, number, at, by],
        )
        asked = {"record": number, "plan": of[0], "task": of[1], "reason": reason}
        audit(cur, by, "task-withdrawn", f"{number}: {reason}", at, asked)
