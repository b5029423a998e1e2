"""Sessions on the server: only a hash of the token is kept, and each can be ended at any moment."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from etl.accounts.book import Unreadable, book, moment_of, now, text_of
from etl.accounts.roster import Account, account_in
from etl.store.places import accounts_of

IDLE, LONGEST = timedelta(hours=1), timedelta(hours=12)
TOUCHED = timedelta(minutes=1)  # how exactly the last use is known
AGENT_LENGTH = 200


@dataclass(frozen=True)
class Session:
    """A session that is alive; ``id`` names it to administrators and opens nothing."""

    id: int
    login: str
    begun: datetime
    seen: datetime
    address: str
    agent: str


def begin(db: Path, login: str, *, address: str, agent: str, instead_of: str = "") -> str:
    """A new session; the token to give to the browser. The one it had before ends."""
    token, at = secrets.token_urlsafe(32), text_of(now())
    with book(db, write=True) as con:
        end_in(con, instead_of)
        con.execute(
            "insert into session (token_hash, login, begun, seen, address, agent)"
            " values (?, ?, ?, ?, ?, ?)",
            [hash_of(token), login, at, at, address, agent[:AGENT_LENGTH]],
        )
    return token


def find(db: Path, token: str) -> Account | None:
    """Whose session this is, with what the account is at this moment; None for none that lives."""
    if not token or not accounts_of(db).exists():
        return None
    with book(db) as con:
        row = con.execute(
            "select * from session where token_hash = ? and ended = ''", [hash_of(token)]
        ).fetchone()
        if row is None or not is_alive(row):
            return None
        found = account_in(con, row["login"])
    if found is None or found.disabled:
        return None
    # A disk that takes no more writes must not lock out those who only read.
    with suppress(Unreadable):
        touch(db, row)
    return found


def is_alive(row: sqlite3.Row) -> bool:
    """Whether a session was used lately enough and did not begin too long ago.

    A clock that jumped back makes a session begin in the future: that one is over too.
    """
    moment, begun, seen = now(), moment_of(row["begun"]), moment_of(row["seen"])
    return begun <= moment + TOUCHED and moment - seen <= IDLE and moment - begun <= LONGEST


def touch(db: Path, row: sqlite3.Row) -> None:
    """Remember the use, not more often than needed: most requests only read."""
    at = now()
    if at - moment_of(row["seen"]) < TOUCHED:
        return
    with book(db, write=True) as con:
        con.execute(
            "update session set seen = ? where id = ? and ended = ''", [text_of(at), row["id"]]
        )


def end(db: Path, token: str) -> None:
    """End the session of this token; nothing where it is over already."""
    with book(db, write=True) as con:
        end_in(con, token)


def end_in(con: sqlite3.Connection, token: str) -> None:
    """The same inside an act that is going on."""
    query = "update session set ended = ? where token_hash = ? and ended = ''"
    con.execute(query, [text_of(now()), hash_of(token)])


def revoke(db: Path, *, login: str = "", session: int | None = None, by: str) -> int:
    """End one session, those of a login, or with neither all; how many lived."""
    with book(db, write=True) as con:
        rows = [row for row in living(con) if not login or row["login"] == login]
        rows = [row for row in rows if session is None or row["id"] == session]
        at = text_of(now())
        for row in rows:
            con.execute("update session set ended = ? where id = ?", [at, row["id"]])
            con.execute(
                "insert into access (at, actor, action, detail, address)"
                " values (?, ?, 'session.revoked', ?, ?)",
                [at, by, row["login"], row["address"]],
            )
    return len(rows)


def sessions(db: Path) -> list[Session]:
    """Every session that lives, the last used first."""
    with book(db) as con:
        rows = living(con)
    return [
        Session(
            row["id"],
            row["login"],
            moment_of(row["begun"]),
            moment_of(row["seen"]),
            row["address"],
            row["agent"],
        )
        for row in sorted(rows, key=lambda row: row["seen"], reverse=True)
    ]


def living(con: sqlite3.Connection) -> list[sqlite3.Row]:
    """The rows of sessions that are not over."""
    rows = con.execute("select * from session where ended = ''").fetchall()
    return [row for row in rows if is_alive(row)]


def hash_of(token: str) -> str:
    """What is kept of a token: who reads the file cannot use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def form_token(token: str) -> str:
    """What a form of this session must carry: bound to it, and no way back to it."""
    return hmac.new(token.encode("utf-8", "replace"), b"form", hashlib.sha256).hexdigest()
