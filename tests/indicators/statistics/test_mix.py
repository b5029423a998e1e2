"""Mix effect: the example of the methods and sums that come out exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.mix import (
    MixEffect,
    Ratio,
    mix_effect,
    shares,
    whole_of,
)


def ratios(text: str) -> dict[str, Ratio]:
    """Units from "name=numerator/denominator" pairs."""
    found = {}
    for pair in text.split():
        unit, ratio = pair.split("=")
        found[unit] = Ratio(*map(Decimal, ratio.split("/")))
    return found


THREE = ratios("A=900/1000 B=40/50 C=9600/12000")
RATIO = st.builds(Ratio, st.integers(0, 10**6).map(Decimal), st.integers(1, 10**6).map(Decimal))
UNITS = st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(RATIO, RATIO), min_size=1)


def test_a_ratio_of_sums_is_not_a_mean_of_ratios() -> None:
    mean = sum(part.value for part in THREE.values()) / 3
    assert 100 * float(mean) == pytest.approx(83.33, abs=0.005)
    assert 100 * float(whole_of(THREE).value) == pytest.approx(80.77, abs=0.005)


def test_every_unit_gains_a_point_and_the_whole_loses_three() -> None:
    before = ratios("A=450/500 B=350/500")  # 90 % and 70 %, half the people each
    after = ratios("A=273/300 B=497/700")  # 91 % and 71 %, 30 and 70 % of the people
    assert (whole_of(before).value, whole_of(after).value) == (Fraction(80, 100), Fraction(77, 100))
    effect = mix_effect(before, after)
    assert effect == MixEffect(rate=Fraction(1, 100), mix=Fraction(-4, 100))
    assert effect.change == Fraction(-3, 100)
    assert effect.is_reversed


@pytest.mark.parametrize(
    ("rate", "mix", "is_reversed"),
    [(1, -4, True), (-1, 4, True), (1, 4, False), (4, -1, False), (1, -1, False), (0, 4, False)],
)
def test_simpson_is_a_whole_going_against_its_units(rate: int, mix: int, is_reversed: bool) -> None:
    assert MixEffect(Fraction(rate), Fraction(mix)).is_reversed is is_reversed


@given(UNITS)
def test_rate_and_mix_add_up_to_the_change(units: dict[str, tuple[Ratio, Ratio]]) -> None:
    before = {unit: pair[0] for unit, pair in units.items()}
    after = {unit: pair[1] for unit, pair in units.items()}
    effect, back = mix_effect(before, after), mix_effect(after, before)
    assert effect.change == whole_of(after).value - whole_of(before).value
    assert (back.rate, back.mix) == (-effect.rate, -effect.mix)


@given(UNITS)
def test_rate_is_the_mean_of_both_standardisations(
    units: dict[str, tuple[Ratio, Ratio]],
) -> None:
    before = {unit: pair[0] for unit, pair in units.items()}
    after = {unit: pair[1] for unit, pair in units.items()}
    by_weights = [
        sum(weights[unit] * (after[unit].value - before[unit].value) for unit in units)
        for weights in (shares(before), shares(after))
    ]
    assert mix_effect(before, after).rate == sum(by_weights) / 2


def test_impossible_parts_are_refused() -> None:
    for denominator in (0, -1):
        with pytest.raises(ValueError, match=f"denominator must be above 0, got {denominator}"):
            Ratio(Decimal(1), Decimal(denominator))
    with pytest.raises(ValueError, match="numerator must be at least 0, got -1"):
        Ratio(Decimal(-1), Decimal(1))
    with pytest.raises(ValueError, match=r"same units, got only once: \{'B'\}"):
        mix_effect(ratios("A=1/2"), ratios("A=1/2 B=1/2"))
    with pytest.raises(ValueError, match="at least one unit is needed, got none"):
        mix_effect({}, {})
