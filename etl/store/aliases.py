"""Confirmed aliases: how people write a unit or a quantity, who said so, and taking that back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duckdb import DuckDBPyConnection

from etl.match_units import unit_key
from etl.normalise import key
from etl.store.audit import audit
from etl.store.connect import Store


class AliasKind(StrEnum):
    """What a spelling stands for."""

    UNIT = "unit"
    QUANTITY = "quantity"


# Two texts with one key are one spelling.
KEY: dict[AliasKind, Callable[[str], str]] = {
    AliasKind.UNIT: unit_key,
    AliasKind.QUANTITY: key,
}


@dataclass(frozen=True)
class Alias:
    """One spelling with its meaning (the id of a unit or a quantity); revoked ones stay on record."""

    id: int
    kind: AliasKind
    spelling: str
    meaning: str
    confirmed_at: datetime
    confirmed_by: str
    revoked_at: datetime | None
    revoked_by: str | None

    @property
    def is_valid(self) -> bool:
        """Whether it still counts."""
        return self.revoked_at is None

    def is_of(self, kind: AliasKind, same: str) -> bool:
        """Whether it is the spelling with this key."""
        return self.kind is kind and KEY[kind](self.spelling) == same


class NoSuchAlias(Exception):
    """There is no confirmed alias with this number."""


class AlreadyRevoked(Exception):
    """The alias was taken back before."""


class AliasTaken(Exception):
    """The spelling is confirmed for something else; that has to be taken back first."""

    def __init__(self, alias: Alias) -> None:
        super().__init__(alias.spelling)
        self.alias = alias


def aliases(cur: DuckDBPyConnection, known_on: datetime | None = None) -> list[Alias]:
    """Every alias ever confirmed up to a moment (None: now), oldest first."""
    rows = cur.execute(
        """with gone as (
            select alias, arg_max(occurred_at, id) as at, arg_max(actor, id) as by
            from alias_event where event = 'revoked' and (? is null or occurred_at <= ?)
            group by alias)
        select a.id, a.kind, a.spelling, a.meaning, a.confirmed_at, a.confirmed_by, g.at, g.by
        from alias a left join gone g on g.alias = a.id
        where ? is null or a.confirmed_at <= ? order by a.id""",
        [known_on] * 4,
    ).fetchall()
    return [Alias(row[0], AliasKind(row[1]), *row[2:]) for row in rows]


def remember_alias(
    store: Store, kind: AliasKind, spelling: str, meaning: str, *, by: str, at: datetime
) -> Alias:
    """Confirm that a spelling means a unit or quantity; known already, nothing is written.

    Raises AliasTaken where the same spelling is confirmed for something else: two people who
    disagree have to see it. Whether the spelling may be confirmed at all: ``etl.memory.confirm``.
    """
    same = KEY[kind](spelling)
    with store.transaction() as cur:
        known = next((a for a in aliases(cur) if a.is_valid and a.is_of(kind, same)), None)
        if known is not None and known.meaning != meaning:
            raise AliasTaken(known)
        if known is not None:
            return known
        cur.execute(
            "insert into alias select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ? from alias",
            [kind, spelling, same, meaning, at, by],
        )
        asked = {"kind": kind, "spelling": spelling, "meaning": meaning}
        audit(cur, by, "alias", f"{kind}: {spelling} → {meaning}", at, asked)
        return aliases(cur)[-1]


def revoke_alias(store: Store, alias: int, *, reason: str, by: str, at: datetime) -> Alias:
    """Take an alias back: from now on it decides nothing. Nothing is deleted.

    Raises NoSuchAlias, AlreadyRevoked.
    """
    with store.transaction() as cur:
        known = {a.id: a for a in aliases(cur)}
        if alias not in known:
            raise NoSuchAlias(str(alias))
        if not known[alias].is_valid:
            raise AlreadyRevoked(str(alias))
        cur.execute(
            """insert into alias_event
            select coalesce(max(id), 0) + 1, ?, 'revoked', ?, ?, ? from alias_event""",
            [alias, at, by, reason],
        )
        asked = {"alias": alias, "reason": reason}
        audit(cur, by, "alias-revoked", f"{alias}: {reason}", at, asked)
        return next(a for a in aliases(cur) if a.id == alias)
