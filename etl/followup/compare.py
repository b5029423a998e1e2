"""What a progress file would put on record: each row checked, beside what is on record now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from etl.findings import Finding
from etl.followup.agreed import agreement_of, is_on_record
from etl.followup.rows import Unusable, Wrong, check_all, day_of, lengths
from etl.followup.sheet import Kind, Row
from etl.followup.units import UnitNames
from etl.grid import Value
from etl.normalise import key
from etl.store.actions import Agreement
from etl.store.stage import Change
from etl.store.tasks import Report
from etl.tasks import CannotKeep, checked, checked_reason
from indicators.actions import Action, ActionState
from indicators.deployment import Deployment
from indicators.plans import Plan
from indicators.tasks import Progress, TaskRecord
from indicators.text import LANGUAGES, say

T = TypeVar("T")
S = TypeVar("S", bound=StrEnum)

# What may not be put on record, as the code of a finding and the part of the row.
REFUSED = {
    "tasks.refused.no_day": ("progress-day-missing", "done_on"),
    "tasks.refused.future": ("progress-day-to-come", "done_on"),
    "tasks.refused.dropped_why": ("progress-why-missing", "note"),
    "tasks.refused.no_reason": ("progress-why-missing", "note"),
}


@dataclass(frozen=True)
class Move:
    """An action, the state it is put into, and why."""

    action: Action
    state: ActionState
    reason: str


@dataclass(frozen=True)
class Step:
    """One row that is in order: ``change`` as of cells; ``old`` is the state on record, "" for none."""

    change: str
    kind: Kind
    name: str
    old: str
    said: Report | Move | Agreement

    @property
    def new(self) -> str:
        """The state that the row says."""
        if isinstance(self.said, Agreement):
            return str(ActionState.AGREED)
        return str(self.said.progress if isinstance(self.said, Report) else self.said.state)

    @property
    def unit(self) -> str | None:
        """The unit that an action is for; None: the whole area of the plan."""
        said = self.said
        if isinstance(said, Report):
            return None
        return said.unit if isinstance(said, Agreement) else said.action.unit

    @property
    def of(self) -> tuple[str, str]:
        """The plan, and the task, the number of the action, or what a new one is known by."""
        said = self.said
        if isinstance(said, Agreement):
            return said.plan, f"{said.target} {said.unit or ''} {key(said.content)} {said.due}"
        if isinstance(said, Report):
            return said.plan, said.task
        return said.action.plan, str(said.action.id)

    @property
    def done_on(self) -> date | None:
        """The day on which a task was done."""
        return self.said.done_on if isinstance(self.said, Report) else None

    @property
    def texts(self) -> tuple[str, str]:
        """Evidence and note; an action has only its reason or result."""
        said = self.said
        if isinstance(said, Agreement):
            return "", f"{said.owner}, {said.due:%d/%m/%Y}"
        return (said.evidence, said.note) if isinstance(said, Report) else ("", said.reason)


@dataclass(frozen=True)
class OnRecord:
    """Plans, and what is on record: plan to task to the record in force; actions by number."""

    deployment: Deployment
    tasks: Mapping[str, Mapping[str, TaskRecord]]
    actions: Mapping[str, Action]
    today: date
    _names: dict[str, UnitNames] = field(default_factory=dict)

    def names(self, plan: Plan) -> UnitNames:
        """What the units of a plan are called; made once a file."""
        if plan.id not in self._names:
            self._names[plan.id] = UnitNames(self.deployment, plan, self.today)
        return self._names[plan.id]


@dataclass
class Comparison:
    """The steps of a file, and everything that is wrong with its rows."""

    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def compare(rows: Iterable[Row], known: OnRecord) -> Comparison:
    """Every row by itself, then rows that speak of the same thing."""
    found = Comparison()
    seen: dict[tuple[Kind, str, str], Row] = {}
    for row in rows:
        if row.is_silent:
            continue
        try:
            step = _step(row, known)
        except Unusable as unusable:
            found.findings.extend(_finding(row, wrong) for wrong in unusable.wrongs)
            continue
        first = seen.setdefault((row.kind, *step.of), row)
        if first is not row:
            found.findings.append(_twice(row, first))
        found.findings.extend(_doubts(row, step))
        found.steps.append(step)
    return found


def _finding(row: Row, wrong: Wrong) -> Finding:
    return Finding(wrong.code, row.where(wrong.part), wrong.got, {"id": row.named})


def _twice(row: Row, first: Row) -> Finding:
    """Of a new action the content says it again, of anything else its id."""
    facts = {"id": row.named, "first": str(first.place.row)}
    where = row.where("title" if row.is_new else row.kind)
    return Finding("progress-twice", where, row.named, facts)


def _step(row: Row, known: OnRecord) -> Step:
    if row.kind is Kind.TASK:
        return _task(row, known)
    return _new_action(row, known) if row.is_new else _action(row, known)


def _doubts(row: Row, step: Step) -> Iterator[Finding]:
    """A day beside a state that has none is not kept, and that is said."""
    if row.done_on is not None and step.new not in (Progress.DONE, ActionState.DONE):
        yield Finding(
            "progress-day-unused", row.where("done_on"), _shown(row.done_on), {"id": row.id}
        )


def _shown(found: Value) -> str:
    """A day as people write it; anything else as it stands there."""
    return f"{found:%d/%m/%Y}" if isinstance(found, date) else str(found)


def _task(row: Row, known: OnRecord) -> Step:
    check_all(
        *lengths(row),
        lambda: _plan(row, known.deployment),
        lambda: _state(row, Progress, "tasks.progress"),
        lambda: day_of(row.done_on, "done_on"),
    )
    plan, state = _plan(row, known.deployment), _state(row, Progress, "tasks.progress")
    task = next(task for task in plan.tasks if task.id == row.id)
    before = known.tasks.get(plan.id, {}).get(task.id)
    day = day_of(row.done_on, "done_on")
    said = Report(plan.id, task.id, state, day, row.evidence, row.note)
    said = _completed(said, before)
    said = _kept(lambda: checked(plan, said, known.today), _shown(day) if day else "")
    change = Change.UNCHANGED if _is_same(said, before) else _change(before)
    return Step(change, Kind.TASK, task.title_vi, str(before.progress) if before else "", said)


def _change(before: TaskRecord | None) -> str:
    return Change.ADDED if before is None else Change.CHANGED


def _completed(said: Report, before: TaskRecord | None) -> Report:
    """Blank is no statement: in the same state, what is on record stays."""
    if before is None or before.progress is not said.progress:
        return said
    return replace(
        said,
        done_on=said.done_on or before.done_on,
        evidence=said.evidence or before.evidence,
        note=said.note or before.note,
    )


def _is_same(said: Report, before: TaskRecord | None) -> bool:
    if before is None:
        return False
    new = (said.progress, said.done_on, said.evidence, said.note)
    return new == (before.progress, before.done_on, before.evidence, before.note)


def _plan(row: Row, deployment: Deployment) -> Plan:
    """The plan that is named, or the only one that has the task."""
    if row.plan and row.plan not in deployment.plans:
        raise Wrong("progress-plan-unknown", row.plan, "plan")
    asked = [deployment.plans[row.plan]] if row.plan else list(deployment.plans.values())
    found = [plan for plan in asked if any(task.id == row.id for task in plan.tasks)]
    if not found:
        raise Wrong("progress-task-unknown", row.id, "task")
    if len(found) > 1:
        raise Wrong("progress-plan-missing", row.id, "plan")
    return found[0]


def _action(row: Row, known: OnRecord) -> Step:
    """The day of an action is that on which it was put on record; a file gives none."""
    check_all(
        *lengths(row),
        lambda: _agreed(row, known),
        lambda: _state(row, ActionState, "action.state"),
    )
    action, state = _agreed(row, known), _state(row, ActionState, "action.state")
    reason = _kept(lambda: checked_reason(state, row.note))
    is_same = state is action.state and reason in ("", action.reason)
    change = Change.UNCHANGED if is_same else Change.CHANGED
    return Step(change, Kind.ACTION, action.content, str(action.state), Move(action, state, reason))


def _agreed(row: Row, known: OnRecord) -> Action:
    """The action with the number of the row."""
    action = known.actions.get(row.id)
    if action is None or row.plan not in ("", action.plan):
        raise Wrong("progress-action-unknown", row.id, "action")
    return action


def _new_action(row: Row, known: OnRecord) -> Step:
    agreed = agreement_of(row, known.deployment, known.names)
    is_known = any(is_on_record(agreed, action) for action in known.actions.values())
    change = Change.UNCHANGED if is_known else Change.ADDED
    return Step(change, Kind.ACTION, agreed.content, "", agreed)


def _kept(make: Callable[[], T], got: str = "") -> T:
    """What may be put on record; else the finding that says why not. Raises Unusable."""
    try:
        return make()
    except CannotKeep as refusal:
        code, part = REFUSED[refusal.key]
        raise Unusable([Wrong(code, got, part)]) from None


def _state(row: Row, states: type[S], words: str) -> S:
    """A state by its word in either language or its id."""
    if not row.state:
        raise Wrong("progress-state-missing", part="state")
    wanted = key(row.state)
    for state in states:
        if wanted in {key(state), *(key(say(f"{words}.{state}", each)) for each in LANGUAGES)}:
            return state
    raise Wrong("progress-state-unknown", row.state, "state")


def counts(steps: Sequence[Step]) -> dict[str, int]:
    """How many rows do what."""
    changes = (Change.ADDED, Change.CHANGED, Change.UNCHANGED)
    return {change: sum(step.change == change for step in steps) for change in changes}
