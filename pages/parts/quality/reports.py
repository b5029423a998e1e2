"""Who has not sent everything, and who sent late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.context import local, opened
from etl.looked import Looked
from etl.progress import Report
from indicators.formats import format_number
from indicators.text import say
from pages.parts.aside import YEAR
from pages.parts.html import e
from pages.parts.quality.words import card, folded, quiet, share_text, unit_link
from pages.parts.view import View

NAMED = 2  # forms named beside a unit


def missing_card(found: Looked, names: Mapping[str, str], view: View) -> str:
    """Units with reports missing, the longest overdue first."""
    missing = found.progress.missing
    items = [
        _missing(unit, [r for r in missing if r.unit == unit], names, view)
        for unit, _ in found.progress.overdue(view.today)
    ]
    inside = (
        folded(items, view.language) if items else quiet(say("quality.missing.none", view.language))
    )
    title = say("quality.missing.title", view.language)
    return card(title, share_text(found.shares["units"], view.language), inside)


def _missing(unit: str, reports: Sequence[Report], names: Mapping[str, str], view: View) -> str:
    language = view.language
    forms = "; ".join(form_name(r.form, language) for r in reports[:NAMED])
    forms += "; …" if len(reports) > NAMED else ""
    count = format_number(len(reports), 0, language)
    what = say("quality.missing.reports", language, count=count, forms=forms)
    when = _overdue(min(reports, key=lambda r: r.due), view)
    return f"<li>{unit_link(unit, names, view)} <em>{e(when)}</em><small>{e(what)}</small></li>"


def _overdue(report: Report, view: View) -> str:
    days = report.days_overdue(view.today)
    if days > YEAR:
        return say("quality.missing.overdue_long", view.language)
    if days:
        count = format_number(days, 0, view.language)
        return say("quality.missing.overdue", view.language, days=count)
    return say("quality.missing.waiting", view.language, due=f"{report.due:%d/%m/%Y}")


def late_card(found: Looked, names: Mapping[str, str], view: View) -> str:
    """Units that sent a report after its deadline, the latest first."""
    language = view.language
    items = [_late(report, names, view) for report in found.late]
    inside = folded(items, language) if items else quiet(say("quality.late.none", language))
    aside = share_text(found.shares["on_time"], language)
    return card(say("quality.late.title", language), aside, inside)


def _late(report: Report, names: Mapping[str, str], view: View) -> str:
    language = view.language
    days = say("quality.late.days", language, days=format_number(report.days_late, 0, language))
    received = f"{local(report.received):%d/%m/%Y}" if report.received else "…"
    what = say(
        "quality.late.form",
        language,
        form=form_name(report.form, language),
        due=f"{report.due:%d/%m/%Y}",
        received=received,
    )
    link = unit_link(report.unit, names, view)
    return f"<li>{link} <em>{e(days)}</em><small>{e(what)}</small></li>"


def form_name(form: str, language: str) -> str:
    """The name of a form in the language of the page."""
    known = opened().deployment.catalogue.forms[form]
    return known.name_vi if language == "vi" else known.name_en
