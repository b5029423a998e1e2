"""Verifying finds every class of damage: to facts, to their sources, to the files received."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from etl.store.actions import Agreement, add_action
from etl.store.aliases import AliasKind, remember_alias
from etl.store.connect import Store, open_store
from etl.store.mappings import ColumnMeaning, Mapping, PeriodFrom, remember_mapping
from etl.store.tasks import Report, record, withdraw
from etl.store.verify import CHECKS, faults
from indicators.tasks import Progress
from tests.etl.tables import CENTRE, HOSPITAL, send

MOMENT = datetime(2022, 1, 1)
DAMAGE = {
    "fact-without-submission": "delete from submission where id = 1",
    "submission-without-fact": "delete from fact where submission = 1",
    "cell-twice": "insert into fact select * from fact where submission = 1 limit 1",
    "fact-without-source": "delete from source_cell where submission = 1",
    "submission-twice": "insert into submission select * from submission where id = 1",
    "revision-twice": "update submission set unit = 1, period = 1, form = 1, revision = 1",
    "content-changed": "update fact set value = value + 1 where submission = 1",
    "value-and-absence": "update fact set absence = 1 where submission = 1",
    "unknown-key": "delete from dimension where kind = 'unit'",
    "unknown-quantity": "delete from dimension where kind = 'quantity'",
    "key-twice": "insert into dimension select * from dimension where kind = 'form'",
    "submission-without-upload": "update submission set upload = 77",
    "cell-without-upload": "update source_cell set upload = 77",
    "cell-without-fact": "insert into source_cell select 1, 999, 1, null, 1, 1, 'x'",
    "alias-twice": "insert into alias select * from alias",
    "alias-without-name": "update alias set confirmed_by = ''",
    "alias-in-two-meanings": (
        "insert into alias select 2, kind, spelling, spelling_key, 'x', confirmed_at, 'a' from alias"
    ),
    "event-without-alias": (
        "insert into alias_event values (1, 99, 'revoked', '2022-01-01', 'a', 'b')"
    ),
    "mapping-twice": "insert into mapping select * from mapping",
    "mapping-without-column": "delete from mapping_column",
    "column-without-mapping": "delete from mapping",
    "event-without-mapping": (
        "insert into mapping_event values (1, 99, 'revoked', '2022-01-01', 'a', 'b')"
    ),
    "column-in-two-meanings": "insert into mapping_column select * from mapping_column limit 1",
    "task-record-twice": "insert into task_event select * from task_event",
    "task-record-unclear": "update task_event set done_on = null",
    "withdrawal-without-task-record": "delete from task_event where withdraws is null",
    "task-record-withdrawn-twice": """insert into task_event
        select 9, plan, task, state, done_on, evidence, note, withdraws, occurred_at, actor
        from task_event where withdraws is not null""",
    "action-twice": "insert into action select * from action",
    "action-unclear": "update action set owner = ''",
    "event-without-action": "delete from action",
    "period-event-unclear": (
        "insert into period_event values (1, '2021-Q3', 'closed', '2022-01-01', 'a', '')"
    ),
    "event-without-submission": (
        "insert into submission_event values (1, 99, 'withdrawn', '2022-01-01', 'a', 'b')"
    ),
}
SILENT_CHANGES = {
    "a fact is missing": "delete from fact where submission = 1 and quantity = 1",
    "a number moved to another unit": "update submission set unit = 2 where id = 1",
    "a number moved to another period": "update submission set period = 2 where id = 1",
    "a source cell was changed": "update source_cell set raw = '13' where submission = 1",
    "an estimate was made final": "update fact set estimate = not estimate where submission = 1",
    "an absence was changed": "update fact set absence = 2, value = null where submission = 1",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "a.duckdb")
    rows = [f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,14"]
    send(opened, [*rows, f"{HOSPITAL},2021-Q2,beds,100"])
    remember_alias(opened, AliasKind.UNIT, "TTYT NT", CENTRE, by="a", at=MOMENT)
    columns = (ColumnMeaning(0, "Tên", "unit"), ColumnMeaning(1, "BS", "value", "doctors"))
    remember_mapping(opened, Mapping("f", columns, PeriodFrom.TITLE), by="a", at=MOMENT)
    said = Report("p", "t", Progress.DONE, MOMENT.date())
    for _ in range(2):
        record(opened, said, by="a", at=MOMENT)
    withdraw(opened, 2, of=("p", "t"), reason="r", by="a", at=MOMENT)
    agreed = Agreement("p", "t", "i", None, "x", "Lan", MOMENT.date())
    add_action(opened, agreed, by="a", at=MOMENT)
    assert faults(opened) == []
    yield opened
    opened.close()


def names(store: Store) -> set[str]:
    return {fault.partition(":")[0] for fault in faults(store)}


@pytest.mark.parametrize(("fault", "damage"), DAMAGE.items())
def test_damage_to_the_tables_is_named(store: Store, fault: str, damage: str) -> None:
    store.connection.execute(damage)
    assert fault in names(store)


def test_every_check_has_its_damage() -> None:
    assert CHECKS.keys() == DAMAGE.keys()


@pytest.mark.parametrize("change", SILENT_CHANGES.values(), ids=SILENT_CHANGES.keys())
def test_a_change_behind_our_back_shows_in_the_hash(store: Store, change: str) -> None:
    store.connection.execute(change)
    assert "content-changed" in names(store)


def upload(store: Store) -> Path:
    assert store.uploads is not None
    return next(store.uploads.iterdir())


def test_a_file_that_is_gone_is_named(store: Store) -> None:
    upload(store).unlink()
    assert names(store) == {"upload-missing"}


def test_one_byte_that_changed_is_named(store: Store) -> None:
    content = bytearray(upload(store).read_bytes())
    content[-1] ^= 1
    upload(store).write_bytes(content)
    assert names(store) == {"upload-changed"}


def test_a_file_that_cannot_be_read_is_named(store: Store) -> None:
    path = upload(store)
    path.unlink()
    path.mkdir()
    assert names(store) == {"upload-unreadable"}


def test_a_store_in_memory_has_no_files_to_check() -> None:
    assert faults(open_store(None)) == []
