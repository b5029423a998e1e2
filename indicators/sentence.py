"""Sentences: why a verdict is what it is."""

from fractions import Fraction
from math import ceil

from indicators.assess import Assessment
from indicators.catalogue import Catalogue, Indicator
from indicators.formats import (
    Number,
    format_number,
    telling_among,
    telling_decimals,
    with_unit,
)
from indicators.judge import GOOD, SLOW, Verdict, direction
from indicators.measure import Bounds, Status, base_of
from indicators.plans import Comparator, Path
from indicators.target_words import kinds_text, target_text, targets_text, unit_of
from indicators.text import say

POINT_UNITS = ("%", "‰")


def value_text(
    value: Number | None,
    indicator: Indicator,
    language: str = "vi",
    *,
    beside: Number | None = None,
) -> str:
    """A value with its unit, with enough decimals to differ from the number it stands beside."""
    decimals = telling_decimals(value, beside, indicator.decimals)
    return _figure(value, indicator, language, decimals)


def _figure(value: Number | None, indicator: Indicator, language: str, decimals: int) -> str:
    number = format_number(value, decimals, language)
    return with_unit(number, unit_of(indicator, language)) if value is not None else number


def short_value(
    value: Number | None,
    indicator: Indicator,
    language: str = "vi",
    *,
    beside: Number | None = None,
) -> str:
    """A value where its unit stands elsewhere (an axis, a heading): only a sign stays with it."""
    decimals = telling_decimals(value, beside, indicator.decimals)
    unit = unit_of(indicator, language)
    sign = unit if value is not None and unit in POINT_UNITS else ""
    return format_number(value, decimals, language) + sign


def difference_text(
    difference: Fraction, indicator: Indicator, language: str = "vi", decimals: int | None = None
) -> str:
    """An absolute difference: points where the unit is per cent or per mille already."""
    unit = unit_of(indicator, language)
    places = decimals if decimals is not None else indicator.decimals
    number = format_number(abs(difference), places, language)
    if unit in POINT_UNITS:
        return say("why.points", language, number=number, unit=unit)
    return with_unit(number, unit)


def difference_unit(indicator: Indicator, language: str = "vi") -> str:
    """In what a difference is given, where the number stands alone: "điểm %"."""
    unit = unit_of(indicator, language)
    is_share = unit in POINT_UNITS
    return say("why.points", language, number="", unit=unit).strip() if is_share else unit


def gap_text(a: Assessment, language: str = "vi") -> str | None:
    """The gap in beds, doctors or people, rounded up; None where nothing is lacking."""
    lacks = a.gap is not None and a.gap > 0 and a.verdict not in GOOD
    return counted_text(ceil(a.gap), a.indicator, language) if a.gap and lacks else None


def counted_text(count: int, indicator: Indicator, language: str = "vi") -> str | None:
    """ "12 giường", "1 bed", "12 beds" without a sign; None where a gap is counted in nothing."""
    word = indicator.gap_word(count, language)
    return f"{format_number(abs(count), 0, language)} {word}" if word else None


def why(a: Assessment, catalogue: Catalogue, language: str = "vi") -> str:
    """Why the verdict is what it is, in one sentence."""
    if a.units:
        return _why_each(a, catalogue, language)
    if a.also:
        return _why_also(a, catalogue, language)
    if a.verdict in {Verdict.TOO_FEW, Verdict.DEFINITION_CHANGED}:
        return _why_not_comparable(a, language)
    if a.target.path is Path.DEADLINE and a.verdict is Verdict.NOT_DUE:
        return _why_waiting(a, language)
    silent = a.verdict in {Verdict.NOT_DUE, Verdict.NO_DATA, Verdict.NOTHING}
    if silent or a.measure.value is None or a.rule is None:
        return _why_unjudged(a, language)
    word = verdict_text(a.verdict, language)
    return _why_compared(a, word, target_text(a.target, a.indicator, language), language)


def _why_not_comparable(a: Assessment, language: str) -> str:
    """There is a value, and no verdict on it: too small a denominator, or another definition."""
    facts = {
        "verdict": verdict_text(a.verdict, language),
        "value": value_text(a.measure.value, a.indicator, language),
        "target": target_text(a.target, a.indicator, language),
    }
    if a.verdict is Verdict.TOO_FEW:
        size = format_number(base_of(a.measure, a.indicator), 0, language)
        enough = format_number(a.indicator.enough, 0, language)
        return say("why.too_few", language, size=size, enough=enough, **facts) + "."
    latest = [b for b in a.breaks if b.day in {d.day for d in a.indicator.breaks}][-1]
    reason = latest.reason_vi if language == "vi" else latest.reason_en
    return (
        say("why.definition", language, day=f"{latest.day:%d/%m/%Y}", reason=reason, **facts) + "."
    )


