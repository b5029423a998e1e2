"""The outlook: how many targets will be met at their deadline if things go on as so far.

Never a verdict: it counts the ranges of the projections, and says how many have none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessment
from indicators.expect import Projection
from indicators.judge import GOOD, LIMITLESS, Rule, meets
from indicators.measure import Bounds
from indicators.movement import possible
from indicators.period import Period
from indicators.plans import Comparator
from indicators.text import say


@dataclass(frozen=True)
class Outlook:
    """Of ``told`` targets between ``low`` and ``high`` will be met; of ``untold`` nobody can say."""

    low: int
    high: int
    told: int
    untold: int
    in_year: bool  # every deadline lies in the year looked at


def outlook(assessments: Iterable[Assessment]) -> Outlook | None:
    """Of targets whose deadline is still to come; None where none is, or none can be told."""
    found = list(assessments)
    if not found or all(a.standing.final for a in found):
        return None
    prospects = [prospect(a) for a in found]
    told = [p for p in prospects if p is not None]
    if not told:
        return None
    low, high = sum(sure for sure, _ in told), sum(able for _, able in told)
    in_year = all(_ends_with(a.deadline, a.period.year) for a in found)
    return Outlook(low, high, len(told), len(prospects) - len(told), in_year)


def _ends_with(deadline: Period | None, year: int) -> bool:
    return deadline is not None and deadline.year == year


def prospect(a: Assessment) -> tuple[bool, bool] | None:
    """Whether the target is surely met, whether it may be; None where that cannot be told.

    Past its deadline it is as it was judged. Of measures that must all pass, all have to.
    """
    if a.standing.final:
        return a.verdict in GOOD, a.verdict in GOOD
    if a.units:
        return None
    parts = [_of_measure(part) for part in a.also or (a,)]
    told = [part for part in parts if part is not None]
    if len(told) < len(parts):
        return None
    return all(sure for sure, _ in told), all(able for _, able in told)


def _of_measure(a: Assessment) -> tuple[bool, bool] | None:
    if a.projection is None or a.rule is None or a.measure.value is None:
        return None
    ends = _ends(a, a.projection, a.measure.value)
    return None if ends is None else _within(a.rule, *ends)


def _ends(a: Assessment, found: Projection, value: Fraction) -> tuple[Fraction, Fraction] | None:
    """The range of the projection, widened by what units that are missing may change."""
    if found.low is None or found.high is None:
        return None
    bounds = Bounds(value, value) if a.measure.is_whole else a.measure.bounds
    if bounds is None:
        return None
    below = LIMITLESS if bounds.low is None else value - bounds.low
    above = LIMITLESS if bounds.high is None else bounds.high - value
    return possible(a, found.low - below), possible(a, found.high + above)


def _within(rule: Rule, low: Fraction, high: Fraction) -> tuple[bool, bool]:
    """Whether both ends meet the rule, whether anything between them does."""
    passing = [meets(end, rule.test, rule.value) for end in (low, high)]
    between = rule.test is Comparator.EQUAL and low <= rule.value <= high
    return all(passing), any(passing) or between


def outlook_text(found: Outlook | None, language: str = "vi") -> str:
    """ "Dự báo cuối năm theo nhịp đã có: đạt 10–14 trong 21 chỉ tiêu dự báo được"; "" for none."""
    if found is None:
        return ""
    count = str(found.low) if found.low == found.high else f"{found.low}–{found.high}"
    key = "outlook.year" if found.in_year else "outlook.deadline"
    text = say(key, language, count=count, told=found.told)
    more = say("outlook.untold", language, count=found.untold) if found.untold else ""
    return f"{text}{more}."
