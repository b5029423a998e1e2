"""Reports as rows: whose, for when, from whom, why, and what differs from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from etl.context import local, opened
from etl.numbers import Absence
from etl.store.again import Again
from etl.store.awaiting import Difference, Sent
from indicators.formats import format_number, format_plain
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.approval.data import Situation, differences_of, warned_of
from pages.parts.html import e
from pages.parts.names import names_of
from pages.parts.view import View, address

PATH = "/phe-duyet"
INLINE = 4  # differences shown before the report is opened


def report_rows(
    found: Sequence[Sent], situation: Situation, view: View, *, is_open: bool = False
) -> str:
    """One block a report; an open one shows every figure that differs and every warning."""
    return "".join(_report(sent, situation, view, is_open=is_open) for sent in found)


def _report(sent: Sent, situation: Situation, view: View, *, is_open: bool) -> str:
    language = view.language
    late = situation.days_late(sent)
    parts = [_head(sent, view, is_open=is_open), f"<p>{e(_sent_text(sent, late, language))}</p>"]
    if sent.is_change and sent.reason:
        parts.append(f"<p>{e(say('approval.why', language, reason=sent.reason))}</p>")
    again = situation.again.get(sent.id)
    if again:
        # The table below has the figures where it is beside the same one.
        in_table = again.base == sent.base if sent.is_change else is_open
        parts.append(_returned(again, language, with_figures=not in_table))
    if sent.is_change or is_open:
        parts.append(_differences(sent, again, language, limit=None if is_open else INLINE))
    if sent.warnings:
        parts.append(_warnings(sent, language, is_open=is_open))
    return f'<div class="vd-sent">{"".join(parts)}</div>'


def _head(sent: Sent, view: View, *, is_open: bool) -> str:
    language = view.language
    form = opened().deployment.catalogue.forms[sent.form]
    period = parse_period(sent.period)
    name = names_of(opened().deployment, period).get(sent.unit, sent.unit)
    unit = f'<a href="{e(view.link("/don-vi", unit=sent.unit))}">{e(name)}</a>'
    what = (
        f"{form.name_vi if language == 'vi' else form.name_en} · {period_label(period, language)}"
    )
    there = address(PATH, report="" if is_open else str(sent.id))
    word = say("approval.fold" if is_open else "approval.look", language)
    link = f'<a class="vd-chip" href="{e(there)}">{e(word)}</a>'
    return f"<h3>{unit} <small>{e(what)}</small>{link}</h3>"


def _sent_text(sent: Sent, late: int, language: str) -> str:
    """When, by whom, how many figures, how late."""
    facts = {
        "moment": f"{local(sent.received_at):%H:%M %d/%m/%Y}",
        "by": sent.received_by,
        "file": sent.file,
        "count": format_number(sent.figures, 0, language),
    }
    text = say("approval.sent", language, **facts)
    days = format_number(late, 0, language)
    return f"{text}; {say('approval.late', language, days=days)}" if late else text


def _returned(again: Again, language: str, *, with_figures: bool) -> str:
    """Why the report had come back, and what differs now; the figures too where no table has them."""
    facts = {"by": again.off.by, "moment": f"{local(again.off.at):%H:%M %d/%m/%Y}"}
    before = say("approval.came_back", language, **facts, reason=again.off.reason or "…")
    count = format_number(len(again.differences), 0, language)
    what = say(f"approval.again_{'other' if again.differences else 'same'}", language, count=count)
    if with_figures and again.differences:
        what = f"{what} {figures_text(again.differences, language)}"
    return f'<p class="vd-again">{e(before)}<br><b>{e(what)}</b></p>'


def _beside(sent: Sent, again: Again | None) -> list[Difference]:
    """The rows of the table: beside what was approved, else what was returned, else all alone."""
    found = differences_of(sent)
    if sent.is_change or again is None:
        return found
    other = {d.quantity for d in again.differences}
    same = [d for d in found if d.quantity not in other]
    return [
        *again.differences,
        *(replace(d, old=d.new, old_absence=d.new_absence, in_old=True) for d in same),
    ]


def _differences(sent: Sent, again: Again | None, language: str, *, limit: int | None) -> str:
    found, with_old = _beside(sent, again), sent.is_change or again is not None
    if not found:
        return ""
    shown = found if limit is None else found[:limit]
    rows = "".join(_difference(d, language, with_old=with_old) for d in shown)
    rest = len(found) - len(shown)
    count = format_number(rest, 0, language)
    more = f"<p>{e(say('approval.more_differences', language, count=count))}</p>" if rest else ""
    old = "old" if sent.is_change else "returned"
    heads = ("quantity", old, "new") if with_old else ("quantity", "value")
    head = "".join(
        f"<th{'' if h == 'quantity' else ' class=vd-num'}>{e(say(f'approval.col.{h}', language))}</th>"
        for h in heads
    )
    return (
        f'<table class="vd-table vd-differences"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}"
    )


def _difference(found: Difference, language: str, *, with_old: bool) -> str:
    quantity = opened().deployment.catalogue.quantities[found.quantity]
    name = quantity.name_vi if language == "vi" else quantity.name_en
    old = number_text(found.old, found.old_absence, language, is_there=found.in_old)
    new = number_text(found.new, found.new_absence, language, is_there=found.in_new)
    before = f'<td class="vd-num">{e(old)}</td>' if with_old else ""
    is_same = (found.old, found.old_absence) == (found.new, found.new_absence)
    after = e(new) if is_same else f"<b>{e(new)}</b>"
    return f'<tr><th scope="row">{e(name)}</th>{before}<td class="vd-num">{after}</td></tr>'


def number_text(
    value: Decimal | None, absence: Absence | None, language: str, *, is_there: bool
) -> str:
    """The figure as it was sent, or why there is none."""
    if value is None:
        return absence_text(absence, language, is_there=is_there)
    return format_plain(value, language)


def absence_text(absence: Absence | None, language: str, *, is_there: bool) -> str:
    """The sign with which it was sent; a cell that is not in the form says so."""
    if not is_there:
        return say("approval.no_cell", language)
    return "-" if absence is Absence.NIL else "…"


def _warnings(sent: Sent, language: str, *, is_open: bool) -> str:
    """How many warnings, or each with its reason."""
    if not is_open:
        count = format_number(sent.warnings, 0, language)
        return f'<p class="vd-warned">{e(say("approval.warnings", language, count=count))}</p>'
    lines = "".join(
        f"<li>{e(sentence)} <small>{e(say('approval.given', language, reason=reason or '…'))}</small></li>"
        for _, sentence, reason in warned_of(sent)
    )
    return f'<ul class="vd-warned" lang="vi">{lines}</ul>'


def differences_text(sent: Sent, language: str) -> str:
    """The first figures of a change that differ, in one line: "Bác sĩ: 12 → 14"."""
    return figures_text(differences_of(sent), language)


def figures_text(found: Sequence[Difference], language: str) -> str:
    """The first of some figures that differ, in one line, and how many more there are."""
    catalogue = opened().deployment.catalogue
    texts = []
    for d in found[:2]:
        quantity = catalogue.quantities[d.quantity]
        old = number_text(d.old, d.old_absence, language, is_there=d.in_old)
        new = number_text(d.new, d.new_absence, language, is_there=d.in_new)
        name = quantity.name_vi if language == "vi" else quantity.name_en
        texts.append(f"{name}: {old} → {new}")
    rest = format_number(len(found) - 2, 0, language)
    more = [say("approval.more_differences", language, count=rest)] if len(found) > 2 else []
    return "; ".join([*texts, *more])
