"""What the warehouse already holds about the units of a file: read once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from etl.numbers import Absence
from etl.store.current import moments, sql_for_current
from etl.store.dimensions import keys
from etl.store.submissions import receipts

Codes = NDArray[np.int64]
Cell = tuple[str, str, str]  # unit, period, quantity


@dataclass(frozen=True)
class Points:
    """Earlier figures, column by column; the codes are positions in what was asked for."""

    unit: Codes
    quantity: Codes
    period: Codes
    value: NDArray[np.float64]


@dataclass(frozen=True)
class Upload:
    """The same bytes, received before."""

    by: str
    at: datetime


class Past:
    """Current figures of a warehouse (as known on a day); without a cursor there is no past."""

    def __init__(
        self, cursor: DuckDBPyConnection | None = None, known_on: datetime | None = None
    ) -> None:
        self._cursor, self._known_on = cursor, known_on

    def points(
        self, units: Sequence[str], quantities: Sequence[str], periods: Sequence[str]
    ) -> Points:
        """Every current number of these units, quantities and periods, with codes for them."""
        cur = self._asked({"unit": units, "quantity": quantities, "period": periods})
        if cur is None:
            none = np.empty(0, np.int64)
            return Points(none, none, none, np.empty(0))
        found = cur.execute(
            f"""with {sql_for_current()}
            select u.code as unit, q.code as quantity, p.code as period,
                cast(f.value as double) as value
            from current_submission c
            join asked_unit u on u.key = c.unit join asked_period p on p.key = c.period
            join fact f on f.submission = c.id join asked_quantity q on q.key = f.quantity
            where f.value is not null""",
            moments(self._known_on),
        ).fetchnumpy()
        unit, quantity, period = (np.asarray(found[n]) for n in ("unit", "quantity", "period"))
        return Points(unit, quantity, period, np.asarray(found["value"]))

    def cells(
        self, units: Sequence[str], quantities: Sequence[str], periods: Sequence[str]
    ) -> Mapping[Cell, Decimal]:
        """The same as exact values by cell; *không phát sinh* is 0, a figure not known is left out."""
        cur = self._asked({"unit": units, "quantity": quantities, "period": periods})
        if cur is None:
            return {}
        rows = cur.execute(
            f"""with {sql_for_current()}
            select u.code, p.code, q.code, case when f.absence = {NIL} then 0 else f.value end
            from current_submission c
            join asked_unit u on u.key = c.unit join asked_period p on p.key = c.period
            join fact f on f.submission = c.id join asked_quantity q on q.key = f.quantity
            where f.value is not null or f.absence = {NIL}""",
            moments(self._known_on),
        ).fetchall()
        return {(units[u], periods[p], quantities[q]): Decimal(value) for u, p, q, value in rows}

    def _asked(self, wanted: Mapping[str, Sequence[str]]) -> DuckDBPyConnection | None:
        """The cursor with tables of what is asked for; None where the warehouse knows none of it."""
        if self._cursor is None:
            return None
        for kind, ids in wanted.items():
            known = keys(self._cursor, kind).key_of
            pairs = [(known[name], code) for code, name in enumerate(ids) if name in known]
            if not pairs:
                return None
            key, code = zip(*pairs, strict=True)
            table = pa.table({"key": pa.array(key, pa.int32()), "code": pa.array(code, pa.int64())})
            self._cursor.register("asked", table)
            self._cursor.execute(f"create or replace temp table asked_{kind} as from asked")
            self._cursor.unregister("asked")
        return self._cursor

    def reporters(self, form: str, periods: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Period to the units with a current submission of a form."""
        found: dict[str, set[str]] = {period: set() for period in periods}
        if self._cursor is not None:
            for unit, period in receipts(self._cursor, found, form, self._known_on):
                found[period].add(unit)
        return {period: frozenset(units) for period, units in found.items()}

    def received(self, digest: str) -> Upload | None:
        """When the same bytes were first received and still count, or None."""
        if self._cursor is None:
            return None
        row = self._cursor.execute(
            f"""with {sql_for_current()}
            select u.received_by, u.received_at from upload u
            where u.hash = ? and u.id in (select upload from current_submission)
            order by u.id limit 1""",
            [*moments(None), digest],
        ).fetchone()
        return None if row is None else Upload(*row)


# The code that stage.py stores; kept in the order of its ABSENCES.
NIL = [None, *Absence].index(Absence.NIL)
NO_PAST = Past()
