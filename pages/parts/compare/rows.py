"""Targets on two sides as rows: both values on one track, the change, the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.charts.pair import places
from indicators.compare import Compared, Pair, Side, Turn, worst_turned_first
from indicators.formats import format_number, telling_decimals
from indicators.judge import Verdict
from indicators.sentence import difference_text, short_value
from indicators.target_words import target_text, unit_of
from indicators.text import say
from pages.parts.html import e
from pages.parts.targets import SIGNS
from pages.parts.verdicts import mark
from pages.parts.view import View

TONES = {Turn.BETTER: "--vd-met", Turn.WORSE: "--vd-not-met"}


@dataclass(frozen=True)
class Sides:
    """How both sides are called on this page: in a heading, and inside a sentence."""

    view: View
    here: str
    there: str
    suffix: str  # "" for periods, "_unit" for units: other words for the same turn

    def text(self, key: str, **facts: object) -> str:
        """A sentence in the language of the page."""
        return say(key, self.view.language, **facts)


def rows_card(found: Sequence[Compared], sides: Sides, menu: str) -> str:
    """The card with one row a target, what is worse first; ``menu``: to take it away."""
    rows = "".join(target_row(compared, sides) for compared in worst_turned_first(found))
    title = e(sides.text(f"compare.rows.title{sides.suffix}"))
    return f'<section class="vd-card vd-rows"><h2>{title}</h2>{menu}{head(sides)}{rows}</section>'


def others_card(found: Sequence[Compared], sides: Sides, menu: str) -> str:
    """What the sentence does not count, folded; "" where there is nothing."""
    if not found:
        return ""
    rows = "".join(target_row(compared, sides) for compared in worst_turned_first(found))
    lead = e(sides.text("compare.rows.others_lead", count=len(found)))
    title = e(sides.text("compare.rows.others"))
    return (
        f'<section class="vd-card vd-rows">{menu}<details class="vd-fold vd-bare"><summary><span>{title} '
        f"<b>{len(found)}</b></span></summary>"
        f'<p class="vd-sub">{lead}</p>{head(sides)}{rows}</details></section>'
    )


def head(sides: Sides) -> str:
    """The headings; that of the track is its legend."""
    legend = "".join(
        f'<span class="vd-legend"><i class="{name}"></i>{e(text)}</span>'
        for name, text in (
            ("vd-hollow", sides.there),
            ("vd-dot", sides.here),
            ("vd-target", sides.text("compare.rows.plan")),
        )
    )
    words = (
        e(sides.text("compare.rows.target")),
        e(sides.there),
        e(sides.here),
        legend,
        e(sides.text(f"compare.rows.change{sides.suffix}")),
        e(sides.text("compare.rows.verdict")),
    )
    spans = "".join(f"<span>{word}</span>" for word in words)
    return f'<div class="vd-crow vd-head">{spans}</div>'


def target_row(compared: Compared, sides: Sides) -> str:
    """One target; measures that must all pass are lines below its name."""
    if len(compared.pairs) == 1:
        title = name_cell(compared, sides)
        return f'<div class="vd-crow">{title}{cells(compared.pairs[0], compared, sides)}</div>'
    blank = "<span></span>" * 3
    turned = f'<div class="vd-c">{turn_text(compared.turn, sides)}</div>'
    verdicts = verdict_cell(compared.there, compared.here, sides)
    whole = f'<div class="vd-crow">{name_cell(compared, sides)}{blank}{turned}{verdicts}</div>'
    lines = "".join(part_row(pair, compared, sides) for pair in compared.pairs)
    return f'<div class="vd-group">{whole}{lines}</div>'


def part_row(pair: Pair, compared: Compared, sides: Sides) -> str:
    """One of the measures that must all pass."""
    shown = pair.a.indicator
    name = shown.short_vi if sides.view.language == "vi" else shown.name_en
    address = e(sides.view.link("/chi-tieu", indicator=shown.id))
    title = f'<div class="vd-n vd-part"><a href="{address}">{e(name)}</a></div>'
    return f'<div class="vd-crow">{title}{cells(pair, compared, sides)}</div>'


def name_cell(compared: Compared, sides: Sides) -> str:
    """The name as a link, and the plan."""
    a, view = compared.a, sides.view
    name = a.target.name_vi if view.language == "vi" else a.indicator.name_en
    address = e(view.link("/chi-tieu", indicator=a.indicator.id))
    target = target_text(a.target, a.indicator, view.language)
    plan = say("overview.plan", view.language, target=target)
    return f'<div class="vd-n"><a href="{address}">{e(name)}</a><small>{e(plan)}</small></div>'


def cells(pair: Pair, compared: Compared, sides: Sides) -> str:
    """Everything of a row but its name."""
    there, here = (value_cell(side, pair, sides) for side in (pair.there, pair.here))
    whole = len(compared.pairs) == 1
    verdicts = (compared.there, compared.here) if whole else (pair.there.verdict, pair.here.verdict)
    return (
        f'<div class="vd-v vd-then" data-of="{e(sides.there)}">{there}</div>'
        f'<div class="vd-v" data-of="{e(sides.here)}">{here}</div>'
        f'<div class="vd-b">{track(pair)}</div>'
        f'<div class="vd-c">{change_cell(pair, sides)}</div>'
        f"{verdict_cell(*verdicts, sides)}"
    )


def value_cell(side: Side, pair: Pair, sides: Sides) -> str:
    """The value with its unit in small type, and who is missing."""
    language, shown = sides.view.language, pair.a.indicator
    if side.total:
        counts = (side.passing, side.total)
        text = "/".join(format_number(count, 0, language) for count in counts)
        return f"{text}<small>{e(sides.text('compare.rows.passing'))}</small>"
    beside = pair.there.value if side is pair.here else pair.here.value
    unit = unit_of(shown, language)
    notes = ["" if unit in SIGNS or side.value is None else unit, missing_text(side, sides)]
    small = ", ".join(filter(None, notes))
    return f"{short_value(side.value, shown, language, beside=beside)}<small>{e(small)}</small>"


def missing_text(side: Side, sides: Sides) -> str:
    """Who has not reported; "" where the value is whole, or there is none."""
    if side.value is None or side.measure.is_whole:
        return ""
    missing, expected = len(side.measure.coverage.missing), len(side.measure.coverage.expected)
    if expected < 2 or not missing:
        return sides.text("compare.rows.incomplete")
    return sides.text("compare.rows.missing", missing=missing, expected=expected)


def track(pair: Pair) -> str:
    """Both sides on one line: hollow there, filled here, the way between them."""
    at = places(pair)
    if at.here is None and at.there is None:
        return ""
    tone = f"var({TONES.get(pair.turn, '--vd-mute')})"
    marks = (("vd-target", at.plan), ("vd-hollow", at.there), ("vd-dot", at.here))
    drawn = "".join(f'<i class="{n}" style="left:{x}%"></i>' for n, x in marks if x is not None)
    return f'<div class="vd-track" style="--c:{tone}" aria-hidden="true">{_way(pair)}{drawn}</div>'


def _way(pair: Pair) -> str:
    at = places(pair)
    if at.here is None or at.there is None:
        return ""
    low, high = sorted((at.here, at.there))
    return f'<i class="vd-way" style="left:{low}%;right:{round(100 - high, 1)}%"></i>'


def change_cell(pair: Pair, sides: Sides) -> str:
    """How much it moved, which way that is, or why it does not compare."""
    words = amount_text(pair, sides)
    amount = f"<b>{e(words)}</b>" if words else ""
    if pair.reason is not None:
        turn = turn_text(Turn.UNKNOWN, sides)
        return f"{amount}{turn}<small>{e(reason_text(pair, sides))}</small>"
    beyond = e(sides.text("compare.rows.beyond")) if pair.is_beyond_chance else ""
    return f"{amount}{turn_text(pair.turn, sides)}" + (f"<small>{beyond}</small>" if beyond else "")


def amount_text(pair: Pair, sides: Sides) -> str:
    """ "tăng 0,3 điểm %"; "" where nothing moved or nothing compares."""
    change, shown, language = pair.change, pair.a.indicator, sides.view.language
    if not change:
        return ""
    if pair.here.total and pair.here.total == pair.there.total:
        moved = format_number(abs(pair.here.passing - pair.there.passing), 0, language)
        amount = sides.text("compare.rows.units", count=moved)
    elif pair.here.total:
        amount = say(
            "why.points", language, number=format_number(abs(change), 1, language), unit="%"
        )
    else:
        decimals = telling_decimals(change, 0, shown.decimals)
        amount = difference_text(change, shown, language, decimals)
    return sides.text(f"compare.rows.{'up' if change > 0 else 'down'}{sides.suffix}", amount=amount)


def turn_text(turn: Turn, sides: Sides) -> str:
    """The word for a turn, with its mark."""
    return (
        f'<em class="vd-turn vd-{turn}">{e(sides.text(f"compare.turn{sides.suffix}.{turn}"))}</em>'
    )


def reason_text(pair: Pair, sides: Sides) -> str:
    """Why the two sides do not compare."""
    broken, is_vi = pair.broken, sides.view.language == "vi"
    return sides.text(
        f"compare.reason.{pair.reason}",
        here=sides.here,
        there=sides.there,
        day=f"{broken.day:%d/%m/%Y}" if broken else "",
        why="" if broken is None else broken.reason_vi if is_vi else broken.reason_en,
    )


def verdict_cell(there: Verdict | None, here: Verdict | None, sides: Sides) -> str:
    """The verdict of the other side, small, and that of this one."""
    language = sides.view.language
    if there is None and here is None:
        return f'<div class="vd-s"><small>{e(sides.text("compare.rows.not_judged"))}</small></div>'
    before = f"<small>{mark(there, language)} →</small>" if there else ""
    now = (
        mark(here, language)
        if here
        else f"<small>{e(sides.text('compare.rows.not_judged'))}</small>"
    )
    return f'<div class="vd-s">{before}{now}</div>'
