"""The course of a target as the small picture of a paper: values, way to the plan, its level."""

from fractions import Fraction

from indicators.assess import Assessment
from indicators.charts.course import Course
from indicators.period import ROMAN, Period, PeriodKind
from indicators.plans import Plan
from indicators.report.blocks import Line
from indicators.sentence import value_text
from indicators.target_words import target_text

FEWEST = 2  # values without which there is no course


def line_of(a: Assessment, plan: Plan) -> Line | None:
    """The picture; None where there are too few values for a course, or units answer one by one."""
    known = [p for p in a.history if p.value is not None]
    if len(known) < FEWEST or a.units or a.also:
        return None
    course = Course(a, plan)
    values = [number(p.value) for p in a.history]
    return Line(
        title=a.indicator.short_vi,
        subtitle=a.target.name_vi,
        verdict=a.verdict,
        ticks=tuple(tick(p) for p in course.periods),
        values=tuple(values),
        broken=tuple(at for at, point in course.actual if point is None),
        needed=tuple((at, float(value)) for at, value in course.expected),
        level=None if a.rule is None else float(a.rule.value),
        last=value_text(a.measure.value, a.indicator, beside=a.rule.value if a.rule else None),
        plan=target_text(a.target, a.indicator),
    )


def number(value: Fraction | None) -> float | None:
    """For drawing only: what is printed comes from the exact value."""
    return None if value is None else float(value)


def tick(period: Period) -> str:
    """The name of a place on the axis: "III/21"."""
    year = f"{period.year % 100:02d}"
    if period.kind is PeriodKind.QUARTER:
        return f"{ROMAN[period.number - 1]}/{year}"
    return f"{period.number}/{year}" if period.kind is PeriodKind.MONTH else str(period.year)
