"""What may be read out of a number, as sentences; what only some ask for is folded."""

from __future__ import annotations

from indicators.evidence_text import Readings
from indicators.text import say
from pages.parts.html import e
from pages.parts.take.menu import take
from pages.parts.view import View


def reading(found: Readings, view: View) -> str:
    """The card beside the course; "" where there is nothing to say."""
    if not found.first and not found.more:
        return ""
    language = view.language
    title, more = (e(say(f"reading.{key}", language)) for key in ("title", "more"))
    folded = f"<details><summary>{more}</summary>{items(found.more)}</details>"
    said = items(found.first) + (folded if found.first and found.more else items(found.more))
    menu = take("reading", say("reading.title", language), view)
    return f'<section class="vd-card"><h2>{title}</h2>{menu}{said}</section>'


def items(sentences: tuple[str, ...]) -> str:
    """Sentences as a list."""
    lines = "".join(f"<li>{e(sentence)}</li>" for sentence in sentences)
    return f'<ul class="vd-reading">{lines}</ul>' if lines else ""
