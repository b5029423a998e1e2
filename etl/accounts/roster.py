"""Accounts: events that are only added; what an account is now is what they come to."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from etl.accounts.book import book, moment_of, now, text_of
from etl.store.places import accounts_of
from indicators.people import GIVEN, Person, Role

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Account:
    """One account as it is now. ``password``: its hash, "" where it logs in elsewhere only."""

    login: str
    name: str
    role: Role
    unit: str
    password: str
    must_change: bool
    disabled: bool
    unlocked_at: str  # the last time somebody lifted a lock, "" where nobody did
    created_at: datetime

    @property
    def person(self) -> Person:
        """Who that is to the rest of the application."""
        return Person(self.login, self.name or self.login, self.role, self.unit)


@dataclass(frozen=True)
class Wanted:
    """What an account shall be."""

    name: str
    role: Role
    unit: str = ""


class CannotKeep(Exception):
    """A change of an account that is refused; ``key`` is that of a text."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def login_of(text: str) -> str:
    """A login as it is kept: small letters, one way of writing each."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def has_accounts(db: Path) -> bool:
    """Whether there ever was an account; makes no file to find out."""
    if not accounts_of(db).exists():
        return False
    with book(db) as con:
        return con.execute("select 1 from account_event limit 1").fetchone() is not None


def accounts(db: Path) -> list[Account]:
    """Every account, by login."""
    with book(db) as con:
        rows = con.execute("select * from account_event order by login, id").fetchall()
    return sorted(folded(rows).values(), key=lambda account: account.login)


def account(db: Path, login: str) -> Account | None:
    """One account, None where there is none."""
    with book(db) as con:
        return account_in(con, login)


def account_in(con: sqlite3.Connection, login: str) -> Account | None:
    """The same inside an act that is going on."""
    rows = con.execute("select * from account_event where login = ? order by id", [login])
    return folded(rows.fetchall()).get(login)


def folded(rows: Iterable[sqlite3.Row]) -> dict[str, Account]:
    """What the events come to, by login."""
    found: dict[str, Account] = {}
    for row in rows:
        found[row["login"]] = after(found.get(row["login"]), row)
    return found


def after(before: Account | None, row: sqlite3.Row) -> Account:
    """An account after one more event; the first of a login is that it was added."""
    detail = json.loads(row["detail"])
    if "role" in detail:
        detail["role"] = Role(detail["role"])
    if before is None:
        made = moment_of(row["at"])
        return Account(row["login"], **detail, disabled=False, unlocked_at="", created_at=made)
    if row["kind"] == "unlocked":
        detail = {"unlocked_at": row["at"]}
    return replace(before, **detail)


def add(db: Path, login: str, wanted: Wanted, password: str, *, by: str, once: bool) -> Account:
    """A new account with the hash of its password; CannotKeep where it may not be.

    ``once``: the password must be changed at the first login.
    """
    check_login(login)
    check_wanted(wanted)
    with book(db, write=True) as con:
        if account_in(con, login):
            raise CannotKeep("account.refused.taken")
        if wanted.role is not Role.ADMIN and not active_admins(con):
            raise CannotKeep("account.refused.first_admin")
        detail = {**vars(wanted), "password": password, "must_change": once}
        write(con, login, "added", detail, by)
        made = account_in(con, login)
    assert made is not None
    return made


def check_login(login: str) -> None:
    """CannotKeep for what is no login."""
    if not LOGIN.fullmatch(login):
        raise CannotKeep("account.refused.login")


def check_wanted(wanted: Wanted) -> None:
    """CannotKeep for a name that is too long or has signs that do not print, or for no role."""
    if len(wanted.name) > LONGEST_NAME or not wanted.name.isprintable():
        raise CannotKeep("account.refused.name")
    if wanted.role not in GIVEN:
        raise CannotKeep("account.refused.role")
    # Forgetting the unit must not give somebody the whole province.
    if wanted.role is Role.ANALYST and not wanted.unit:
        raise CannotKeep("account.refused.analyst_unit")


def change(db: Path, login: str, wanted: Wanted, *, by: str) -> None:
    """Another name, role or unit."""
    check_wanted(wanted)
    record(db, login, "changed", vars(wanted), by=by)


def disable(db: Path, login: str, *, by: str) -> None:
    """Nobody logs in with it any more, and its sessions end."""
    record(db, login, "disabled", {"disabled": True}, by=by)


def enable(db: Path, login: str, *, by: str) -> None:
    """It may be used again."""
    record(db, login, "enabled", {"disabled": False}, by=by)


def unlock(db: Path, login: str, *, by: str) -> None:
    """Failed logins before now no longer count."""
    record(db, login, "unlocked", {}, by=by)


def set_password(db: Path, login: str, password: str, *, by: str, once: bool) -> None:
    """Another hash of a password; with ``once`` it must be changed at the next login."""
    record(db, login, "password", {"password": password, "must_change": once}, by=by)


def record(db: Path, login: str, kind: str, detail: dict[str, object], *, by: str) -> None:
    """Add an event; CannotKeep where there is no such account or no administrator would be left.

    Sessions of somebody who is not who he was end with it.
    """
    with book(db, write=True) as con:
        before = account_in(con, login)
        if before is None:
            raise CannotKeep("account.refused.unknown")
        write(con, login, kind, detail, by)
        if not active_admins(con):
            raise CannotKeep("account.refused.last_admin")
        if kind in {"disabled", "password"}:
            ended = "update session set ended = ? where login = ? and ended = ''"
            con.execute(ended, [text_of(now()), login])


def active_admins(con: sqlite3.Connection) -> list[str]:
    """The administrators who can log in."""
    rows = con.execute("select * from account_event order by login, id").fetchall()
    found = folded(rows).values()
    return [a.login for a in found if a.role is Role.ADMIN and not a.disabled]


def write(
    con: sqlite3.Connection, login: str, kind: str, detail: dict[str, object], by: str
) -> None:
    """One event and its line in the log, which never holds a hash of a password."""
    at = text_of(now())
    con.execute(
        "insert into account_event (at, login, kind, detail, actor) values (?, ?, ?, ?, ?)",
        [at, login, kind, json.dumps(detail, ensure_ascii=False), by],
    )
    told = {k: v for k, v in detail.items() if k not in {"password", "must_change", "disabled"}}
    said = " ".join([login, *(f"{k}={v}" for k, v in told.items() if v)])
    con.execute(
        "insert into access (at, actor, action, detail, address) values (?, ?, ?, ?, '')",
        [at, by, f"account.{kind}", said],
    )
