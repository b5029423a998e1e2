"""Rules about quantities of one unit and period, and words of units of measure: both are data."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RuleKind(StrEnum):
    """How the two sides of a rule must stand to each other."""

    AT_MOST = "at_most"  # the left side does not exceed the right one (third dose, first dose)
    EQUAL = "equal"  # the parts on the left add up to the total on the right
    RATE = "rate"  # the left side is factor x the first of the right side / the second


@dataclass(frozen=True)
class Rule:
    """Quantities on the left against those on the right, of one unit and period."""

    id: str
    kind: RuleKind
    left: tuple[str, ...]
    right: tuple[str, ...]
    factor: int = 100  # of a rate

    @property
    def quantities(self) -> tuple[str, ...]:
        """Everything it is about."""
        return self.left + self.right


@dataclass(frozen=True)
class Measure:
    """A word of units of measure: ``factor`` of the base ``of`` (1 tấn is 1000 kg).

    Without a base it multiplies whatever follows it: nghìn người, triệu đồng. Over a column it may
    stand for any of ``among``, which it counts as well: a doctor is a person.
    """

    id: str
    words: tuple[str, ...]
    factor: Decimal
    of: str | None = None
    among: tuple[str, ...] = ()
