"""A sheet of which nothing is recognised is read by what a person says, and again next quarter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.entries import Untold
from etl.load import Loaded
from etl.match_headings import Column
from etl.own_mapping import mapping_told
from etl.store.connect import Store, open_store
from etl.store.mappings import remember_mapping
from etl.told import NO_HEADING
from tests.etl.tables import CENTRE, codes, hints, send

AT = datetime(2021, 10, 5, 8)
UNIT, PERIOD = (Column.UNIT, None), (Column.PERIOD, None)
DOCTORS, PEOPLE = (Column.VALUE, "doctors"), (Column.VALUE, "population")


def own(quarter: str, doctors: int = 12) -> bytes:
    """A heading in words of their own: no one else knows what they mean."""
    lines = (
        f"Sổ theo dõi quý {quarter} năm 2021", "", "Nơi làm;Anh em;Chỗ nằm",
        f"TTYT Như Thanh;{doctors};95.100", "TTYT Nga Sơn;20;151.234",
    )  # fmt: skip
    return "\n".join(lines).encode()


def bare(quarter: str, doctors: int = 12) -> bytes:
    """No heading at all."""
    return f"TTYT Như Thanh;{quarter};{doctors};95100\nTTYT Nga Sơn;{quarter};20;151200\n".encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "a.duckdb")
    yield opened
    opened.close()


def seen(store: Store, content: bytes) -> Untold:
    loaded = send(store, content, dry_run=True)
    assert loaded.refused and not loaded.tables
    (found,) = loaded.untold
    return found


def tell(
    store: Store, content: bytes, heading: int, meanings: dict[int, tuple[Column, str | None]]
) -> None:
    mapping = mapping_told(seen(store, content), heading, meanings)
    remember_mapping(store, mapping, by="Lê Hoa", at=AT)


def stored(store: Store) -> list[tuple[object, ...]]:
    return (
        store.cursor()
        .execute(
            """select u.id, p.id, q.id, value, row_number, column_number from fact f
            join submission s on s.id = f.submission
            join source_cell c on c.submission = s.id and c.quantity = f.quantity
            join dimension u on u.kind = 'unit' and u.key = s.unit
            join dimension p on p.kind = 'period' and p.key = s.period
            join dimension q on q.kind = 'quantity' and q.key = f.quantity order by all"""
        )
        .fetchall()
    )


def said(loaded: Loaded) -> list[str]:
    return [f.facts["by"] for f in loaded.findings if f.code == "mapping-used"]


def test_the_persons_own_rows_are_kept_to_be_shown(store: Store) -> None:
    found = seen(store, own("III"))
    assert found.rows[0] == (1, ("Sổ theo dõi quý III năm 2021",))
    assert found.rows[2] == (4, ("TTYT Như Thanh", "12", "95.100"))
    assert (found.suggested, found.total) == (3, 4)
    assert seen(store, bare("2021-Q3")).suggested == NO_HEADING


def test_a_heading_pointed_out_is_read_and_holds_for_the_next_quarter(store: Store) -> None:
    tell(store, own("III"), 3, {1: UNIT, 2: DOCTORS, 3: PEOPLE})
    for quarter, code in (("III", "2021-Q3"), ("IV", "2021-Q4")):
        loaded = send(store, own(quarter))
        assert loaded.committed and loaded.periods == [code] and said(loaded) == ["Lê Hoa"]
    first = stored(store)[1]
    assert [str(part) for part in first] == [
        "th-ttyt-nga-son", "2021-Q3", "population", "151234.0000", "5", "3",
    ]  # fmt: skip
    assert len(stored(store)) == 8


def test_what_is_not_told_is_not_read_and_that_is_kept_as_said(store: Store) -> None:
    tell(store, own("III"), 3, {1: UNIT, 2: DOCTORS})
    loaded = send(store, own("III"))
    assert loaded.committed
    assert {c.column: c.role for c in loaded.tables[0].columns} == {
        1: "unit", 2: "value", 3: "ignored",
    }  # fmt: skip
    assert {row[2] for row in stored(store)} == {"doctors"}


def test_a_sheet_without_a_heading_is_read_from_its_first_row(store: Store) -> None:
    tell(store, bare("Quý III/2021"), NO_HEADING, {1: UNIT, 2: PERIOD, 3: DOCTORS, 4: PEOPLE})
    loaded = send(store, bare("Quý III/2021"))
    assert loaded.committed and len(stored(store)) == 4
    assert [str(part) for part in stored(store)[2]] == [
        "th-ttyt-nhu-thanh", "2021-Q3", "doctors", "12.0000", "1", "3",
    ]  # fmt: skip
    later = send(store, bare("Quý IV/2021", 13))
    assert later.committed and later.periods == ["2021-Q4"] and said(later) == ["Lê Hoa"]


def test_other_units_without_a_heading_are_another_sheet(store: Store) -> None:
    tell(store, bare("Quý III/2021"), NO_HEADING, {1: UNIT, 2: PERIOD, 3: DOCTORS, 4: PEOPLE})
    other = bare("Quý III/2021").replace("Nga Sơn".encode(), "Hậu Lộc".encode())
    assert "heading-not-found" in codes(send(store, other))


def test_the_period_comes_from_the_sender_where_the_sheet_has_none(store: Store) -> None:
    content = own("III").replace("Sổ theo dõi quý III năm 2021".encode(), "Sổ theo dõi".encode())
    tell(store, content, 3, {1: UNIT, 2: DOCTORS, 3: PEOPLE})
    assert "period-missing" in codes(send(store, content))
    assert send(store, content, given=hints("2021-Q3")).committed


def test_columns_of_periods_told_to_be_figures_keep_their_periods(store: Store) -> None:
    content = "Mục nào;Quý I/2021;Quý II/2021\nSố bác sĩ;12;13\nDân số;95100;95200\n".encode()
    figures = (Column.VALUE, None)
    tell(store, content, 1, {1: (Column.QUANTITY, None), 2: figures, 3: figures})
    loaded = send(store, content, given=replace(hints(), unit=CENTRE))
    assert loaded.committed and loaded.periods == ["2021-Q1", "2021-Q2"]
