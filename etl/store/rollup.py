"""Sums for measuring: SQL rolls facts of current revisions up to groups; no ratio is formed here."""

from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.store.current import moments, sql_for_current
from etl.store.dimensions import Keys, keys
from indicators.assess import Table
from indicators.catalogue import Catalogue
from indicators.matching import ColumnKey, Reported, Sums
from indicators.period import Period
from indicators.roster import Role, Roster, kinds_of

ROLES = tuple(Role)


def roll_up(
    cur: DuckDBPyConnection,
    roster: Roster,
    demands: Iterable[tuple[str, Period]],
    *,
    known_on: datetime | None = None,
) -> Table:
    """The sums of the roster's groups for every (quantity, reporting period) asked for."""
    units, quantities, periods = (keys(cur, kind) for kind in ("unit", "quantity", "period"))
    groups = sorted({member.group for member in roster.members})
    members = _member_table(roster, units, periods, {g: i for i, g in enumerate(groups)})
    asked = _demand_table(demands, roster.catalogue, quantities, periods)
    cur.register("roster_member", members)
    cur.register("demand", asked)
    rows = cur.execute(sql_for_sums(), moments(known_on)).fetchall()
    cur.unregister("roster_member")
    cur.unregister("demand")
    found: dict[ColumnKey, Reported] = {}
    for quantity, period, role, own, totals, estimated, late, who in rows:
        names = [frozenset(map(units.id_of.__getitem__, present)) for present in who or ()]
        found[quantities.id_of[quantity], periods.id_of[period], ROLES[role]] = Reported(
            dict(zip(map(groups.__getitem__, own), totals, strict=True)),
            dict(zip(map(groups.__getitem__, late or ()), names, strict=True)),
            frozenset(map(groups.__getitem__, estimated or ())),
        )
    return Table(roster, Sums(found))


def sql_for_sums() -> str:
    """One row per quantity, period and role, its groups side by side in lists.

    Lists that belong together are in the same order. The reporters are named only of groups in
    which some are late.

    Each step is materialised: left to itself the planner, which knows nothing of the tables handed
    in, pairs every demand with every member first (ten years of a province then take minutes).
    """
    return f"""
    with {sql_for_current()},
    standing as materialized (
        select s.id, s.unit, s.period, m.kind, m.grp, m.speaks
        from current_submission s
        join roster_member m on m.unit = s.unit and m.period = s.period),
    due as materialized (
        select d.quantity, d.period, d.role, m.grp, count(*) as expected
        from demand d join roster_member m on m.period = d.period and m.kind = d.kind
        where d.role <> 1 or m.speaks
        group by all),
    found as materialized (
        select f.quantity, n.period, d.role, n.grp, sum(coalesce(f.value, 0)) as total,
            bool_or(f.estimate) as estimated, count(*) as reported, list(n.unit) as units
        from standing n
        join fact f on f.submission = n.id
        join demand d on d.quantity = f.quantity and d.period = n.period and d.kind = n.kind
        where f.absence <> 2 and (d.role <> 1 or n.speaks)
        group by all)
    select quantity, period, role, list(grp order by grp), list(total order by grp),
        list(grp) filter (estimated), list(grp order by grp) filter (reported < expected),
        list(units order by grp) filter (reported < expected)
    from found join due using (quantity, period, role, grp)
    group by quantity, period, role"""


def _member_table(roster: Roster, units: Keys, periods: Keys, groups: dict[str, int]) -> pa.Table:
    """The roster as integers; units that never reported have the key -1 but still count as due."""
    kinds = {kind: number for number, kind in enumerate(sorted(roster.catalogue.kinds))}
    rows = [
        (
            periods.key_of[m.period],
            units.key_of.get(m.unit, -1),
            kinds[m.kind],
            groups[m.group],
            m.speaks,
        )
        for m in roster.members
        if m.period in periods.key_of
    ]
    return _table(rows, ("period", "unit", "kind", "grp", "speaks"))


def _demand_table(
    demands: Iterable[tuple[str, Period]],
    catalogue: Catalogue,
    quantities: Keys,
    periods: Keys,
) -> pa.Table:
    kinds = {kind: number for number, kind in enumerate(sorted(catalogue.kinds))}
    rows = [
        (quantities.key_of[q], periods.key_of[p.code], number, kinds[kind], False)
        for q, p in sorted(set(demands), key=lambda d: (d[0], d[1].code))
        if q in quantities.key_of and p.code in periods.key_of
        for number, role in enumerate(ROLES)
        for kind in kinds_of(catalogue.quantities[q], role)
    ]
    return _table(rows, ("quantity", "period", "role", "kind", "unused"))


def _table(rows: list[tuple[int, int, int, int, bool]], names: tuple[str, ...]) -> pa.Table:
    columns = [list(c) for c in zip(*rows, strict=True)] or [[] for _ in names]
    types = [pa.int32()] * (len(names) - 1) + [pa.bool_()]
    arrays = [pa.array(c, t) for c, t in zip(columns, types, strict=True)]
    return pa.Table.from_arrays(arrays, names=list(names))
