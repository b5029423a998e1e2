"""Why a ratio of the whole moved, and which units hold its gap (methods 3.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.catalogue import Polarity


@dataclass(frozen=True)
class Ratio:
    """Numerator and denominator of one unit; they are added up, ratios never."""

    numerator: Decimal
    denominator: Decimal

    def __post_init__(self) -> None:
        if not self.denominator > 0:
            raise ValueError(f"denominator must be above 0, got {self.denominator}")
        if not self.numerator >= 0:
            raise ValueError(f"numerator must be at least 0, got {self.numerator}")

    @property
    def value(self) -> Fraction:
        """Numerator per one of the denominator, exactly."""
        return Fraction(self.numerator) / Fraction(self.denominator)


@dataclass(frozen=True)
class MixEffect:
    """The two parts of a change, per one of the denominator; they add up to it exactly."""

    rate: Fraction  # the units themselves changed
    mix: Fraction  # people moved between units with different values

    @property
    def change(self) -> Fraction:
        """The change of the whole."""
        return self.rate + self.mix

    @property
    def is_reversed(self) -> bool:
        """Whether the whole went the other way than its units (Simpson): to be warned of."""
        return self.rate * self.change < 0


def mix_effect(before: Mapping[str, Ratio], after: Mapping[str, Ratio]) -> MixEffect:
    """Change = Σ w̄·Δr + Σ r̄·Δw over the same units, w their share of people (Kitagawa 1955)."""
    _refuse_none(before)
    if before.keys() != after.keys():
        raise ValueError(
            f"both periods must have the same units, got only once: {before.keys() ^ after.keys()}"
        )
    old, new = shares(before), shares(after)
    rate = mix = Fraction(0)
    for unit in before:
        r_old, r_new = before[unit].value, after[unit].value
        rate += (old[unit] + new[unit]) / 2 * (r_new - r_old)
        mix += (r_old + r_new) / 2 * (new[unit] - old[unit])
    return MixEffect(rate, mix)


def shares(parts: Mapping[str, Ratio]) -> dict[str, Fraction]:
    """Each unit's share of the whole denominator."""
    whole = whole_of(parts).denominator
    return {unit: Fraction(part.denominator) / Fraction(whole) for unit, part in parts.items()}


def whole_of(parts: Mapping[str, Ratio]) -> Ratio:
    """All units together: sums of both sides, never a mean of ratios."""
    _refuse_none(parts)
    return Ratio(
        sum((part.numerator for part in parts.values()), Decimal(0)),
        sum((part.denominator for part in parts.values()), Decimal(0)),
    )


def _refuse_none(parts: Mapping[str, Ratio]) -> None:
    if not parts:
        raise ValueError("at least one unit is needed, got none")


@dataclass(frozen=True)
class Contribution:
    """What one unit lacks to its share of the target; below 0 it has some to spare."""

    unit: str
    needed: Fraction  # people
    share: Fraction  # of the whole denominator; times 100, points of the whole's gap


def gap_contributions(
    parts: Mapping[str, Ratio], *, target: Fraction, polarity: Polarity
) -> tuple[Contribution, ...]:
    """d·T − x of each unit, most needed first; they add up to the gap of the whole exactly.

    ``target`` is per one of the denominator. Where lower is better it is x − d·T.
    """
    if polarity is Polarity.NEITHER:
        raise ValueError(f"a gap needs to know which way is better, got {polarity.value}")
    sign = 1 if polarity is Polarity.HIGHER else -1
    whole = Fraction(whole_of(parts).denominator)
    found = []
    for unit, part in parts.items():
        needed = sign * (Fraction(part.denominator) * target - Fraction(part.numerator))
        found.append(Contribution(unit, needed, needed / whole))
    return tuple(sorted(found, key=lambda one: (-one.needed, one.unit)))
