"""The answer to each resource, made by the functions that also serve pages and commands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.api.asked import Asked
from etl.commands.actions import document_of as action_document
from etl.commands.answer import number
from etl.commands.judged import part_row
from etl.commands.plan_document import plan_document
from etl.commands.tasks import document_of as task_document
from etl.simulated import is_simulated
from etl.store.actions import actions as actions_known
from etl.store.facts import Fact, Which, count_facts, periods_held
from etl.store.facts import facts as facts_known
from etl.store.lineage import lineage
from etl.store.tasks import in_force
from indicators.actions import in_order
from indicators.dhis2 import period_to
from indicators.formula import formula
from indicators.period import parse_period, period_label
from indicators.tasks import standings

Row = dict[str, Any]
NESTED = ("targets", "tasks", "reporting", "goals", "units")  # of a plan; each has its own address


@dataclass(frozen=True)
class Answered:
    """The rows, how many there are in all, and a document around them where there is one."""

    rows: list[Row]
    total: int
    around: Row | None = None


def all_of(rows: list[Row]) -> Answered:
    """Every row at once."""
    return Answered(rows, len(rows))


def plans(asked: Asked) -> Answered:
    """The plans without what stands in them."""
    found = asked.opened.deployment.plans.values()
    documents = [plan_document(plan, asked.opened.deployment) for plan in found]
    return all_of([{k: v for k, v in d.items() if k not in NESTED} for d in documents])


def targets(asked: Asked) -> Answered:
    """The targets of a plan."""
    plan = asked.the_plan
    document = plan_document(plan, asked.opened.deployment)
    return all_of([{"plan": plan.id, **target} for target in document["targets"]])


def units(asked: Asked) -> Answered:
    """The units valid at the end of a period (else on the day), below a unit where one is named."""
    day = asked.today if asked.period is None else asked.period.end
    tree = asked.opened.deployment.units.at(day)
    found = tree.within(asked.unit) if asked.unit else tree.units.values()
    rows = [
        {
            "id": unit.id,
            "kind": unit.kind,
            "name": unit.name,
            "short_name": unit.short_name,
            "parent": unit.parent,
            "professional_parent": unit.professional_parent,
            "codes": {system: code for system, code in unit.codes},
            "on": day.isoformat(),
        }
        for unit in found
    ]
    return all_of(rows)


def periods(asked: Asked) -> Answered:
    """The periods for which anything was reported."""
    held = periods_held(asked.opened.store.cursor(), asked.known_on)
    ordered = sorted((parse_period(code) for code in held), key=lambda p: p.sort_key)
    rows = [
        {
            "id": period.code,
            "kind": str(period.kind),
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "label_vi": period_label(period),
            "label_en": period_label(period, "en"),
            "dhis2": period_to(period),
            "reports": held[period.code],
        }
        for period in ordered
    ]
    return all_of(rows)


def indicators(asked: Asked) -> Answered:
    """The definitions of the catalogue."""
    catalogue = asked.opened.deployment.catalogue
    rows = [
        {
            "id": each.id,
            "name_vi": each.name_vi,
            "name_en": each.name_en,
            "kind": str(each.kind),
            "unit_of_measure": each.unit_of_measure,
            "unit_of_measure_en": each.unit_of_measure_en,
            "decimals": each.decimals,
            "polarity": str(each.polarity),
            "definition_vi": each.definition_vi,
            "definition_en": each.definition_en,
            "formula_vi": formula(each, catalogue),
            "numerator": list(each.numerator),
            "denominator": list(each.denominator),
            "factor": each.factor,
            "legal_basis": each.legal_basis,
            "version": each.version,
        }
        for each in catalogue.indicators.values()
    ]
    return all_of(rows)


def quantities(asked: Asked) -> Answered:
    """What units report."""
    rows = [
        {
            "id": each.id,
            "name_vi": each.name_vi,
            "name_en": each.name_en,
            "unit_of_measure": each.unit_of_measure,
            "unit_of_measure_en": each.unit_of_measure_en,
            "behaviour": str(each.behaviour),
            "whole_number": each.whole_number,
            "reported_by": list(each.reported_by),
        }
        for each in asked.opened.deployment.catalogue.quantities.values()
    ]
    return all_of(rows)


def verdicts(asked: Asked) -> Answered:
    """A page of the rows of the command ``verdicts``, from what the pages show."""
    opened, plan, period = asked.opened, asked.the_plan, asked.the_period
    scope, picture = asked.unit or plan.unit, asked.assessed(asked)
    parts = [(part, whole) for whole in picture.assessments for part in (whole, *whole.units)]
    inside = [unit.id for unit in opened.deployment.units.at(period.end).within(scope)]
    simulated = is_simulated(opened.store.cursor(), opened.deployment, inside, asked.moment)
    around = {"plan": plan.id, "unit": scope}
    rows = [
        {**around, **part_row(part, whole, picture.assessor), "simulated": simulated}
        for part, whole in parts[asked.offset : asked.offset + asked.limit]
    ]
    return Answered(rows, len(parts))


def facts(asked: Asked) -> Answered:
    """A page of the current figures, with the cell of each."""
    which = Which(
        _below(asked),
        None if asked.period is None else asked.period.code,
        asked.quantity,
        asked.known_on,
    )
    cur = asked.opened.store.cursor()
    found = facts_known(cur, which, limit=asked.limit, offset=asked.offset)
    every = asked.opened.deployment.settings.simulated
    return Answered([_fact(fact, every=every) for fact in found], count_facts(cur, which))


def _below(asked: Asked) -> list[str] | None:
    """The unit and what stands below it in the period (else on any day); None for every unit."""
    if asked.unit is None:
        return None
    registry = asked.opened.deployment.units
    days = [asked.period.end] if asked.period else [date.min, *registry.changes]
    inside = {unit.id for day in days for unit in registry.at(day).within(asked.unit)}
    return sorted({asked.unit, *inside})


def _fact(fact: Fact, *, every: bool) -> Row:
    """A figure; ``every``: all there are here are simulated."""
    return {
        **vars(fact),
        "value": number(fact.value),
        "absence": fact.absence,
        "simulated": fact.simulated or every,
        "received_at": fact.received_at.isoformat(timespec="seconds") + "Z",
    }


def explain(asked: Asked) -> Answered:
    """The document of the command ``explain``; its figures are the rows."""
    opened = asked.opened
    found = lineage(
        opened.store.cursor(),
        opened.deployment,
        str(asked.indicator),
        str(asked.unit),
        asked.the_period,
        known_on=asked.known_on,
    )
    rows = found.pop("facts")
    return Answered(rows, len(rows), found)


def tasks(asked: Asked) -> Answered:
    """The rows of the command ``tasks``."""
    plan = asked.the_plan
    known = in_force(asked.opened.store.cursor(), plan.id, asked.known_on)
    found = standings(plan, known, asked.today)
    return all_of([{"plan": plan.id, **task_document(standing)} for standing in found])


def actions(asked: Asked) -> Answered:
    """The rows of the command ``action list``."""
    plan = None if asked.plan is None else asked.plan.id
    found = actions_known(asked.opened.store.cursor(), plan, asked.known_on)
    ordered = in_order(found, asked.today)
    return all_of([{**action_document(a), "days_late": a.days_late(asked.today)} for a in ordered])


def any_simulated(asked: Asked) -> bool:
    """Whether any figure in the database is, or then was, simulated."""
    opened = asked.opened
    return is_simulated(opened.store.cursor(), opened.deployment, known_on=asked.moment)
