"""The top of the page: the three ways, the other side, and the answer in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.context import opened
from indicators.compare import Compared, Turn, count_turns, worst_turned_first
from indicators.period import parse_period, period_label
from indicators.text import lower_first, say, upper_first
from pages.parts.compare.data import PLAN, UNIT, WAYS, Asked, alike, periods, plans, siblings
from pages.parts.compare.rows import Sides
from pages.parts.html import e
from pages.parts.summary import NAMED, name_of
from pages.parts.take.menu import take

ORDER = (Turn.BETTER, Turn.WORSE, Turn.MIXED, Turn.CHANGED, Turn.CHANCE, Turn.SAME, Turn.UNKNOWN)
RECENT = 8  # periods offered


def tabs(asked: Asked) -> str:
    """The three ways as links."""
    language = asked.view.language
    links = "".join(
        f'<a href="{e(asked.link(by=way))}"{_current(way == asked.by)}>'
        f"{e(say(f'compare.by_{way}', language))}</a>"
        for way in WAYS
    )
    return f'<nav class="vd-ways" aria-label="{e(say("compare.label", language))}">{links}</nav>'


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""


def choices(asked: Asked) -> str:
    """The other sides that may be chosen, as links; the chosen one is marked."""
    if asked.by == UNIT:
        return unit_choices(asked)
    found = plans(asked.view) if asked.by == PLAN else recent(asked)
    label = "compare.choose_plan" if asked.by == PLAN else "compare.choose_period"
    return chips(say(label, asked.view.language), found, asked)


def recent(asked: Asked) -> list[str]:
    """The latest periods, and the chosen one."""
    found = periods(asked.view)
    shown = found[:RECENT]
    return shown if asked.other in shown or not asked.other else [*shown, asked.other]


def unit_choices(asked: Asked) -> str:
    """Units of like size first, every unit of the kind folded below."""
    every, language = siblings(asked.view), asked.view.language
    if not every:
        return ""
    near = list(alike(asked.view))
    near = near if asked.other in near else [*near, asked.other]
    label = "compare.choose_alike" if len(near) > 1 else "compare.choose_unit"
    more = e(say("compare.choose_all", language, count=len(every)))
    links = "".join(chip(other, asked) for other in every)
    folded = (
        f'<details class="vd-more"><summary>{more}</summary>'
        f'<div class="vd-links">{links}</div></details>'
    )
    return chips(say(label, language), near, asked) + folded


def chips(label: str, found: Iterable[str], asked: Asked) -> str:
    """A line of links."""
    links = "".join(chip(other, asked) for other in found)
    return f'<div class="vd-links vd-against"><span>{e(label)}</span>{links}</div>' if links else ""


def chip(other: str, asked: Asked) -> str:
    """One other side as a link."""
    text = e(side_name(other, asked))
    current = _current(other == asked.other)
    return f'<a class="vd-chip" href="{e(asked.link(other=other))}"{current}>{text}</a>'


def side_name(code: str, asked: Asked) -> str:
    """A period, a unit or a plan in a heading."""
    deployment, language = opened().deployment, asked.view.language
    if asked.by == PLAN:
        return deployment.plans[code].short_vi
    if asked.by == UNIT:
        tree = deployment.units.at(parse_period(asked.view.period).end)
        unit = tree.units.get(code)
        return unit.short_name if unit else deployment.units.latest_names[code].short_name
    return period_label(parse_period(code), language)


def sides_of(asked: Asked) -> Sides:
    """How the page calls both sides."""
    own = asked.view.unit if asked.by == UNIT else asked.view.period
    suffix = "_unit" if asked.by == UNIT else ""
    return Sides(asked.view, side_name(own, asked), side_name(asked.other, asked), suffix)


def menu(asked: Asked, table: str) -> str:
    """The way to take a table of both sides away."""
    title = say("compare.label", asked.view.language)
    return take(table, title, asked.view, by=asked.by, **{"with": asked.other})


def answer(found: Sequence[Compared], sides: Sides) -> str:
    """The sentence and, by name, what is worse."""
    parts = ", ".join(turns_text(found, sides)) or sides.text("compare.only_unknown")
    inside = sides.suffix or sides.view.language == "en"  # English months keep their capital
    other = sides.there if inside else lower_first(sides.there)
    text = sides.text(f"compare.sentence{sides.suffix}", name=sides.here, other=other, parts=parts)
    return f'<div class="vd-summary"><h1>{e(text)}</h1>{names(found, sides)}</div>'


def turns_text(found: Sequence[Compared], sides: Sides) -> list[str]:
    """ "14 chỉ tiêu tốt lên", "5 xấu đi", …: only the first says of what."""
    counts = count_turns(found)
    said = []
    for turn in filter(counts.get, ORDER):
        if said:
            said.append(sides.text(f"compare.count{sides.suffix}.{turn}", count=counts[turn]))
        else:
            word = sides.text(f"compare.turn{sides.suffix}.{turn}")
            said.append(sides.text("compare.count.first", count=counts[turn], turn=word))
    return said


def names(found: Sequence[Compared], sides: Sides) -> str:
    """What is worse, by name; "" where nothing is."""
    language = sides.view.language
    worse = [c.a for c in worst_turned_first(found) if c.turn is Turn.WORSE]
    if not worse:
        return ""
    word = sides.text(f"compare.turn{sides.suffix}.worse")
    shown = ", ".join(name_of(a, language) for a in worse[:NAMED])
    if len(worse) > NAMED:
        shown += say("overview.and_more", language, count=len(worse) - NAMED)
    label = upper_first(word)
    return f'<p class="vd-names"><em class="vd-worse">{e(label)}:</em> {e(shown)}.</p>'
