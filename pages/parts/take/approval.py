"""What is decided and what was done, as tables: changes after approval, the log of acts."""

from __future__ import annotations

import os

from etl.accounts.log import access_entries
from etl.context import VIETNAM, local, opened
from etl.store.audit import entries
from etl.web import place_of
from indicators.period import parse_period, period_label
from indicators.table import Cell, Column, Figure, Table
from indicators.text import say
from pages.parts.approval.data import differences_of, situation_of
from pages.parts.approval.log import act_text
from pages.parts.data import picture_of
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
        ]
        for sent in (*found.requests, *found.waiting)
    ]
    heads = columns(asked, *WAITING, numbers=("late", "figures", "warnings"))
    return Table(say("take.waiting", language), heads, rows)


WAITING = (
    *("unit", "form", "period", "file", "sender", "received_on"),
    *("late", "figures", "warnings", "reason_given"),
)


def changes(asked: Asked) -> Table:
    """A row for each figure of each change that came after approval."""
    language, catalogue = asked.language, asked.deployment.catalogue
    rows: list[list[Cell]] = []
    for change in picture_of(asked.view.on(figures="")).approval.changes:
        state = "approved" if change.word == "approved" else "waiting"
        for d in differences_of(change):
            quantity = catalogue.quantities[d.quantity]
            rows.append(
                [
                    asked.names[change.unit],
                    asked.pick(quantity.name_vi, quantity.name_en),
                    "…" if d.old is None else Figure(d.old, _decimals(d.old)),
                    "…" if d.new is None else Figure(d.new, _decimals(d.new)),
                    change.reason,
                    change.received_by,
                    local(change.received_at).date(),
                    say(f"decide.stage.{state}", language),
                    change.decided_by,
                ]
            )
    words = ("unit", "quantity", "old", "new", "reason", "sender", "day", "state", "decided_by")
    return Table(say("approval.changes", language), _columns(words, language), rows)


def _decimals(value: object) -> int:
    text = f"{value:f}".rstrip("0")
    return len(text.partition(".")[2])


def log(asked: Asked) -> Table:
    """Every act up to the moment that is looked from, with the hash that binds it to the others."""
    language = asked.language
    found = entries(opened().store.cursor(), asked.view.moment)
    rows: list[list[Cell]] = [
        [
            Figure(line.id),
            f"{local(line.occurred_at):%Y-%m-%d %H:%M:%S}",
            line.actor,
            act_text(line.action, language),
            line.detail,
            line.arguments,
            line.chain,
        ]
        for line in found
    ]
    words = ("number", "moment", "actor", "act", "detail", "arguments", "chain")
    return Table(say("approval.log", language), _columns(words, language), rows)


def access(asked: Asked) -> Table:
    """Who came in, who was refused, what was taken away; nothing while there is no account."""
    language = asked.language
    found = access_entries(place_of(os.environ).db, asked.view.moment)
    rows: list[list[Cell]] = [
        [
            f"{e.at.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}",
            e.actor,
            say(f"access.{e.action}", language),
            e.detail,
            e.address,
        ]
        for e in found
    ]
    words = ("moment", "actor", "act", "detail", "address")
    return Table(say("approval.access", language), _columns(words, language), rows)


def _columns(words: tuple[str, ...], language: str) -> list[Column]:
    numbers = ("old", "new", "number")
    return [Column(say(f"approval.col.{w}", language), is_number=w in numbers) for w in words]
