"""Which units make up the gap: bars, and what units lack or have to spare in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from indicators.assess import Assessment
from indicators.catalogue import Indicator
from indicators.charts.colours import ACCENT, NONE, colour_of
from indicators.judge import GOOD, Verdict, direction
from indicators.ranking import Rank, Ranking
from indicators.sentence import counted_text, difference_text
from indicators.target_words import unit_of
from indicators.text import say

ZERO = Fraction(0)
FIRST = 5  # how many units the title speaks of


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


def counted_in(indicator: Indicator, language: str = "vi") -> str:
    """In what a gap is counted, points where nothing is counted."""
    points = say("why.points", language, number="", unit=unit_of(indicator, language))
    return indicator.gap_word(None, language) or points.strip()


def amount_text(rank: Rank, language: str = "vi") -> str:
    """What a unit lacks or has to spare, whole units: "39 bác sĩ", "dư 12 bác sĩ", "vừa đủ"."""
    amount, indicator = rank.amount, rank.assessment.indicator
    if amount is None:
        return say("ranking.unknown", language)
    whole = whole_of(amount)
    if whole == 0 and rank.gap is not None:
        is_good = rank.assessment.verdict in GOOD | {Verdict.ON_TRACK}
        return say("ranking.none" if is_good else "ranking.tie", language)
    counted = None if rank.gap is None else counted_text(whole, indicator, language)
    text = counted or difference_text(amount, indicator, language)
    key = "short" if amount > 0 else "spare"
    suffix = "" if direction(rank.assessment.test) >= 0 else "_lower"
    return say(f"ranking.{key}{suffix}", language, amount=text)


def whole_of(amount: Fraction) -> int:
    """Half a bed lacking is one bed lacking; half a bed to spare is none."""
    return ceil(amount) if amount > 0 else -floor(-amount)


def ranking_title(found: Ranking, language: str = "vi") -> str:
    """The finding: how few units make up how much of what is lacking."""
    worst = len(found.worst)
    if all(rank.amount is None for rank in found.ranks):
        return say("ranking.silent", language)
    if not worst:
        known = len(found.ranks) - len(found.unknown)
        return say("ranking.known" if found.unknown else "ranking.nobody", language, known=known)
    a = found.worst[0].assessment
    unit = counted_in(a.indicator, language)
    suffix = "" if direction(a.test) >= 0 else "_lower"
    if worst <= FIRST:
        return say(f"ranking.few{suffix}", language, count=worst, unit=unit)
    share = floor((found.share_of_first(FIRST) or 0) * 100)
    return say(f"ranking.title{suffix}", language, count=FIRST, share=share, unit=unit, all=worst)


def sum_text(found: Ranking, amount: Fraction | None, language: str = "vi") -> str:
    """An amount of the ranking as a whole in words; "" where nothing is counted."""
    if amount is None or not found.ranks:
        return ""
    return amount_text(Rank("", found.ranks[0].assessment, amount, None), language)
