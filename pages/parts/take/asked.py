"""What a table to take away is asked with: the view of the page, and what else the page knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.context import opened
from indicators.deployment import Deployment
from indicators.period import Period, parse_period
from pages.parts.names import names_of
from pages.parts.view import View


@dataclass(frozen=True)
class Asked:
    """The view, and the further words of the address (a second period, a filter)."""

    view: View
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """In which the table is written."""
        return self.view.language

    @property
    def deployment(self) -> Deployment:
        """Catalogue, plans and units."""
        return opened().deployment

    @property
    def period(self) -> Period:
        """The period of the view."""
        return parse_period(self.view.period)

    @property
    def names(self) -> dict[str, str]:
        """Names of units as they were called in the period."""
        return names_of(self.deployment, self.period)

    @property
    def unit(self) -> str:
        """The full name of the unit of the view as it was in the period, else its latest."""
        units = self.deployment.units
        known = units.at(self.period.end).units.get(self.view.unit)
        return known.name if known else units.latest_names[self.view.unit].name

    def pick(self, vi: str, en: str) -> str:
        """The name in the language asked for."""
        return vi if self.language == "vi" else en
