"""Validating: what may refuse recognised figures. Every rule looks at all entries; none stops early."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from etl.entries import Entries
from etl.findings import Finding
from etl.rules.case import Case
from etl.rules.coverage import units_missing
from etl.rules.figures import bounds, duplicates
from etl.rules.history import against_history
from etl.rules.levels import levels
from etl.rules.rates import rates
from etl.rules.reporting import periods_over, reporters
from etl.rules.sides import sides
from etl.rules.totals import Total, totals_of
from etl.store.past import NO_PAST, Past
from indicators.deployment import Deployment

Rule = Callable[[Case], Iterator[Finding]]


def validate(
    entries: Entries,
    file: str,
    deployment: Deployment,
    today: date,
    past: Past = NO_PAST,
    *,
    totals: Sequence[Total] = (),
) -> list[Finding]:
    """Everything the rules say about the entries of one file, in the order of its rows.

    ``past``: what the warehouse holds already. ``totals``: figures that the file states about
    others; they are compared and never loaded.
    """
    if not entries:
        return []
    case = Case(entries, file, deployment, today, past)
    found = [finding for rule in RULES for finding in rule(case)]
    found.extend(totals_of(case, totals))
    return sorted(found, key=lambda f: (f.place.sheet or "", f.place.row or 0, f.place.column or 0))


RULES: tuple[Rule, ...] = (
    reporters,
    periods_over,
    units_missing,
    bounds,
    duplicates,
    sides,
    rates,
    levels,
    against_history,
)
