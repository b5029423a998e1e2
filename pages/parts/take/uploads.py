"""The history of files as tables: of figures, as the page filters it, and of progress."""

from __future__ import annotations

from etl.context import local, opened
from etl.followup.files import progress_files
from etl.history import Upload, uploads
from indicators.table import Cell, Figure, Table
from indicators.text import say
from pages.parts.submit.progress import WORDS as WORDS_OF
from pages.parts.submit.taken_off import taken_off_said
from pages.parts.submit.words import labels
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns

WORDS = ("file", "periods", "units", "count", "sender", "moment", "file_state", "note", "taken_off")


def sent(asked: Asked) -> Table:
    """Every file, newest first: those of a unit and a period where the page asks for them."""
    context, more = opened(), asked.more
    plan = context.deployment.plans[asked.view.plan]
    scope = asked.view.unit if more.get("unit") and asked.view.unit != plan.unit else None
    period = asked.view.period if more.get("period") else None
    cur, moment = context.store.cursor(), asked.view.moment
    found = uploads(cur, context.deployment, scope=scope, period=period, known_on=moment)
    rows = [row(upload, asked) for upload in found]
    return Table(
        say("history.title", asked.language), columns(asked, *WORDS, numbers=("count",)), rows
    )


def progress_sent(asked: Asked) -> Table:
    """Every file of progress, newest first: a row for each task or action it put on record."""
    context = opened()
    found = progress_files(context.store.cursor(), context.deployment, asked.view.moment)
    rows: list[list[Cell]] = [
        [
            file.name,
            file.by,
            f"{local(file.at):%H:%M %d/%m/%Y}",
            put.name,
            say(f"{WORDS_OF[put.kind]}.{put.state}", asked.language),
        ]
        for file in found
        for put in file.puts
    ]
    heads = columns(asked, "file", "sender", "moment", "put", "file_state")
    return Table(say("progress.files", asked.language), heads, rows)


def row(upload: Upload, asked: Asked) -> list[Cell]:
    """One file: what it is about, from whom, when, what it counts for today."""
    names = asked.deployment.units.latest_names
    return [
        upload.file_name,
        labels(upload.periods, asked.language),
        "; ".join(names[unit].name for unit in upload.units),
        Figure(len(upload.units)),
        upload.received_by,
        f"{local(upload.received_at):%H:%M %d/%m/%Y}",
        say(f"history.is.{upload.state}", asked.language),
        upload.note or None,
        taken_off_said(upload, asked.language) or None,
    ]
