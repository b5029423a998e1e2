"""Communes = centre = province, and the total rows of a file."""

from dataclasses import dataclass
from datetime import date

import pytest

from etl.numbers import Figure
from etl.rules.levels import levels
from etl.rules.totals import totals_of
from etl.store.connect import open_store
from etl.store.past import Past
from tests.etl.cases import Row, case_of, codes, figure, said
from tests.etl.tables import deployment, send

Q = "2021-Q3"


def of(quantity: str = "population", **values: int | str | None) -> list[Row]:
    """One quantity of several units in one quarter."""
    return [(unit, Q, quantity, value) for unit, value in values.items()]


def test_communes_add_up_to_their_centre() -> None:
    assert codes(levels, of(t1=30, s1=10, s2=20)) == []
    (finding,) = said(levels, of(t1=31, s1=10, s2=20))
    assert finding.code == "levels-differ" and finding.got == "31"
    assert [finding.facts[k] for k in ("whole", "sum", "count", "area")] == [
        "31",
        "30",
        "2",
        "Đơn vị d1",
    ]


def test_centres_add_up_to_the_province() -> None:
    assert codes(levels, of(o=60, t1=10, t2=20, t3=30)) == []
    (finding,) = said(levels, of(o=61, t1=10, t2=20, t3=30))
    assert [finding.facts[k] for k in ("whole", "sum", "count")] == ["61", "60", "3"]


@pytest.mark.parametrize("missing", [{}, {"s2": None}])
def test_nothing_is_compared_where_a_part_is_missing(missing: dict[str, None]) -> None:
    assert codes(levels, of(t1=31, s1=10, **missing)) == []
    assert codes(levels, of(o=99, t1=10, t2=20)) == []


def test_nothing_happened_counts_as_zero() -> None:
    assert codes(levels, of("immunised", t1=10, s1=10, s2="-")) == []


def test_a_quantity_without_levels_is_not_compared() -> None:
    assert codes(levels, of("visits", t1=10, h1=20)) == []


def test_the_other_level_may_have_been_sent_before() -> None:
    store = open_store(None)
    known = deployment()
    tree = known.units.at(date(2021, 9, 30))
    stations = [u.id for u in tree.within("th-nhu-thanh") if u.kind == "commune_station"]
    send(store, [f"{unit},{Q},insured,10" for unit in stations])
    centre: list[Row] = [("th-ttyt-nhu-thanh", Q, "insured", 10 * len(stations) + 1)]
    (finding,) = said(levels, centre, deployment=known, past=Past(store.cursor()))
    assert finding.facts["sum"] == str(10 * len(stations))


# --- total rows


@dataclass(frozen=True)
class Total:
    """What the recogniser hands over."""

    figure: Figure
    row: int
    label: str = "Tổng cộng"
    sheet: str | None = None
    column: int = 4
    quantity: str | None = "population"
    period: str | None = Q
    area: str | None = None


PARTS = of(t1=10, t2=20, t3=30)  # rows 2, 3, 4


@pytest.mark.parametrize(
    ("totals", "wrong"),
    [
        ([Total(figure(60), 5)], []),
        ([Total(figure(60), 1)], []),
        ([Total(figure(61), 5)], ["60"]),
        ([Total(figure(None), 5)], []),
        ([Total(figure(60), 5, quantity=None)], []),
        ([Total(figure(61), 5, period=None)], ["60"]),
        ([Total(figure(11), 5, period=None, area="d1")], ["10"]),
        ([Total(figure(60), 5, quantity="beds")], []),
        ([Total(figure(10), 9, area="d1")], []),
        ([Total(figure(11), 9, area="d1")], ["10"]),
        ([Total(figure(60), 9, area="p")], []),
    ],
)
def test_a_total_is_the_sum_of_its_rows(totals: list[Total], wrong: list[str]) -> None:
    found = list(totals_of(case_of(PARTS), totals))
    assert [f.facts["sum"] for f in found] == wrong
    assert all(f.code == "total-differs" and f.got == "Tổng cộng" for f in found)


def test_a_total_of_what_cannot_be_added_is_not_compared() -> None:
    rows: list[Row] = [("o", "2021", "survey", 12)]
    total = Total(figure(99), 5, quantity="survey", period="2021")
    assert list(totals_of(case_of(rows), [total])) == []


def test_a_total_of_no_period_says_nothing_about_rows_of_two() -> None:
    rows: list[Row] = [*PARTS, ("t1", "2021-Q2", "population", 1)]
    assert list(totals_of(case_of(rows), [Total(figure(99), 9, period=None)])) == []


def test_totals_of_groups_stand_below_or_above_their_rows() -> None:
    rows: list[Row] = [*PARTS, ("t1", Q, "insured", 1)]
    split = [rows[0], rows[1], rows[3], rows[2]]  # rows 2, 3 and, after a subtotal in line 4, 5
    assert list(totals_of(case_of(split), [Total(figure(30), 4), Total(figure(30), 6)])) == []
    (finding,) = totals_of(case_of(split), [Total(figure(31), 4), Total(figure(30), 6)])
    assert finding.place.row == 4 and finding.facts["sum"] == "30"
