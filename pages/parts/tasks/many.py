"""Many tasks at once: the file to fill in, where to send it, and the calendar of deadlines."""

from __future__ import annotations

from indicators.people import Act
from indicators.text import say
from pages.parts.html import e
from pages.parts.person import may
from pages.parts.take.menu import ADDRESS, table_links
from pages.parts.view import View

TABLES = {"progress": "tasks", "actions": "actions"}  # table to take away, its words
SEND = "/nop-so-lieu"


def many_at_once(view: View) -> str:
    """A card of links; forms only for whoever may record, and not while looking at an earlier day."""
    language = view.language
    calendar = (
        f'<a class="vd-chip" download href="{e(view.link(f"{ADDRESS}/lich.ics"))}">'
        f"{e(say('progress.calendar', language))}</a>"
    )
    if view.known or not may(Act.RECORD):
        return f'<div class="vd-links vd-right">{calendar}</div>'
    title, lead = (e(say(f"progress.{key}", language)) for key in ("title", "lead"))
    files = "".join(_files(table, words, view) for table, words in TABLES.items())
    send = f'<a class="vd-chip" href="{e(view.link(SEND))}">{e(say("progress.send", language))}</a>'
    return (
        f'<section class="vd-card vd-t-many"><h2>{title}</h2><p class="vd-quiet">{lead}</p>'
        f'<div class="vd-links">{files}</div><div class="vd-links">{send}{calendar}</div></section>'
    )


def _files(table: str, words: str, view: View) -> str:
    name = say(f"progress.{words}", view.language)
    return f"<span>{e(name)}: {' · '.join(table_links(table, name, view))}</span>"
