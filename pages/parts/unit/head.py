"""Who the unit is: the path down to it, its names through time, who reports, which plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from etl.template import reporting_units
from indicators.deployment import Deployment
from indicators.formats import format_number
from indicators.period import Period
from indicators.text import say, upper_first
from indicators.units import EventKind, EventRow, NameRow, Unit, UnitTree, Whole
from pages.parts.html import e, say_html
from pages.parts.view import View

FEW = 3
MANY = 6  # units named in one reorganisation
DAY = "%d/%m/%Y"


def path_html(tree: UnitTree, view: View) -> str:
    """Links from the province down to the unit, which is the last and no link."""
    *above, last = tree.path(view.unit)
    links = "".join(
        f'<a href="{e(view.link("/don-vi", unit=unit))}">{e(tree.units[unit].name)}</a><i>›</i>'
        for unit in above
    )
    label = e(say("unit.path", view.language))
    return (
        f'<nav class="vd-path" aria-label="{label}">{links}'
        f'<span aria-current="page">{e(tree.units[last].name)}</span></nav>'
    )


def head_html(
    unit: Unit, tree: UnitTree, period: Period, deployment: Deployment, view: View
) -> str:
    """Kind, name, who reports for it, former names, and the plans it is under."""
    kind = deployment.catalogue.kinds[unit.kind]
    lines = [
        reporters_line(unit, period, deployment, view),
        *names_lines(unit.id, deployment, view),
    ]
    if unit.professional_parent in tree.units and unit.professional_parent:
        directing = tree.units[unit.professional_parent]
        link = f'<a href="{e(view.link("/don-vi", unit=directing.id))}">{e(directing.name)}</a>'
        lines.append(say_html("unit.directed", view.language, {"unit": link}))
    small = "".join(f"<li>{line}</li>" for line in lines if line)
    name = kind.name_vi if view.language == "vi" else kind.name_en
    return (
        f'<header class="vd-unit"><small>{e(name)}</small><h1>{e(unit.name)}</h1>'
        f"<ul>{small}</ul>{plans_line(unit, tree, deployment, view)}</header>"
    )


def not_valid_html(view: View, deployment: Deployment, period: Period) -> str:
    """Its latest name, and that it is no unit in this period."""
    row = deployment.units.latest_names[view.unit]
    text = say("unit.not_valid", view.language, name=row.name, day=f"{period.end:{DAY}}")
    lines = "".join(f"<li>{line}</li>" for line in names_lines(view.unit, deployment, view))
    return (
        f'<header class="vd-unit"><h1>{e(row.name)}</h1><ul>{lines}</ul></header>'
        f'<section class="vd-card vd-notice"><b>{e(text)}</b></section>'
    )


def reporters_line(unit: Unit, period: Period, deployment: Deployment, view: View) -> str:
    """The units that report for an area: by name when few, else counted by kind."""
    tree, kinds = deployment.units.at(period.end), deployment.catalogue.kinds
    if not kinds[unit.kind].area:
        return ""
    found = reporting_units(deployment, unit.id, period)
    direct = [u for u in found if tree.units[u].parent == unit.id]
    shown = direct if 0 < len(direct) <= FEW else []
    parts = [
        f'<a href="{e(view.link("/don-vi", unit=u))}">{e(tree.units[u].short_name)}</a>'
        for u in shown
    ]
    counts = Counter(tree.units[u].kind for u in found if u not in shown)
    for kind, count in counts.items():
        word = kinds[kind].plural(view.language)
        number = format_number(count, 0, view.language)
        parts.append(e(say("unit.count", view.language, count=number, kind=word)))
    return say_html("unit.reporters", view.language, {"units": ", ".join(parts)}) if parts else ""


def names_lines(unit: str, deployment: Deployment, view: View) -> list[str]:
    """What it was called before, and when and why it ends, as the register says."""
    rows = sorted(
        (row for row in deployment.units.names if row.unit == unit),
        key=lambda row: (row.valid_to is None, row.valid_to),
    )
    earlier = [row for row in rows[:-1] if row.valid_to]
    lines = [
        e(say("unit.before", view.language, day=f"{row.valid_to:{DAY}}", name=row.name))
        for row in earlier
    ]
    last = rows[-1]
    if last.valid_to:
        text = say(
            "unit.ends",
            view.language,
            day=f"{last.valid_to:{DAY}}",
            source=ending_of(last, view.language),
        )
        lines.append(e(text))
    return lines + events_lines(unit, deployment, view)


def events_lines(unit: str, deployment: Deployment, view: View) -> list[str]:
    """What it went into, what it was made of, and where that is open, by day."""
    units = deployment.units
    became = [
        ("unit.became", links, [link.into or "" for link in links])
        for links in by_day(units.became(unit))
    ]
    made = [
        ("unit.made_of", links, [link.unit for link in links])
        for links in by_day(units.made_of(unit))
    ]
    lines = [event_text(*line, deployment, view) for line in (*became, *made)]
    return [e(line) for line in (*lines, *(open_text(o, view) for o in units.left_open(unit)))]


def open_text(event: EventRow, view: View) -> str:
    """That it was dissolved without a receiver, or that nobody knows what became of it."""
    return say(
        "unit.dissolved" if event.kind is EventKind.DISSOLVE else "unit.unknown",
        view.language,
        day=f"{event.day:{DAY}}",
        source=event.resolution or say("boundary.unsourced", view.language),
        note=f": {event.note}" if event.note else "",
    )


def by_day(events: Iterable[EventRow]) -> list[list[EventRow]]:
    """Links of one day together."""
    return [list(links) for _, links in groupby(events, key=lambda event: event.day)]


def event_text(
    key: str, links: list[EventRow], units: list[str], deployment: Deployment, view: View
) -> str:
    """One reorganisation as a line."""
    names = [deployment.units.latest_names[unit].name for unit in units]
    more = len(names) - MANY
    shown = names[:MANY] + ([say("unit.more", view.language, count=more)] if more > 0 else [])
    parts = any(link.whole is Whole.NO for link in links)
    return say(
        key,
        view.language,
        day=f"{links[0].day:{DAY}}",
        names=", ".join(shown),
        part=say("unit.became_part", view.language) if parts and len(links) > 1 else "",
        source=links[0].resolution or "…",
    )


def ending_of(row: NameRow, language: str) -> str:
    """The part of the register's source that is about the end; in English only what it cites."""
    parts = [part.strip() for part in row.source.split(";")]
    found = next((part for part in parts if part.startswith(("kết thúc", "đổi theo"))), "")
    if language != "vi":
        found = found.rpartition(": ")[2]
    return f"{upper_first(found)}." if found else ""


def plans_line(unit: Unit, tree: UnitTree, deployment: Deployment, view: View) -> str:
    """The plans of the unit and of the units above it; the chosen one is marked."""
    path = tree.path(unit.id)
    plans = [plan for plan in deployment.plans.values() if plan.unit in path]
    if len(plans) < 2 and any(plan.id == view.plan for plan in plans):
        return ""
    chips = "".join(
        f'<a class="vd-chip" href="{e(view.link("/don-vi", plan=plan.id))}"'
        f"{' aria-current=true' if plan.id == view.plan else ''}>{e(plan.short_vi)}</a>"
        for plan in plans
    )
    return (
        f'<div class="vd-links">{e(say("unit.plans", view.language))} {chips}</div>'
        if chips
        else ""
    )
