"""Every value again, from single facts, in plain Python: slow, boring, and made without the core.

A fact is a dict of unit, quantity, period and value; what nobody reported has no fact. Of the
core only the catalogue and the dated rows of units are read.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from indicators.deployment import Deployment

Fact = dict[str, Any]
Slot = tuple[str, str, str]  # quantity, period, unit
QUARTER_ENDS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
LAST_QUARTER = {"H1": 2, "H2": 4, "9M": 3}


@dataclass(frozen=True)
class Answer:
    """What the oracle says of one indicator."""

    status: str
    value: Fraction | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    missing_periods: tuple[str, ...] = ()


def quarters(period: str, *, so_far: bool) -> list[str]:
    """The quarters inside a period, or from January to its end."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        last = int(part[1])
        first = last
    else:
        last = LAST_QUARTER.get(part, 4)
        first = 3 if part == "H2" else 1
    return [f"{year}-Q{n}" for n in range(1 if so_far else first, last + 1)]


def last_day(period: str) -> date:
    """The last day of a quarter or a year."""
    year, _, part = period.partition("-")
    return date(int(year), *QUARTER_ENDS[int(part[1]) if part else 4])


class Oracle:
    """Facts and the deployment they belong to, as seen from one scope."""

    def __init__(self, world: Deployment, facts: list[Fact], scope: str) -> None:
        self.world, self.scope = world, scope
        self.known_parents: dict[date, dict[str, str | None]] = {}
        self.value_at = {(f["quantity"], f["period"], f["unit"]): f["value"] for f in facts}

    def parents(self, day: date) -> dict[str, str | None]:
        """Unit to administrative parent on a day."""
        if day not in self.known_parents:
            self.known_parents[day] = self._parents(day)
        return self.known_parents[day]

    def _parents(self, day: date) -> dict[str, str | None]:
        names = [r.unit for r in self.world.units.names if self._holds(r, day)]
        found: dict[str, str | None] = dict.fromkeys(names)
        for row in self.world.units.parents:
            if row.relation == "administrative" and self._holds(row, day) and row.unit in found:
                found[row.unit] = row.parent
        return found

    def kind(self, unit: str, day: date) -> str:
        """Its kind on a day."""
        rows = [r for r in self.world.units.names if r.unit == unit and self._holds(r, day)]
        return rows[0].kind

    def _holds(self, row: Any, day: date) -> bool:
        begun = row.valid_from is None or row.valid_from <= day
        return begun and (row.valid_to is None or day < row.valid_to)

    def chain(self, unit: str, day: date) -> list[str]:
        """The unit and everything above it."""
        parents, found = self.parents(day), [unit]
        while parents.get(found[-1]) is not None:
            found.append(str(parents[found[-1]]))
        return found

    def inside(self, day: date) -> list[str]:
        """The units of the scope on a day."""
        return [u for u in self.parents(day) if self.scope in self.chain(u, day)]

    def group(self, unit: str, day: date, grouping: str) -> str | None:
        """Where the figures of a unit are summed."""
        if grouping == "unit":
            return unit
        chain = self.chain(unit, day)
        if grouping == "area":
            place = chain.index(self.scope)
            return chain[place - 1] if place else self.scope
        of_kind = [u for u in chain if self.kind(u, day) == grouping]
        return of_kind[0] if of_kind else None

    def windows(self, name: str, period: str) -> dict[str, list[str]] | None:
        """Quantity to the reporting periods that matter; None when one is reported too rarely."""
        indicator = self.world.catalogue.indicators[name]
        found = {}
        for quantity in (*indicator.numerator, *indicator.denominator):
            forms = self.world.catalogue.forms.values()
            yearly = {f.frequency for f in forms if quantity in f.quantities} == {"year"}
            if yearly and "-" in period:
                return None
            parts = quarters(period, so_far=indicator.window == "year_to_date")
            parts = [period] if yearly else parts
            stock = self.world.catalogue.quantities[quantity].behaviour == "stock"
            found[quantity] = parts[-1:] if stock else parts
        return found

    def slots(self, quantity: str, periods: list[str], grouping: str, group: str | None) -> Any:
        """Who must report a quantity and when, in the one role that counts; None if nobody."""
        due: dict[str, list[tuple[Slot, str]]] = {"parts": [], "total": [], "detail": []}
        for period in periods:
            for unit in self.inside(last_day(period)):
                place = self.group(unit, last_day(period), grouping)
                role = self.role(unit, quantity, last_day(period))
                if role and place is not None and group in (None, place):
                    due[role].append(((quantity, period, unit), place))
        return self.chosen(due)

    def chosen(self, due: dict[str, list[tuple[Slot, str]]]) -> Any:
        """Parts where any reported, else totals, else details where there are no parts."""
        for role in ("parts", "total"):
            if any(slot in self.value_at for slot, _ in due[role]):
                return due[role]
        if due["detail"] and not due["parts"]:
            return due["detail"]
        return due["parts"] or due["total"] or due["detail"] or None

    def role(self, unit: str, quantity: str, day: date) -> str | None:
        """In what capacity a unit reports a quantity; a total only of what it stands directly in."""
        q, kind = self.world.catalogue.quantities[quantity], self.kind(unit, day)
        if kind in q.reported_by:
            return "parts"
        if kind in q.total_by:
            return "total" if self.scope in self.chain(unit, day)[:2] else None
        return "detail" if kind in q.detail_by else None

    def measure(self, name: str, period: str, grouping: str, group: str | None = None) -> Answer:
        """The indicator over the scope, or over one group of it."""
        indicator = self.world.catalogue.indicators[name]
        windows = self.windows(name, period)
        if windows is None:
            return Answer("too_rare")
        slots = {q: self.slots(q, periods, grouping, group) for q, periods in windows.items()}
        if None in slots.values():
            return Answer("not_applicable")
        everything = [pair for pairs in slots.values() for pair in pairs]
        absent = [slot for slot, _ in everything if slot not in self.value_at]
        groups = {place for _, place in everything}
        if group is None:
            groups = {g for g in groups if self._enters(g, indicator, everything)}
        top = self._sum(indicator.numerator, groups, everything)
        bottom = self._sum(indicator.denominator, groups, everything)
        value = self._value(indicator, top, bottom, everything)
        low, high = (None, None)
        if absent and value is not None:
            low, high = self._bounds(indicator, top, bottom, groups, everything)
        nothing = value is None and bottom == 0 and not absent
        return Answer(
            "nothing" if nothing else "no_data" if value is None else "value",
            value,
            top,
            bottom,
            tuple(sorted({unit for _, _, unit in absent})),
            low,
            high,
            tuple(sorted({p for _, p, _ in absent})),
        )

    def _enters(self, group: str, indicator: Any, everything: Any) -> bool:
        own = [slot for slot, place in everything if place == group]
        sides = [
            any(q in side for q, _, _ in own)
            for side in (indicator.numerator, indicator.denominator)
        ]
        return not all(sides) or all(slot in self.value_at for slot in own)

    def _sum(self, side: tuple[str, ...], groups: set[str], everything: Any) -> Decimal | None:
        found = [
            self.value_at[slot]
            for slot, place in everything
            if place in groups and slot[0] in side and slot in self.value_at
        ]
        return sum(found, Decimal(0)) if found else None

    def _value(self, indicator: Any, top: Any, bottom: Any, everything: Any) -> Fraction | None:
        if top is None:
            return None
        if indicator.kind == "ratio":
            return Fraction(top) * indicator.factor / Fraction(bottom) if bottom else None
        if indicator.kind == "reported" and len({unit for (_, _, unit), _ in everything}) > 1:
            return None
        return Fraction(top) * indicator.factor

    def _bounds(self, i: Any, top: Any, bottom: Any, groups: set[str], everything: Any) -> Any:
        ceiling = None if i.maximum is None else Fraction(i.maximum)
        if i.kind == "reported":
            return None, None
        if i.kind == "count":
            return Fraction(top) * i.factor, ceiling
        lower = [(slot, place) for slot, place in everything if slot[0] in i.denominator]
        absent = self._absent(lower, groups)
        if absent is None:
            return None if i.minimum is None else Fraction(i.minimum), ceiling
        low = Fraction(top) * i.factor / Fraction(bottom + absent)
        holes = [s for s, place in everything if place in groups and s not in self.value_at]
        if ceiling is None or holes:
            return low, ceiling
        high = Fraction(top + absent) * i.factor / Fraction(bottom + absent)
        return low, max(low, min(high, ceiling))

    def _absent(self, lower: Any, groups: set[str]) -> Decimal | None:
        """The denominators of the groups left out; None where one of all is not known."""
        if any(slot not in self.value_at for slot, place in lower if place in groups):
            return None
        # One sum for each group and quantity left out, though several units may report it.
        sums = {
            (place, slot[0], slot[1]): self._last_whole(place, slot, lower)
            for slot, place in lower
            if place not in groups
        }
        if None in sums.values():
            return None
        return sum((s for s in sums.values() if s is not None), Decimal(0))

    def _last_whole(self, place: str, slot: Slot, lower: Any) -> Decimal | None:
        """The newest sum of the group up to the period for which everybody had reported."""
        quantity, period, _ = slot
        units = [u for (q, p, u), g in lower if g == place and (q, p) == (quantity, period)]
        for earlier in sorted(
            {p for q, p, _ in self.value_at if q == quantity and p <= period}, reverse=True
        ):
            found = [self.value_at.get((quantity, earlier, unit)) for unit in units]
            if None not in found:
                return sum(found, Decimal(0))  # type: ignore[arg-type]
        return None

    def share(self, name: str, period: str) -> Answer:
        """Units that meet the condition, of those of which it is known."""
        indicator = self.world.catalogue.indicators[name]
        condition, day = indicator.condition, last_day(period)
        units = [u for u in self.inside(day) if self.kind(u, day) == indicator.counted]
        found = {u: self.measure(condition.indicator, period, indicator.counted, u) for u in units}
        known = {u: a.value for u, a in found.items() if a.value is not None and not a.missing}
        units = [u for u in units if found[u].status != "nothing"]
        if not units:
            return Answer("not_applicable")
        good = sum(1 for value in known.values() if value > condition.value)
        missing = tuple(sorted(set(units) - set(known)))
        if not known:
            return Answer("no_data", missing=missing)
        value = Fraction(good * indicator.factor, len(known))
        low = Fraction(good * indicator.factor, len(units)) if missing else None
        high = Fraction((good + len(missing)) * indicator.factor, len(units)) if missing else None
        return Answer("value", value, Decimal(good), Decimal(len(known)), missing, low, high)
