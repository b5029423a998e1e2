"""Entries in groups: coded columns, and who stands alike when reporting one quantity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.period import PeriodKind, parse_period

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """A column of texts as positions in the list of its different texts."""

    ids: list[str]
    of: Codes

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> "Coded":
        """Code a column in the order in which its texts appear."""
        known = {text: code for code, text in enumerate(dict.fromkeys(texts))}
        codes = np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))
        return cls(list(known), codes)


@dataclass(frozen=True)
class Standing:
    """What decides whether a unit may report in a period: its kind, where it stands, how often."""

    kind: str
    path: tuple[str, ...]
    frequency: PeriodKind


NAMED = 5  # units named in a finding; the rest are counted


@dataclass(frozen=True)
class Groups:
    """Entries whose units stand alike and that are about one quantity: asked about only once."""

    standings: list[Standing | None]
    quantities: int
    of: Codes

    @classmethod
    def of_columns(
        cls, units: Coded, periods: Coded, quantities: Coded, deployment: Deployment
    ) -> "Groups":
        """The groups of the entries of a file."""
        pair, pairs = pd.factorize(units.of * len(periods.ids) + periods.of)
        at = [divmod(int(code), len(periods.ids)) for code in pairs]
        found = [standing_of(units.ids[u], periods.ids[p], deployment) for u, p in at]
        kinds = {standing: code for code, standing in enumerate(dict.fromkeys(found))}
        by_pair = np.array([kinds[standing] for standing in found], np.int64)
        count = len(quantities.ids)
        return cls(list(kinds), count, by_pair[pair] * count + quantities.of)

    def __iter__(self) -> Iterator[tuple[int, Standing | None, int]]:
        """Every group: its code, the standing, the position of the quantity."""
        for code in np.flatnonzero(np.bincount(self.of)).tolist():
            standing, quantity = divmod(code, self.quantities)
            yield code, self.standings[standing], quantity

    def rows(self, code: int) -> list[int]:
        """The entries of a group."""
        found: list[int] = np.flatnonzero(self.of == code).tolist()
        return found


def standing_of(unit_id: str, code: str, deployment: Deployment) -> Standing | None:
    """How the unit stands at the end of the period; None where it is not valid."""
    period = parse_period(code)
    tree = deployment.units.at(period.end)
    unit = tree.units.get(unit_id)
    return None if unit is None else Standing(unit.kind, tree.path(unit_id), period.kind)


def form_of(standing: Standing | None, quantity: str, deployment: Deployment) -> Form | None:
    """The form on which a unit that stands there reports a quantity."""
    if standing is None:
        return None
    return deployment.catalogue.form_of(standing.kind, quantity, standing.path)
