"""Who makes up a gap, in words: what a unit lacks or has to spare, and the finding of a ranking."""

from fractions import Fraction
from math import ceil, floor

from indicators.catalogue import Indicator
from indicators.judge import GOOD, Verdict, direction
from indicators.ranking import Rank, Ranking
from indicators.sentence import counted_text, difference_text
from indicators.target_words import unit_of
from indicators.text import say

FIRST = 5  # how many units the title speaks of


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
