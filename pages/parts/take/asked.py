"""What a table to take away is asked with: the view of the page, and what else the page knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException

from etl.context import look_from, opened
from indicators.deployment import Deployment
from indicators.period import Period, parse_period
from indicators.text import say
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


def stand_at(view: View) -> None:
    """Look with the definitions of the view's moment; 404 in words where they lack what is asked."""
    look_from(view.moment)
    then = opened().deployment
    if not is_there(view, then):
        day = f"{view.today:%d/%m/%Y}"
        raise HTTPException(404, say("take.not_then", view.language, day=day))


def is_there(view: View, deployment: Deployment) -> bool:
    """Whether plan, unit and indicator of a view are among these definitions."""
    plan = deployment.plans.get(view.plan)
    if plan is None or view.unit not in deployment.units.ids:
        return False
    return not view.indicator or any(view.indicator in t.indicators for t in plan.targets)
