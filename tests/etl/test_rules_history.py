"""Figures against the unit's own history: every slip is asked about, noise is not, all units at once."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.findings import Finding
from etl.rules.case import Case
from etl.rules.history import BEYOND, against_history, doubtful
from etl.rules.series import DEPTH, period_at, series_of
from etl.store.connect import open_store
from etl.store.past import Past
from indicators.catalogue import Behaviour
from indicators.period import PeriodKind
from indicators.statistics.outliers import (
    MIN_HISTORY,
    STRONG,
    digit_slip,
    false_alarm_rates,
    is_doubtful,
    modified_z,
)
from tests.etl.cases import Row, case_of, codes, said, series, world_of
from tests.etl.tables import CENTRE, TODAY, deployment, recognised, send

QUIET = [1000, 1010, 990, 1005]
FLOW = world_of({"visits": Behaviour.FLOW, "beds": Behaviour.STOCK})


@pytest.mark.parametrize(
    ("value", "code", "times", "suggestion"),
    [
        (10000, "digit-slip", "10", "1000"),
        (100, "digit-slip", "0,1", "1000"),
        (99500, "digit-slip", "100", "995"),
        (1_000_000, "measure-slip", "1000", "1000"),
        (1, "measure-slip", "0,001", "1000"),
        (1_002_000_000, "measure-slip", "1000000", "1002"),
    ],
)
def test_a_slip_names_the_usual_value_and_a_suggestion(
    value: int, code: str, times: str, suggestion: str
) -> None:
    (finding,) = said(against_history, series("t1", "population", [*QUIET, value]))
    assert (finding.code, finding.facts["times"]) == (code, times)
    assert (finding.facts["usual"], finding.facts["suggestion"]) == ("1005", suggestion)
    assert finding.place.row == 6 and finding.got == str(value)


@pytest.mark.parametrize("value", [1000, 1040, 960, 990])
def test_a_usual_value_says_nothing(value: int) -> None:
    assert codes(against_history, series("t1", "population", [*QUIET, value])) == []


def test_two_earlier_values_are_too_few_for_a_slip() -> None:
    rows = series("t1", "visits", [1000, 1000, 10000])
    assert codes(against_history, rows) == []


def test_a_stock_that_moves_by_more_than_a_third_is_asked_about_from_the_second_report_on() -> None:
    assert codes(against_history, series("h1", "beds", [100, 140])) == ["stock-jumps"]
    assert codes(against_history, series("h1", "beds", [100, 60])) == ["stock-jumps"]
    assert codes(against_history, series("h1", "beds", [100, 133])) == []
    assert codes(against_history, series("h1", "beds", [6, 12])) == []  # six beds are no jump
    assert codes(against_history, series("h1", "visits", [100, 140])) == []  # a flow may


def test_a_flow_far_beyond_everything_asks_and_an_unusual_one_is_listed() -> None:
    calm = [1000, 1010, 990, 1005, 1000]
    (far,) = said(against_history, series("t1", "visits", [*calm, 3000]), deployment=FLOW)
    assert far.code == "series-far"
    (listed,) = said(against_history, series("t1", "visits", [*calm, 1300]), deployment=FLOW)
    assert listed.code == "series-unusual"
    assert (listed.facts["low"], listed.facts["high"]) == ("990", "1010")


def test_the_expected_number_of_false_flags_stands_beside_the_list() -> None:
    many = [row for n in range(50) for row in series(f"t{n}", "visits", [*QUIET, *QUIET[:2]])]
    rows = [*many, *series("x", "visits", [*QUIET, 1300])]
    (finding,) = said(against_history, rows, deployment=FLOW)
    rates = {n: false_alarm_rates(n)[0] for n in (3, 4, 5)}
    expected = 50 * sum(rates.values()) + rates[3] + rates[4]
    assert finding.facts["comparisons"] == str(50 * 3 + 2)
    assert finding.facts["expected"] == f"{expected:.1f}".replace(".", ",")


def test_what_only_begins_now_is_listed_and_not_asked_about() -> None:
    rows = series("t1", "visits", [0, 0, 0, 0, 0, 50])
    assert codes(against_history, rows, deployment=FLOW) == ["series-unusual"]


def test_absences_are_no_values() -> None:
    values = [1000, None, 1010, "-", 990, 10000]
    (finding,) = said(against_history, series("t1", "population", values))
    assert finding.facts["usual"] == "1000"


def test_months_and_quarters_are_not_mixed() -> None:
    rows = [("t1", f"2020-0{n}", "population", 300) for n in range(1, 6)]
    assert codes(against_history, [*rows, ("t1", "2020-Q3", "population", 3000)]) == []


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (PeriodKind.QUARTER, 2021 * 4 + 2, "2021-Q3"),
        (PeriodKind.MONTH, 2021 * 12, "2021-01"),
        (PeriodKind.YEAR, 2021, "2021"),
        (PeriodKind.QUARTER, -1, None),
    ],
)
def test_a_period_is_found_by_its_number(kind: PeriodKind, number: int, code: str | None) -> None:
    assert period_at(kind, number) == code


def plainly(rows: list[Row]) -> dict[tuple[str, str], set[str]]:
    """The same decisions without arrays: (unit, period) to the codes that may be said."""
    found: dict[tuple[str, str], set[str]] = {}
    by_unit: dict[str, list[tuple[str, Fraction]]] = {}
    for unit, period, _, value in sorted(rows, key=lambda row: (row[0], row[1])):
        earlier = [v for _, v in by_unit.setdefault(unit, [])][-DEPTH:]
        number = Fraction(Decimal(str(value)))
        code = plain_code(number, earlier)
        if code is not None:
            found[unit, period] = {code}
        by_unit[unit].append((period, number))
    return found


def plain_code(value: Fraction, earlier: list[Fraction]) -> str | None:
    slip = digit_slip(value, history=earlier[-MIN_HISTORY:], is_rate=False)
    if slip is not None:
        return "measure-slip" if abs(slip.power) in (3, 6) else "digit-slip"
    if len(earlier) < MIN_HISTORY:
        return None
    step = max(1.0, float(abs(median(earlier))) ** 0.5)
    score = modified_z(value, history=earlier, step=step)
    if score is None or not is_doubtful(score):
        return None
    outside = value > BEYOND * max(earlier) or value * BEYOND < min(earlier)
    beyond = outside and sum(map(bool, earlier)) >= MIN_HISTORY
    return "series-far" if score > STRONG and beyond else "series-unusual"


values = st.one_of(st.integers(900, 1100), st.integers(0, 3000), st.sampled_from([10500, 98, 1e6]))
histories = st.lists(st.lists(values.map(int), min_size=1, max_size=12), min_size=1, max_size=4)


@given(histories)
def test_all_units_at_once_say_what_each_figure_alone_would(histories: list[list[int]]) -> None:
    # Whole years apart, so that no figure has one of its own year before it.
    rows: list[Row] = [
        (f"u{n}", str(2000 + k), "visits", value)
        for n, history in enumerate(histories)
        for k, value in enumerate(history)
    ]
    found = said(against_history, rows, deployment=FLOW)
    lines = {(row[0], row[1]): n + 2 for n, row in enumerate(rows)}
    expected = {(lines[at], code) for at, said_ in plainly(rows).items() for code in said_}
    assert {(f.place.row, f.code) for f in found} == expected


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    histories: list[list[int]], chance: random.Random
) -> None:
    rows = [row for n, h in enumerate(histories) for row in series(f"u{n}", "visits", h)]
    mixed = chance.sample(rows, len(rows))

    def about(given: list[Row]) -> list[tuple[str, str, str, str]]:
        return sorted(
            (f.code, f.facts["unit"], f.facts["period"], f.got)
            for f in said(against_history, given, deployment=FLOW)
            if not f.code.startswith("looks-")  # those name the first of many
        )

    assert about(rows) == about(mixed)


@given(st.lists(st.integers(900, 1100), min_size=3, max_size=8), st.integers(980, 1020))
def test_a_usual_figure_of_another_unit_raises_nothing_new(history: list[int], usual: int) -> None:
    rows = series("a", "beds", [*history, 10000])
    alone = codes(against_history, rows, deployment=FLOW)
    beside = [*rows, *series("b", "beds", [usual] * 3)]
    assert codes(against_history, beside, deployment=FLOW) == alone


def test_screening_keeps_what_exact_figures_would_find() -> None:
    case = case_of(series("t1", "visits", [*QUIET, 10000, 1000, 1300]), deployment=FLOW)
    found = series_of(case)
    assert doubtful(case, found).sum() == 2


# --- with a warehouse


def test_what_the_warehouse_holds_is_history() -> None:
    store = open_store(None)
    for n, value in enumerate(QUIET):
        send(store, [f"{CENTRE},2020-Q{n + 1},doctors,{value}"])
    done = send(store, [f"{CENTRE},2021-Q1,doctors,10000"])
    assert [f.code for f in done.findings] == ["digit-slip"] and done.refused
    assert done.findings[0].facts["usual"] == "1005"


def test_file_and_warehouse_together_are_one_series() -> None:
    whole = [f"{CENTRE},2020-Q{n + 1},doctors,{value}" for n, value in enumerate(QUIET)]
    last = f"{CENTRE},2021-Q1,doctors,10000"
    found = []
    for split in range(len(whole) + 1):
        store = open_store(None)
        if split:
            send(store, whole[:split])
        case = replace(case_at([*whole[split:], last]), past=Past(store.cursor()))
        found.append([f.facts for f in against_history(case)])
    assert len(found[0]) == 1 and all(each == found[0] for each in found)


def test_a_corrected_figure_replaces_the_one_of_the_warehouse() -> None:
    store = open_store(None)
    send(store, [f"{CENTRE},2020-Q{n + 1},doctors,{v}" for n, v in enumerate(QUIET)])
    again = [f"{CENTRE},2020-Q{n + 1},doctors,{v}" for n, v in enumerate([99, 98, 101, 100])]
    case = replace(case_at([*again, f"{CENTRE},2021-Q1,doctors,100"]), past=Past(store.cursor()))
    assert [f.code for f in against_history(case)] == []


def case_at(rows: list[str]) -> Case:
    """A file of rows "unit,period,quantity,value" in the deployment as delivered."""
    found = recognised("\n".join(["unit|period|quantity|value", *rows]).replace(",", "|"))
    return Case(found.entries, "tep.csv", deployment(), TODAY)


def test_a_finding_is_about_the_cell() -> None:
    (finding,) = said(against_history, series("t1", "population", [*QUIET, 10000]))
    assert isinstance(finding, Finding) and finding.place.cell == "D6"
