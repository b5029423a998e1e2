"""Who holds the gap and what moved the whole: exact sums, whatever is missing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.contributions import (
    Mix,
    Share,
    Shares,
    mix_of,
    of_one_role,
    parts_of,
    shares_of,
)
from indicators.judge import Rule, gap
from indicators.matching import Coverage
from indicators.measure import Measure, Status, divide
from indicators.plans import Comparator
from indicators.roster import Role
from indicators.statistics.mix import MixEffect
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import world

INSURANCE = world().catalogue.indicators["insurance"]
SIDE = st.integers(0, 10**6)
SIDES = st.tuples(SIDE, st.integers(1, 10**6))


def measured(top: int | None, bottom: int | None, *, missing: bool = False) -> Measure:
    """A percentage of two sums, of one unit that has reported or of two of which one has not."""
    expected = frozenset({"a", "b"}) if missing else frozenset({"a"})
    coverage = Coverage(expected, frozenset({"a"}))
    if top is None or bottom is None:
        return Measure("x", "2021", Status.NO_DATA, coverage=Coverage(frozenset({"a"})))
    sides = Decimal(top), Decimal(bottom)
    return Measure("x", "2021", Status.VALUE, divide(*sides, 100), *sides, coverage)


def measures(text: str) -> dict[str, Measure]:
    """Units from "name=numerator/denominator" pairs; "name=-" has not reported."""
    found = {}
    for pair in text.split():
        unit, ratio = pair.split("=")
        sides = (None, None) if ratio == "-" else tuple(map(int, ratio.split("/")))
        found[unit] = measured(*sides)
    return found


def rule(value: int, test: Comparator = Comparator.AT_LEAST) -> Rule:
    """A target in percent."""
    return Rule(test, Fraction(value))


THREE = measures("A=900/1000 B=40/50 C=9600/12000")


def test_1857_and_a_half_people_are_lacking_and_three_units_lack_them() -> None:
    """Methods 3.11: 50, 7.5 and 1,800 people, in points .383, .057 and 13.793."""
    whole = gap(INSURANCE, measured(10540, 13050), rule(95))
    assert whole == Fraction("1857.5")
    found = shares_of(THREE, indicator=INSURANCE, rule=rule(95), whole=whole)
    assert [(s.unit, s.gap) for s in found.units] == [("C", 1800), ("A", 50), ("B", 7.5)]
    assert sum(s.share for s in found.units if s.share) == 1
    assert (found.rest, found.rest_share) == (0, 0)
    points = [100 * float(s.gap / 13050) for s in found.units if s.gap]
    assert points == pytest.approx([13.793, 0.383, 0.057], abs=5e-4)
    assert sum(points) == pytest.approx(14.23, abs=0.005)


def test_where_lower_is_better_too_many_are_the_gap() -> None:
    parts = measures("A=12/100 B=1/100")
    at_most = rule(5, Comparator.AT_MOST)
    found = shares_of(parts, indicator=INSURANCE, rule=at_most, whole=Fraction(3))
    assert found.units == (
        Share("A", Fraction(7), Fraction(7, 3)),
        Share("B", Fraction(-4), Fraction(-4, 3)),
    )


def test_without_a_lack_there_are_gaps_and_no_shares() -> None:
    found = shares_of(THREE, indicator=INSURANCE, rule=rule(10), whole=Fraction(-9235))
    assert {s.share for s in found.units} == {None} and found.rest_share is None
    assert sum(s.gap for s in found.units if s.gap is not None) + (found.rest or 0) == -9235


def test_of_nothing_known_there_are_no_shares() -> None:
    assert shares_of(THREE, indicator=INSURANCE, rule=rule(95), whole=None) == Shares()
    assert shares_of({}, indicator=INSURANCE, rule=rule(95), whole=Fraction(1)) == Shares()


def test_equal_gaps_come_in_the_order_of_names_and_the_unknown_last() -> None:
    parts = measures("Z=- B=1/10 A=1/10")
    found = shares_of(parts, indicator=INSURANCE, rule=rule(50), whole=Fraction(8))
    assert [s.unit for s in found.units] == ["A", "B", "Z"]
    assert found.units[-1] == Share("Z", None, None)


@given(
    st.dictionaries(st.sampled_from("ABCDEF"), SIDES | st.none(), min_size=1),
    SIDES,
    st.fractions(0, 100, max_denominator=1000),
    st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST]),
)
def test_gaps_and_rest_are_the_gap_of_the_whole_exactly(
    parts: dict[str, tuple[int, int] | None],
    others: tuple[int, int],
    target: Fraction,
    test: Comparator,
) -> None:
    """The whole holds more than its units: a provincial hospital, a unit that is left out."""
    known = [sides for sides in parts.values() if sides] + [others]
    whole = measured(sum(top for top, _ in known), sum(bottom for _, bottom in known))
    asked = Rule(test, target)
    lacking = gap(INSURANCE, whole, asked)
    units = {unit: measured(*(sides or (None, None))) for unit, sides in parts.items()}
    found = shares_of(units, indicator=INSURANCE, rule=asked, whole=lacking)
    assert found.rest == gap(INSURANCE, measured(*others), asked)
    assert sum((s.gap for s in found.units if s.gap is not None), found.rest or Fraction(0)) == (
        lacking
    )
    if found.rest_share is not None:
        assert sum((s.share for s in found.units if s.share), found.rest_share) == 1


BEFORE = measures("A=450/500 B=350/500")
AFTER = measures("A=273/300 B=497/700")
WHOLES = measured(800, 1000), measured(770, 1000)


def test_every_unit_gains_a_point_and_the_whole_loses_three() -> None:
    """Methods 3.11 (Kitagawa): 80 to 77, rate +1 and mix -4."""
    found = mix_of(BEFORE, AFTER, whole=WHOLES, factor=100)
    assert found == Mix(MixEffect(Fraction(1), Fraction(-4)), 2, 2)
    assert found.effect.is_reversed


def test_what_the_units_do_not_make_up_is_not_taken_apart() -> None:
    assert mix_of(BEFORE, AFTER, whole=(WHOLES[0], measured(771, 1001)), factor=100) is None
    assert mix_of(BEFORE, AFTER, whole=(measured(900, 1000), WHOLES[1]), factor=100) is None
    assert mix_of({}, AFTER, whole=WHOLES, factor=100) is None
    assert mix_of({"C": BEFORE["A"]}, AFTER, whole=(BEFORE["A"], WHOLES[1]), factor=100) is None


def test_while_one_is_missing_the_same_units_are_compared() -> None:
    before = {**BEFORE, "C": measured(100, 1000)}
    after = {**AFTER, "C": measured(None, None)}
    whole = measured(900, 2000), measured(770, 1000, missing=True)
    found = mix_of(before, after, whole=whole, factor=100)
    assert found == Mix(MixEffect(Fraction(1), Fraction(-4)), 2, 3)


def test_a_unit_with_figures_missing_or_nobody_in_it_is_not_compared() -> None:
    half = {**AFTER, "A": measured(273, 300, missing=True)}
    assert mix_of(BEFORE, half, whole=WHOLES, factor=100) is None
    empty = {**AFTER, "C": measured(0, 0)}
    found = mix_of(BEFORE, empty, whole=WHOLES, factor=100)
    assert found is not None and (found.units, found.of) == (2, 3)


def test_parts_have_one_role_that_of_the_whole_where_it_can_be() -> None:
    both = {"t": Role.PARTS, "c1": Role.DETAIL, "c2": Role.DETAIL}
    assert of_one_role(both, Role.PARTS) == ["c1", "c2"]
    assert of_one_role({**both, "u": Role.PARTS}, Role.PARTS) == ["t", "u"]
    assert of_one_role({"t": Role.PARTS}, Role.PARTS) == ["t"]
    assert of_one_role({}, Role.PARTS) == []


def test_the_parts_of_a_province_are_its_districts_and_those_of_a_count_are_none() -> None:
    text = "\n".join(f"t{n} 2021-Q3 insured={90 + n} population=100" for n in (1, 2))
    asked = assess_facts(world(), facts(text), "2021-Q3")
    found = parts_of(asked, INSURANCE, Role.PARTS, asked.period)
    assert {unit: part.value for unit, part in found.items()} == {"d1": 91, "d2": 92, "d3": None}
    beds = world().catalogue.indicators["beds"]
    assert parts_of(asked, beds, Role.PARTS, asked.period) == {}


def test_one_unit_is_no_parts() -> None:
    asked = assess_facts(
        world(), facts("t2 2021-Q3 insured=9 population=10"), "2021-Q3", scope="d2"
    )
    assert parts_of(asked, INSURANCE, Role.PARTS, asked.period) == {}
