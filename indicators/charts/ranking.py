"""Which units make up the gap: one bar a unit, lacking to the right, to spare to the left."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

from indicators.assess import Assessment
from indicators.catalogue import Indicator
from indicators.charts.colours import ACCENT, MUTE, NONE, colour_of
from indicators.charts.layout import Figure, axis, layout
from indicators.formats import format_number
from indicators.judge import GOOD, Verdict, direction
from indicators.ranking import Rank, Ranking
from indicators.sentence import counted_text, difference_text
from indicators.target_words import unit_of
from indicators.text import say

BAR = 23  # pixels a unit
ROOM = 0.2  # of the longest bar, for the number beside it
FIRST = 5  # how many units the title speaks of


def bar_colour(rank: Rank) -> str:
    """The colour of the verdict; where the plan asks nothing of the unit, only lacking or not."""
    if rank.assessment.verdict is not Verdict.NO_TARGET:
        return colour_of(rank.assessment.verdict)
    return ACCENT if (rank.amount or 0) > 0 else NONE


def ranking(found: Ranking, names: Mapping[str, str], language: str = "vi") -> Figure | None:
    """The figure; ``customdata`` of a bar is the unit. None where no unit has a value."""
    ranks = found.ranks
    if not any(r.amount is not None for r in ranks):
        return None
    amounts = [float(r.amount or 0) for r in ranks]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": amounts,
        "y": list(range(len(ranks))),
        "customdata": [r.unit for r in ranks],
        "text": [bar_text(r, language) for r in ranks],
        "hovertext": [amount_text(r, language) for r in ranks],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": [bar_colour(r) for r in ranks]},
    }
    return {
        "data": [bars],
        "layout": layout(
            ranking_title(found, language),
            language,
            height=BAR * len(ranks) + 50,
            margin={"l": 8, "r": 8, "t": 4, "b": 40},
            bargap=0.35,
            xaxis=_amount_axis(ranks[0].assessment, amounts, language),
            yaxis=axis(
                showgrid=False,
                autorange="reversed",
                tickvals=list(range(len(ranks))),
                ticktext=[names[r.unit] for r in ranks],
            ),
        ),
    }


def _amount_axis(a: Assessment, amounts: list[float], language: str) -> Figure:
    least, most = min(0.0, *amounts), max(0.0, *amounts)
    room = (most - least) * ROOM or 1
    return axis(
        range=[least - room if least < 0 else -room / 20, most + room if most > 0 else room / 20],
        zeroline=True,
        zerolinecolor=MUTE,
        tickformat=",~f",
        nticks=5,
        title={"text": amount_title(a, least < 0, language), "font": {"size": 11.5, "color": MUTE}},
    )


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


def bar_text(rank: Rank, language: str = "vi") -> str:
    """What stands beside a bar: only the number, the axis says of what."""
    if rank.amount is None:
        return say("ranking.unknown", language)
    if rank.gap is None:
        return format_number(rank.amount, rank.assessment.indicator.decimals, language)
    return format_number(whole_of(rank.amount), 0, language)


def whole_of(amount: Fraction) -> int:
    """Half a bed lacking is one bed lacking; half a bed to spare is none."""
    return ceil(amount) if amount > 0 else -floor(-amount)


def ranking_title(found: Ranking, language: str = "vi") -> str:
    """The finding: how few units make up how much of what is lacking."""
    worst = len(found.worst)
    if not worst:
        return say("ranking.nobody", language)
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
