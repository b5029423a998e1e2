"""The file of accounts: SQLite beside the warehouse, readable by this account of the machine alone.

Not in the warehouse: a login must not wait for a load, must not move the data version, and people
can still log in when the warehouse is being restored.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from etl.store.places import accounts_of

BUSY_SECONDS = 10.0
PRIVATE = 0o600
SCHEMA = """
create table if not exists account_event (
    id integer primary key, at text not null, login text not null, kind text not null,
    detail text not null, actor text not null
);
create index if not exists account_event_login on account_event (login);
create table if not exists access (
    id integer primary key, at text not null, actor text not null, action text not null,
    detail text not null, address text not null
);
create table if not exists session (
    id integer primary key, token_hash text not null unique, login text not null,
    begun text not null, seen text not null, ended text not null default '',
    address text not null, agent text not null
);
create index if not exists session_login on session (login);
create table if not exists key (
    id integer primary key, key_hash text not null unique, login text not null,
    purpose text not null, made text not null, expires text not null,
    ended text not null default ''
);
create table if not exists attempt (
    id integer primary key, at text not null, login text not null, address text not null,
    outcome text not null
);
create index if not exists attempt_login on attempt (login, at);
create index if not exists attempt_address on attempt (address, at);
"""
KEPT_AS_WRITTEN = ("account_event", "access")
NEVER = """
create trigger if not exists {table}_no_{verb} before {verb} on {table}
begin select raise(abort, 'append only'); end;
"""
_made: set[Path] = set()
_guard = Lock()


class Unreadable(Exception):
    """The file of accounts cannot be used; the text is for the administrator."""


@contextmanager
def book(db: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection for one act; with ``write`` one transaction that nobody else writes in between.

    Unreadable where the file is no file of accounts.
    """
    file = accounts_of(db)
    try:
        make(file)
        with opened(file) as con:
            con.execute("begin immediate" if write else "begin")
            yield con
            con.execute("commit")
    except sqlite3.DatabaseError as error:
        raise Unreadable(f"Không dùng được tệp tài khoản {file}: {error}.") from error


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose open transaction is undone when it is closed without a commit."""
    con = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        con.row_factory = sqlite3.Row
        # What was acknowledged (a revoked session, a new password) survives a power cut.
        con.execute("pragma synchronous = full")
        yield con
    finally:
        con.close()


def make(file: Path) -> None:
    """Create the file and its tables; once for each file that is there."""
    with _guard:
        if file in _made and file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        # Created with its final mode: a later chmod would leave a moment to read it.
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        file.chmod(PRIVATE)
        with opened(file) as con:
            con.execute("pragma journal_mode = wal")
            con.executescript(SCHEMA + "".join(rules()))
        _made.add(file)


def rules() -> Iterator[str]:
    """What keeps the tables that are only added to as they were written."""
    for table in KEPT_AS_WRITTEN:
        for verb in ("update", "delete"):
            yield NEVER.format(table=table, verb=verb)


def text_of(moment: datetime) -> str:
    """A moment as it is stored: UTC, ISO, to the microsecond, so that text sorts as time.

    One without a zone is UTC, as everywhere in the warehouse, whatever the zone of the machine is.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """A stored moment, with its zone."""
    return datetime.fromisoformat(text)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
