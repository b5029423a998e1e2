"""The log of every act: lines are only added, and each carries a hash over all before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Entry:
    """One line of the log. ``arguments`` is what was asked for, JSON, "" where not kept."""

    id: int
    occurred_at: datetime
    actor: str
    action: str
    detail: str
    arguments: str
    chain: str  # "" for lines written before chains were

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; nothing where it was not kept."""
        found: dict[str, Any] = json.loads(self.arguments) if self.arguments else {}
        return found


def audit(
    cur: DuckDBPyConnection,
    actor: str,
    action: str,
    detail: str,
    at: datetime,
    arguments: Mapping[str, Any] | None = None,
) -> None:
    """Add a line; every write does, which moves the data version."""
    last = cur.execute("select id, chain from audit order by id desc limit 1").fetchone()
    number, before = (last[0] + 1, last[1] or "") if last else (1, "")
    asked = json.dumps(arguments, ensure_ascii=False, sort_keys=True) if arguments else ""
    line = Entry(number, at, actor, action, detail, asked, "")
    cur.execute(
        "insert into audit values (?, ?, ?, ?, ?, ?, ?)",
        [number, at, actor, action, detail, asked, chained(line, before)],
    )


def chained(line: Entry, before: str) -> str:
    """The hash of a line and of the hash before it: SHA-256, hexadecimal."""
    parts = [before, str(line.id), line.occurred_at.isoformat(), line.actor, line.action]
    text = json.dumps([*parts, line.detail, line.arguments], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def entries(
    cur: DuckDBPyConnection, known_on: datetime | None = None, *, after: int = 0
) -> list[Entry]:
    """Every line up to a moment (None: all) and after a number, oldest first."""
    rows = cur.execute(
        """select id, occurred_at, actor, action, coalesce(detail, ''),
            coalesce(arguments, ''), coalesce(chain, '')
        from audit where (? is null or occurred_at <= ?) and id > ? order by id""",
        [known_on, known_on, after],
    ).fetchall()
    return [Entry(*row) for row in rows]


def entries_about(
    cur: DuckDBPyConnection, acts: Iterable[str], known_on: datetime | None = None
) -> list[Entry]:
    """The lines about some acts alone, up to a moment (None: all), oldest first."""
    rows = cur.execute(
        """select id, occurred_at, actor, action, coalesce(detail, ''),
            coalesce(arguments, ''), coalesce(chain, '')
        from audit where action in (select unnest(?)) and (? is null or occurred_at <= ?)
        order by id""",
        [list(acts), known_on, known_on],
    ).fetchall()
    return [Entry(*row) for row in rows]


def broken(lines: list[Entry]) -> list[int]:
    """Numbers of lines that are not what was written: changed, taken out before, or put in."""
    found, before, number = [], "", None
    for line in lines:
        follows = number is None or line.id == number + 1
        # A line without a hash is one from before there were any: none with a hash may precede it.
        whole = line.chain == chained(line, before) if line.chain else not before
        if not (follows and whole):
            found.append(line.id)
        before, number = line.chain, line.id
    return found


def version_at(cur: DuckDBPyConnection, moment: datetime) -> int:
    """The data version as it was at a moment: the number of the last act up to then."""
    row = cur.execute("select max(id) from audit where occurred_at <= ?", [moment]).fetchone()
    return int(row[0]) if row and row[0] is not None else 0
