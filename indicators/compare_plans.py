"""Plan against plan: targets of two plans for the same indicator, as written; what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from indicators.assess import Assessment
from indicators.catalogue import Indicator
from indicators.judge import direction
from indicators.plan_reading import test_of
from indicators.plans import Plan, Target


class Difference(StrEnum):
    """In what two targets for one indicator differ, the weightiest first."""

    LEVEL = "level"
    COMPARATOR = "comparator"
    DEADLINE = "deadline"
    SCOPE = "scope"  # the whole, every unit, a named unit, a count of named ones


@dataclass(frozen=True)
class Ask:
    """One target of a plan; assessed where the period looked at lies in the plan's years."""

    plan: Plan
    target: Target
    assessed: Assessment | None


@dataclass(frozen=True)
class Shared:
    """Two targets for one indicator, and in what they differ."""

    indicator: Indicator
    here: Ask
    there: Ask

    @property
    def differences(self) -> tuple[Difference, ...]:
        """In what; empty where both ask the same by the same day of the same kind of scope."""
        here, there = self.here.target, self.there.target
        pairs = {
            Difference.LEVEL: (here.value, there.value),
            Difference.COMPARATOR: (here.comparator, there.comparator),
            Difference.DEADLINE: (_deadline(self.here), _deadline(self.there)),
            Difference.SCOPE: (_scope(here), _scope(there)),
        }
        return tuple(what for what, (one, other) in pairs.items() if one != other)

    @property
    def asks_more(self) -> int:
        """+1 where this plan asks more, -1 where the other does, 0 where equal or not to be told.

        Only for two plain levels that are tested in the same direction.
        """
        here, there = self.here.target, self.there.target
        signs = {direction(test_of(target, self.indicator)) for target in (here, there)}
        relative = here.is_relative or there.is_relative
        if len(signs) != 1 or relative or here.value is None or there.value is None:
            return 0
        more = signs.pop() * (Fraction(here.value) - Fraction(there.value))
        return (more > 0) - (more < 0)


@dataclass(frozen=True)
class PlanComparison:
    """What two plans share, and the targets that only one of them has, as in the documents."""

    shared: tuple[Shared, ...]
    only_here: tuple[Ask, ...]
    only_there: tuple[Ask, ...]

    @property
    def same_level(self) -> int:
        """How many of the shared ask the same number."""
        return sum(Difference.LEVEL not in pair.differences for pair in self.shared)


Assessed = Mapping[str, Assessment]


def compare_plans(
    here: tuple[Plan, Assessed],
    there: tuple[Plan, Assessed],
    indicators: Mapping[str, Indicator],
) -> PlanComparison:
    """Targets by indicator; where a plan has several for one indicator, each beside each."""
    mine, theirs = _asks(*here), _asks(*there)
    shared = tuple(
        Shared(indicators[one.target.indicator], one, other)
        for one in mine
        for other in theirs
        if one.target.indicator == other.target.indicator
    )
    return PlanComparison(shared, _without(mine, theirs), _without(theirs, mine))


def _asks(plan: Plan, assessed: Assessed) -> tuple[Ask, ...]:
    return tuple(Ask(plan, target, assessed.get(target.id)) for target in plan.targets)


def _without(asks: Iterable[Ask], others: Iterable[Ask]) -> tuple[Ask, ...]:
    known = {other.target.indicator for other in others}
    return tuple(ask for ask in asks if ask.target.indicator not in known)


def _deadline(ask: Ask) -> str:
    return ask.plan.deadline(ask.target).code


def _scope(target: Target) -> tuple[object, ...]:
    return (target.each, target.unit is not None, len(target.sites))


def nearest_plan(plan: Plan, plans: Iterable[Plan]) -> Plan | None:
    """The other plan with the most indicators in common; None where there is no other."""
    own = {target.indicator for target in plan.targets}
    others = [other for other in plans if other.id != plan.id]

    def shared(other: Plan) -> int:
        return len(own & {target.indicator for target in other.targets})

    return max(others, key=shared, default=None)
