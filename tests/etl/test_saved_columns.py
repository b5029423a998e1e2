"""A form whose columns somebody explained once is understood the next quarter, and says so."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from etl.entries import Recognition
from etl.load import Loaded
from etl.match_headings import Column
from etl.own_mapping import mapping_with
from etl.store.connect import Store, open_store
from etl.store.mappings import (
    MappingRevoked,
    NoSuchMapping,
    PeriodFrom,
    mapping_for,
    mappings,
    remember_mapping,
    revoke_mapping,
)
from tests.etl.tables import codes, send

AT = datetime(2021, 10, 5, 8)


def form(quarter: str, doctors: int, beds: int = 90) -> bytes:
    """A centre's own form: its two headings mean something only to those who made it."""
    lines = (
        f"BÁO CÁO QUÝ {quarter} NĂM 2021", "", "STT;Tên đơn vị;Cột nọ;Dân số",
        f"1;TTYT Như Thanh;{doctors};{beds}000",
    )  # fmt: skip
    return "\n".join(lines).encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "a.duckdb")
    yield opened
    opened.close()


def table_of(loaded: Loaded) -> Recognition:
    (table,) = loaded.tables
    return table


def explain(store: Store, content: bytes, column: int, quantity: str | None) -> None:
    """What the page does when a person says what a column means."""
    table = table_of(send(store, content, dry_run=True))
    role = None if quantity else Column.IGNORED
    remember_mapping(store, mapping_with(table, column, role, quantity), by="Lê Hoa", at=AT)


def test_an_unknown_column_blocks_and_is_shown_as_not_understood(store: Store) -> None:
    loaded = send(store, form("III", 12), dry_run=True)
    assert "column-unknown" in codes(loaded) and loaded.refused
    roles = {c.path: c.role for c in table_of(loaded).columns}
    assert roles["Cột nọ",] == "" and roles["Tên đơn vị",] == "unit"
    assert roles["Dân số",] == "value"


def test_what_was_said_once_holds_for_the_next_quarter(store: Store) -> None:
    explain(store, form("III", 12), 3, "doctors")
    loaded = send(store, form("IV", 14))
    assert loaded.committed and loaded.periods == ["2021-Q4"]
    (said,) = [f for f in loaded.findings if f.code == "mapping-used"]
    assert said.facts == {"count": "1", "by": "Lê Hoa", "day": "05/10/2021"}
    found = store.cursor().execute("select value from fact order by value").fetchall()
    assert [int(row[0]) for row in found] == [14, 90_000]


def test_a_column_can_be_left_out_for_good(store: Store) -> None:
    explain(store, form("III", 12), 3, None)
    loaded = send(store, form("III", 12))
    assert loaded.committed and "column-unknown" not in codes(loaded)
    assert store.cursor().execute("select count(*) from fact").fetchone() == (1,)


def test_the_newest_meaning_counts(store: Store) -> None:
    explain(store, form("III", 12), 3, None)
    explain(store, form("III", 12), 3, "beds")
    table = table_of(send(store, form("III", 12), dry_run=True))
    assert [c.quantity for c in table.columns if c.role == "value"] == ["beds", "population"]


def test_another_heading_is_another_form(store: Store) -> None:
    explain(store, form("III", 12), 3, "doctors")
    other = form("III", 12).replace("Cột nọ".encode(), "Cột kia".encode())
    assert send(store, other, dry_run=True).refused


def test_what_only_the_title_says_is_not_saved(store: Store) -> None:
    content = "Số bác sĩ\n\nTên đơn vị;Quý I/2021;Quý II/2021\nTTYT Như Thanh;12;13\n".encode()
    loaded = send(store, content, dry_run=True)
    table = table_of(loaded)
    mapping = mapping_with(table, 3, Column.IGNORED, None)
    assert [(c.column, c.role, c.quantity) for c in mapping.columns] == [
        (0, "unit", None),
        (2, "ignored", None),
    ]
    assert mapping.period_from is PeriodFrom.HEADING


def test_a_mapping_is_kept_with_who_said_it(store: Store) -> None:
    content = form("III", 12)
    explain(store, content, 3, "doctors")
    table = table_of(send(store, content, dry_run=True))
    saved = mapping_for(store.cursor(), table.fingerprint)
    assert saved is not None and (saved.confirmed_by, saved.confirmed_at) == ("Lê Hoa", AT)


def test_a_mapping_taken_back_decides_nothing_and_the_one_before_it_does_again(
    store: Store,
) -> None:
    explain(store, form("III", 12), 3, "doctors")
    explain(store, form("III", 12), 3, None)
    first, second = mappings(store.cursor())
    gone = revoke_mapping(store, second.id, reason="nhầm", by="Minh", at=AT)
    assert (gone.is_valid, gone.revoked_by, gone.reason) == (False, "Minh", "nhầm")
    assert mapping_for(store.cursor(), first.mapping.fingerprint) == first
    with pytest.raises(MappingRevoked):
        revoke_mapping(store, second.id, reason="nhầm", by="Minh", at=AT)
    with pytest.raises(NoSuchMapping):
        revoke_mapping(store, 99, reason="nhầm", by="Minh", at=AT)
    revoke_mapping(store, first.id, reason="biểu đã đổi", by="Minh", at=AT)
    assert "column-unknown" in codes(send(store, form("IV", 12), dry_run=True))
    assert [m.is_valid for m in mappings(store.cursor())] == [False, False]
    explain(store, form("III", 12), 3, "doctors")
    assert [m.is_valid for m in mappings(store.cursor())] == [False, False, True]
