"""Evidence in words: what a leader may take from the numbers beside a verdict, each one sentence."""

from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessment
from indicators.chance import Estimate
from indicators.contributions import Mix
from indicators.evidence import Evidence, Pace, Season, Way
from indicators.formats import format_number, rounded, telling_decimals
from indicators.judge import GOOD, Verdict, direction
from indicators.sentence import difference_text, short_value, value_text
from indicators.signal_text import signal_texts
from indicators.statistics.trend import Trend
from indicators.target_words import target_text
from indicators.text import say

TENTH = 10
WHOLE, FAR = 100, 1000  # per cent
# Where the plan asks nothing, or nothing more.
UNASKED = GOOD | {Verdict.NO_TARGET}


@dataclass(frozen=True)
class Readings:
    """Sentences: those a leader needs, and those for whoever asks further."""

    first: tuple[str, ...]
    more: tuple[str, ...]


def readings(a: Assessment, found: Evidence, language: str = "vi") -> Readings:
    """What can be said; nothing is said where a number would mislead."""
    mix = mix_sentence(a, found.mix, language)
    weighs = found.mix is not None and _weighs(found.mix)
    first = (
        last_year_sentence(a, found, language),
        mix if weighs else "",
        pace_sentence(a, found.pace, language),
        *signal_texts(a, found.chart, language),
    )
    more = (
        "" if weighs else mix,
        interval_sentence(a, found.estimate, language),
        way_sentence(a, found.gap_closed, language),
        season_sentence(a, found.season, language),
        trend_sentence(found, language),
    )
    return Readings(tuple(filter(None, first)), tuple(filter(None, more)))


def _weighs(mix: Mix) -> bool:
    """Whether moving weights are a tenth of the change or more, or turn it round."""
    return mix.effect.is_reversed or abs(mix.effect.mix) * TENTH >= abs(mix.effect.change)


def _amount(change: Fraction, a: Assessment, language: str) -> str:
    """A change without its sign, with decimals enough not to print as 0."""
    decimals = telling_decimals(change, 0, a.indicator.decimals)
    return difference_text(change, a.indicator, language, min(decimals, a.indicator.decimals + 1))


def _moved(change: Fraction, a: Assessment, language: str) -> str:
    """ "cao hơn 0,3 điểm %"."""
    if change == 0:
        return say("movement.unchanged", language)
    way = "higher" if change > 0 else "lower"
    return say(f"why.{way}", language, difference=_amount(change, a, language))


def last_year_sentence(a: Assessment, found: Evidence, language: str = "vi") -> str:
    """The change since last year where more is known than the two values: over which units, or chance.

    Plainly higher or lower than a year before stands beside the value already.
    """
    last = found.last_year
    if last.value is None or not last.change:
        return ""
    change = _moved(last.change, a, language)
    if found.partial and found.mix is not None:
        counts = {"units": found.mix.units, "of": found.mix.of}
        return say("reading.same_units", language, change=change, **counts) + "."
    if found.beyond_chance is None:
        return ""
    before = value_text(last.value, a.indicator, language, beside=a.measure.value)
    key = "reading.beyond" if found.beyond_chance else "reading.by_chance"
    return say(key, language, value=before, change=change) + "."


def mix_sentence(a: Assessment, mix: Mix | None, language: str = "vi") -> str:
    """Whether the units themselves changed or only their weights; a warning where they disagree."""
    if mix is None or mix.effect.change == 0:
        return ""
    if rounded(mix.effect.mix, a.indicator.decimals + 1) == 0:
        return say("reading.own_work", language) + "."
    parts = {
        "rate": _moved(mix.effect.rate, a, language),
        "mix": _moved(mix.effect.mix, a, language),
    }
    key = "reading.reversed" if mix.effect.is_reversed else "reading.mix"
    return say(key, language, **parts) + "."


def pace_sentence(a: Assessment, pace: Pace, language: str = "vi") -> str:
    """What each quarter to the deadline must bring, beside the best one there was."""
    if not pace.required or a.verdict in UNASKED or a.rule is None or a.measure.value is None:
        return ""
    sign = 1 if pace.required > 0 else -1
    if sign * direction(a.test) < 0:
        return ""  # there is more than the plan asks for
    way = ("up" if sign > 0 else "down") + ("_last" if a.standing.steps_left == 1 else "")
    text = say(f"reading.pace_{way}", language, amount=_amount(pace.required, a, language))
    if pace.best is None:
        return say("reading.no_history", language, text=text) + "."
    if pace.best * sign <= 0:
        return say("reading.never_closer", language, text=text) + "."
    best = _amount(pace.best, a, language)
    ending = {True: "_never", False: "_before", None: ""}[pace.never_achieved]
    return say(f"reading.best{ending}", language, text=text, best=best) + "."


def interval_sentence(a: Assessment, estimate: Estimate | None, language: str = "vi") -> str:
    """Between what chance leaves the value, and whether the plan lies inside."""
    if estimate is None or estimate.high is None:
        return ""
    low, high = Fraction(estimate.low), Fraction(estimate.high)
    ends = {
        "low": short_value(low, a.indicator, language, beside=high),
        "high": value_text(high, a.indicator, language, beside=low),
    }
    text = say("reading.interval", language, **ends)
    if a.rule is None:
        return f"{text}."
    key = "reading.plan_inside" if low <= a.rule.value <= high else "reading.plan_outside"
    return text + say(key, language, target=target_text(a.target, a.indicator, language)) + "."


def way_sentence(a: Assessment, found: Way, language: str = "vi") -> str:
    """How much of the gap there was before the plan is closed; nothing of what restarts each year."""
    percent = found.closed.percent
    if percent is None or a.verdict in UNASKED or a.starts_again:
        return ""
    number = format_number(abs(percent), 0, language)
    if number == "0" or not -FAR < percent < WHOLE:
        return ""
    return say("reading.closed" if percent > 0 else "reading.wider", language, percent=number) + "."


def season_sentence(a: Assessment, season: Season | None, language: str = "vi") -> str:
    """What earlier years would have reached by now of this year's plan."""
    if season is None:
        return ""
    expected = value_text(season.expected, a.indicator, language, beside=a.measure.value)
    return say("reading.season", language, expected=expected) + "."


def trend_sentence(found: Evidence, language: str = "vi") -> str:
    """The trend over the same period of five years, where there are so many."""
    if found.trend is None or found.trend.trend is Trend.TOO_FEW:
        return ""
    return say(f"reading.trend_{found.trend.trend}", language, points=found.trend.points) + "."
