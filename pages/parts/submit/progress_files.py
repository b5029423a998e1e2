"""Files of progress that were sent: which, by whom, when, what they put on record, the original."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local, opened
from etl.followup.files import ProgressFile, Put
from etl.followup.files import progress_files as files_of
from etl.followup.sheet import Kind
from indicators.formats import format_number
from indicators.text import say
from pages.parts.html import e, vi
from pages.parts.kept import kept_for_all
from pages.parts.links import show
from pages.parts.submit.originals import original_link
from pages.parts.submit.progress import WORDS
from pages.parts.submit.tables import folded
from pages.parts.take.menu import headed, take
from pages.parts.view import View

SHOWN = 10
LISTED = 40  # tasks and actions that are named


def progress_files(view: View) -> None:
    """The newest of them below the history of figures; nothing where there is none."""
    found = kept_for_all(("progress-files", view.known), lambda: _files(view))
    if not found:
        return
    language, title = view.language, say("progress.files", view.language)
    heads = "".join(
        f"<span>{e(say(f'progress.file.{name}', language))}</span>"
        for name in ("name", "puts", "by", "at")
    )
    rows = "".join(_row(file, language) for file in found[:SHOWN])
    show(
        f"{headed(title, take('progress_sent', title, view))}"
        f'<section class="vd-card vd-uploads"><div class="vd-upload vd-upload-head">{heads}'
        f"<span></span><span></span></div>{rows}</section>",
        key="progress-files",
    )


def _files(view: View) -> list[ProgressFile]:
    context = opened()
    return files_of(context.store.cursor(), context.deployment, view.moment)


def _row(file: ProgressFile, language: str) -> str:
    return (
        f'<div class="vd-upload"><div>{original_link(file.name, file.hash, language)}</div>'
        f"<div>{_puts(file.puts, language)}</div><div>{vi(file.by)}</div>"
        f"<div>{local(file.at):%H:%M %d/%m/%Y}</div><div></div><div></div></div>"
    )


def _puts(puts: Sequence[Put], language: str) -> str:
    """How many tasks and actions, and behind a click which, in which state."""
    tasks = sum(put.kind is Kind.TASK for put in puts)
    counts = ", ".join(
        say(f"progress.file.{kind}", language, count=format_number(count, 0, language))
        for kind, count in (("tasks", tasks), ("actions", len(puts) - tasks))
        if count
    )
    rest = "<li>…</li>" if len(puts) > LISTED else ""
    lines = "".join(f"<li>{_put(put, language)}</li>" for put in puts[:LISTED])
    return folded(counts, f"<ul>{lines}{rest}</ul>")


def _put(put: Put, language: str) -> str:
    """The task or action, and what it was put into."""
    state = e(say(f"{WORDS[put.kind]}.{put.state}", language))
    new = f" ({e(say('progress.file.new', language))})" if put.is_new else ""
    return f"{vi(put.name)}: <b>{state}</b>{new}"
