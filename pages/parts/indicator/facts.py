"""Single figures: what was written, in which cell of which file, sent by whom, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction

from etl.context import local
from etl.numbers import Absence
from etl.results import Source, Sources
from etl.store.revisions import Revision
from indicators.formats import format_plain
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.named import are_people_shown, file_told, named, words_told
from pages.parts.submit.originals import original_link


def total_of(facts: Iterable[Source]) -> Fraction:
    """The sum of the figures; what did not happen counts as none."""
    return sum((fact.value for fact in facts if fact.value is not None), Fraction(0))


def fact_rows(facts: Sequence[Source], found: Sources, names: dict[str, str], language: str) -> str:
    """One row a figure."""
    return "".join(fact_row(fact, found, names, language) for fact in facts)


def fact_row(fact: Source, found: Sources, names: dict[str, str], language: str) -> str:
    """Unit and period, the figure, its cell and sender; below, what it was before."""
    period = period_label(parse_period(fact.period), language)
    where = ", ".join(filter(None, (file_of(fact, language), e(place(fact, language)))))
    sender = named(fact.received_by, language)
    sent = say("explain.sent", language, sender=sender, moment=at(fact.received_at))
    sent += "; " + approved_text(fact, language)
    out = "" if fact.in_sum else f"<small>{e(say('explain.left_out', language))}</small>"
    return (
        f'<tr><th scope="row">{e(names[fact.unit])}<small>{e(period)}</small></th>'
        f"<td>{e(written(fact.value, fact.raw, language))}</td>"
        f'<td class="vd-left">{where}<small>{e(sent)}</small>{out}'
        f"{before(found.corrections.get(fact.cell, ()), language)}</td></tr>"
    )


def file_of(fact: Source, language: str) -> str:
    """The file: to whom may see who sent what it gives its bytes as they came."""
    are_given = are_people_shown() and fact.hash
    if are_given:
        return original_link(fact.file, fact.hash, language)
    return e(file_told(fact.file, language))


def approved_text(fact: Source, language: str) -> str:
    """Who approved it and when; that nobody did yet."""
    if fact.approved_at is None:
        return say("explain.not_approved", language)
    moment = at(fact.approved_at)
    return say("explain.approved", language, who=named(fact.approved_by, language), moment=moment)


def before(steps: Sequence[Revision], language: str) -> str:
    """Every value the figure had, oldest first; "" where it was never another."""
    if not steps:
        return ""
    items = "".join(f"<li>{e(step_text(step, language))}</li>" for step in steps)
    return f"<b class='vd-fixed'>{e(say('explain.corrected', language))}</b><ol>{items}</ol>"


def step_text(step: Revision, language: str) -> str:
    """One value: what, who, when, from which file, and whether it was taken back."""
    text = say(
        "explain.was",
        language,
        figure=stated(step, language),
        sender=named(step.received_by, language),
        moment=at(step.received_at),
        file=file_told(step.file, language),
    )
    if step.waits:
        return say("explain.waits", language, text=text)
    if step.taken_back_at is None:
        return text
    back = {
        "who": named(step.taken_back_by, language),
        "moment": at(step.taken_back_at),
        "reason": words_told(step.reason or "", language) or "…",
    }
    key = "explain.returned" if step.returned else "explain.taken_back"
    return say(key, language, text=text, **back)


def stated(step: Revision, language: str) -> str:
    """The value; the sign of an absence; that the form did not have it."""
    if step.value is not None:
        return format_plain(step.value, language)
    if step.absence is None:
        return say("explain.dropped", language)
    return "-" if step.absence is Absence.NIL else "…"


def at(moment: datetime) -> str:
    """A moment as the clock on the wall showed it."""
    return f"{local(moment):%H:%M %d/%m/%Y}"


def written(value: Fraction | None, raw: str, language: str) -> str:
    """The figure; where there is none, what stands in the cell."""
    return format_plain(value, language) if value is not None else raw or "…"


def place(fact: Source, language: str) -> str:
    """Sheet, row and column, as far as the file has them."""
    parts = (("sheet", fact.sheet), ("row", fact.row), ("column", fact.column))
    return ", ".join(f"{say(f'explain.{key}', language)} {at}" for key, at in parts if at)
