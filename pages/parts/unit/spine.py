"""The spine chart: the unit's dot on the spread of the like units, one line an indicator."""

from __future__ import annotations

from dataclasses import replace

from etl.context import opened
from indicators.formats import format_number
from indicators.period import parse_period
from indicators.sentence import short_value, value_text
from indicators.spine import Group, Spine, Vertebra, spine_of_area, spine_of_facility
from indicators.text import lower_first, say
from indicators.units import Unit, UnitTree
from pages.parts.data import picture_of
from pages.parts.html import e
from pages.parts.kept import kept_for_all
from pages.parts.take.menu import take_drawn
from pages.parts.unit.data import below
from pages.parts.view import View

SHOWN = 10  # lines before the rest is folded away
MARKS = {Group.WORST: "▼", Group.BEST: "▲", Group.MIDDLE: "", Group.UNTOLD: ""}


def spine_of(unit: Unit, view: View) -> Spine:
    """Among the areas below its parent; a facility among those that a target asks each."""
    key = ("spine", view.plan, view.period, view.unit, view.basis)
    return kept_for_all(key, lambda: _spine(unit, view))


def _spine(unit: Unit, view: View) -> Spine:
    deployment = opened().deployment
    tree = deployment.units.at(parse_period(view.period).end)
    plan = deployment.plans[view.plan].unit
    if not deployment.catalogue.kinds[unit.kind].area:
        return spine_of_facility(unit.id, picture_of(replace(view, unit=plan)).assessments, tree)
    if unit.parent not in tree.units or unit.parent is None:
        return Spine((), (), 0)
    around = replace(view, unit=unit.parent)
    return spine_of_area(unit.id, below(around), picture_of(around).assessments, tree)


def spine_card(unit: Unit, tree: UnitTree, view: View) -> str:
    """The chart with its finding; nothing where nobody like it can be compared."""
    found, language = spine_of(unit, view), view.language
    if not found.vertebrae:
        return ""
    shown, rest = found.vertebrae[:SHOWN], found.vertebrae[SHOWN:]
    lines = "".join(_line(v, view) for v in shown)
    if rest:
        more = e(say("spine.more", language, count=format_number(len(rest), 0, language)))
        folded = "".join(_line(v, view) for v in rest)
        lines += f"<details><summary>{more}</summary>{folded}</details>"
    title = spine_title(unit, found, tree, language)
    return (
        f'<section class="vd-card vd-spine"><h2>{e(title)}</h2>{take_drawn("spine", "spine", title, view)}'
        f'<p class="vd-spine-says">{e(_finding(found, language))}</p>{_head(language)}{lines}'
        f'<p class="vd-quiet">{e(say("spine.note", language))}</p>{_untold(found, language)}</section>'
    )


def spine_title(unit: Unit, found: Spine, tree: UnitTree, language: str) -> str:
    kind = opened().deployment.catalogue.kinds[unit.kind]
    word = kind.plural_vi or kind.name_vi if language == "vi" else f"{kind.name_en.lower()}s"
    whole = tree.units[unit.parent] if unit.parent in tree.units and unit.parent else unit
    if not opened().deployment.catalogue.kinds[unit.kind].area:
        whole = tree.units[tree.path(unit.id)[0]]
    count = format_number(found.like, 0, language)
    return say("spine.title", language, count=count, kind=word, whole=lower_first(whole.name))


def _finding(found: Spine, language: str) -> str:
    counts = {
        "worst": len(found.in_group(Group.WORST)),
        "best": len(found.in_group(Group.BEST)),
        "count": len(found.vertebrae),
    }
    return say(
        "spine.both", language, **{k: format_number(n, 0, language) for k, n in counts.items()}
    )


def _head(language: str) -> str:
    sides = "".join(
        f"<span>{e(say(f'spine.{side}', language))}</span>" for side in ("worst_side", "best_side")
    )
    here, rank = (e(say(f"spine.{key}", language)) for key in ("here", "rank"))
    return (
        f'<div class="vd-bone vd-head"><span></span><span>{here}</span>'
        f'<span class="vd-sides">{sides}</span><span>{rank}</span></div>'
    )


def _line(found: Vertebra, view: View) -> str:
    """Name, value, track, rank; the sentence on hover and for screen readers."""
    language, indicator = view.language, found.indicator
    name = indicator.short_vi if language == "vi" else indicator.name_en
    address = e(view.link("/chi-tieu", indicator=indicator.id))
    sentence = e(_sentence(found, name, language))
    group = e(say(f"spine.group.{found.group}", language))
    mark = f'<i aria-hidden="true">{MARKS[found.group]}</i> ' if MARKS[found.group] else ""
    small = group
    if found.is_few:
        small = e(say("spine.few", language, count=found.count))
    rank = e(say("spine.of", language, rank=found.rank, count=found.count))
    return (
        f'<div class="vd-bone vd-is-{found.group}" title="{sentence}">'
        f'<a href="{address}">{e(name)}</a><b>{e(short_value(found.value, indicator, language))}</b>'
        f'<div role="img" aria-label="{sentence}">{_track(found)}</div>'
        f"<span>{mark}{rank}<small>{small}</small></span></div>"
    )


def _track(found: Vertebra) -> str:
    """The pale and the dark band, the median, the dot; without quartiles only the pale band."""
    spread = found.spread
    low, high = _span(found, spread.low, spread.high)
    bands = f'<i class="vd-all" style="left:{low}%;right:{high}%"></i>'
    if not found.is_few:
        first, third = _span(found, spread.first, spread.third)
        bands += f'<i class="vd-half" style="left:{first}%;right:{third}%"></i>'
        bands += '<i class="vd-median" style="left:50%"></i>'
    dot = f'<i class="vd-here" style="left:{_at(found.place(found.value))}%"></i>'
    return f'<div class="vd-spread">{bands}{dot}</div>'


def _span(found: Vertebra, one: object, other: object) -> tuple[str, str]:
    """Left and right distance of a band in per cent."""
    ends = sorted(found.place(value) for value in (one, other))  # type: ignore[arg-type]
    return _at(ends[0]), _at(100 - ends[1])


def _at(place: object) -> str:
    return f"{float(place):.1f}"  # type: ignore[arg-type]


def _sentence(found: Vertebra, name: str, language: str) -> str:
    spread, indicator = found.spread, found.indicator
    values = {"low": spread.low, "median": spread.median, "high": spread.high}
    return say(
        "spine.sentence",
        language,
        indicator=name,
        value=value_text(found.value, indicator, language),
        rank=found.rank,
        count=found.count,
        **{key: short_value(value, indicator, language) for key, value in values.items()},
    )


def _untold(found: Spine, language: str) -> str:
    if not found.untold:
        return ""
    names = [i.short_vi if language == "vi" else i.name_en for i in found.untold]
    text = say("spine.untold", language, names=", ".join(dict.fromkeys(names)))
    return f'<p class="vd-quiet">{e(text)}</p>'
