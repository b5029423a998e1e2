"""``reports``: what every unit owes on a day, and what it has sent."""

from datetime import date
from typing import Any

from etl import context
from etl.commands.answer import Answer, unit_of
from etl.commands.days import day_asked
from etl.reports import reports_on
from indicators.deployment import Deployment
from indicators.period import period_label
from indicators.reporting import DueReport, report_text, summary_text
from indicators.text import say


def reports(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """One row per unit, form (or reporting rule) and period, as known at the end of the day.

    ``as_known_on`` names the moment of the day instead.

    Of the unit asked for and all below it; else of the unit whose plan the first screen shows.
    """
    today, known_on = day_asked(arguments)
    opened = context.opened()
    settings, plans = opened.deployment.settings, opened.deployment.plans
    scope = unit_of(opened, str(arguments.get("unit") or plans[settings.default_plan].unit))
    found = reports_on(opened.store.cursor(), opened.deployment, today, scope, known_on)
    return Answer(
        0,
        {
            "on": today.isoformat(),
            "unit": scope,
            "summary_vi": summary_text(found, today),
            "summary_en": summary_text(found, today, "en"),
            "reports": [row_of(report, today, opened.deployment) for report in found],
        },
    )


def row_of(report: DueReport, today: date, deployment: Deployment) -> dict[str, Any]:
    """One report as one flat row; absent is null."""
    first, last = report.window
    return {
        "unit": report.unit,
        "unit_name": deployment.units.latest_names[report.unit].name,
        "form": report.form,
        "plan": report.plan,
        "rule": report.rule,
        "name_vi": name_of(report, deployment),
        "name_en": name_of(report, deployment, "en"),
        "period": report.period.code,
        "period_vi": period_label(report.period),
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "due": report.due.day.isoformat() if report.due else None,
        "provisional": report.due is not None and report.due.provisional,
        "state": str(report.state(today)),
        "days": report.days(today),
        "received": report.received.isoformat() if report.received else None,
        "returned": report.returned.isoformat() if report.returned else None,
        "tracked": report.is_tracked,
        "text_vi": report_text(report, today),
        "text_en": report_text(report, today, "en"),
    }


def name_of(report: DueReport, deployment: Deployment, language: str = "vi") -> str:
    """The form; or the plan and the section that asks for the report."""
    if report.form is not None:
        form = deployment.catalogue.forms[report.form]
        return form.name_vi if language == "vi" else form.name_en
    plan = deployment.plans[report.plan or ""]
    rule = next(rule for rule in plan.reporting if rule.id == report.rule)
    return say("reports.rule", language, plan=plan.short_vi, section=rule.section)
