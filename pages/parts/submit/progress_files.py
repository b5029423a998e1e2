"""Files of progress that were taken in: which, by whom, when, how many rows changed anything."""

from __future__ import annotations

from etl.context import local, opened
from etl.store.audit import Entry, entries
from indicators.formats import format_number
from indicators.text import say
from pages.parts.data import kept
from pages.parts.html import e, vi
from pages.parts.links import show
from pages.parts.view import View

SHOWN = 10
MOVES = {"task", "action", "action-moved"}


def progress_files(view: View) -> None:
    """The newest of them below the history of figures; nothing where there is none."""
    found = kept(("progress-files", view.known), lambda: files_of(view))
    if not found:
        return
    language = view.language
    title = e(say("progress.files", language))
    rows = "".join(_row(line, count, language) for line, count in found[:SHOWN])
    heads = "".join(
        f'<th scope="col">{e(say(f"progress.file.{name}", language))}</th>'
        for name in ("name", "by", "at", "rows")
    )
    show(
        f'<h2 class="vd-chart">{title}</h2><section class="vd-card"><div class="vd-wide">'
        f'<table class="vd-sheet"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></section>",
        key="progress-files",
    )


def files_of(view: View) -> list[tuple[Entry, int]]:
    """Each file with how many tasks and actions it moved, the newest first."""
    lines = entries(opened().store.cursor(), view.moment)
    moved: dict[tuple[str, object], int] = {}
    for line in lines:
        if line.action in MOVES:
            key = (line.actor, line.occurred_at)
            moved[key] = moved.get(key, 0) + 1
    return [
        (line, moved.get((line.actor, line.occurred_at), 0))
        for line in reversed(lines)
        if line.action == "progress-file"
    ]


def _row(line: Entry, count: int, language: str) -> str:
    when = f"{local(line.occurred_at):%H:%M %d/%m/%Y}"
    number = e(format_number(count, 0, language))
    return (
        f'<tr><th scope="row">{vi(line.detail)}</th><td>{vi(line.actor)}</td><td>{e(when)}</td>'
        f"<td>{number}</td></tr>"
    )
