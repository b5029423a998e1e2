"""The score of each unit with its parts visible, lowest first; and of one unit on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from etl.looked import Looked
from indicators.formats import format_number
from indicators.quality import Part, Score
from indicators.text import say
from pages.parts.html import e
from pages.parts.quality.words import Scene, card, percent_text, quiet, share_text, unit_link
from pages.parts.take.menu import take
from pages.parts.view import View

ROWS = 12
MARKS = ((Fraction(70), "vd-q-low"), (Fraction(90), "vd-q-mid"))  # below them; ▼▼ and ▼


def scores_card(found: Looked, scene: Scene) -> str:
    """A table: a row a unit, a column a part."""
    language, title = scene.language, say("quality.score.title", scene.language)
    if not found.scores:
        return card(title, "", quiet(say("quality.score.none", language)))
    rows = [_row(unit, score, scene) for unit, score in found.scores]
    whole = format_number(found.whole.value, 0, language)
    inside = _table(rows[:ROWS], language)
    if len(rows) > ROWS:
        count = format_number(len(rows), 0, language)
        more = e(say("quality.score.all", language, count=count))
        inside += f"<details><summary>{more}</summary>{_table(rows[ROWS:], language)}</details>"
    note = quiet(say("quality.score.note", language))
    aside = f"{whole} {say('quality.score.out_of', language)}"
    return card(title, aside, inside + note, take("scores", title, scene.view))


def _table(rows: Sequence[str], language: str) -> str:
    parts = "".join(_heading(part, language) for part in Part)
    first, second = (e(say(key, language)) for key in ("quality.unit", "quality.score.value"))
    return (
        f'<div class="vd-wide"><table class="vd-sheet vd-q-scores"><thead><tr><th scope="col">{first}'
        f'</th><th scope="col">{second}</th>{parts}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _heading(part: Part, language: str) -> str:
    help_text = e(say(f"quality.part_help.{part}", language))
    return f'<th scope="col" title="{help_text}">{e(say(f"quality.part.{part}", language))}</th>'


def _row(unit: str, score: Score, scene: Scene) -> str:
    cells = "".join(_cell(part, score, scene.language) for part in Part)
    value = format_number(score.value, 0, scene.language)
    return f"<tr><td>{unit_link(unit, scene)}</td><td><b>{value}</b></td>{cells}</tr>"


def _cell(part: Part, score: Score, language: str) -> str:
    """The share in per cent, with a mark where it is low; in full on hover."""
    share = score.share(part)
    kind, mark = _mark(share.percent)
    value = format_number(share.percent, 0, language)
    return f'<td class="{kind}" title="{e(share_text(share, language))}">{mark}{value}</td>'


def _mark(percent: Fraction | None) -> tuple[str, str]:
    """How a low share looks, by sign and colour."""
    if percent is None or percent >= MARKS[1][0]:
        return "", ""
    return (MARKS[0][1], "▼▼ ") if percent < MARKS[0][0] else (MARKS[1][1], "▼ ")


def score_card(score: Score, view: View) -> str:
    """One unit's score, its parts as bars, and what is not known as "…"."""
    language, title = view.language, say("quality.score.one", view.language)
    if score.value is None:
        return card(title, "", quiet(say("quality.score.none", language)))
    bars = "".join(_bar(part, score, language) for part in Part)
    value = f"{format_number(score.value, 0, language)} {say('quality.score.out_of', language)}"
    link = e(view.link("/chat-luong"))
    chip = f'<a class="vd-chip" href="{link}">{e(say("quality.score.page", language))}</a>'
    note = quiet(say("quality.score.note", language))
    return card(
        title, value, f'<dl class="vd-q-bars">{bars}</dl>{note}<div class="vd-links">{chip}</div>'
    )


def _bar(part: Part, score: Score, language: str) -> str:
    share = score.share(part)
    name = e(say(f"quality.part.{part}", language))
    help_text = e(say(f"quality.part_help.{part}", language))
    bar = '<i class="vd-hatched"></i>'
    if share.percent is not None:
        bar = f'<i><b style="width:{float(share.percent):.1f}%"></b></i>'
    value = percent_text(share.percent, language)
    return (
        f'<div><dt title="{help_text}">{name}</dt><dd>{bar}<b>{value}</b>'
        f"<small>{e(share_text(share, language))}</small></dd></div>"
    )
