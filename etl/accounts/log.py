"""The log of access: logins, logouts, changes of accounts, refusals, all that was taken away."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.accounts.book import book, moment_of, now, text_of
from etl.store.places import accounts_of

LONGEST = 300  # characters of a detail: an address somebody made up must not fill the disk


@dataclass(frozen=True)
class Access:
    """One line. ``actor``: the login, "" for somebody unknown; ``address``: of the machine."""

    at: datetime
    actor: str
    action: str
    detail: str
    address: str


def note(db: Path, actor: str, action: str, detail: str = "", address: str = "") -> None:
    """Add a line."""
    row = [text_of(now()), actor, action, clean(detail), address]
    with book(db, write=True) as con:
        con.execute(
            "insert into access (at, actor, action, detail, address) values (?, ?, ?, ?, ?)", row
        )


def at_this_machine() -> str:
    """Whoever runs a command without saying who he is: the account of the machine."""
    try:
        name = getpass.getuser()
    except (ImportError, KeyError, OSError):  # an account that the machine has no name for
        name = "?"
    return f"{name} (dòng lệnh)"


def note_backup(db: Path, target: Path) -> None:
    """A line of a backup, which takes everything along; none where nobody has an account."""
    if accounts_of(db).exists():
        note(db, at_this_machine(), "backup", str(target))


def clean(text: str) -> str:
    """One line that prints, not too long: nobody writes a second line into the log."""
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST])


def access_entries(db: Path, until: datetime | None = None) -> list[Access]:
    """Every line up to a moment (None: all), oldest first; none where there is no file."""
    if not accounts_of(db).exists():
        return []
    last = text_of(until) if until else "~"
    query = "select at, actor, action, detail, address from access where at <= ? order by id"
    with book(db) as con:
        rows = con.execute(query, [last]).fetchall()
    return [Access(moment_of(row[0]), *row[1:]) for row in rows]