def _why_waiting(a: Assessment, language: str) -> str:
    """Nothing is expected before the deadline; what is already there is said."""
    word = verdict_text(a.verdict, language)
    target = target_text(a.target, a.indicator, language)
    day = f"{a.deadline.end:%d/%m/%Y}" if a.deadline else "…"
    sentence = say("why.waiting", language, verdict=word, target=target, day=day)
    if a.measure.value is not None and a.target.comparator is not Comparator.DONE:
        value = value_text(a.measure.value, a.indicator, language)
        sentence += ", " + say("why.so_far", language, value=value)
    return sentence + "."


def _why_unjudged(a: Assessment, language: str) -> str:
    """No verdict: not due, nobody reports it, nobody has, or nothing to compare with."""
    word = verdict_text(a.verdict, language)
    target = target_text(a.target, a.indicator, language)
    if a.verdict is Verdict.NOTHING:
        return say("why.nothing", language, verdict=word, target=target) + "."
    if a.verdict is Verdict.NOT_DUE:
        due = f"{a.due:%d/%m/%Y}" if a.due else "…"
        return say("why.not_due", language, verdict=word, target=target, due=due) + "."
    if a.measure.value is None or a.verdict is Verdict.NO_DATA:
        return _why_no_value(a, word, target, language) + "."
    value = value_text(a.measure.value, a.indicator, language)
    return say("why.no_baseline", language, verdict=word, value=value) + "."


def _why_no_value(a: Assessment, word: str, target: str, language: str) -> str:
    """Nobody is asked, nobody has reported in full, or too few have."""
    # A figure of the whole says nothing of "every unit" where there is no such unit.
    if a.measure.status in {Status.NOT_APPLICABLE, Status.VALUE}:
        return say("why.no_one", language, verdict=word, target=target)
    coverage = a.measure.coverage
    counts = {"reported": len(coverage.reported), "expected": len(coverage.expected)}
    key = "why.not_enough" if coverage.reported else "why.no_data"
    return say(key, language, verdict=word, target=target, **counts)


def _why_compared(a: Assessment, word: str, target: str, language: str) -> str:
    assert a.rule is not None and a.measure.value is not None and a.difference is not None
    value = _figure(a.measure.value, a.indicator, language, _places(a))
    key = "no_target" if a.verdict is Verdict.NO_TARGET else "compared"
    parts = [say(f"why.{key}", language, verdict=word, value=value, target=target)]
    parts.extend([_as_of_part(a, language), _base_part(a, language)])
    # Of what must be 0 the excess is the difference: one of the two is enough.
    says_excess = a.rule.value == 0 and gap_text(a, language) is not None
    parts.append("" if says_excess else difference_part(a, language))
    parts.extend(_pace_parts(a, language))
    parts.extend(_missing_parts(a, language))
    return ", ".join(part for part in parts if part) + "."


def _as_of_part(a: Assessment, language: str) -> str:
    """Of what was to be done by a day now past: that it is judged as it stood then."""
    if a.measure.period == a.period.code or a.deadline is None:
        return ""
    return say("why.as_of", language, day=f"{a.deadline.end:%d/%m/%Y}")


def _base_part(a: Assessment, language: str) -> str:
    """Of a target that compares with what was before: from which value it starts."""
    if not a.target.is_relative or a.baseline is None or a.baseline.value is None:
        return ""
    base = value_text(a.baseline.value, a.indicator, language, beside=a.measure.value)
    return say("why.base", language, period=a.baseline.period.code, base=base)


def _places(a: Assessment) -> int:
    """Decimals with which the value differs from the target and from where it should be by now."""
    others = [a.rule.value if a.rule else None, _shown_expectation(a)]
    return telling_among(a.measure.value, others, a.indicator.decimals)


def _shown_expectation(a: Assessment) -> Fraction | None:
    """Where the value should be by now, where the sentence says so."""
    return a.standing.expected if a.verdict in SLOW | {Verdict.ON_TRACK} else None


