"""Which units make up the gap, as bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessment
from indicators.charts.colours import ACCENT, NONE, colour_of
from indicators.judge import Verdict, direction
from indicators.ranking import Rank, Ranking
from indicators.ranking_text import counted_in
from indicators.text import say

ZERO = Fraction(0)


def bar_colour(rank: Rank) -> str:
    """The colour of the verdict; where the plan asks nothing of the unit, only lacking or not."""
    if rank.assessment.verdict is not Verdict.NO_TARGET:
        return colour_of(rank.assessment.verdict)
    return ACCENT if (rank.amount or 0) > 0 else NONE


@dataclass(frozen=True)
class Bars:
    """Places in per cent of a track: the line of enough, and for each unit its left end and width."""

    zero: float
    spans: Mapping[str, tuple[float, float]]


def bars(found: Ranking) -> Bars:
    """One bar a unit on a common scale: lacking to the right of the line, to spare to the left."""
    amounts = {r.unit: r.amount for r in found.ranks if r.amount is not None}
    least, most = min([ZERO, *amounts.values()]), max([ZERO, *amounts.values()])
    whole = most - least or Fraction(1)

    def at(value: Fraction) -> float:
        return round(float((value - least) / whole * 100), 1)

    zero = at(ZERO)
    spans = {
        unit: (min(zero, at(amount)), round(abs(at(amount) - zero), 1))
        for unit, amount in amounts.items()
    }
    return Bars(zero, spans)


def amount_title(a: Assessment, has_spare: bool, language: str = "vi") -> str:
    """What the axis counts: "Số bác sĩ còn thiếu"."""
    key = "ranking.axis" if direction(a.test) >= 0 else "ranking.axis_excess"
    title = say(key, language, unit=counted_in(a.indicator, language))
    return title + (say(f"{key}_left", language) if has_spare else "")
