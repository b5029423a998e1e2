"""The one table of the API: name, what may be asked, who answers. Routes and OpenAPI come from it."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etl.api import rows
from etl.api.asked import Asked, Parameters
from etl.api.rows import Answered, Row

ROOT = "/api/v1"
FIELDS = Path(__file__).with_name("fields.toml")


@dataclass(frozen=True)
class Field:
    """One field of a row: where it stands, of which type, what it means."""

    path: tuple[str, ...]
    type: str
    vi: str
    en: str

    @property
    def column(self) -> str:
        """Its name in a table."""
        return "_".join(self.path)

    def of(self, row: Row) -> Any:
        """What a row says; None where a part of the way is absent."""
        found: Any = row
        for part in self.path:
            found = None if found is None else found.get(part)
        return found


@dataclass(frozen=True)
class Resource:
    """What stands under one address."""

    name: str
    takes: Parameters
    make: Callable[[Asked], Answered]

    @property
    def path(self) -> str:
        """The address."""
        return f"{ROOT}/{self.name}"

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its rows, in the order of the columns of a table."""
        return fields()[self.name]

    @property
    def is_paged(self) -> bool:
        """Whether an answer may be one page of several."""
        return "limit" in self.takes.optional


@cache
def fields() -> dict[str, tuple[Field, ...]]:
    """Resource to its fields."""
    tables = tomllib.loads(FIELDS.read_text(encoding="utf-8"))
    return {name: tuple(_fields(table)) for name, table in tables.items()}


def _fields(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[Field]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _fields(value, (*path, name))
        else:
            yield Field((*path, name), *value)


PAGED = ("limit", "offset")
RESOURCES = {
    resource.name: resource
    for resource in (
        Resource("plans", Parameters((), ("known",)), rows.plans),
        Resource("targets", Parameters(("plan",), ("known",)), rows.targets),
        Resource("units", Parameters((), ("period", "unit", "known")), rows.units),
        Resource("periods", Parameters((), ("known", "figures")), rows.periods),
        Resource("indicators", Parameters((), ("known",)), rows.indicators),
        Resource("quantities", Parameters((), ("known",)), rows.quantities),
        Resource(
            "verdicts",
            Parameters(("plan", "period"), ("unit", "known", "figures", *PAGED)),
            rows.verdicts,
        ),
        Resource(
            "facts",
            Parameters((), ("period", "unit", "quantity", "known", "figures", *PAGED)),
            rows.facts,
        ),
        Resource(
            "explain",
            Parameters(("indicator", "unit", "period"), ("known", "figures")),
            rows.explain,
        ),
        Resource("tasks", Parameters(("plan",), ("known",)), rows.tasks),
        Resource("actions", Parameters((), ("plan", "known")), rows.actions),
    )
}
