"""Who has not sent everything, and who sent late."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local
from etl.looked import Looked
from etl.progress import Report
from indicators.formats import format_number
from indicators.report.times import YEAR
from indicators.text import say
from pages.parts.html import e
from pages.parts.quality.words import Scene, card, folded, quiet, share_text, unit_link
from pages.parts.take.menu import take

NAMED = 2  # forms named beside a unit


def missing_card(found: Looked, scene: Scene) -> str:
    """Units with reports missing, the longest overdue first."""
    missing = found.progress.missing
    items = [
        _missing(unit, [r for r in missing if r.unit == unit], scene)
        for unit, _ in found.progress.overdue(scene.view.today)
    ]
    inside = (
        folded(items, scene.language)
        if items
        else quiet(say("quality.missing.none", scene.language))
    )
    title = say("quality.missing.title", scene.language)
    menu = take("missing", title, scene.view) if items else ""
    return card(title, share_text(found.shares["units"], scene.language), inside, menu)


def _missing(unit: str, reports: Sequence[Report], scene: Scene) -> str:
    language = scene.language
    forms = "; ".join(form_name(r.form, scene) for r in reports[:NAMED])
    forms += "; …" if len(reports) > NAMED else ""
    count = format_number(len(reports), 0, language)
    what = say("quality.missing.reports", language, count=count, forms=forms)
    when = _overdue(min(reports, key=lambda r: r.due), scene)
    return f"<li>{unit_link(unit, scene)} <em>{e(when)}</em><small>{e(what)}</small></li>"


def _overdue(report: Report, scene: Scene) -> str:
    days = report.days_overdue(scene.view.today)
    if days > YEAR:
        return say("quality.missing.overdue_long", scene.language)
    if days:
        count = format_number(days, 0, scene.language)
        return say("quality.missing.overdue", scene.language, days=count)
    return say("quality.missing.waiting", scene.language, due=f"{report.due:%d/%m/%Y}")


def late_card(found: Looked, scene: Scene) -> str:
    """Units that sent a report after its deadline, the latest first."""
    language = scene.language
    items = [_late(report, scene) for report in found.late]
    inside = folded(items, language) if items else quiet(say("quality.late.none", language))
    aside = share_text(found.shares["on_time"], language)
    title = say("quality.late.title", language)
    menu = take("late", title, scene.view) if items else ""
    return card(title, aside, inside, menu)


def _late(report: Report, scene: Scene) -> str:
    language = scene.language
    days = say("quality.late.days", language, days=format_number(report.days_late, 0, language))
    received = f"{local(report.received):%d/%m/%Y}" if report.received else "…"
    what = say(
        "quality.late.form",
        language,
        form=form_name(report.form, scene),
        due=f"{report.due:%d/%m/%Y}",
        received=received,
    )
    link = unit_link(report.unit, scene)
    return f"<li>{link} <em>{e(days)}</em><small>{e(what)}</small></li>"


def form_name(form: str, scene: Scene) -> str:
    """The name of a form in the language of the page."""
    known = scene.catalogue.forms[form]
    return known.name_vi if scene.language == "vi" else known.name_en
