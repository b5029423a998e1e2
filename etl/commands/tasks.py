"""``tasks`` and ``task``: how the tasks of a plan stand on a day, one record more, or one less."""

from enum import StrEnum
from typing import Any, TypeVar

from etl import context
from etl.commands.answer import Answer, Misuse, plan_of, refused
from etl.commands.days import day_asked, day_of
from etl.context import Context, local
from etl.store.connect import now
from etl.store.tasks import AlreadyWithdrawn, NoSuchRecord, Report, in_force
from etl.tasks import CannotKeep, report, take_back
from indicators.plans import Plan
from indicators.tasks import Progress, TaskRecord, TaskStanding, TaskState, counts_of, standings
from indicators.text import say

Choice = TypeVar("Choice", bound=StrEnum)


def list_tasks(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The tasks of a plan, overdue first, and how many stand how; ``state`` shows only those."""
    asked = arguments.get("state")
    only = None if asked is None else choice_of(TaskState, str(asked))
    day, known_on = day_asked(arguments)
    opened = context.opened()
    plan = plan_of(opened, str(arguments["plan"]))
    found = standings(plan, in_force(opened.store.cursor(), plan.id, known_on), day)
    counts = {str(state): count for state, count in counts_of(found).items()}
    rows = [document_of(s) for s in found if only is None or s.state is only]
    return Answer(0, {"plan": plan.id, "on": day.isoformat(), "counts": counts, "tasks": rows})


def choice_of(choices: type[Choice], text: str) -> Choice:
    """One of the words; Misuse names them."""
    try:
        return choices(text)
    except ValueError:
        raise Misuse(f"«{text}» không có; chọn một trong: {', '.join(choices)}.") from None


def task(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Record how far a task is (``state``), or take a record back (``revoke``)."""
    opened = context.opened()
    plan = plan_of(opened, str(arguments["plan"]))
    if (arguments.get("state") is None) == (arguments.get("revoke") is None):
        raise Misuse("Chọn đúng một trong --state, --revoke.")
    by = str(arguments.get("by") or "")
    try:
        if arguments.get("revoke") is not None:
            return _revoke(opened, plan, arguments, by)
        found = report(opened.store, plan, _said(plan, arguments), by=by, at=now())
    except CannotKeep as refusal:
        return refused(say(refusal.key))
    return Answer(0, {"ok": True, "record": _record(found)})


def _said(plan: Plan, arguments: dict[str, Any]) -> Report:
    done_on = arguments.get("done_on")
    return Report(
        plan.id,
        str(arguments["task"]),
        choice_of(Progress, str(arguments["state"])),
        None if done_on is None else day_of(str(done_on)),
        str(arguments.get("evidence") or ""),
        str(arguments.get("note") or ""),
    )


def _revoke(opened: Context, plan: Plan, arguments: dict[str, Any], by: str) -> Answer:
    """Only a record of the task that was named: a slip in the number must not hit another."""
    number, reason = int(arguments["revoke"]), str(arguments.get("reason") or "")
    try:
        take_back(
            opened.store, number, reason=reason, by=by, at=now(), of=(plan.id, arguments["task"])
        )
    except NoSuchRecord:
        raise Misuse(f"Nhiệm vụ này không có ghi nhận số {number}.") from None
    except AlreadyWithdrawn:
        return refused(f"Ghi nhận số {number} đã được thu hồi trước đó.")
    return Answer(0, {"ok": True, "revoked": number})


def document_of(standing: TaskStanding) -> dict[str, Any]:
    """A task as it stands, as JSON."""
    task = standing.task
    return {
        "id": task.id,
        "title_vi": task.title_vi,
        "section": task.section,
        "lead": task.lead,
        "deadline": task.deadline,
        "due": standing.due.isoformat() if standing.due else None,
        "state": standing.state,
        "days": standing.days,
        "target": task.target,
        "record": _record(standing.record) if standing.record else None,
    }


def _record(record: TaskRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "task": record.task,
        "state": record.progress,
        "done_on": record.done_on.isoformat() if record.done_on else None,
        "evidence": record.evidence,
        "note": record.note,
        "by": record.actor,
        "at": local(record.occurred_at).isoformat(timespec="seconds"),
    }
