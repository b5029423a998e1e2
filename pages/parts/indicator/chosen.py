"""The indicator a page is about: as the address asks, else the one that is worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.assess import Assessment
from pages.parts.targets import worst_first
from pages.parts.view import View


@dataclass(frozen=True)
class Chosen:
    """One indicator of a plan: its target as assessed, its own measure, targets for every unit."""

    view: View
    whole: Assessment  # the target
    own: Assessment  # the measure of this indicator: one of several that must all pass, else whole
    every: tuple[Assessment, ...]  # targets that every unit must meet


def choose(view: View, assessments: Sequence[Assessment]) -> Chosen | None:
    """What to show; None for a plan without targets."""
    if not assessments:
        return None
    indicator = view.indicator or worst_first(assessments)[0].indicator.id
    about = [a for a in assessments if indicator in a.target.indicators]
    whole = next((a for a in about if not a.units), about[0])
    own = next((part for part in whole.also if part.indicator.id == indicator), whole)
    every = tuple(a for a in about if a.units)
    return Chosen(replace(view, indicator=indicator), whole, own, every)


def options(assessments: Sequence[Assessment], language: str) -> dict[str, str]:
    """Every indicator of the plan with its name, in the order of the document."""
    found = {}
    for a in assessments:
        for part in a.also or (a,):
            name = part.indicator.name_vi if language == "vi" else part.indicator.name_en
            found[part.indicator.id] = name
    return found
