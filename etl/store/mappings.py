"""Saved mappings: what the columns of a unit's own form mean, confirmed once, offered again."""

from dataclasses import asdict, dataclass
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
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    reason: str | None = None  # why it was taken back

    @property
    def is_valid(self) -> bool:
        """Whether it still counts."""
        return self.revoked_at is None


class NoSuchMapping(Exception):
    """There is no saved mapping with this number."""


class MappingRevoked(Exception):
    """The mapping was taken back before."""


# Those that nobody took back.
_VALID = "id not in (select mapping from mapping_event where event = 'revoked')"


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
        audit(cur, by, "mapping", f"{number}: {mapping.fingerprint[:12]}", at, asdict(mapping))
        return SavedMapping(number, mapping, at, by)


def saved_columns(cur: DuckDBPyConnection) -> tuple[SavedColumn, ...]:
    """The columns of the newest mapping of every heading block that nobody took back."""
    rows = cur.execute(
        """select m.fingerprint, c.column_number, c.role, c.quantity, m.confirmed_by,
            strftime(m.confirmed_at, '%d/%m/%Y')
        from mapping m join mapping_column c on c.mapping = m.id
        where m.id in (select max(id) from mapping where """
        + _VALID
        + """ group by fingerprint)
        order by m.fingerprint, c.column_number"""
    ).fetchall()
    return tuple(SavedColumn(*row) for row in rows)


def mapping_for(cur: DuckDBPyConnection, fingerprint: str) -> SavedMapping | None:
    """The newest mapping of a heading block that counts, or None."""
    found = cur.execute(
        """select id, period_from, unit, confirmed_at, confirmed_by from mapping
        where fingerprint = ? and """
        + _VALID
        + " order by id desc limit 1",
        [fingerprint],
    ).fetchone()
    if found is None:
        return None
    mapping = Mapping(fingerprint, _columns(cur, found[0]), PeriodFrom(found[1]), found[2])
    return SavedMapping(found[0], mapping, found[3], found[4])


def _columns(cur: DuckDBPyConnection, mapping: int) -> tuple[ColumnMeaning, ...]:
    rows = cur.execute(
        """select column_number, heading, role, quantity from mapping_column
        where mapping = ? order by column_number""",
        [mapping],
    ).fetchall()
    return tuple(ColumnMeaning(*row) for row in rows)


def mappings(cur: DuckDBPyConnection, known_on: datetime | None = None) -> list[SavedMapping]:
    """Every mapping ever saved up to a moment (None: now), oldest first, with those taken back."""
    rows = cur.execute(
        """select m.id, m.fingerprint, m.period_from, m.unit, m.confirmed_at, m.confirmed_by,
            e.occurred_at, e.actor, e.reason
        from mapping m left join mapping_event e
            on e.mapping = m.id and (? is null or e.occurred_at <= ?)
        where ? is null or m.confirmed_at <= ? order by m.id""",
        [known_on] * 4,
    ).fetchall()
    return [
        SavedMapping(n, Mapping(mark, _columns(cur, n), PeriodFrom(period), unit), *rest)
        for n, mark, period, unit, *rest in rows
    ]


def revoke_mapping(
    store: Store, mapping: int, *, reason: str, by: str, at: datetime
) -> SavedMapping:
    """Take a mapping back: the one saved before it for the same form counts again, if any.

    Nothing is deleted. Raises NoSuchMapping, MappingRevoked.
    """
    with store.transaction() as cur:
        known = {m.id: m for m in mappings(cur)}
        if mapping not in known:
            raise NoSuchMapping(str(mapping))
        if not known[mapping].is_valid:
            raise MappingRevoked(str(mapping))
        cur.execute(
            """insert into mapping_event
            select coalesce(max(id), 0) + 1, ?, 'revoked', ?, ?, ? from mapping_event""",
            [mapping, at, by, reason],
        )
        asked = {"mapping": mapping, "reason": reason}
        audit(cur, by, "mapping-revoked", f"{mapping}: {reason}", at, asked)
        return next(m for m in mappings(cur) if m.id == mapping)
