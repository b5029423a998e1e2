"""What the sender is told of a file that was returned or taken back: by whom, when and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from etl.context import local
from etl.history import Upload
from etl.store.taken_off import TakenOff
from indicators.text import say
from pages.parts.html import e, vi
from pages.parts.submit.words import names

NAMED = 5  # decisions about one file told one by one
PLACES = re.compile(r"\{who\}|\{reason\}")


def taken_off_text(upload: Upload, language: str) -> str:
    """Who returned it or took it back, when and why, below its state; what people wrote as such."""
    lines = []
    for said, units in list(upload.off.items())[:NAMED]:
        line = e(taken_off_line(said, units, upload, language, who="{who}", reason="{reason}"))
        written = (("{who}", said.by), ("{reason}", said.reason or "…"))
        parts = {place: vi(text) for place, text in written}
        lines.append(filled(line, parts))
    return "".join(f"<small>{line}</small>" for line in lines)


def filled(line: str, parts: Mapping[str, str]) -> str:
    """A line with its places filled, each once: what stands in a part is no place."""
    return PLACES.sub(lambda found: parts[found[0]], line)


def taken_off_said(upload: Upload, language: str) -> str:
    """The same as plain text, on one line."""
    return " ".join(
        taken_off_line(said, units, upload, language, who=said.by, reason=said.reason or "…")
        for said, units in upload.off.items()
    )


def taken_off_line(
    said: TakenOff, units: Sequence[str], upload: Upload, language: str, *, who: str, reason: str
) -> str:
    """One sentence a decision; of which units, where not all of the file."""
    moment = f"{local(said.at):%H:%M %d/%m/%Y}"
    text = say(f"history.off.{said.word}", language, who=who, moment=moment, reason=reason)
    return text if len(units) == len(upload.units) else f"{names(units, language)}: {text}"
