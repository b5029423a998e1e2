"""Why a ratio of the whole moved: its units, or their weights (methods 3.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


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