def difference_part(a: Assessment, language: str) -> str:
    """How far the value lies from the plan: "thấp hơn 0,7 điểm %", "bằng kế hoạch"."""
    assert a.rule is not None and a.difference is not None
    if a.difference == 0:
        as_before = a.target.is_relative and a.target.value is None
        return say("why.unchanged" if as_before else "why.equal", language)
    decimals = telling_decimals(a.difference, 0, a.indicator.decimals)
    text = difference_text(a.difference, a.indicator, language, decimals)
    return say("why.higher" if a.difference > 0 else "why.lower", language, difference=text)


def _pace_parts(a: Assessment, language: str) -> list[str]:
    found = []
    expected = _shown_expectation(a)
    if expected is not None:
        text = _figure(expected, a.indicator, language, _places(a))
        found.append(say("why.expected", language, expected=text))
    amount = gap_text(a, language)
    if amount is not None and a.verdict not in {Verdict.PARTIAL, Verdict.ON_TRACK}:
        key = "why.gap" if direction(a.test) >= 0 else "why.excess"
        found.append(say(key, language, gap=amount))
    if a.done_late:
        found.append(say("why.done_late", language))
    if a.verdict is Verdict.AT_RISK:
        found.append(say("why.best_pace", language))
    return found


def _missing_parts(a: Assessment, language: str) -> list[str]:
    coverage = a.measure.coverage
    if coverage.is_complete:
        return []
    counts = {"missing": len(coverage.missing), "expected": len(coverage.expected)}
    found = [
        say("why.missing" if len(coverage.expected) > 1 else "why.incomplete", language, **counts)
    ]
    if a.measure.bounds is not None:
        target = a.rule.value if a.rule else None
        found.append(bounds_text(a.measure.bounds, a.indicator, language, beside=target))
    return found


def bounds_text(
    bounds: Bounds, indicator: Indicator, language: str = "vi", *, beside: Number | None = None
) -> str:
    """What the value may become once the missing have reported; "" when nothing is known.

    Also "" where both ends are the same: then the missing change nothing.
    """
    if bounds.low == bounds.high:
        return ""
    low, high = bounds_values(bounds, indicator, language, beside)
    if low and high:
        return say("why.bounds", language, low=low, high=high)
    if low:
        return say("why.bounds_low", language, low=low)
    return say("why.bounds_high", language, high=high) if high else ""


def bounds_values(
    bounds: Bounds, indicator: Indicator, language: str, beside: Number | None = None
) -> list[str | None]:
    """Both ends in words, with enough decimals to differ from each other; None for no limit."""
    ends = (bounds.low, bounds.high)
    places = max(telling_among(end, [beside, *ends], indicator.decimals) for end in ends)
    return [None if end is None else _figure(end, indicator, language, places) for end in ends]


def _why_also(a: Assessment, catalogue: Catalogue, language: str) -> str:
    parts = [_also_part(part, language) for part in a.also]
    word = verdict_text(a.verdict, language)
    return say("why.also", language, verdict=word, count=len(parts), parts="; ".join(parts)) + "."


def _also_part(part: Assessment, language: str) -> str:
    """One of the measures with its own target: they may differ."""
    beside = part.rule.value if part.rule else None
    return say(
        "why.also_part",
        language,
        name=part.indicator.short_vi if language == "vi" else part.indicator.name_en,
        value=value_text(part.measure.value, part.indicator, language, beside=beside),
        target=target_text(part.target, part.indicator, language),
        verdict=verdict_text(part.verdict, language).lower(),
    )


def _why_each(a: Assessment, catalogue: Catalogue, language: str) -> str:
    kind = kinds_text(a.target, catalogue, language)
    key = "why.each" if a.standing.final else "why.each_now"
    sentence = say(
        key,
        language,
        verdict=verdict_text(a.verdict, language),
        good=format_number(a.tally.good, 0, language),
        total=format_number(len(a.units), 0, language),
        kind=kind,
        target=targets_text(a.target, catalogue, language),
    )
    rest = (
        ("waiting", a.tally.waiting),
        ("nothing", a.tally.nothing),
        ("unknown", a.tally.unknown),
    )
    for word, count in rest:
        if count:
            number = format_number(count, 0, language)
            sentence += ", " + say(f"why.each_{word}", language, count=number)
    return sentence + "."


def verdict_text(verdict: Verdict, language: str = "vi") -> str:
    """The word for a verdict."""
    return say(f"verdict.{verdict}", language)
