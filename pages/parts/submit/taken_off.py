"""What the sender is told of a file that was returned or taken back: by whom, when and why."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local
from etl.history import Upload
from etl.store.taken_off import TakenOff
from indicators.text import say
from pages.parts.html import e, say_html, vi
from pages.parts.submit.words import names

NAMED = 5  # decisions about one file told one by one


def taken_off_text(upload: Upload, language: str) -> str:
    """Who returned it or took it back, when and why, below its state; what people wrote as such."""
    lines = []
    for said, units in list(upload.off.items())[:NAMED]:
        parts = {"who": vi(said.by), "reason": vi(said.reason or "…")}
        text = say_html(f"history.off.{said.word}", language, parts, moment=at(said))
        lines.append(e(whose(units, upload, language)) + text)
    return "".join(f"<small>{line}</small>" for line in lines)


def taken_off_said(upload: Upload, language: str) -> str:
    """The same as plain text, on one line."""
    lines = []
    for said, units in upload.off.items():
        facts = {"who": said.by, "moment": at(said), "reason": said.reason or "…"}
        text = say(f"history.off.{said.word}", language, **facts)
        lines.append(whose(units, upload, language) + text)
    return " ".join(lines)


def at(said: TakenOff) -> str:
    """When it was said, in Vietnam."""
    return f"{local(said.at):%H:%M %d/%m/%Y}"


def whose(units: Sequence[str], upload: Upload, language: str) -> str:
    """Before the sentence: of which units, where not all of the file."""
    return "" if len(units) == len(upload.units) else f"{names(units, language)}: "
