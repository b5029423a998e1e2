"""The rows of a form: a figure, its course, the period before, now, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from etl.context import local, opened
from etl.doubts import Doubt
from etl.numbers import Absence
from etl.store.figures import Reported
from indicators.catalogue import Form, Quantity
from indicators.expect import Point
from indicators.formats import format_plain
from indicators.period import Period, period_label
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.html import e
from pages.parts.named import file_told, named
from pages.parts.quality.doubts import why
from pages.parts.tracks import course

Figures = dict[tuple[str, str], Reported]


@dataclass(frozen=True)
class Shown:
    """One form of one unit: its periods, oldest first, its figures, what is asked about them."""

    form: Form
    periods: Sequence[Period]
    figures: Figures
    doubts: Mapping[str, Doubt]
    with_source: bool

    def series(self, quantity: str) -> list[Reported | None]:
        """The figure in every period, None where nothing was said."""
        return [self.figures.get((period.code, quantity)) for period in self.periods]


def table(shown: Shown, language: str) -> str:
    """Every figure of the form."""
    quantities = opened().deployment.catalogue.quantities
    before = [period_label(p, language) for p in shown.periods[-2:-1]]
    course_text = say("unit.figures.course", language, count=len(shown.periods))
    texts = [say("unit.figures.quantity", language), course_text, *before]
    texts += [period_label(shown.periods[-1], language), say("unit.figures.note", language)]
    heads = "".join(f'<th scope="col">{e(text)}</th>' for text in texts)
    rows = "".join(_row(quantities[q], shown, language) for q in shown.form.quantities)
    return (
        '<div class="vd-wide"><table class="vd-sheet vd-reported"><thead><tr>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(quantity: Quantity, shown: Shown, language: str) -> str:
    name = quantity.name_vi if language == "vi" else quantity.name_en
    series = shown.series(quantity.id)
    cells = "".join(f"<td>{_value(figure, language)}</td>" for figure in series[-2:])
    line = course([Point(p, _number(f)) for p, f in zip(shown.periods, series, strict=True)])
    note = _note(series[-1], shown.doubts.get(quantity.id), language)
    source = _source(series[-1], language) if shown.with_source else ""
    return (
        f"<tr><td>{e(name)}<small>{e(unit_of(quantity, language))}</small></td>"
        f'<td class="vd-course">{line}</td>{cells}<td class="vd-source">{note}{source}</td></tr>'
    )


def _number(figure: Reported | None) -> Fraction | None:
    """What is drawn: nothing that happened is 0, what is not known is a gap."""
    if figure is None:
        return None
    if figure.absence is Absence.NIL:
        return Fraction(0)
    return Fraction(figure.value) if figure.value is not None else None


def _value(figure: Reported | None, language: str) -> str:
    if figure is None or figure.absence is Absence.NOT_AVAILABLE:
        return "…"
    if figure.absence is Absence.NIL:
        return f"-<small>{e(say('unit.figures.nil', language))}</small>"
    mark = f"<small>{e(say('unit.figures.estimate', language))}</small>" if figure.estimate else ""
    return f"<b>{e(format_plain(figure.value, language))}</b>{mark}"


def _note(figure: Reported | None, doubt: Doubt | None, language: str) -> str:
    """That it is missing, or what a rule asks about it."""
    if figure is None or figure.absence is Absence.NOT_AVAILABLE:
        return f'<b class="vd-missing">○ {e(say("unit.figures.missing", language))}</b>'
    if doubt is None:
        return ""
    key = "doubt" if doubt.asks else "unusual"
    kind = "vd-q-low" if doubt.asks else "vd-q-mid"
    word = e(say(f"unit.figures.{key}", language))
    return f'<b class="{kind}">? {word}</b><small>{e(why(doubt, language))}</small>'


def _source(figure: Reported | None, language: str) -> str:
    if figure is None:
        return ""
    day = f"{local(figure.received_at):%d/%m/%Y}"
    file, by = file_told(figure.file_name, language), named(figure.received_by, language)
    return f"{e(file)}<small>{e(by)} · {day}</small>"
