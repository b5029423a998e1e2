"""Rows whose values stand one column too far."""

import pytest

from etl.rules.history import against_history
from indicators.catalogue import Behaviour
from tests.etl.cases import Row, codes, said, world_of

USUAL = {"a": 10, "b": 20_000, "c": 300, "d": 4_000, "e": 55}
WORLD = world_of(dict.fromkeys(USUAL, Behaviour.FLOW))
YEARS = range(2015, 2020)


def table(last: dict[str, int | None]) -> tuple[list[Row], list[int]]:
    """Five usual years and a last one, one line for each with the quantities as columns."""
    rows: list[Row] = [("u", str(y), name, n + y % 2) for y in YEARS for name, n in USUAL.items()]
    rows += [("u", "2020", name, value) for name, value in last.items() if value is not None]
    names = list(USUAL)
    return rows, [3 + names.index(row[2]) for row in rows]


@pytest.mark.parametrize(
    ("values", "side"),
    [([None, 10, 20_000, 300, 4_000], "←"), ([20_000, 300, 4_000, 55, None], "→")],
)
def test_a_row_that_slid_by_a_column_is_said_once(values: list[int | None], side: str) -> None:
    rows, columns = table(dict(zip(USUAL, values, strict=True)))
    (finding,) = said(against_history, rows, columns=columns, deployment=WORLD)
    assert (finding.code, finding.facts["side"], finding.facts["count"]) == (
        "row-shifted",
        side,
        "4",
    )
    assert finding.place.row == 7


def test_a_row_in_place_is_not_shifted() -> None:
    rows, columns = table(USUAL)  # type: ignore[arg-type]
    assert codes(against_history, rows, columns=columns, deployment=WORLD) == []


def test_a_bad_row_that_fits_no_neighbour_is_no_shift() -> None:
    rows, columns = table(dict(zip(USUAL, [900, 7, 90_000, 3, 9], strict=True)))
    assert "row-shifted" not in codes(against_history, rows, columns=columns, deployment=WORLD)


def test_a_long_file_has_no_neighbours() -> None:
    rows, _ = table(dict(zip(USUAL, [None, 10, 20_000, 300, 4_000], strict=True)))
    assert "row-shifted" not in codes(against_history, rows, deployment=WORLD)
