"""A facility's own page: what it reported, the course of each figure, what is missing or odd."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local, opened
from etl.progress import Report
from etl.store.figures import Reported, reported_figures
from etl.template import reporting_periods
from indicators.catalogue import Form
from indicators.formats import format_number
from indicators.period import LENGTH, Period, parse_period, period_label
from indicators.text import say, upper_first
from pages.parts.html import e
from pages.parts.kept import kept_for_all
from pages.parts.named import file_told, named
from pages.parts.quality.data import quality_of
from pages.parts.take.menu import take
from pages.parts.unit.figures import Figures, Shown, table
from pages.parts.view import View

PERIODS = 8  # of each figure, its course


def reported_card(reports: Sequence[Report], view: View) -> str:
    """One table for each form expected for the period; an honest sentence where nothing came."""
    language = view.language
    title = f"<h2>{e(say('unit.figures.title', language))}</h2>"
    if not reports:
        period = period_label(parse_period(view.period), language)
        text = e(say("unit.figures.no_form", language, period=period))
        return f'<section class="vd-card">{title}<p class="vd-quiet">{text}</p></section>'
    tables = "".join(_form(report, view) for report in reports)
    menu = take("reported", say("unit.figures.title", language), view)
    return f'<section class="vd-card">{title}{menu}{tables}</section>'


def _form(report: Report, view: View) -> str:
    language = view.language
    form = opened().deployment.catalogue.forms[report.form]
    period = parse_period(report.period)
    name = form.name_vi if language == "vi" else form.name_en
    head = f"<h3>{e(name)} · {e(period_label(period, language))}</h3>"
    if report.received is None:
        text = say("unit.figures.none", language, due=f"{report.due:%d/%m/%Y}")
        return f'{head}<p class="vd-quiet">{e(text)}</p>'
    periods = [*earlier_of(form, period, view.unit), period]
    figures = figures_of(view, periods)
    told = [p for p in periods if any((p.code, q) in figures for q in form.quantities)]
    periods = [p for p in periods if not told or p.sort_key >= told[0].sort_key]
    source = only_source([figures.get((period.code, q)) for q in form.quantities])
    doubts = {
        d.quantity: d
        for d in quality_of(view).doubts
        if d.unit == view.unit and d.period == period.code
    }
    shown = Shown(form, periods, figures, doubts, with_source=source is None)
    return f"{head}{_arrival(report, source, language)}{table(shown, language)}"


def figures_of(view: View, periods: Sequence[Period]) -> Figures:
    """What the unit reported for some periods, as known at the moment of the view."""
    codes = [period.code for period in periods]
    key = ("reported", view.unit, *codes, view.basis)
    store = opened().store
    return kept_for_all(
        key, lambda: reported_figures(store.cursor(), view.unit, codes, view.known_on)
    )


def earlier_of(form: Form, period: Period, unit: str) -> list[Period]:
    """The periods of the same form before, oldest first, at most seven."""
    back = PERIODS * LENGTH[form.frequency] // 12 + 1
    years = range(period.year - back, period.year + 1)
    found = [
        p
        for p in reporting_periods(opened().deployment, unit, years)
        if p.kind is form.frequency and p.sort_key < period.sort_key
    ]
    return found[: PERIODS - 1][::-1]


def only_source(figures: Sequence[Reported | None]) -> Reported | None:
    """Any of the figures when all came in the same file, else None."""
    known = [f for f in figures if f is not None]
    sources = {(f.file_name, f.received_by, f.received_at) for f in known}
    return known[0] if len(sources) == 1 else None


def _arrival(report: Report, source: Reported | None, language: str) -> str:
    """On time or how late, and the file where it is the same for all."""
    days = format_number(report.days_late, 0, language)
    texts = [say(f"unit.parts.{'late' if report.days_late else 'on_time'}", language, days=days)]
    if source is not None:
        day = f"{local(source.received_at):%d/%m/%Y}"
        text = say(
            "unit.figures.one_source",
            language,
            file=file_told(source.file_name, language),
            by=named(source.received_by, language),
            day=day,
        )
        texts.append(text)
    state = upper_first(texts[0])
    return f'<p class="vd-quiet">{e(". ".join([state, *texts[1:]]))}</p>'
