"""Keys of other systems: told once, kept as a hash, good for reading in the name of an account."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.accounts import keys, roster
from etl.accounts.book import now
from etl.accounts.keys import PREFIX, account_of_key, end_key, keys_of, make_key
from etl.accounts.passwords import hashed
from etl.accounts.roster import CannotKeep, Wanted
from etl.commands import answer
from etl.console import lines_of
from etl.store.places import accounts_of
from indicators.people import Role
from pages.parts.gate.visit import key_in

PASSWORD = "mot-mat-khau-rat-dai"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "a.duckdb"
    monkeypatch.setenv("VANDAN_DB", str(path))
    for login, role in (("quan-tri", Role.ADMIN), ("kho-du-lieu", Role.LEADER)):
        roster.add(path, login, Wanted("", role, ""), hashed(PASSWORD), by="thử", once=False)
    return path


def test_a_key_reads_in_the_name_of_its_account_until_it_ends(db: Path) -> None:
    key = make_key(db, "kho-du-lieu", "LGSP", by="quan-tri")
    found = account_of_key(db, key)
    assert found is not None and found.login == "kho-du-lieu"
    assert account_of_key(db, key + "x") is account_of_key(db, "") is None
    assert key not in accounts_of(db).read_bytes().decode("latin-1")
    end_key(db, keys_of(db)[0].id, by="quan-tri")
    assert account_of_key(db, key) is None and keys_of(db) == []
    with pytest.raises(CannotKeep):
        end_key(db, 1, by="quan-tri")


def test_a_disabled_account_and_an_old_key_open_nothing(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key(db, "kho-du-lieu", "LGSP", by="quan-tri")
    monkeypatch.setattr(keys, "now", lambda: now() + timedelta(days=400))
    assert account_of_key(db, key) is None
    monkeypatch.undo()
    roster.disable(db, "kho-du-lieu", by="quan-tri")
    assert account_of_key(db, key) is None


def test_making_and_ending_are_on_record(db: Path) -> None:
    make_key(db, "kho-du-lieu", "LGSP", by="quan-tri")
    end_key(db, 1, by="quan-tri")
    with sqlite3.connect(accounts_of(db)) as con:
        acts = con.execute("select actor, action, detail from access order by id").fetchall()
    assert acts[-2:] == [
        ("quan-tri", "key.made", "kho-du-lieu: LGSP"),
        ("quan-tri", "key.ended", "1"),
    ]


def ask(code: int = 0, **arguments: Any) -> Any:
    found = answer("account", {"login": "", **arguments}, {})
    assert found["exit_code"] == code, found
    assert lines_of("account", found["document"])
    return found["document"]


@pytest.mark.usefixtures("db")
def test_the_command_makes_lists_and_ends() -> None:
    made = ask(what="key", login="kho-du-lieu", purpose="LGSP")
    assert made["key"].startswith(PREFIX) and "key" not in ask(what="keys")
    assert ask(what="end-key", id=made["keys"][0]["id"])["keys"] == []
    assert "Không có" in ask(1, what="end-key", id=7)["error"]
    ask(1, what="key", login="ai-do", purpose="x")
    ask(2, what="key", login="kho-du-lieu")
    ask(2, what="end-key")


@pytest.mark.parametrize(
    ("path", "method", "header", "found"),
    [
        ("/api/v1/plans", "GET", "Bearer vd_a", "vd_a"),
        ("/api/v1", "HEAD", "bearer vd_a", "vd_a"),
        ("/api/v1/plans", "POST", "Bearer vd_a", ""),
        ("/api/command", "GET", "Bearer vd_a", ""),
        ("/", "GET", "Bearer vd_a", ""),
        ("/api/v1/plans", "GET", "Basic vd_a", ""),
    ],
)
def test_a_key_is_looked_at_only_where_the_interface_is_read(
    path: str, method: str, header: str, found: str
) -> None:
    headers = [(b"authorization", header.encode())]
    scope = {"type": "http", "path": path, "method": method, "headers": headers}
    assert key_in(scope) == found
