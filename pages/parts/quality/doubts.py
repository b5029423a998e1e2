"""Figures in use that a rule asks about, and those only outside the usual noise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from etl.doubts import NO_FIGURE, Doubt
from etl.looked import Looked
from indicators.formats import format_number, format_plain
from indicators.period import parse_period, period_label
from indicators.text import say, texts, upper_first
from pages.parts.html import e, vi
from pages.parts.named import file_told, words_told
from pages.parts.quality.words import Scene, card, quiet, unit_link
from pages.parts.take.menu import take

NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?")
ROWS = 12  # shown at once
MOST = 200  # rows of a folded list


def doubts_card(found: Looked, scene: Scene) -> str:
    """Every figure that is asked about: what, why, what its sender said."""
    language, doubts = scene.language, found.doubts
    title, aside = say("quality.doubt.title", language), format_number(len(doubts), 0, language)
    if not doubts:
        return card(title, aside, quiet(say("quality.doubt.none", language)))
    counts = Counter(d.code for d in doubts).most_common()
    kinds = "; ".join(
        say(
            "quality.doubt.by_code",
            language,
            count=count,
            what=say(f"quality.kind.{code}", language),
        )
        for code, count in counts
    )
    note = quiet(say("quality.doubt.note", language))
    head = f'<p class="vd-q-kinds">{e(upper_first(kinds))}</p>'
    menu = take("doubts", title, scene.view)
    return card(title, aside, head + _tables(doubts, scene) + note, menu)


def unusual_card(found: Looked, scene: Scene) -> str:
    """The list behind a fold, beside the number that chance alone would put on it."""
    language, alarms = scene.language, found.alarms
    title = say("quality.unusual.title", language)
    aside = format_number(len(found.unusual), 0, language)
    compared = format_number(alarms.comparisons, 0, language)
    if not alarms.comparisons:
        return card(title, aside, quiet(say("quality.unusual.too_short", language)))
    if not found.unusual:
        none = say("quality.unusual.none", language, comparisons=compared)
        return card(title, aside, quiet(none))
    expected = format_number(round(alarms.listed), 0, language)
    note = quiet(
        say("quality.unusual.note", language, found=aside, comparisons=compared, expected=expected)
    )
    if found.has_trend:
        note += quiet(say("quality.unusual.trend", language))
    table = _table(found.unusual[:MOST], scene, with_reason=False)
    summary = e(say("quality.unusual.open", language))
    inside = f"{note}<details><summary>{summary}</summary>{table}</details>"
    return card(title, aside, inside, take("unusual", title, scene.view))


def _tables(doubts: Sequence[Doubt], scene: Scene) -> str:
    first = _table(doubts[:ROWS], scene, with_reason=True)
    if len(doubts) <= ROWS:
        return first
    count = format_number(len(doubts) - ROWS, 0, scene.language)
    more = e(say("quality.more", scene.language, count=count))
    rest = _table(doubts[ROWS:MOST], scene, with_reason=True)
    return f"{first}<details><summary>{more}</summary>{rest}</details>"


def _table(doubts: Sequence[Doubt], scene: Scene, *, with_reason: bool) -> str:
    keys = ["quality.unit", "quality.figure", "quality.value", "quality.doubt.why"]
    keys += ["quality.doubt.reason"] if with_reason else []
    heads = "".join(f'<th scope="col">{e(say(key, scene.language))}</th>' for key in keys)
    rows = "".join(_row(d, scene, with_reason=with_reason) for d in doubts)
    return (
        f'<div class="vd-wide"><table class="vd-sheet vd-q-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(doubt: Doubt, scene: Scene, *, with_reason: bool) -> str:
    language = scene.language
    name = name_of(doubt, scene)
    value = "" if doubt.figure == NO_FIGURE else format_plain(doubt.figure.value, language)
    period = period_label(parse_period(doubt.period), language)
    sent = e(scene.view.link("/nop-so-lieu", unit=doubt.unit, period=doubt.period))
    source = e(
        say("quality.doubt.source", language, cell=doubt.cell, file=file_told(doubt.file, language))
    )
    cells = (
        f"<td>{unit_link(doubt.unit, scene)}</td>"
        f"<td>{e(name)}<small>{e(period)}</small></td>"
        f'<td class="vd-q-number"><b>{e(value)}</b></td>'
        f'<td>{e(why(doubt, language))}<small><a href="{sent}">{source}</a></small></td>'
    )
    if with_reason:
        # The words of whoever sent it, in whatever language the page is.
        given = (
            vi(words_told(doubt.reason, language))
            if doubt.reason
            else e(say("quality.doubt.no_reason", language))
        )
        cells += f"<td>{given}</td>"
    return f"<tr>{cells}</tr>"


def name_of(doubt: Doubt, scene: Scene) -> str:
    """The quantity; of a warning that is about no single figure, the form."""
    known = scene.catalogue.quantities[doubt.quantity]
    of = scene.catalogue.forms[doubt.form] if doubt.figure == NO_FIGURE else known
    return of.name_vi if scene.language == "vi" else of.name_en


def why(doubt: Doubt, language: str) -> str:
    """In the language of the page where the facts are at hand, else as it was said when sent."""
    key = f"quality.code.{doubt.code}"
    if doubt.sentence or key not in texts():
        kind = say(f"quality.kind.{doubt.code}", language)
        return f"{kind}: {doubt.sentence}" if doubt.sentence else kind
    return say(key, language, **{name: _fact(text, language) for name, text in doubt.facts.items()})


def _fact(text: str, language: str) -> str:
    """A number among the facts of a finding, written as everywhere; other words as they are."""
    found = NUMBER.fullmatch(text)
    return format_plain(Decimal(text.replace(",", ".")), language) if found else text
