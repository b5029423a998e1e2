"""Units through time: dated rows that overlap, run in circles or hang under nothing."""

from collections import Counter
from collections.abc import Callable, Container, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from indicators.catalogue import Catalogue
from indicators.references import ID, must_exist
from indicators.schema import Collector
from indicators.units import (
    CodeRow,
    EventKind,
    NameRow,
    ParentRow,
    Relation,
    UnitRegistry,
    UnitTree,
    Whole,
)

Dated = NameRow | CodeRow | ParentRow
Row = TypeVar("Row", NameRow, CodeRow, ParentRow)

# One province a folder; a row no longer knows which.
NAMES, CODES, PARENTS, ALIASES, EVENTS = (
    f"units/*/{name}.csv" for name in ("names", "codes", "parents", "aliases", "events")
)


def check_units(units: UnitRegistry, catalogue: Catalogue, c: Collector) -> bool:
    """Note every fault; False where the units cannot be made into trees."""
    before = len(c.errors)
    _check_references(units, catalogue, c)
    _check_overlaps(NAMES, "hai tên", units.names, lambda row: row.unit, c)
    _check_overlaps(PARENTS, "hai cấp trên", units.parents, _hierarchy, c)
    _check_overlaps(CODES, "hai mã cùng hệ thống", units.codes, _own_code, c)
    _check_overlaps(CODES, "hai đơn vị cùng mã", units.codes, _code, c)
    _check_trees(units, c)
    _check_events(units, c)
    _check_fates(units, c)
    return len(c.errors) == before


def _hierarchy(row: ParentRow) -> str:
    return f"{row.unit} ({row.relation})"


def _own_code(row: CodeRow) -> str:
    return f"{row.unit} ({row.system})"


def _code(row: CodeRow) -> str:
    return f"{row.system} {row.code}"


def _check_references(units: UnitRegistry, catalogue: Catalogue, c: Collector) -> None:
    for name in units.names:
        must_exist([name.kind], catalogue.kinds, at=(NAMES, name.unit), c=c)
        if not ID.fullmatch(name.unit):
            c.add(NAMES, name.unit, "mã đơn vị chỉ gồm a-z, 0-9, gạch nối, gạch dưới")
    named = [
        *((PARENTS, row.unit, row.parent) for row in units.parents),
        *((CODES, row.unit, None) for row in units.codes),
        *((ALIASES, row.unit, None) for row in units.aliases),
        *((EVENTS, row.unit, row.into) for row in units.events),
    ]
    for file, unit, other in named:
        must_exist([unit, other], units.ids, at=(file, unit), c=c)


def _check_overlaps(
    file: str, what: str, rows: Sequence[Row], group_of: Callable[[Row], str], c: Collector
) -> None:
    """Rows of one group must not hold on the same day."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(group_of(row), []).append(row)
        if row.valid_from and row.valid_to and row.valid_from >= row.valid_to:
            c.add(file, group_of(row), f"hiệu lực {row.valid_from} không trước {row.valid_to}")
    for group, members in groups.items():
        ordered = sorted(members, key=_start)
        for earlier, later in pairwise(ordered):
            if _start(later) < (earlier.valid_to or date.max):
                day = later.valid_from or "đầu"
                c.add(file, group, f"{what} cùng hiệu lực từ {day}")


def _start(row: Dated) -> date:
    return row.valid_from or date.min


def _check_trees(units: UnitRegistry, c: Collector) -> None:
    """On every day on which something changes, parents must be there and lead to a root."""
    rows: list[Dated] = [*units.names, *units.parents]
    days = {date.min} | {d for row in rows for d in (row.valid_from, row.valid_to) if d}
    told: set[tuple[str, str]] = set()
    for tree in map(units.at, sorted(days)):
        for relation in Relation:
            for unit, message in _faults(tree, relation, units.ids):
                if (unit, relation) not in told:
                    told.add((unit, relation))
                    c.add(PARENTS, f"{unit} ({relation})", message)


def _faults(tree: UnitTree, relation: Relation, known: Container[str]) -> list[tuple[str, str]]:
    administrative = relation is Relation.ADMINISTRATIVE
    parents = {
        unit.id: unit.parent if administrative else unit.professional_parent
        for unit in tree.units.values()
    }
    found = [
        (unit, f"cấp trên «{parent}» không còn hoặc chưa có hiệu lực ngày {_day(tree)}")
        for unit, parent in parents.items()
        if parent is not None and parent in known and parent not in tree.units
    ]
    return found + [(u, "cấp trên đi vòng về chính đơn vị này") for u in _in_circles(parents)]


def _day(tree: UnitTree) -> str:
    return "đầu" if tree.day == date.min else str(tree.day)


def _in_circles(parents: dict[str, str | None]) -> list[str]:
    """Units that are above themselves."""
    found = []
    for unit in parents:
        seen: set[str] = set()
        above = parents[unit]
        while above is not None and above != unit and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == unit:
            found.append(unit)
    return found


def _check_events(units: UnitRegistry, c: Collector) -> None:
    """A link leads somewhere, unless nobody took the unit over; a whole one is the only one."""
    links = Counter((e.unit, e.day) for e in units.events if e.into not in (None, e.unit))
    for event in units.events:
        ended = event.kind in (EventKind.DISSOLVE, EventKind.UNKNOWN)
        key = f"{event.unit} ({event.day})"
        if ended is (event.into is not None):
            c.add(
                EVENTS, key, f"«{event.kind}» {'không có' if ended else 'cần'} đơn vị nhận (into)"
            )
        if event.whole is Whole.YES and links[event.unit, event.day] > 1:
            c.add(EVENTS, key, "đi toàn bộ vào một đơn vị mà cùng ngày còn vào đơn vị khác")


def _check_fates(units: UnitRegistry, c: Collector) -> None:
    """A facility that loses the area it stood in has a new one, or is said to be not known."""
    open_since = {(e.unit, e.day) for e in units.events if e.kind is EventKind.UNKNOWN}
    for row in units.parents:
        if row.relation is not Relation.ADMINISTRATIVE or row.valid_to is None:
            continue
        unit = units.at(row.valid_to).units.get(row.unit)
        homeless = unit is not None and unit.parent is None and unit.kind not in units.areas
        if homeless and (row.unit, row.valid_to) not in open_since:
            c.add(PARENTS, row.unit, f"từ {row.valid_to} không còn cấp trên: cần sự kiện «unknown»")
