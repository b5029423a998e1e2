"""Saved mappings: what the columns of a unit's own form mean, confirmed once, offered again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from indicators.deployment import SavedColumn


class PeriodFrom(StrEnum):
    """Where a form of this layout has its period."""

    TITLE = "title"
    NAME = "name"  # of the sheet or the file
    COLUMN = "column"
    HEADING = "heading"  # each column of figures has its own
    ASKED = "asked"  # nowhere: the sender chooses


@dataclass(frozen=True)
class ColumnMeaning:
    """One column (from 0) under its heading: the part it plays and, of figures, the quantity.

    ``role`` is a value of ``etl.match_headings.Column``; the columns of figures are ``value``.
    """

    column: int
    heading: str
    role: str
    quantity: str | None = None


@dataclass(frozen=True)
class Mapping:
    """A layout with the meaning of every column; ``unit`` where the form is of one unit alone."""

    fingerprint: str
    columns: tuple[ColumnMeaning, ...]
    period_from: PeriodFrom
    unit: str | None = None


@dataclass(frozen=True)
class SavedMapping:
    """A mapping as somebody confirmed it."""

    id: int
    mapping: Mapping
    confirmed_at: datetime
    confirmed_by: str


def remember_mapping(store: Store, mapping: Mapping, *, by: str, at: datetime) -> SavedMapping:
    """Keep a mapping; the newest of a fingerprint counts, the earlier ones stay on record.

    Saving the same again writes nothing. Raises ValueError for a mapping without columns.
    """
    if not mapping.columns:
        raise ValueError("a mapping without columns says nothing")
    with store.transaction() as cur:
        known = mapping_for(cur, mapping.fingerprint)
        if known is not None and known.mapping == mapping:
            return known
        row = cur.execute("select coalesce(max(id), 0) + 1 from mapping").fetchone()
        number = int(row[0]) if row else 1
        cur.execute(
            "insert into mapping values (?, ?, ?, ?, ?, ?)",
            [number, mapping.fingerprint, mapping.period_from, mapping.unit, at, by],
        )
        cur.executemany(
            "insert into mapping_column values (?, ?, ?, ?, ?)",
            [[number, c.column, c.heading, c.role, c.quantity] for c in mapping.columns],
        )
        audit(cur, by, "mapping", f"{number}: {mapping.fingerprint[:12]}", at)
        return SavedMapping(number, mapping, at, by)


def saved_columns(cur: DuckDBPyConnection) -> tuple[SavedColumn, ...]:
    """The columns of the newest mapping of every heading block."""
    rows = cur.execute(
        """select m.fingerprint, c.column_number, c.role, c.quantity, m.confirmed_by,
            strftime(m.confirmed_at, '%d/%m/%Y')
        from mapping m join mapping_column c on c.mapping = m.id
        where m.id in (select max(id) from mapping group by fingerprint)
        order by m.fingerprint, c.column_number"""
    ).fetchall()
    return tuple(SavedColumn(*row) for row in rows)


def mapping_for(cur: DuckDBPyConnection, fingerprint: str) -> SavedMapping | None:
    """The newest mapping of a heading block, or None."""
    found = cur.execute(
        """select id, period_from, unit, confirmed_at, confirmed_by from mapping
        where fingerprint = ? order by id desc limit 1""",
        [fingerprint],
    ).fetchone()
    if found is None:
        return None
    rows = cur.execute(
        """select column_number, heading, role, quantity from mapping_column
        where mapping = ? order by column_number""",
        [found[0]],
    ).fetchall()
    columns = tuple(ColumnMeaning(*row) for row in rows)
    mapping = Mapping(fingerprint, columns, PeriodFrom(found[1]), found[2])
    return SavedMapping(found[0], mapping, found[3], found[4])
