"""The core against the plain oracle, on random figures with holes, directly and through DuckDB."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.numbers import Figure
from indicators.assess import Assessor
from indicators.measure import Measure
from indicators.period import parse_period
from tests.indicators.figures import (
    NIL,
    NOT_AVAILABLE,
    START,
    ask,
    assess_facts,
    cells_of,
    reporters,
    send,
    warehouse,
)
from tests.indicators.oracle import Answer, Fact, Oracle
from tests.indicators.small import UNITS, world

DAY = date(2021, 12, 31)
QUARTERS = [f"{year}-Q{n}" for year in (2020, 2021) for n in (1, 2, 3, 4)]
SLOTS = [
    (unit, period, quantity)
    for quantity in world().catalogue.quantities
    for unit in reporters(world(), quantity, DAY)
    for period in (["2020", "2021"] if quantity == "survey" else QUARTERS)
]
ASKED = ("2021-Q1", "2021-Q3", "2021-H1", "2021-H2", "2021-9M", "2021", "2020")
MATCHED = {"beds_per_10k": "area"}

SHUFFLES = st.integers(0, 2**32).map(Random)


@st.composite
def random_facts(draw: st.DrawFn, *, complete: bool = False) -> list[Fact]:
    """Facts for most slots of the deployment."""
    shuffled = draw(SHUFFLES)
    share = 0.0 if complete else draw(st.sampled_from([0.0, 0.02, 0.1, 0.5]))
    gone = draw(st.frozensets(st.sampled_from([unit for unit, _, _ in UNITS]), max_size=2))
    found = []
    for unit, period, quantity in SLOTS:
        if not complete and (unit in gone or shuffled.random() < share):
            continue
        value = shuffled.choice([0, 1, 10, shuffled.randint(0, 100), shuffled.randint(1, 100000)])
        found.append(
            {"unit": unit, "period": period, "quantity": quantity, "value": Decimal(value)}
        )
    return found


def agree(measure: Measure, answer: Answer) -> None:
    """Both say the same of one indicator."""
    low, high = (measure.bounds.low, measure.bounds.high) if measure.bounds else (None, None)
    found = Answer(
        str(measure.status),
        measure.value,
        measure.numerator,
        measure.denominator,
        measure.coverage.missing,
        low if measure.value is not None else None,
        high if measure.value is not None else None,
        measure.missing_periods if measure.indicator != "good_communes" else (),
    )
    assert found == answer


def compare(assessor: Assessor, oracle: Oracle, period: str) -> None:
    """Every indicator of the deployment over the scope, and over each district and commune."""
    catalogue, now = world().catalogue, parse_period(period)
    for name, indicator in catalogue.indicators.items():
        found = assessor.measure(indicator, now)
        if name == "good_communes":
            if "-H" not in period and "9M" not in period:
                agree(found, oracle.share(name, period))
            continue
        agree(found, oracle.measure(name, period, MATCHED.get(name, "unit")))
        value = assessor.value(indicator, now)
        assert value in (None, found.value)
        assert value is not None or found.value is None or found.missing_periods
        for kind, groups in (
            ("district", ("d1", "d2")),
            ("commune", ("c1", "c2")),
            ("area", ("d3", "h0")),
        ):
            for group in groups:
                one = assessor.measure_group(indicator, now, kind, group)
                agree(one, oracle.measure(name, period, kind, group))


@given(random_facts(), st.sampled_from(ASKED), st.sampled_from(["p", "d1", "c2", "t1"]))
def test_the_core_agrees_with_the_oracle(found: list[Fact], period: str, scope: str) -> None:
    compare(
        assess_facts(world(), found, period, scope=scope), Oracle(world(), found, scope), period
    )


@settings(max_examples=15)
@given(random_facts(), st.sampled_from(ASKED), st.sampled_from(["p", "d1"]))
def test_the_warehouse_agrees_with_the_oracle(found: list[Fact], period: str, scope: str) -> None:
    store = warehouse(world(), cells_of(found))
    compare(ask(store, world(), period, scope=scope), Oracle(world(), found, scope), period)
    store.close()


@st.composite
def revisions(draw: st.DrawFn) -> list[list[tuple[str, str, str, Figure]]]:
    """Loads after the first: figures corrected, set to nil, or taken away."""
    figure = st.one_of(
        st.integers(0, 5000).map(lambda n: Figure(Decimal(n), None)),
        st.sampled_from([NIL, NOT_AVAILABLE]),
    )
    cell = st.tuples(st.sampled_from(SLOTS), figure)
    loads = draw(
        st.lists(
            st.lists(cell, min_size=1, max_size=12, unique_by=lambda c: c[0]),
            min_size=1,
            max_size=3,
        )
    )
    return [[(*slot, figure) for slot, figure in load] for load in loads]


def apply(found: list[Fact], load: list[tuple[str, str, str, Figure]]) -> list[Fact]:
    """The facts that hold after a load."""
    values = {(f["unit"], f["period"], f["quantity"]): f["value"] for f in found}
    for unit, period, quantity, figure in load:
        values.pop((unit, period, quantity), None)
        if figure != NOT_AVAILABLE:
            values[unit, period, quantity] = (
                figure.value if figure.value is not None else Decimal(0)
            )
    return [{"unit": u, "period": p, "quantity": q, "value": v} for (u, p, q), v in values.items()]


@settings(max_examples=8)
@given(random_facts(), revisions(), st.sampled_from(ASKED))
def test_after_revisions_and_as_known_before_them(
    found: list[Fact], loads: list[list[tuple[str, str, str, Figure]]], period: str
) -> None:
    store = warehouse(world(), cells_of(found))
    states = [found]
    for number, load in enumerate(loads, start=1):
        send(store, world(), load, START + timedelta(days=number))
        states.append(apply(states[-1], load))
    for number, state in enumerate(states):
        known_on = START + timedelta(days=number, hours=1)
        compare(ask(store, world(), period, known_on=known_on), Oracle(world(), state, "p"), period)
    compare(ask(store, world(), period), Oracle(world(), states[-1], "p"), period)
    store.close()


@settings(max_examples=4)
@given(random_facts(), SHUFFLES, st.sampled_from(ASKED))
def test_the_order_of_the_rows_of_a_file_does_not_matter(
    found: list[Fact], shuffle: Random, period: str
) -> None:
    mixed = list(found)
    shuffle.shuffle(mixed)
    one, other = (warehouse(world(), cells_of(rows)) for rows in (found, mixed))
    for name, indicator in world().catalogue.indicators.items():
        measures = [
            ask(s, world(), period).measure(indicator, parse_period(period)) for s in (one, other)
        ]
        assert measures[0] == measures[1], name
    one.close()
    other.close()


@pytest.mark.parametrize("name", ["insurance", "immunisation"])
@given(found=random_facts(complete=True), cut=st.sampled_from(["area", "unit", "district"]))
def test_the_grouping_of_units_does_not_matter_where_nothing_is_missing(
    name: str, found: list[Fact], cut: str
) -> None:
    assessor = assess_facts(world(), found, "2021")
    indicator, period = world().catalogue.indicators[name], parse_period("2021")
    whole = assessor.measure(indicator, period)
    other = assessor.measure_group(indicator, period, cut, None)
    assert (whole.value, whole.numerator, whole.denominator) == (
        other.value,
        other.numerator,
        other.denominator,
    )


@given(random_facts(complete=True), st.integers(2, 1000))
def test_scaling_both_sides_does_not_change_a_ratio(found: list[Fact], factor: int) -> None:
    scaled = [{**f, "value": f["value"] * factor} for f in found]
    indicator, period = world().catalogue.indicators["insurance"], parse_period("2021-Q3")
    values = {
        assess_facts(world(), rows, "2021-Q3").measure(indicator, period).value
        for rows in (found, scaled)
    }
    assert len(values) == 1


@given(random_facts(complete=True), st.sampled_from(["insurance", "immunisation"]))
def test_the_ratio_of_the_whole_lies_within_those_of_its_parts(
    found: list[Fact], name: str
) -> None:
    assessor = assess_facts(world(), found, "2021-Q3")
    indicator, period = world().catalogue.indicators[name], parse_period("2021-Q3")
    whole = assessor.measure(indicator, period)
    parts = [assessor.measure_group(indicator, period, "district", d) for d in ("d1", "d2", "d3")]
    values = [part.value for part in parts if part.value is not None]
    if whole.value is not None and len(values) == len(parts):
        assert min(values) <= whole.value <= max(values)
