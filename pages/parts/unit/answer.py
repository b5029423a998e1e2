"""The first sentence about a unit: its targets, its place among like units, its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.context import opened
from etl.looked import Looked
from indicators.assess import Assessment
from indicators.formats import format_number
from indicators.headline import headline
from indicators.judge import BAD, SLOW, UNJUDGED
from indicators.spine import Group
from indicators.text import say, upper_first
from indicators.units import Unit
from pages.parts.html import e
from pages.parts.quality.data import looked_of
from pages.parts.summary import counted
from pages.parts.unit.data import footing_of
from pages.parts.unit.spine import spine_of
from pages.parts.view import View


def answer(unit: Unit, view: View) -> str:
    """What a head of unit must know, in one line; nothing where nothing is asked of it."""
    is_area = opened().deployment.catalogue.kinds[unit.kind].area
    parts = _of_area(unit, view) if is_area else _of_facility(unit, view)
    text = ". ".join(upper_first(part.rstrip(".")) for part in parts)
    return f'<p class="vd-unit-says">{e(text)}.</p>' if text else ""


def _of_area(unit: Unit, view: View) -> Iterator[str]:
    plan = opened().deployment.plans[view.plan]
    found = footing_of(view)
    judged = counted(found.judged)
    if unit.id == plan.unit and judged:
        yield headline(judged, view.language)
    elif found.judged:
        yield from _own(found.judged, view.language)
    yield from _place(unit, view)
    progress = looked_of(view).progress
    if progress.units_due:
        counts = {"done": progress.units_done, "due": progress.units_due}
        yield _say("reported", view.language, **counts)


def _own(judged: Sequence[Assessment], language: str) -> Iterator[str]:
    """Of the targets that name it: how many worry, of those that can be judged by now."""
    told = [a for a in judged if a.verdict not in UNJUDGED]
    if told:
        bad = sum(a.verdict in BAD | SLOW for a in told)
        yield _say("worrying", language, bad=bad, count=len(told))
    if len(told) < len(judged):
        yield _say("untold", language, count=len(judged) - len(told))


def _place(unit: Unit, view: View) -> Iterator[str]:
    found = spine_of(unit, view)
    if found.vertebrae:
        worst = len(found.in_group(Group.WORST))
        key = "place" if worst else "place_none"
        yield _say(key, view.language, worst=worst, count=len(found.vertebrae))


def _of_facility(unit: Unit, view: View) -> Iterator[str]:
    found = looked_of(view)
    if not found.progress.reports:
        return
    counts = {"received": len(found.progress.received), "due": len(found.progress.reports)}
    late = _longest(found)
    yield _say("sent_late" if late else "sent", view.language, **counts, days=late)
    yield from _gaps(found, view.language)
    yield from _place(unit, view)


def _longest(found: Looked) -> int:
    return max((report.days_late for report in found.late), default=0)


def _gaps(found: Looked, language: str) -> Iterator[str]:
    """What is missing and what is asked about, where anything came."""
    if found.progress.received:
        cells = sum(len(gap.quantities) for gap in found.gaps)
        yield _say("gaps" if cells else "no_gaps", language, count=cells)
        doubts = len(found.doubts)
        yield _say("doubts" if doubts else "no_doubts", language, count=doubts)


def _say(key: str, language: str, **counts: int) -> str:
    numbers = {name: format_number(count, 0, language) for name, count in counts.items()}
    return say(f"unit.answer.{key}", language, **numbers)
