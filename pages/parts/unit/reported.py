"""A facility's own page: what it reported for the period, beside the period before."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local, opened
from etl.numbers import Absence
from etl.progress import Report
from etl.store.figures import Reported, reported_figures
from etl.template import reporting_periods
from indicators.catalogue import Form, Quantity
from indicators.formats import format_plain
from indicators.period import Period, parse_period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.view import View

Figures = dict[tuple[str, str], Reported]


def reported_card(reports: Sequence[Report], view: View) -> str:
    """One table for each form expected for the period; an honest sentence where nothing came."""
    language = view.language
    title = f"<h2>{e(say('unit.figures.title', language))}</h2>"
    if not reports:
        period = period_label(parse_period(view.period), language)
        text = e(say("unit.figures.no_form", language, period=period))
        return f'<section class="vd-card">{title}<p class="vd-quiet">{text}</p></section>'
    tables = "".join(_form(report, view) for report in reports)
    return f'<section class="vd-card">{title}{tables}{_links(view)}</section>'


def _form(report: Report, view: View) -> str:
    context, language = opened(), view.language
    form = context.deployment.catalogue.forms[report.form]
    name = form.name_vi if language == "vi" else form.name_en
    head = f"<h3>{e(name)} · {e(period_label(parse_period(report.period), language))}</h3>"
    if report.received is None:
        text = say("unit.figures.none", language, due=f"{report.due:%d/%m/%Y}")
        return f'{head}<p class="vd-quiet">{e(text)}</p>'
    before = previous_of(form, parse_period(report.period), view.unit)
    periods = [p for p in (before, report.period) if p]
    figures = reported_figures(context.store.cursor(), view.unit, periods)
    return head + _table(form, periods, figures, language)


def previous_of(form: Form, period: Period, unit: str) -> str | None:
    """The period of the same form just before, None where there was none."""
    years = range(period.year - 1, period.year + 1)
    found = reporting_periods(opened().deployment, unit, years)
    earlier = [p.code for p in found if p.kind is period.kind and p.sort_key < period.sort_key]
    return earlier[0] if earlier else None


def _table(form: Form, periods: Sequence[str], figures: Figures, language: str) -> str:
    quantities = opened().deployment.catalogue.quantities
    texts = [period_label(parse_period(code), language) for code in periods]
    one = only_source([f for (code, _), f in figures.items() if code == periods[-1]])
    last = [] if one else [say("unit.figures.source", language)]
    heads = "".join(
        f'<th scope="col">{e(t)}</th>'
        for t in (say("unit.figures.quantity", language), *texts, *last)
    )
    rows = "".join(
        _row(quantities[q], periods, figures, language, with_source=not one)
        for q in form.quantities
    )
    return (
        f'<div class="vd-wide"><table class="vd-sheet vd-reported"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_one_source(one, language)}"
    )


def only_source(figures: Sequence[Reported]) -> Reported | None:
    """Any of the figures when all came in the same file, else None."""
    sources = {(f.file_name, f.received_by, f.received_at) for f in figures}
    return figures[0] if len(sources) == 1 else None


def _one_source(figure: Reported | None, language: str) -> str:
    if figure is None:
        return ""
    text = say(
        "unit.figures.one_source",
        language,
        file=figure.file_name,
        by=figure.received_by,
        day=f"{local(figure.received_at):%d/%m/%Y}",
    )
    return f'<p class="vd-quiet">{e(text)}</p>'


def _row(
    quantity: Quantity,
    periods: Sequence[str],
    figures: Figures,
    language: str,
    *,
    with_source: bool,
) -> str:
    name = quantity.name_vi if language == "vi" else quantity.name_en
    found = [figures.get((code, quantity.id)) for code in periods]
    cells = "".join(f"<td>{_value(figure, language)}</td>" for figure in found)
    last = found[-1]
    source = "" if last is None else _source(last)
    cells += f'<td class="vd-source">{source}</td>' if with_source else ""
    measure = quantity.unit_of_measure if language == "vi" else quantity.unit_of_measure_en
    return f"<tr><td>{e(name)}<small>{e(measure)}</small></td>{cells}</tr>"


def _value(figure: Reported | None, language: str) -> str:
    if figure is None or figure.absence is Absence.NOT_AVAILABLE:
        return "…"
    if figure.absence is Absence.NIL:
        return f"-<small>{e(say('unit.figures.nil', language))}</small>"
    mark = f"<small>{e(say('unit.figures.estimate', language))}</small>" if figure.estimate else ""
    return f"<b>{e(format_plain(figure.value, language))}</b>{mark}"


def _source(figure: Reported) -> str:
    day = f"{local(figure.received_at):%d/%m/%Y}"
    return f"{e(figure.file_name)}<small>{e(figure.received_by)} · {day}</small>"


def _links(view: View) -> str:
    history = e(view.link("/nop-so-lieu", period=""))
    text = e(say("unit.figures.history", view.language))
    return f'<div class="vd-links"><a class="vd-chip" href="{history}">{text}</a></div>'
