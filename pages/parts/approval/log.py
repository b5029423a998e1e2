"""The last acts of the log, and the whole of it to take away."""

from __future__ import annotations

from heapq import nlargest

from etl.context import local, opened
from etl.store.audit import Entry, entries
from etl.store.referred import referred
from indicators.text import say, texts
from pages.parts.approval.log_words import detail_texts
from pages.parts.html import e
from pages.parts.kept import kept_for_all
from pages.parts.take.menu import take
from pages.parts.view import View

SHOWN = 8
PLACE = "nhat-ky"  # of the card on its page, for links from other pages


def log_card(view: View) -> str:
    """What was done last, newest first: by the moment of the act, as a sample is put in later."""
    language = view.language
    title = say("approval.log", language)
    found = kept_for_all(("log", view.known), lambda: entries(opened().store.cursor(), view.moment))
    shown = nlargest(SHOWN, found, key=lambda entry: (entry.occurred_at, entry.id))
    named = kept_for_all(
        ("log-names", view.known), lambda: referred(opened().store.cursor(), shown)
    )
    pairs = zip(shown, detail_texts(shown, named, language), strict=True)
    rows = "".join(_row(entry, detail, language) for entry, detail in pairs)
    heads = "".join(f"<th>{e(say(f'approval.col.{c}', language))}</th>" for c in COLUMNS)
    table = f'<table class="vd-table vd-texts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    lead = e(say("approval.log_lead", language))
    access = say("approval.access", language)
    here = e(view.link("/tai-ve/access.xlsx"))
    return (
        f'<section class="vd-card vd-log" id="{PLACE}"><h2>{e(title)}</h2>{take("log", title, view)}'
        f'<p class="vd-quiet">{lead} <a download href="{here}">{e(access)} (XLSX)</a></p>'
        f'<div class="vd-scroll" tabindex="0">{table}</div></section>'
    )


COLUMNS = ("moment", "actor", "act", "detail")


def _row(entry: Entry, detail: str, language: str) -> str:
    cells = (
        f"{local(entry.occurred_at):%H:%M %d/%m/%Y}",
        entry.actor,
        act_text(entry.action, language),
        detail,
    )
    # The name as its owner wrote it; a detail is in words of the page, with such names inside.
    own = ("", ' lang="vi"', "", "")
    inside = "".join(f"<td{vi}>{e(cell)}</td>" for cell, vi in zip(cells, own, strict=True))
    return f"<tr>{inside}</tr>"


def act_text(action: str, language: str) -> str:
    """An act of the log in words; as it is written where another release wrote it."""
    key = f"act.{action.replace('-', '_')}"
    return say(key, language) if key in texts() else action
