"""The page of reports: the answer, what can be taken away, what it will say, who has not sent."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.formats import format_number
from indicators.headline import headline, rest
from indicators.report.blocks import Grid, Heading, Report
from indicators.report.material import Material
from indicators.report.numbered import Numbers
from indicators.report.reminder import Reminder, reminders
from indicators.report.times import YEAR
from indicators.text import say, upper_first
from pages.parts.html import e, vi
from pages.parts.take.menu import ADDRESS
from pages.parts.view import View

KINDS = (
    ("word", "bao-cao.docx", "Word"),
    ("pdf", "bao-cao.pdf", "PDF"),
    ("excel", "ket-qua.xlsx", "Excel"),
    ("sheet", "mot-trang.pdf", "PDF"),
    ("bundle", "tron-bo.zip", "ZIP"),
)
OPEN = 3  # reminders that are unfolded at once


def answer(material: Material, view: View) -> str:
    """The sentence the report begins with."""
    counted, language = material.judged, view.language
    if not counted:
        text = say("papers.no_targets", language)
        return f'<div class="vd-summary"><h1>{e(text)}</h1></div>'
    more = upper_first(rest(counted, language))
    return (
        f'<div class="vd-summary"><h1>{e(headline(counted, language))}</h1>'
        f'<p class="vd-sub">{e(more)}</p></div>'
    )


def files_card(view: View) -> str:
    """A button for each file, and what it is for."""
    items = "".join(item(*kind, view) for kind in KINDS)
    note = say("papers.language", view.language)
    return (
        f'<section class="vd-card"><h2>{e(say("papers.files", view.language))}</h2>'
        f'<div class="vd-p-files">{items}</div><p class="vd-quiet">{e(note)}</p></section>'
    )


def item(key: str, name: str, kind: str, view: View) -> str:
    """One file: its name, its kind, what it holds."""
    title = say(f"papers.kind.{key}", view.language)
    about = say(f"papers.about.{key}", view.language)
    return (
        f'<a class="vd-p-file" download href="{e(view.link(f"{ADDRESS}/{name}"))}">'
        f"<b>{e(title)}</b><i>{e(kind)}</i><span>{e(about)}</span></a>"
    )


def preview_card(view: View) -> str:
    """The page for a meeting as a picture."""
    title = say("papers.preview", view.language)
    address = e(view.link(f"{ADDRESS}/mot-trang.png"))
    whole = e(view.link(f"{ADDRESS}/mot-trang.pdf"))
    return (
        f'<section class="vd-card"><h2>{e(title)}</h2><a download href="{whole}" '
        f'aria-label="{e(say("papers.kind.sheet", view.language))}">'
        f'<img class="vd-p-sheet" src="{address}" alt="{e(title)}" loading="lazy" '
        'width="827" height="1169"></a></section>'
    )


def contents_card(report: Report, view: View) -> str:
    """What the Word report will contain: its sections and annexes."""
    title = f"<h2>{e(say('papers.contents', view.language))}</h2>"
    numbers = Numbers()
    heads = [(b.level, numbers.of(b)) for b in report.body if isinstance(b, Heading)]
    lines = "".join(
        f'<li class="vd-p-level-{level}">{vi(text)}</li>' for level, text in heads if level < 3
    )
    annexes = "".join(
        f'<li class="vd-p-level-1">{vi(f"Phụ lục {annex.number}. {annex.title}")}'
        f"<small> · {e(rows_text(annex.blocks, view.language))}</small></li>"
        for annex in report.annexes
    )
    own = say("papers.own", view.language, count=len(report.own))
    return (
        f'<section class="vd-card vd-p-outline">{title}<p class="vd-p-title">{vi(report.title)}</p>'
        f'<ul class="vd-p-contents">{lines}{annexes}</ul><p class="vd-quiet">{e(own)}</p></section>'
    )


def rows_text(blocks: Sequence[object], language: str) -> str:
    """How many rows the tables of an annex have."""
    rows = sum(
        row.kind == "row" for block in blocks if isinstance(block, Grid) for row in block.rows
    )
    return say("papers.rows", language, count=format_number(rows, 0, language))


def late_card(material: Material, view: View) -> str:
    """Who has not sent, each with the text that can be copied."""
    language = view.language
    found = reminders(material)
    title = f"<h2>{e(say('papers.late', language))}</h2>"
    if not found:
        key = "all_sent" if material.reporting.units_due else "nothing_due"
        text = e(say(f"papers.{key}", language))
        return f'<section class="vd-card">{title}<p class="vd-mute">{text}</p></section>'
    address = e(view.link(f"{ADDRESS}/chua-gui.xlsx"))
    take = (
        f'<a class="vd-p-list" download href="{address}">{e(say("papers.take_list", language))}</a>'
    )
    items = "".join(
        reminder(r, language, at, is_open=at < OPEN and len(found) <= OPEN)
        for at, r in enumerate(found)
    )
    return f'<section class="vd-card">{title}{take}{items}</section>'


def reminder(found: Reminder, language: str, at: int, *, is_open: bool) -> str:
    """A unit: how much it owes, since when, and the text."""
    days = format_number(found.days, 0, language)
    count = format_number(len(found.late), 0, language)
    key = "overdue_long" if found.days > YEAR else "overdue" if found.days else "waiting"
    line = say(f"papers.{key}", language, count=count, days=days)
    copied, by_hand = (e(say(f"papers.{word}", language)) for word in ("copied", "by_hand"))
    unfolded = " open" if is_open else ""
    return (
        f'<details class="vd-p-late"{unfolded}><summary><b>{vi(found.unit_name)}</b> '
        f"<span>{e(line)}</span></summary>"
        f'<pre lang="vi" id="vd-p-text-{at}">{e(found.text)}</pre>'
        f'<button type="button" class="vd-p-copy" data-copy-text="vd-p-text-{at}" '
        f'data-done="{copied}" data-by-hand="{by_hand}">{e(say("papers.copy", language))}</button>'
        '<small role="status"></small></details>'
    )
