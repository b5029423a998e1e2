"""Simulated progress of tasks and agreed actions, put on record as people put theirs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from etl.demo.figures import SEED
from etl.store.actions import Agreement, actions, moments_of_actions
from etl.store.connect import Store
from etl.store.tasks import Report, moments_of_tasks
from etl.tasks import agree, move, report
from indicators.actions import ActionState
from indicators.deployment import Deployment
from indicators.plans import Plan
from indicators.tasks import Progress

FILE = Path(__file__).with_name("work.toml")
MARK = " (mô phỏng)"
HOURS_AHEAD = 7  # of UTC in Vietnam


@dataclass(frozen=True)
class Said:
    """A report on a task at a moment (UTC)."""

    report: Report
    by: str
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """An agreed action and how it moved: moment (UTC), state, reason."""

    agreement: Agreement
    by: str
    at: datetime
    moves: tuple[tuple[datetime, ActionState, str], ...]


def load_work(store: Store, deployment: Deployment) -> int:
    """Put on record what is not there yet, through the same doors as people; how many records."""
    plans = deployment.plans
    said = [(plans[s.report.plan], s) for s in reports() if s.report.plan in plans]
    found = [(plans[a.agreement.plan], a) for a in agreements(deployment)]
    written = sum(_keep_report(store, plan, one) for plan, one in said)
    return written + sum(_keep_action(store, plan, one) for plan, one in found)


def _keep_report(store: Store, plan: Plan, said: Said) -> int:
    key = (said.report.plan, said.report.task, said.at)
    if key in moments_of_tasks(store.cursor()):
        return 0
    report(store, plan, said.report, by=said.by, at=said.at)
    return 1


def _keep_action(store: Store, plan: Plan, agreed: Agreed) -> int:
    own = agreed.agreement
    known = [
        a
        for a in actions(store.cursor(), plan.id)
        if (a.target, a.content, a.agreed_at) == (own.target, own.content, agreed.at)
    ]
    action = known[0] if known else agree(store, plan, own, by=agreed.by, at=agreed.at)
    there = moments_of_actions(store.cursor())
    new = [one for one in agreed.moves if (action.id, one[0]) not in there]
    for at, state, reason in new:
        move(store, action.id, state, reason=reason, by=agreed.by, at=at)
    return len(new) + (not known)


def reports() -> list[Said]:
    """Every report on a task, in the order in which they were made."""
    return sorted(_reports(), key=lambda said: said.at)


def _reports() -> Iterator[Said]:
    for plan, table in _file().items():
        for one in table.get("task", ()):
            for said in one["said"]:
                evidence = said.get("evidence", "")
                found = Report(
                    plan,
                    one["task"],
                    Progress(said["progress"]),
                    said.get("done"),
                    evidence and evidence + MARK,
                    said.get("note", ""),
                )
                yield Said(found, one["by"] + MARK, moment(said["day"], one["task"]))


def agreements(deployment: Deployment) -> list[Agreed]:
    """Every action for a plan of the deployment, in the order in which they were agreed."""
    found = [
        _agreed(deployment.plans[plan], one)
        for plan, table in _file().items()
        if plan in deployment.plans
        for one in table.get("action", ())
    ]
    return sorted(found, key=lambda agreed: agreed.at)


def _agreed(plan: Plan, one: dict[str, Any]) -> Agreed:
    target, what = one["target"], one["what"]
    indicator = plan.target(target).indicators[0]
    moves = tuple(
        (moment(m["day"], what), ActionState(m["state"]), m.get("reason", "")) for m in one["moves"]
    )
    own = Agreement(plan.id, target, indicator, one.get("unit"), what, one["owner"], one["due"])
    return Agreed(own, one["by"] + MARK, moment(one["agreed"], what), moves)


def moment(day: date, what: str) -> datetime:
    """Some minute of the office hours of that day in Vietnam, always the same; as UTC."""
    chance = Random(f"{SEED}:{day}:{what}")
    local = datetime.combine(day, time(chance.randint(8, 16), chance.randint(0, 59)))
    return local - timedelta(hours=HOURS_AHEAD)


def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
