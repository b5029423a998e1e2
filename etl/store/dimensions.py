"""Integer keys for units, quantities, periods and forms: facts carry no text."""

from collections.abc import Iterable, Mapping

from duckdb import DuckDBPyConnection

KINDS = ("unit", "quantity", "period", "form")


class Names(dict[int, str]):
    """Key to id. A key that is not there was made since: it is looked up when a row names it.

    Two questions of a reader may have a load between them, and a key is never taken away. For as
    long as its cursor is open, and among what is committed: whoever makes keys reads them again.
    """

    def __init__(self, cur: DuckDBPyConnection, kind: str, key_of: Mapping[str, int]) -> None:
        super().__init__((key, name) for name, key in key_of.items())
        self.cur, self.kind = cur, kind

    def __missing__(self, key: int) -> str:
        """Raises KeyError where the database has no such key either."""
        self.update((key, name) for name, key in _pairs(self.cur.cursor(), self.kind))
        if key not in self:
            raise KeyError(key)
        return self[key]


class Keys:
    """Id to key and back for one kind of dimension, as far as the database knows them."""

    def __init__(self, cur: DuckDBPyConnection, kind: str) -> None:
        self.kind = kind
        self.key_of = dict(_pairs(cur, kind))
        self.id_of = Names(cur, kind, self.key_of)


def keys(cur: DuckDBPyConnection, kind: str) -> Keys:
    """Every id of this kind that the database has a key for."""
    return Keys(cur, kind)


def _pairs(cur: DuckDBPyConnection, kind: str) -> list[tuple[str, int]]:
    return cur.execute("select id, key from dimension where kind = ?", [kind]).fetchall()


def ensure(cur: DuckDBPyConnection, kind: str, ids: Iterable[str]) -> Keys:
    """The keys of this kind, with a new one for every id that has none yet."""
    known = keys(cur, kind)
    fresh = sorted(set(ids) - known.key_of.keys())
    first = max(known.id_of, default=0) + 1
    for offset, name in enumerate(fresh):
        cur.execute("insert into dimension values (?, ?, ?)", [kind, name, first + offset])
    return keys(cur, kind) if fresh else known
