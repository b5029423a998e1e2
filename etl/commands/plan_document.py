"""A plan as one JSON document, with the keys that automation relies on."""

from typing import Any

from etl.commands.answer import number
from indicators.catalogue import Indicator
from indicators.deployment import Deployment
from indicators.due import due_of
from indicators.period import Period
from indicators.plan_reading import is_interpolated, test_of
from indicators.plans import (
    Plan,
    ReportingRule,
    Target,
    Task,
)
from indicators.target_words import target_text


def plan_document(plan: Plan, deployment: Deployment) -> dict[str, Any]:
    """The plan with its targets, tasks, reporting rules, goals and the units it names."""
    return {
        "id": plan.id,
        "name_vi": plan.name_vi,
        "document": plan.document,
        "issuer": plan.issuer,
        "unit": plan.unit,
        "period": plan.period,
        "targets": [_target(target, plan, deployment) for target in plan.targets],
        "tasks": [_task(task, plan) for task in plan.tasks],
        "reporting": [_rule(rule, plan, deployment) for rule in plan.reporting],
        "goals": [vars(goal) for goal in plan.goals],
        "units": [
            {"id": unit, "name_vi": deployment.units.latest_names[unit].name} for unit in plan.units
        ],
        "note": plan.note,
    }


def _target(target: Target, plan: Plan, deployment: Deployment) -> dict[str, Any]:
    indicator = deployment.catalogue.indicators[target.indicator]
    return {
        **_asked(target, indicator),
        "section": target.section,
        "as_written": target.as_written,
        "scope": scope_of(target),
        "each": list(target.each),
        "unit": target.unit or plan.unit,
        "sites": list(target.sites),
        "path": str(target.path),
        "is_interpolated": is_interpolated(target, plan),
        "deadline": plan.deadline(target).code,
        "baseline": number(target.baseline),
        "baseline_period": plan.start(target).code,
        "also": [
            {
                **_asked(part, deployment.catalogue.indicators[part.indicator]),
                "role": str(also.role),
            }
            for also, part in zip(target.also, target.measures[1:], strict=True)
        ],
        "unless": _unless(target),
        "condition_vi": target.condition_vi,
        "superior": None
        if target.superior is None
        else {**vars(target.superior), "value": number(target.superior.value)},
        "headline": target.headline,
        "note": target.note,
    }


def _asked(target: Target, indicator: Indicator) -> dict[str, Any]:
    """What is compared with what: of the target, and of each further measure."""
    condition = indicator.condition
    return {
        "id": target.id,
        "name_vi": target.name_vi,
        "indicator": target.indicator,
        "comparator": str(target.comparator),
        "read_as": str(test_of(target, indicator)),
        "value": number(target.value),
        "target_vi": target_text(target, indicator),
        "unit_of_measure": target.unit_of_measure,
        "nested": None
        if condition is None
        else {**vars(condition), "counted": indicator.counted, "value": number(condition.value)},
    }


def _unless(target: Target) -> dict[str, Any] | None:
    if target.unless is None:
        return None
    return {**vars(target.unless), "value": number(target.unless.value)}


def scope_of(target: Target) -> str:
    """Of whom it is asked: "whole", kinds of unit, one unit, or named units."""
    named = ", ".join(target.each or target.sites)
    return named or target.unit or "whole"


def _task(task: Task, plan: Plan) -> dict[str, Any]:
    due = plan.due(task)
    return {
        "id": task.id,
        "title_vi": task.title_vi,
        "section": task.section,
        "deadline": task.deadline,
        "due": None if due is None else due.isoformat(),
        "lead": task.lead,
        "support": list(task.support),
        "executing": list(task.executing),
        "sites": list(task.sites),
        "units": list(task.units),
        "target": task.target,
        "note": task.note,
    }


def _rule(rule: ReportingRule, plan: Plan, deployment: Deployment) -> dict[str, Any]:
    """A rule as written and as read, with the deadline of every period of the plan's years."""
    periods = rule.periods_in(plan.first_year, plan.last_year)
    return {
        "id": rule.id,
        **vars(rule),
        "due": [_due(rule, period, deployment) for period in periods],
    }


def _due(rule: ReportingRule, period: Period, deployment: Deployment) -> dict[str, Any]:
    """The period and the last day on time: null where the document gives no day."""
    due = due_of(rule, period, deployment.catalogue)
    return {
        "period": period.code,
        "due": None if due is None else due.day.isoformat(),
        "provisional": due is not None and due.provisional,
    }
