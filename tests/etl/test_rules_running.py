"""Cumulative figures in quarterly columns, and single ones after cumulative ones."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.rules.history import against_history
from indicators.catalogue import Behaviour
from tests.etl.cases import Row, codes, said, series, world_of

NAMES = ("visits", "births", "doses")
WORLD = world_of({**dict.fromkeys(NAMES, Behaviour.FLOW), "beds": Behaviour.STOCK})


def rows_of(years: dict[str, list[int]], quantity: str = "visits") -> list[Row]:
    """Quarters of several units."""
    return [row for unit, values in years.items() for row in series(unit, quantity, values)]


SINGLE = {f"u{n}": [90 + n, 110 - n] for n in range(8)}
RUNNING = {f"u{n}": [90 + n, 2 * (90 + n) + n] for n in range(8)}


def test_a_column_that_grows_as_sums_do_is_asked_about_once() -> None:
    (finding,) = said(against_history, rows_of(RUNNING), deployment=WORLD)
    assert finding.code == "looks-cumulative"
    assert (finding.facts["count"], finding.facts["period"]) == ("8", "2019-Q2")
    assert finding.facts["ratio"] == "2,04" and finding.place.row == 3


def test_single_quarters_are_not_asked_about() -> None:
    assert codes(against_history, rows_of(SINGLE), deployment=WORLD) == []


def test_a_stock_that_grows_is_not_cumulative() -> None:
    found = codes(against_history, rows_of(RUNNING, "beds"), deployment=WORLD)
    assert set(found) == {"stock-jumps"}


@pytest.mark.parametrize("times", [1.5, 2.7])
def test_growth_that_is_not_that_of_a_sum_is_growth(times: float) -> None:
    years = {f"u{n}": [100 + n, round((100 + n) * times)] for n in range(8)}
    assert codes(against_history, rows_of(years), deployment=WORLD) == []


def test_a_file_that_begins_in_the_middle_of_a_year_is_seen_too() -> None:
    rows: list[Row] = []
    for n in range(8):
        for month, value in (("2020-04", 100), ("2020-05", 205)):
            rows.append((f"u{n}", month, "visits", value + n))
    assert codes(against_history, rows, deployment=WORLD) == ["looks-cumulative"]


def test_five_figures_alike_are_chance() -> None:
    few = dict(list(RUNNING.items())[:5])
    assert codes(against_history, rows_of(few), deployment=WORLD) == []


def test_one_cumulative_column_among_single_ones_is_the_one_named() -> None:
    rows = [*rows_of(SINGLE, "births"), *rows_of(RUNNING), *rows_of(SINGLE, "doses")]
    (finding,) = said(against_history, rows, deployment=WORLD)
    assert (finding.code, finding.facts["quantity"]) == ("looks-cumulative", "visits")


def test_one_unit_that_counts_from_january_is_the_one_named() -> None:
    quantities = [f"q{n}" for n in range(7)]
    world = world_of(dict.fromkeys(quantities, Behaviour.FLOW))
    rows = [
        row
        for q, name in enumerate(quantities)
        for u in range(9)
        for row in series(f"u{u}", name, [100, 205 if u == 4 else 100 + (-1) ** (q + u)])
    ]
    (finding,) = said(against_history, rows, deployment=world)
    assert (finding.code, finding.facts["unit"]) == ("looks-cumulative", "u4")


def test_an_ordinary_quarter_after_a_poor_one_is_not_cumulative() -> None:
    year = [200, 190, 210, 200]
    rows = rows_of({f"u{n}": [*year, 100 + n, 200 + n] for n in range(8)})
    found = codes(against_history, rows, deployment=WORLD)
    assert "looks-cumulative" not in found


def test_a_rise_at_the_end_of_a_year_is_far_from_the_sum_of_a_year() -> None:
    years = {f"u{n}": [100, 98, 102, 100, 101, 100, 99 + n % 2, 132 + n] for n in range(8)}
    assert "looks-cumulative" not in codes(against_history, rows_of(years), deployment=WORLD)


@pytest.mark.parametrize("quarter", [2, 3, 4])
def test_a_single_figure_that_is_the_sum_of_the_year_so_far_is_asked_about(quarter: int) -> None:
    calm, year = [100, 102, 98, 101], [99, 101, 100, 103]
    values = [*calm, *year[: quarter - 1], sum(year[:quarter])]
    (finding,) = said(against_history, series("u", "visits", values), deployment=WORLD)
    assert finding.code == "looks-cumulative"
    assert finding.facts["period"] == f"2020-Q{quarter}"


def test_single_quarters_after_cumulative_ones_are_asked_about() -> None:
    years = {f"u{n}": [90 + n, 190 + n, 95 + n] for n in range(8)}
    found = said(against_history, rows_of(years), deployment=WORLD)
    assert [(f.code, f.facts["period"]) for f in found] == [
        ("looks-cumulative", "2019-Q2"),
        ("looks-single", "2019-Q3"),
    ]


def test_a_new_year_begins_anew() -> None:
    years = {f"u{n}": [100, 100, 100, 100 - n, 210 + n] for n in range(8)}
    found = codes(against_history, rows_of(years), deployment=WORLD)
    assert "looks-cumulative" not in found and "looks-single" not in found


@given(st.randoms(use_true_random=False))
def test_noise_alone_is_never_cumulative(chance: random.Random) -> None:
    rows = rows_of({f"u{n}": [chance.randint(80, 120) for _ in range(8)] for n in range(12)})
    found = codes(against_history, rows, deployment=WORLD)
    assert "looks-cumulative" not in found and "looks-single" not in found
