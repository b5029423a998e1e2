"""What lines of the log name by number: reports, actions, confirmed spellings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from etl.store.actions import actions
from etl.store.aliases import Alias, aliases
from etl.store.audit import Entry
from etl.store.awaiting import ReportKey
from etl.store.dimensions import keys
from indicators.actions import Action


@dataclass(frozen=True)
class Referred:
    """By their numbers; what is not here any more is not in it."""

    reports: Mapping[int, ReportKey] = field(default_factory=dict)
    actions: Mapping[int, Action] = field(default_factory=dict)
    aliases: Mapping[int, Alias] = field(default_factory=dict)


def referred(cur: DuckDBPyConnection, lines: Iterable[Entry]) -> Referred:
    """What these lines name; a fixed number of questions, however many lines.

    All actions and all confirmed spellings are read, of submissions only those that are named.
    """
    wanted = sorted({number for line in lines for number in _reports(line)})
    return Referred(
        _keys_of(cur, wanted),
        {action.id: action for action in actions(cur)},
        {alias.id: alias for alias in aliases(cur)},
    )


def _reports(line: Entry) -> Iterator[int]:
    """The submissions that a line was about."""
    if line.action == "rollback" and "submission" in line.asked:
        yield line.asked["submission"]
    elif line.action in ("approve", "return"):
        yield from line.asked.get("submissions", ())


def _keys_of(cur: DuckDBPyConnection, numbers: list[int]) -> dict[int, ReportKey]:
    units, codes, forms = (keys(cur, kind).id_of for kind in ("unit", "period", "form"))
    rows = cur.execute(
        "select id, unit, period, form from submission where id in (select unnest(?::integer[]))",
        [numbers],
    ).fetchall()
    return {number: (units[u], codes[p], forms[f]) for number, u, p, f in rows}
