"""What is decided and what was done, as tables: changes after approval, the log of acts."""

from __future__ import annotations

import os
from decimal import Decimal

from etl.accounts.log import access_entries
from etl.context import VIETNAM, local, opened
from etl.numbers import Absence
from etl.store.again import Again
from etl.store.audit import entries
from etl.store.awaiting import Difference, Sent
from etl.store.referred import referred
from etl.store.taken_off import Undone
from etl.web import place_of
from indicators.formats import decimals_of
from indicators.period import parse_period, period_label
from indicators.table import Cell, Column, Figure, Table
from indicators.text import say, texts
from pages.parts.approval.data import differences_of, situation_of, went_back
from pages.parts.approval.log import act_text
from pages.parts.approval.log_words import detail_texts
from pages.parts.approval.rows import absence_text
from pages.parts.data import picture_of
from pages.parts.names import names_of
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns


def waiting(asked: Asked) -> Table:
    """A row for each report that waits for a decision."""
    language, found = asked.language, situation_of(asked.view)
    forms = asked.deployment.catalogue.forms
    rows: list[list[Cell]] = [
        [
            asked.names.get(sent.unit, sent.unit),
            asked.pick(forms[sent.form].name_vi, forms[sent.form].name_en),
            period_label(parse_period(sent.period), language),
            sent.file,
            sent.received_by,
            local(sent.received_at).date(),
            Figure(found.days_late(sent)),
            Figure(sent.figures),
            Figure(sent.warnings),
            sent.reason or None,
            *_came_back(found.again.get(sent.id)),
        ]
        for sent in (*found.requests, *found.waiting)
    ]
    heads = columns(asked, *WAITING, numbers=("late", "figures", "warnings", "differing"))
    return Table(say("take.waiting", language), heads, rows)


WAITING = (
    *("unit", "form", "period", "file", "sender", "received_on"),
    *("late", "figures", "warnings", "reason_given"),
    *("returned_by", "returned_on", "returned_why", "differing"),
)


def _came_back(again: Again | None) -> list[Cell]:
    """Who had returned it before, when and why, and how many figures differ now."""
    if again is None:
        return [None] * 4
    day, differing = local(again.off.at).date(), Figure(len(again.differences))
    return [again.off.by, day, again.off.reason or None, differing]


def changes(asked: Asked) -> Table:
    """A row for each figure of each change that came after approval, and one for each approved
    report that was returned or taken back afterwards: what the card shows."""
    approval = picture_of(asked.view.on(figures="")).approval
    rows = [row for event in approval.events for row in _event(event, asked)]
    language = asked.language
    return Table(say("approval.changes", language), _columns(CHANGES, language), rows)


CHANGES = (
    *("unit", "form", "period", "happened", "quantity", "before", "after", "reason"),
    *("sender", "day", "state", "decided_by", "decided_on"),
)


def _event(found: Sent | Undone, asked: Asked) -> list[list[Cell]]:
    if isinstance(found, Undone):
        return [_undone(found, each, asked) for each in went_back(found) or [None]]
    return [_changed(found, each, asked) for each in differences_of(found)]


def _whose(found: Sent | Undone, asked: Asked) -> list[Cell]:
    """Unit, form and period of a report."""
    form = asked.deployment.catalogue.forms[found.form]
    period = parse_period(found.period)
    name = names_of(asked.deployment, period).get(found.unit, found.unit)
    return [name, asked.pick(form.name_vi, form.name_en), period_label(period, asked.language)]


def _changed(change: Sent, found: Difference, asked: Asked) -> list[Cell]:
    language = asked.language
    is_taken = change.word == "approved"
    decided = change.decided_at if is_taken else None
    return [
        *_whose(change, asked),
        say(f"approval.happened.{'changed' if is_taken else 'asked'}", language),
        *before_and_after(found, asked),
        change.reason,
        change.received_by,
        local(change.received_at).date(),
        say(f"decide.stage.{'approved' if is_taken else 'waiting'}", language),
        change.decided_by,
        local(decided).date() if decided else None,
    ]


def _undone(found: Undone, back: Difference | None, asked: Asked) -> list[Cell]:
    """A figure that went back to what was approved before. Where nothing was, the whole report no
    longer counts: no figure of it stands by itself."""
    language, off = asked.language, found.off
    state = "no_longer" if found.again is None else "counts_again"
    return [
        *_whose(found, asked),
        say(f"approval.happened.{off.word}", language),
        *(before_and_after(back, asked) if back else (None, None, None)),
        off.reason or None,
        found.sent_by,
        local(found.sent_at).date(),
        say(f"approval.{state}", language),
        off.by,
        local(off.at).date(),
    ]


def before_and_after(found: Difference, asked: Asked) -> list[Cell]:
    """What the figure is, what it was before and what it is after."""
    quantity = asked.deployment.catalogue.quantities[found.quantity]
    name = asked.pick(quantity.name_vi, quantity.name_en)
    language = asked.language
    before = _figure(found.old, found.old_absence, language, is_there=found.in_old)
    after = _figure(found.new, found.new_absence, language, is_there=found.in_new)
    return [name, before, after]


def _figure(
    value: Decimal | None, absence: Absence | None, language: str, *, is_there: bool
) -> Cell:
    if value is None:
        return absence_text(absence, language, is_there=is_there)
    return Figure(value, decimals_of(value))


def log(asked: Asked) -> Table:
    """Every act up to the moment that is looked from, with the hash that binds it to the others.

    In words, and also as the line is kept: the hash is of that.
    """
    language = asked.language
    cur = opened().store.cursor()
    found = entries(cur, asked.view.moment)
    said = detail_texts(found, referred(cur, found), language)
    rows: list[list[Cell]] = [
        [
            Figure(line.id),
            f"{local(line.occurred_at):%Y-%m-%d %H:%M:%S}",
            line.actor,
            act_text(line.action, language),
            detail,
            line.detail,
            line.arguments,
            line.chain,
        ]
        for line, detail in zip(found, said, strict=True)
    ]
    words = ("number", "moment", "actor", "act", "detail", "as_kept", "arguments", "chain")
    return Table(say("approval.log", language), _columns(words, language), rows)


def access(asked: Asked) -> Table:
    """Who came in, who was refused, what was taken away; nothing while there is no account."""
    language = asked.language
    found = access_entries(place_of(os.environ).db, asked.view.moment)
    rows: list[list[Cell]] = [
        [
            f"{e.at.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}",
            e.actor,
            access_text(e.action, language),
            e.detail,
            e.address,
        ]
        for e in found
    ]
    words = ("moment", "actor", "act", "detail", "address")
    return Table(say("approval.access", language), _columns(words, language), rows)


def access_text(action: str, language: str) -> str:
    """What was done, in words; as it is written where another release wrote it."""
    key = f"access.{action}"
    return say(key, language) if key in texts() else action


def _columns(words: tuple[str, ...], language: str) -> list[Column]:
    numbers = ("before", "after", "number")
    return [Column(say(f"approval.col.{w}", language), is_number=w in numbers) for w in words]
