"""Which unit a name in a file of progress means: units of the plan's area, in any spelling."""

from datetime import date

from etl.followup.rows import Wrong
from etl.match_units import unit_key, without_place_word
from indicators.deployment import Deployment
from indicators.plans import Plan
from indicators.units import Unit


class UnitNames:
    """The units of a plan's area as they are called on a day and in its first and last year.

    Districts are gone since 2025, and still stand in files about plans of their time.
    """

    def __init__(self, deployment: Deployment, plan: Plan, today: date) -> None:
        ends = (date(year, 12, 31) for year in (plan.first_year, plan.last_year))
        trees = [deployment.units.at(day) for day in (*ends, today)]
        self.units: dict[str, Unit] = {u.id: u for t in trees for u in t.within(plan.unit)}
        self.called: dict[str, set[str]] = {}
        for unit in self.units.values():
            for spelling in spellings(unit.name) | spellings(unit.short_name):
                self.called.setdefault(spelling, set()).add(unit.id)

    def unit_of(self, text: str) -> str | None:
        """The unit that is named, by id or name; None where none is: the whole area. Raises Wrong."""
        if not text or text in self.units:
            return text or None
        found = {unit for spelling in spellings(text) for unit in self.called.get(spelling, ())}
        if len(found) != 1:
            raise Wrong("progress-unit-unknown", text, "unit")
        return found.pop()

    def written(self, unit: str) -> str:
        """How a form names a unit so that it is understood: its name, its id where that is shared."""
        if unit not in self.units:
            return unit
        name = self.units[unit].name
        shared = any(len(self.called[spelling]) > 1 for spelling in spellings(name))
        return unit if shared else name


def spellings(name: str) -> set[str]:
    """A name as it is compared: abbreviations written out, with and without "huyện"."""
    full = unit_key(name)
    return {full, without_place_word(full)} - {""}
