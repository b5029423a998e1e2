"""Integer keys for units, quantities, periods and forms: facts carry no text."""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

KINDS = ("unit", "quantity", "period", "form")


class Keys:
    """Id to key and back for one kind of dimension, as far as the database knows them."""

    def __init__(self, kind: str, pairs: Iterable[tuple[str, int]]) -> None:
        self.kind = kind
        self.key_of = dict(pairs)
        self.id_of = {key: name for name, key in self.key_of.items()}


def keys(cur: DuckDBPyConnection, kind: str) -> Keys:
    """Every id of this kind that the database has a key for."""
    rows = cur.execute("select id, key from dimension where kind = ?", [kind]).fetchall()
    return Keys(kind, rows)


def ensure(cur: DuckDBPyConnection, kind: str, ids: Iterable[str]) -> Keys:
    """The keys of this kind, with a new one for every id that has none yet."""
    known = keys(cur, kind)
    fresh = sorted(set(ids) - known.key_of.keys())
    first = max(known.id_of, default=0) + 1
    for offset, name in enumerate(fresh):
        cur.execute("insert into dimension values (?, ?, ?)", [kind, name, first + offset])
    return keys(cur, kind) if fresh else known
