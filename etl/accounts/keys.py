"""Keys by which another system of the organisation reads the interface in the name of an account."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from etl.accounts.book import book, moment_of, now, text_of
from etl.accounts.roster import Account, CannotKeep, account_in
from etl.accounts.sessions import hash_of
from etl.store.places import accounts_of

PREFIX = "vd_"  # so that a key left in a file is recognised
VALID = timedelta(days=366)


@dataclass(frozen=True)
class Key:
    """A key that opens something; ``id`` names it and opens nothing."""

    id: int
    login: str
    purpose: str
    made: datetime
    expires: datetime


def make_key(db: Path, login: str, purpose: str, *, by: str) -> str:
    """A new key for an account, told once. CannotKeep for an account that is not there."""
    key, at = PREFIX + secrets.token_urlsafe(32), now()
    with book(db, write=True) as con:
        if account_in(con, login) is None:
            raise CannotKeep("account.refused.unknown")
        con.execute(
            "insert into key (key_hash, login, purpose, made, expires) values (?, ?, ?, ?, ?)",
            [hash_of(key), login, purpose, text_of(at), text_of(at + VALID)],
        )
        _note(con, by, "key.made", f"{login}: {purpose}")
    return key


def account_of_key(db: Path, key: str) -> Account | None:
    """The account in whose name a key reads; None for none, an old, an ended or a disabled one."""
    if not key.startswith(PREFIX) or not accounts_of(db).exists():
        return None
    with book(db) as con:
        row = con.execute(
            "select login from key where key_hash = ? and ended = '' and expires > ?",
            [hash_of(key), text_of(now())],
        ).fetchone()
        found = account_in(con, row["login"]) if row else None
    return None if found is None or found.disabled or found.must_change else found


def keys_of(db: Path) -> list[Key]:
    """Every key that opens something, the oldest first."""
    with book(db) as con:
        rows = con.execute(
            "select * from key where ended = '' and expires > ? order by id", [text_of(now())]
        ).fetchall()
    return [
        Key(r["id"], r["login"], r["purpose"], moment_of(r["made"]), moment_of(r["expires"]))
        for r in rows
    ]


def end_key(db: Path, number: int, *, by: str) -> None:
    """A key opens nothing from now on. CannotKeep for a number that is none."""
    with book(db, write=True) as con:
        found = con.execute(
            "update key set ended = ? where id = ? and ended = ''", [text_of(now()), number]
        )
        if not found.rowcount:
            raise CannotKeep("account.refused.no_key")
        _note(con, by, "key.ended", str(number))


def _note(con: sqlite3.Connection, by: str, action: str, detail: str) -> None:
    con.execute(
        "insert into access (at, actor, action, detail, address) values (?, ?, ?, ?, '')",
        [text_of(now()), by, action, detail],
    )
