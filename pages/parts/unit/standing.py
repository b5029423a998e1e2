"""How the unit stands: targets set for it as rows with verdicts, the others beside the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from indicators.assess import Assessment
from indicators.catalogue import Catalogue, Indicator
from indicators.charts.beside import places
from indicators.footing import Beside, Footing
from indicators.formats import format_number, telling_decimals
from indicators.judge import BAD, SLOW, direction
from indicators.plans import Plan
from indicators.sentence import counted_text, difference_text
from indicators.target_words import target_text, unit_of
from indicators.text import say
from pages.parts.html import e
from pages.parts.others import folded_card
from pages.parts.take.menu import take
from pages.parts.targets import SIGNS, head, target_rows, value_cell
from pages.parts.view import View

OPEN = 10  # rows beside the whole before the rest is folded away


def judged_rows(found: Footing, name: str, view: View, catalogue: Catalogue) -> str:
    """The targets that the plan sets for this very unit: what leads or worries, the rest folded."""
    open_rows = [a for a in found.judged if _stands_open(a)]
    others = [a for a in found.judged if not _stands_open(a)]
    language = view.language
    title = say("unit.judged", language, name=name)
    menu = take("judged", title, view)
    if not open_rows:
        return folded_card(others, title, "", view, catalogue, menu)
    card, rest = target_rows(open_rows, view, catalogue, title, menu), "overview.others_unit"
    return card + folded_card(others, say(rest, language), "", view, catalogue, menu)


def _stands_open(a: Assessment) -> bool:
    return a.target.headline or a.verdict in BAD | SLOW


def beside_rows(found: Footing, names: tuple[str, str], plan: Plan, view: View) -> str:
    """The card of targets of the whole: value here, value of the whole, no verdict.

    ``names``: the unit, and the whole that the plan is for.
    """
    if not found.beside:
        return ""
    language, (name, whole) = view.language, names
    heads = "".join(
        f"<span>{text}</span>"
        for text in (
            head("target", language),
            e(say("unit.here", language)),
            e(say("unit.whole", language)),
            legend(language),
            e(say("unit.compared", language)),
            e(say("unit.share", language)),
        )
    )
    known = [b for b in found.beside if b.here.measure.value is not None]
    unknown = [b.here for b in found.beside if b.here.measure.value is None]
    rows = _folded([(b.here.target.headline, _beside(b, whole, view)) for b in known], language)
    heads = f'<div class="vd-brow vd-head">{heads}</div>' if rows else ""
    note = say("unit.beside_note", language, plan=plan.short_vi, whole=whole, name=name)
    title = say("unit.beside", language, whole=whole)
    return (
        f'<section class="vd-card vd-beside"><h2>{e(title)}</h2>{take("beside", title, view)}'
        f'<p class="vd-quiet">{e(note)}</p>{heads}{rows}'
        f"{_left_out('no_figure', unknown, language)}{_left_out('absent', found.absent, language)}"
        f"{_left_out('rare', found.rare, language)}</section>"
    )


def _folded(rows: Sequence[tuple[bool, str]], language: str) -> str:
    """The first of what leads the plan open, the rest behind a fold."""
    ordered = [row for _, row in sorted(rows, key=lambda item: not item[0])]
    first, rest = ordered[:OPEN], ordered[OPEN:]
    if not rest:
        return "".join(first)
    more = e(say("unit.beside_more", language, count=format_number(len(rest), 0, language)))
    return f"{''.join(first)}<details><summary>{more}</summary>{''.join(rest)}</details>"


def legend(language: str) -> str:
    """What the marks of the track mean."""
    marks = (("vd-dot", "here"), ("vd-target", "whole"), ("vd-needed", "plan_level"))
    return "".join(
        f'<span class="vd-legend"><i class="{name}"></i>{e(say(f"unit.{key}", language).lower())}</span>'
        for name, key in marks
    )


def _beside(found: Beside, whole: str, view: View) -> str:
    here, language = found.here, view.language
    name = here.target.name_vi if language == "vi" else here.indicator.name_en
    address = e(view.link("/chi-tieu", indicator=here.indicator.id))
    target = target_text(here.target, here.indicator, language)
    plan = say("overview.plan", language, target=target)
    value = _number(found.whole.measure.value, here.indicator, language)
    return (
        f'<div class="vd-brow"><div class="vd-n"><a href="{address}">{e(name)}</a>'
        f"<small>{e(plan)}</small></div>"
        f'<div class="vd-v">{value_cell(here, language)}</div>'
        f'<div class="vd-w"><small>{e(say("unit.whole", language))}</small>{e(value)}</div>'
        f'<div class="vd-b">{_track(found)}</div>'
        f'<div class="vd-d">{_compared(found, language)}</div>'
        f'<div class="vd-g">{_share(found, whole, language)}</div></div>'
    )


def _number(value: Fraction | None, indicator: Indicator, language: str) -> str:
    """The value without the words of its unit, which stand beside the first value already."""
    unit = unit_of(indicator, language)
    number = format_number(value, indicator.decimals, language)
    return f"{number}{unit}" if unit in SIGNS and value is not None else number


def _track(found: Beside) -> str:
    """The unit's dot on the same track as the whole's tick."""
    at = places(found)
    ticks = "".join(
        f'<i class="{name}" style="left:{place}%"></i>'
        for name, place in (("vd-needed", at.plan), ("vd-target", at.whole), ("vd-dot", at.here))
        if place is not None
    )
    return f'<div class="vd-track" style="--c:var(--vd-mute)" aria-hidden="true">{ticks}</div>'


def _compared(found: Beside, language: str) -> str:
    difference, indicator = found.difference, found.here.indicator
    if difference is None:
        return ""
    if difference == 0:
        return f"<b>{e(say('unit.equal', language))}</b>"
    decimals = telling_decimals(difference, 0, indicator.decimals)
    text = difference_text(difference, indicator, language, decimals)
    if unit_of(indicator, language) not in SIGNS:
        text = format_number(abs(difference), decimals, language)
    words = say("unit.higher" if difference > 0 else "unit.lower", language, difference=text)
    if found.is_better is None:
        return f"<b>{e(words)}</b>"
    side = "better" if found.is_better else "worse"
    return f'<b class="vd-{side}">{e(words)}</b><small>{e(say(f"unit.{side}", language))}</small>'


def _share(found: Beside, whole: str, language: str) -> str:
    """What the unit lacks at the plan's level, and of how much in the whole."""
    amount = _amount(found.here, language)
    if found.here.gap is None or found.here.indicator.gap_unit is None:
        return ""
    if amount is None:
        enough = "unit.enough" if direction(found.here.test) >= 0 else "unit.not_many"
        return f"<span>{e(say(enough, language))}</span>"
    key = "unit.lacking" if direction(found.here.test) >= 0 else "unit.too_many"
    of_whole = _amount(found.whole, language)
    small = say("unit.of_whole", language, gap=of_whole, whole=whole) if of_whole else ""
    return f"<b>{e(say(key, language, gap=amount))}</b><small>{e(small)}</small>"


def _amount(a: Assessment, language: str) -> str | None:
    if a.gap is None or a.gap <= 0:
        return None
    return counted_text(ceil(a.gap), a.indicator, language)


def _left_out(key: str, found: Sequence[Assessment], language: str) -> str:
    """Targets that cannot have a value here, by name."""
    if not found:
        return ""
    names = dict.fromkeys(_short(a.indicator, language) for a in found)
    text = say(f"unit.{key}", language, names=", ".join(names))
    return f'<p class="vd-quiet">{e(text)}</p>'


def _short(indicator: Indicator, language: str) -> str:
    return indicator.short_vi if language == "vi" else indicator.name_en
