"""Actions agreed for targets, and how each moved. Rows are only ever added."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from indicators.actions import Action, ActionState


@dataclass(frozen=True)
class Agreement:
    """What is agreed, before it is on record."""

    plan: str
    target: str
    indicator: str
    unit: str | None
    content: str
    owner: str
    due: date


class NoSuchAction(Exception):
    """There is no action with this number."""


def actions(
    cur: DuckDBPyConnection, plan: str | None = None, known_on: datetime | None = None
) -> list[Action]:
    """Every action of a plan (None: of all) as known at a moment (None: now), oldest first."""
    rows = cur.execute(
        """with known as (
            select * from action_event where ? is null or occurred_at <= ?),
        last as (
            select action, max(id) as id from known group by action)
        select a.id, a.plan, a.target, a.indicator, a.unit, a.content, a.owner, a.due,
            a.agreed_at, a.agreed_by, e.state, e.occurred_at, e.actor, e.reason
        from action a join last l on l.action = a.id join known e on e.id = l.id
        where ? is null or a.plan = ? order by a.id""",
        [known_on, known_on, plan, plan],
    ).fetchall()
    return [_action(row) for row in rows]


def moments_of_actions(cur: DuckDBPyConnection) -> set[tuple[int, datetime]]:
    """Number of the action and moment of everything that ever happened to one."""
    rows = cur.execute("select action, occurred_at from action_event").fetchall()
    return {(action, at) for action, at in rows}


def _action(row: tuple[Any, ...]) -> Action:
    fields = list(row)
    fields[10] = ActionState(row[10])
    return Action(*fields)


def add_action(store: Store, agreed: Agreement, *, by: str, at: datetime) -> Action:
    """Keep an agreement. Whether it may be kept: ``etl.tasks.agree``."""
    with store.transaction() as cur:
        number = put_action(cur, agreed, by=by, at=at)
        return next(a for a in actions(cur) if a.id == number)


def put_action(cur: DuckDBPyConnection, agreed: Agreement, *, by: str, at: datetime) -> int:
    """Its number, inside a transaction that is open."""
    values = [agreed.plan, agreed.target, agreed.indicator, agreed.unit, agreed.content]
    cur.execute(
        """insert into action
        select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ? from action""",
        [*values, agreed.owner, agreed.due, at, by],
    )
    row = cur.execute("select max(id) from action").fetchone()
    number = int(row[0]) if row else 0
    _event(cur, number, ActionState.AGREED, "", by, at)
    asked = {**asdict(agreed), "due": agreed.due.isoformat()}
    audit(cur, by, "action", f"{agreed.plan} · {agreed.target}: {agreed.content}", at, asked)
    return number


def move_action(
    store: Store, number: int, state: ActionState, *, reason: str, by: str, at: datetime
) -> Action:
    """Put an action into a state; in it already, nothing is written. Raises NoSuchAction."""
    with store.transaction() as cur:
        known = next((a for a in actions(cur) if a.id == number), None)
        if known is None:
            raise NoSuchAction(str(number))
        if known.state is state:
            return known
        put_move(cur, number, state, reason=reason, by=by, at=at)
        return next(a for a in actions(cur) if a.id == number)


def put_move(
    cur: DuckDBPyConnection,
    number: int,
    state: ActionState,
    *,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    """A state of an action that is there, inside a transaction that is open."""
    _event(cur, number, state, reason, by, at)
    asked = {"action": number, "state": state, "reason": reason}
    audit(cur, by, "action-moved", f"{number}: {state} {reason}".strip(), at, asked)


def _event(
    cur: DuckDBPyConnection, number: int, state: ActionState, reason: str, by: str, at: datetime
) -> None:
    cur.execute(
        """insert into action_event
        select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ? from action_event""",
        [number, state, at, by, reason],
    )
