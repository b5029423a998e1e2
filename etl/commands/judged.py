"""``plans``, ``verdicts``, ``explain`` and ``check``: what is asked, how it stands, and why."""

import os
from typing import Any

from etl import context
from etl.commands.answer import (
    Answer,
    Misuse,
    basis_of,
    day_looked_from,
    deployment_asked,
    number,
    period_of,
    plan_of,
    unit_of,
)
from etl.commands.evidence_row import evidence_row
from etl.commands.plan_document import plan_document
from etl.results import assessor
from etl.simulated import is_simulated
from etl.store.current import whatever_came
from etl.store.lineage import lineage
from etl.web import place_of
from indicators.assess import Assessment, Assessor
from indicators.deployment import load_deployment
from indicators.evidence import evidence
from indicators.sentence import why
from indicators.target_words import target_text


def check(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Validate catalogue, plans and units; needs no database. All errors at once."""
    deployment = load_deployment(place_of(os.environ).data)
    catalogue = deployment.catalogue
    return Answer(
        0,
        {
            "ok": True,
            "errors": [],
            "quantities": len(catalogue.quantities),
            "indicators": len(catalogue.indicators),
            "forms": len(catalogue.forms),
            "plans": len(deployment.plans),
            "targets": sum(len(plan.targets) for plan in deployment.plans.values()),
            "units": len(deployment.units.ids),
        },
    )


def plans(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every plan as data; no database is needed for today."""
    deployment = deployment_asked(arguments)
    return Answer(0, [plan_document(plan, deployment) for plan in deployment.plans.values()])


def verdicts(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """One row per target, and per unit where the target says "each"."""
    opened = context.opened()
    plan = plan_of(opened, str(arguments["plan"]))
    period = period_of(str(arguments["period"]))
    scope = unit_of(opened, str(arguments.get("unit") or plan.unit))
    known_on = basis_of(arguments)
    with_cursor = assessor(
        opened.store.cursor,
        opened.deployment,
        plan,
        period,
        scope=scope,
        today=day_looked_from(arguments),
        known_on=known_on,
    )
    inside = [unit.id for unit in opened.deployment.units.at(period.end).within(scope)]
    cur, moment = opened.store.cursor(), whatever_came(known_on)
    simulated = is_simulated(cur, opened.deployment, inside, moment)
    rows = [
        {**row, "simulated": simulated}
        for a in with_cursor.assess_all()
        for row in rows_of(a, with_cursor)
    ]
    return Answer(0, rows)


def rows_of(a: Assessment, asked: Assessor) -> list[dict[str, Any]]:
    """An assessment as JSON rows: the target, then each unit of an "every unit" target."""
    return [part_row(part, a, asked) for part in (a, *a.units)]


def part_row(part: Assessment, whole: Assessment, asked: Assessor) -> dict[str, Any]:
    """One of these rows; that of a unit names the kinds of unit the target is set for."""
    row = row_of(part, asked)
    return row if part is whole else {**row, "each_of": ", ".join(whole.target.each)}


def row_of(a: Assessment, asked: Assessor) -> dict[str, Any]:
    """One assessment as one flat row; absent is null."""
    coverage, measure = a.measure.coverage, a.measure
    bounds, projection = measure.bounds, a.projection
    return {
        "target": a.target.id,
        "name_vi": a.target.name_vi,
        "indicator": a.indicator.id,
        "scope": a.scope,
        "period": a.period.code,
        "section": a.target.section,
        "comparator": str(a.target.comparator),
        "test": str(a.test),
        "target_value": None if a.rule is None else number(a.rule.value),
        "target_vi": target_text(a.target, a.indicator),
        "unit_of_measure": a.indicator.unit_of_measure,
        "numerator": None if measure.numerator is None else float(measure.numerator),
        "denominator": None if measure.denominator is None else float(measure.denominator),
        "value": number(measure.value),
        "expected_now": number(a.standing.expected),
        "verdict": str(a.verdict),
        "final": a.standing.final,
        "why_vi": why(a, asked.deployment.catalogue),
        "why_en": why(a, asked.deployment.catalogue, "en"),
        "coverage": {
            "expected": len(coverage.expected),
            "reported": len(coverage.reported),
            "missing": list(coverage.missing),
            "share": number(coverage.share),
        },
        "bounds": None
        if bounds is None
        else {"low": number(bounds.low), "high": number(bounds.high)},
        "missing_periods": list(measure.missing_periods),
        "estimated": measure.estimated,
        "difference": number(a.difference),
        "gap": number(a.gap),
        "gap_unit": a.indicator.gap_unit,
        "baseline": None if a.baseline is None else number(a.baseline.value),
        "last_year": number(a.last_year),
        "projection": None
        if projection is None
        else {
            "value": number(projection.value),
            "low": number(projection.low),
            "high": number(projection.high),
            "pace": number(projection.pace),
            "required_pace": number(projection.required),
        },
        "getting_worse": a.is_getting_worse,
        "due": a.due.isoformat() if a.due else None,
        "evidence": evidence_row(evidence(a, asked)),
        "also": [row_of(part, asked) for part in a.also],
    }


def explain(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The lineage of one number: formula, parts, units, file, sheet, row, column, sender."""
    opened = context.opened()
    name = str(arguments["indicator"])
    if name not in opened.deployment.catalogue.indicators:
        known = ", ".join(opened.deployment.catalogue.indicators)
        raise Misuse(f"Không có chỉ tiêu «{name}»; hiện có: {known}.")
    period = period_of(str(arguments["period"]))
    scope = unit_of(opened, str(arguments["unit"]))
    known_on = basis_of(arguments)
    found = lineage(
        opened.store.cursor(), opened.deployment, name, scope, period, known_on=known_on
    )
    return Answer(0, found)
