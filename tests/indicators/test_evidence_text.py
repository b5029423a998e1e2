"""Evidence in words: what is said, what is left unsaid, both languages, signals of a control chart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from indicators.assess import Assessment
from indicators.catalogue import Polarity
from indicators.contributions import Mix
from indicators.evidence import Evidence, Pace, Way, evidence
from indicators.evidence_text import (
    interval_sentence,
    mix_sentence,
    pace_sentence,
    readings,
    way_sentence,
)
from indicators.expect import Point
from indicators.judge import Verdict
from indicators.period import parse_period
from indicators.plans import Comparator
from indicators.signal_text import signal_texts
from indicators.statistics.control_chart import assurance, control_chart, variation
from indicators.statistics.gap_closed import GapClosed, GapState
from indicators.statistics.mix import MixEffect
from indicators.variation import ChartState, SeriesChart
from tests.indicators.figures import assess_facts, facts
from tests.indicators.lucky import lucky_world

FULL = "\n".join(
    f"t{n} {year}-Q{quarter} insured={9 + n + year - 2017 + quarter % 2} population=100"
    f" immunised={quarter} children=90 visits=1"
    for n in (1, 2, 3)
    for year in range(2017, 2022)
    for quarter in (1, 2, 3, 4)
    if (year, quarter) != (2021, 4)
)
QUARTERS = [parse_period(f"{year}-Q{n}") for year in range(2017, 2022) for n in (1, 2, 3, 4)]


def known(target: str, text: str = FULL) -> tuple[Assessment, Evidence]:
    """An assessment and the evidence on it."""
    asked = assess_facts(lucky_world(), facts(text), "2021-Q3")
    a = asked.assess(asked.plan.target(target))
    return a, evidence(a, asked)


def mixed(rate: str, mix: str) -> Mix:
    """A change taken apart."""
    return Mix(MixEffect(Fraction(rate), Fraction(mix)), 3, 3)


def lacking(**changes: Any) -> Assessment:
    """An assessment of a rising target that is behind, with two quarters left."""
    a, _ = known("thin")
    standing = replace(a.standing, steps_left=changes.pop("left", 2))
    return replace(
        a, verdict=Verdict.BEHIND, test=Comparator.AT_LEAST, standing=standing, **changes
    )


@pytest.mark.parametrize(
    ("pace", "left", "said"),
    [
        (Pace(), 2, ""),
        (Pace(Fraction(1)), 2, "mỗi quý còn lại cần tăng 1,0 điểm %; chưa đủ số liệu quá khứ"),
        (Pace(Fraction(1), Fraction(2), False), 2, "mức đã từng đạt (cao nhất 2,0 điểm %)"),
        (
            Pace(Fraction(3), Fraction(2), True),
            1,
            "riêng quý cuối cần tăng 3,0 điểm %, chưa quý nào",
        ),
        (Pace(Fraction(3), Fraction(-2), True), 2, "chưa quý nào tiến gần kế hoạch hơn"),
        (Pace(Fraction(3), Fraction(2), None), 2, "; quý tốt nhất từng có là 2,0 điểm %"),
        (Pace(Fraction(-1), Fraction(2), False), 2, ""),  # more is there than is asked
    ],
)
def test_the_pace_still_needed_stands_beside_the_best(pace: Pace, left: int, said: str) -> None:
    text = pace_sentence(lacking(left=left), pace)
    assert said in text and bool(said) == bool(text)


@pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.EXCEEDED, Verdict.NO_TARGET])
def test_where_nothing_more_is_asked_no_pace_and_no_way_is_told(verdict: Verdict) -> None:
    a = replace(lacking(), verdict=verdict)
    assert pace_sentence(a, Pace(Fraction(1), Fraction(2), False)) == ""
    assert way_sentence(a, Way(GapClosed(GapState.MEASURED, Fraction(40)))) == ""


@pytest.mark.parametrize(
    ("mix", "said"),
    [
        (mixed("1", "0.001"), "đến từ chính các đơn vị"),
        (mixed("1", "0.5"), "do chính các đơn vị cao hơn 1,0 điểm %; do quy mô các đơn vị"),
        (mixed("1", "-4"), "Chú ý, hai phần ngược chiều"),
        (None, ""),
        (mixed("0", "0"), ""),
    ],
)
def test_a_change_is_told_apart_and_warned_of_where_it_is_reversed(
    mix: Mix | None, said: str
) -> None:
    text = mix_sentence(lacking(), mix)
    assert said in text and bool(said) == bool(text)


def test_only_weights_that_matter_are_told_first() -> None:
    a, found = known("thin")
    for mix, is_first in ((mixed("1", "0.001"), False), (mixed("1", "-4"), True)):
        said = readings(a, replace(found, mix=mix))
        text = mix_sentence(a, mix)
        assert (text in said.first, text in said.more) == (is_first, not is_first)


@pytest.mark.parametrize(
    ("percent", "said"),
    [(40, "Đã thu hẹp 40%"), (-33, "rộng thêm 33%"), (0, ""), (120, ""), (None, "")],
)
def test_the_way_done_is_told_where_it_is_on_its_way(percent: int | None, said: str) -> None:
    closed = GapClosed(GapState.MEASURED, None if percent is None else Fraction(percent))
    text = way_sentence(lacking(), Way(closed))
    assert said in text and bool(said) == bool(text)


def test_the_interval_says_whether_the_plan_lies_inside() -> None:
    a, found = known("thin")
    assert found.estimate is not None and a.rule is not None
    inside = replace(a, rule=replace(a.rule, value=Fraction(found.estimate.low)))
    outside = replace(a, rule=replace(a.rule, value=Fraction(99)))
    assert "nằm trong khoảng đó" in interval_sentence(inside, found.estimate)
    assert "nằm ngoài khoảng đó" in interval_sentence(outside, found.estimate)
    assert "lies outside" in interval_sentence(outside, found.estimate, "en")
    assert interval_sentence(a, None) == ""


def test_without_figures_nothing_is_said() -> None:
    for target in ("thin", "beds", "immunisation"):
        for language in ("vi", "en"):
            said = readings(*known(target, ""), language)
            assert said.first == () and said.more == ()


def charted(*values: float, target: float | None = None, polarity: str = "higher") -> SeriesChart:
    """A drawn chart of quarters."""
    points = tuple(Point(p, Fraction(str(v))) for p, v in zip(QUARTERS, values, strict=False))
    chart = control_chart([p.value for p in points if p.value is not None])
    way = Polarity(polarity)
    goal = None if target is None else Decimal(str(target))
    return SeriesChart(
        ChartState.DRAWN,
        points,
        chart,
        variation(chart, polarity=way),
        assurance(chart.limits, target=goal, polarity=way),
    )


STEADY = (50, 52, 51, 53, 50, 52, 51, 53, 50, 52, 51, 53)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (STEADY, "Kỳ này nằm trong dao động thường lệ"),
        ((*STEADY, 90), "Kỳ này cao hơn dao động thường lệ"),
        ((*STEADY, 10), "Kỳ này thấp hơn dao động thường lệ"),
        ((58, 46, 57, 45, 56, 55, 54, 53, 52, 51, 50), "6 quý liền giảm, ngoài dao động thường lệ"),
        ((44, 56, 45, 57, 46, 47, 48, 49, 50, 51, 52), "6 quý liền tăng, ngoài dao động thường lệ"),
        (
            (50, 60, 41, 51, 59, 42, *[54, 55, 54, 55, 54, 55, 54]),
            "7 quý liền ở trên mức trung bình",
        ),
    ],
)
def test_a_signal_is_said_in_a_sentence(values: tuple[float, ...], said: str) -> None:
    a, _ = known("thin")
    assert said in signal_texts(a, charted(*values))[0]


def test_few_points_are_said_to_be_on_trial_and_promise_nothing() -> None:
    a, _ = known("thin")
    first, _, promise = signal_texts(a, charted(*STEADY, target=60))
    assert "mới có 12 kỳ, giới hạn tạm thời" in first and promise == ""
    firm = signal_texts(a, charted(*STEADY, 50, 52, target=60))
    assert "tạm thời" not in firm[0] and "không kỳ nào đạt kế hoạch" in firm[2]
    assert "kỳ nào cũng đạt" in signal_texts(a, charted(*STEADY, 50, 52, target=20))[2]


def test_earlier_signals_are_named_with_their_period() -> None:
    a, _ = known("thin")
    found = signal_texts(a, charted(50, 52, 90, 53, 50, 52, 51, 53, 50, 52))
    assert found[1] == "Trước đó ngoài dao động thường lệ: quý III/2017."
    assert "Q3 2017" in signal_texts(a, charted(50, 52, 90, 53, 50, 52, 51, 53, 50, 52), "en")[1]


@pytest.mark.parametrize("state", [s for s in ChartState if s is not ChartState.DRAWN])
def test_where_the_method_does_not_hold_nothing_is_said(state: ChartState) -> None:
    a, _ = known("thin")
    assert signal_texts(a, SeriesChart(state)) == ()
    assert signal_texts(a, replace(charted(*STEADY), is_seasonal=True)) == ()
    assert signal_texts(a, charted(*[7] * 9)) == ()
