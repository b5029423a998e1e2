"""The log of acts: every line hangs on the one before, and a change shows."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from etl.store.audit import audit, broken, entries
from etl.store.connect import Store, open_store
from etl.store.verify import faults
from indicators.text import texts

AT = datetime(2021, 10, 9, 8, 0)


@pytest.fixture
def store() -> Store:
    opened = open_store(None)
    with opened.transaction() as cur:
        for number in range(5):
            audit(cur, "Lan", "load", f"tệp {number}", AT, {"file": f"{number}.csv"})
    return opened


def test_a_log_as_written_is_whole(store: Store) -> None:
    lines = entries(store.cursor())
    assert [line.id for line in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[-1].arguments == '{"file": "4.csv"}'
    assert broken(lines) == [] and faults(store) == []


@pytest.mark.parametrize(
    "change",
    [
        "update audit set detail = 'khác' where id = 3",
        "update audit set actor = 'khác' where id = 3",
        "update audit set arguments = '{}' where id = 3",
        "update audit set occurred_at = timestamp '2020-01-01' where id = 3",
    ],
)
def test_a_changed_line_is_named(store: Store, change: str) -> None:
    store.connection.execute(change)
    assert broken(entries(store.cursor())) == [3]
    assert "audit-changed: 3" in faults(store)


def test_a_line_taken_out_is_found_at_the_next(store: Store) -> None:
    store.connection.execute("delete from audit where id = 3")
    assert broken(entries(store.cursor())) == [4]


def test_a_hash_taken_away_is_found(store: Store) -> None:
    store.connection.execute("update audit set chain = '' where id = 4")
    assert broken(entries(store.cursor())) == [4, 5]


def test_lines_from_before_hashes_are_no_fault() -> None:
    opened = open_store(None)
    opened.connection.execute("update audit set chain = null, arguments = null")
    with opened.transaction() as cur:
        audit(cur, "Lan", "load", "tệp", AT)
    assert broken(entries(opened.cursor())) == []


def test_entries_stop_at_a_moment(store: Store) -> None:
    assert entries(store.cursor(), datetime(2021, 10, 9, 7, 59)) == []


def test_every_act_of_the_log_has_words() -> None:
    """The log is read by people: an act without a sentence would break their page."""
    folder = Path(__file__).resolve().parents[2] / "etl"
    source = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    acts = set(re.findall(r'audit\(\s*\w+,\s*[\w." ]+,\s*"([a-z-]+)"', source))
    assert {"load", "rollback", "task", "deployment"} <= acts
    acts |= {"approve", "return", "close", "reopen", "init", "migrate"}
    assert [act for act in acts if f"act.{act.replace('-', '_')}" not in texts()] == []
