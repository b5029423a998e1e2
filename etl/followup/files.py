"""Files of progress that were taken in: who sent which, when, and what each put on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.followup.sheet import Kind
from etl.store.actions import actions
from etl.store.audit import Entry, entries_about
from indicators.actions import ActionState
from indicators.deployment import Deployment

FILE = "progress-file"
ACTS = {"task": Kind.TASK, "action": Kind.ACTION, "action-moved": Kind.ACTION}


@dataclass(frozen=True)
class Put:
    """One task or action and the state it was put into."""

    kind: Kind
    name: str
    state: str
    is_new: bool = False  # an action that was agreed by the file


@dataclass(frozen=True)
class ProgressFile:
    """One file with everything that it put on record; ``at`` is UTC."""

    name: str
    hash: str
    by: str
    at: datetime
    puts: tuple[Put, ...]


def progress_files(
    cur: DuckDBPyConnection, deployment: Deployment, known_on: datetime | None
) -> list[ProgressFile]:
    """Those known at a moment (None: now), newest first.

    A file's acts stand in the log right before its own line, by the same person at the same moment.
    """
    called = {action.id: action.content for action in actions(cur)}
    found: list[ProgressFile] = []
    before: list[Entry] = []
    for line in entries_about(cur, (*ACTS, FILE), known_on):
        if line.action != FILE:
            before.append(line)
            continue
        own = (e for e in before if (e.actor, e.occurred_at) == (line.actor, line.occurred_at))
        puts = tuple(_puts(own, deployment, called))
        digest = str(line.asked.get("hash", ""))
        found.append(ProgressFile(line.detail, digest, line.actor, line.occurred_at, puts))
        before = []
    return found[::-1]


def _puts(lines: Iterable[Entry], deployment: Deployment, called: dict[int, str]) -> Iterable[Put]:
    for line in lines:
        asked = line.asked
        if line.action == "task":
            name = _task(deployment, str(asked["plan"]), str(asked["task"]))
            yield Put(Kind.TASK, name, str(asked["progress"]))
        elif line.action == "action":
            yield Put(Kind.ACTION, str(asked["content"]), ActionState.AGREED, is_new=True)
        else:
            number = int(asked["action"])
            yield Put(Kind.ACTION, called.get(number, str(number)), str(asked["state"]))


def _task(deployment: Deployment, plan: str, task: str) -> str:
    """What a task is called; its id where the plan has it no more."""
    tasks = deployment.plans[plan].tasks if plan in deployment.plans else ()
    return next((t.title_vi for t in tasks if t.id == task), task)
