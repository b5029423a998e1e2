"""Steps of the heat table on both sides of a level, and the order of its rows."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.breakdown import Part
from indicators.heat import Cell, Level, Row, Step, badness, cell_of, step_of
from indicators.judge import meets
from indicators.matching import Coverage
from indicators.measure import Measure, Status
from indicators.plans import Comparator
from tests.indicators.small import world

UP = Level(Comparator.AT_LEAST, Fraction(100), False)
DOWN = Level(Comparator.AT_MOST, Fraction(100), False)


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (84, Step.FAR_WORSE),
        (85, Step.FAR_WORSE),
        (86, Step.WORSE),
        (95, Step.WORSE),
        (96, Step.SLIGHTLY_WORSE),
        (100, Step.REACHES),
        (104, Step.REACHES),
        (105, Step.BETTER),
    ],
)
def test_steps_where_more_is_better(value: int, step: Step) -> None:
    assert step_of(Fraction(value), UP) is step
    assert step_of(Fraction(200 - value), DOWN) is step  # the mirror image


def test_a_tie_with_a_strict_level_does_not_reach_it() -> None:
    assert step_of(Fraction(95), Level(Comparator.MORE, Fraction(95), False)) is Step.SLIGHTLY_WORSE
    assert step_of(Fraction(95), Level(Comparator.AT_LEAST, Fraction(95), False)) is Step.REACHES


def test_a_level_of_nothing_is_kept_or_badly_missed() -> None:
    none = Level(Comparator.AT_MOST, Fraction(0), False)
    assert step_of(Fraction(0), none) is Step.REACHES
    assert step_of(Fraction(1), none) is Step.FAR_WORSE


@given(st.fractions(0, 200), st.fractions(1, 200), st.sampled_from([*Comparator][:4]))
def test_a_step_is_on_the_worse_side_exactly_where_the_test_fails(
    value: Fraction, level: Fraction, test: Comparator
) -> None:
    if test in (Comparator.AT_LEAST, Comparator.MORE, Comparator.AT_MOST, Comparator.LESS):
        assert (step_of(value, Level(test, level, False)) > 0) == meets(value, test, level)


def row(unit: str, *steps: Step | None) -> Row:
    """A row of the steps given."""
    return Row(unit, None, tuple(Cell(None, step, False, None) for step in steps))


def test_most_cells_short_comes_first_then_the_farther_and_the_little_known_last() -> None:
    rows = [
        row("good", Step.REACHES, Step.BETTER, Step.REACHES),
        row("near", Step.SLIGHTLY_WORSE, Step.SLIGHTLY_WORSE, Step.REACHES),
        row("far", Step.FAR_WORSE, Step.SLIGHTLY_WORSE, Step.REACHES),
        row("hardly known", Step.FAR_WORSE, None, None),
        row("unknown", None, None, None),
    ]
    ordered = [r.unit for r in sorted(rows, key=badness, reverse=True)]
    assert ordered == ["far", "near", "good", "hardly known", "unknown"]


def cell(**measured: object) -> Cell:
    """One cell with a value of 50 beside a level of 100."""
    indicator = next(iter(world().catalogue.indicators.values()))
    base = {"status": Status.VALUE, "value": Fraction(50), "denominator": Decimal(1000)}
    measure = Measure(indicator.id, "2021-Q1", **{**base, **measured})  # type: ignore[arg-type]
    return cell_of(Part("d", None, {indicator.id: measure}, {}), indicator, UP)


def test_what_lacks_figures_has_a_value_and_no_shade() -> None:
    assert cell().step is Step.FAR_WORSE
    part = cell(coverage=Coverage(frozenset({"a", "b"}), frozenset({"a"})))
    assert part.step is None and part.is_partial and part.value == 50
    gone = cell(status=Status.NO_DATA, value=None)
    assert gone.step is None and gone.value is None and gone.is_asked
    assert not cell(status=Status.NOT_APPLICABLE, value=None).is_asked
