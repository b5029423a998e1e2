"""What people taught the system: confirmed spellings, used by the next load and open to question."""

from dataclasses import replace
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.match_headings import HeadingMatcher
from etl.match_units import unit_key, without_place_word
from etl.normalise import clean, key
from etl.periods import read_period
from etl.store.aliases import Alias, AliasKind, AliasTaken, aliases, remember_alias
from etl.store.connect import Store
from etl.store.mappings import saved_columns
from indicators.deployment import Confirmed, Deployment
from indicators.units import UnitRegistry

LONGEST = 200  # characters of a spelling


class CannotConfirm(Exception):
    """The spelling must not be remembered; ``key`` and ``facts`` name the sentence that says why."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = f"submit.confirm.{key}", facts


def confirm(
    store: Store,
    deployment: Deployment,
    kind: AliasKind,
    text: str,
    meaning: str,
    *,
    by: str,
    at: datetime,
) -> Alias:
    """Remember that ``text`` means a unit or quantity, unless it already means something else.

    Raises CannotConfirm, also where somebody confirmed another meaning before.
    """
    spelling = clean(text)
    if not key(spelling) or len(spelling) > LONGEST:
        raise CannotConfirm("spelling", limit=LONGEST)
    if not by.strip():
        raise CannotConfirm("name_needed")
    check = _check_unit if kind is AliasKind.UNIT else _check_quantity
    check(deployment, spelling, meaning)
    try:
        return remember_alias(store, kind, spelling, meaning, by=by.strip(), at=at)
    except AliasTaken as taken:
        known = taken.alias
        facts = {"text": known.spelling, "by": known.confirmed_by, "number": known.id}
        name = meaning_name(known, deployment) or known.meaning
        raise CannotConfirm("taken", meaning=name, **facts) from taken


def meaning_name(alias: Alias, deployment: Deployment) -> str | None:
    """What the unit or quantity is called; None where the data folder no longer has it."""
    if alias.kind is AliasKind.UNIT:
        row = deployment.units.latest_names.get(alias.meaning)
        return row.name if row else None
    quantity = deployment.catalogue.quantities.get(alias.meaning)
    return quantity.name_vi if quantity else None


def _check_unit(deployment: Deployment, text: str, meaning: str) -> None:
    """What was ever the name of others cannot be given to this one, nor a place to a facility.

    A name that several units bear may be settled for one of them.
    """
    if meaning not in deployment.units.ids:
        raise CannotConfirm("no_unit", id=meaning)
    bearers = _bearers(deployment.units, text)
    if bearers and (meaning not in bearers or len(bearers) == 1):
        shown = ", ".join(
            f"{deployment.units.latest_names[unit].name} ({unit})" for unit in sorted(bearers)
        )
        raise CannotConfirm("name_of", text=text, units=shown)


def _bearers(units: UnitRegistry, text: str) -> set[str]:
    """Every unit that was ever called so, has it as id or code, or as an alias of the folder."""
    found = {row.unit for row in units.codes if row.code == text} | (units.ids & {text})
    wanted = _spellings(text)
    named = [(row.unit, name) for row in units.names for name in (row.name, row.short_name)]
    named += [(row.unit, row.alias) for row in units.aliases]
    return found | {unit for unit, name in named if wanted & _spellings(name)}


def _spellings(name: str) -> set[str]:
    full = unit_key(name)
    return {full, without_place_word(full)}


def _check_quantity(deployment: Deployment, text: str, meaning: str) -> None:
    """A heading that says something already cannot be made to say something else."""
    known = deployment.catalogue.quantities
    if meaning not in known:
        raise CannotConfirm("no_quantity", id=meaning)
    headings = HeadingMatcher(deployment.catalogue, deployment.wording)
    if headings.role(text) is not None or read_period(text) is not None:
        raise CannotConfirm("heading", text=text)
    found = headings.quantity(text)
    if found is not None:
        raise CannotConfirm("understood", text=text, name=known[found].name_vi, id=found)


def confirmed_of(cur: DuckDBPyConnection, deployment: Deployment) -> Confirmed:
    """The valid aliases and saved columns whose unit or quantity the data folder still has."""
    known = {
        AliasKind.UNIT: deployment.units.ids,
        AliasKind.QUANTITY: deployment.catalogue.quantities.keys(),
    }
    pairs: dict[AliasKind, list[tuple[str, str]]] = {kind: [] for kind in AliasKind}
    for alias in aliases(cur):
        if alias.is_valid and alias.meaning in known[alias.kind]:
            pairs[alias.kind].append((alias.spelling, alias.meaning))
    quantities = deployment.catalogue.quantities
    columns = tuple(c for c in saved_columns(cur) if c.quantity is None or c.quantity in quantities)
    return Confirmed(tuple(pairs[AliasKind.UNIT]), tuple(pairs[AliasKind.QUANTITY]), columns)


_last: Deployment | None = None


def informed(deployment: Deployment, cur: DuckDBPyConnection) -> Deployment:
    """The deployment with what was confirmed in this database.

    The last one made is kept: the matchers remember their index by it.
    """
    global _last
    confirmed = confirmed_of(cur, deployment)
    if confirmed == deployment.confirmed:
        return deployment
    kept = _last
    if kept is None or kept.units is not deployment.units or kept.confirmed != confirmed:
        kept = _last = replace(deployment, confirmed=confirmed)
    return kept
