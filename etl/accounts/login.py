"""Logging in: throttled, with the same answer for a wrong password and for a login nobody has."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from etl.accounts.book import book, now, text_of
from etl.accounts.log import clean, note
from etl.accounts.passwords import Busy, matches
from etl.accounts.roster import Account, account, account_in, login_of

WINDOW = timedelta(minutes=15)
# Wrong ones within the window. An office behind one address shares the second number.
PER_LOGIN, PER_ADDRESS = 5, 40
OLD = timedelta(days=2)


@dataclass(frozen=True)
class Answer:
    """What a login came to: the account, or the key of a text that says why not."""

    account: Account | None = None
    problem: str = ""


def log_in(db: Path, written: str, password: str, address: str, *, noted: str = "login") -> Answer:
    """Look at a login and its password; a success is noted in the log under this word.

    The attempt is counted as failed before the password is looked at: a thousand at once are a
    thousand attempts, not one.
    """
    login = clean(login_of(written))[:64]
    number = reserve(db, login, network_of(address))
    if number is None:
        return Answer(problem="account.login.locked")
    found = account(db, login)
    kept = found.password if found and not found.disabled else ""
    try:
        is_right = matches(kept, password)
    except Busy:
        settle(db, number, "unseen")
        return Answer(problem="account.login.busy")
    if found is None or not is_right:
        return failed(db, login, address)
    settle(db, number, "right")
    note(db, login, noted, "", address)
    return Answer(found)


def network_of(address: str) -> str:
    """Where attempts are counted for: an address, and of IPv6 the network a single customer is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    # A socket for both tells of a visitor over IPv4 as one of IPv6, all of them in one network.
    old = found.ipv4_mapped
    return str(old) if old else str(ip_network((found, 64), strict=False))


def failed(db: Path, login: str, address: str) -> Answer:
    """What a wrong one comes to. Attempts on a locked login are not noted: they could fill the disk."""
    note(db, "", "login.failed", login, address)
    if is_locked(db, login):
        note(db, "", "login.locked", login, address)
    return Answer(problem="account.login.wrong")


def reserve(db: Path, login: str, address: str) -> int | None:
    """Count one more attempt; None where there were too many: nothing is looked at then."""
    at = now()
    with book(db, write=True) as con:
        con.execute("delete from attempt where at < ?", [text_of(at - OLD)])
        by_login = failures(con, "login", login, since_unlocked(con, login))
        if by_login >= PER_LOGIN or failures(con, "address", address, "") >= PER_ADDRESS:
            return None
        added = con.execute(
            "insert into attempt (at, login, address, outcome) values (?, ?, ?, 'wrong')",
            [text_of(at), login, address],
        )
        return added.lastrowid


def failures(con: sqlite3.Connection, column: str, value: str, since: str) -> int:
    """Wrong attempts of a login or an address in the window, later than a moment."""
    begin = max(text_of(now() - WINDOW), since)
    query = f"select count(*) from attempt where {column} = ? and at > ? and outcome = 'wrong'"
    return int(con.execute(query, [value, begin]).fetchone()[0])


def since_unlocked(con: sqlite3.Connection, login: str) -> str:
    """The moment before which failures of a login no longer count: its last success or unlock."""
    query = "select max(at) from attempt where login = ? and outcome = 'right'"
    right = con.execute(query, [login]).fetchone()[0] or ""
    found = account_in(con, login)
    return max(right, found.unlocked_at if found else "")


def settle(db: Path, number: int, outcome: str) -> None:
    """What an attempt came to."""
    with book(db, write=True) as con:
        con.execute("update attempt set outcome = ? where id = ?", [outcome, number])


def is_locked(db: Path, login: str) -> bool:
    """Whether a login is locked just now."""
    with book(db) as con:
        return failures(con, "login", login, since_unlocked(con, login)) >= PER_LOGIN


def state_of(db: Path, account: Account) -> str:
    """What matters most about an account now.

    disabled, locked, once (a one-time password was not yet changed) or active.
    """
    if account.disabled:
        return "disabled"
    if is_locked(db, account.login):
        return "locked"
    return "once" if account.must_change else "active"
