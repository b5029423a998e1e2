"""Numbers as people in Vietnam write them: decimal comma, dot thousands, "…" for what is absent."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | Decimal | Fraction
ABSENT = "…"
MOST_DECIMALS = 4
# One person of ten million is a difference in the fifth decimal of a percentage.
TELLING_DECIMALS = 18


def rounded(value: Number, decimals: int) -> Decimal:
    """``value`` rounded half away from zero, exactly."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    result = Decimal(whole).scaleb(-decimals)
    return -result if exact < 0 and whole else result


def format_number(value: Number | None, decimals: int = 0, language: str = "vi") -> str:
    """ "1.234,5" in Vietnamese, "1,234.5" in English, "…" for None."""
    if value is None:
        return ABSENT
    text = f"{rounded(value, decimals):,.{decimals}f}"
    if language == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "−")


def format_plain(value: Number | None, language: str = "vi") -> str:
    """With as many decimals as the value itself has, at most four (targets as written: "36,5")."""
    if value is None:
        return ABSENT
    return format_number(value, decimals_of(value), language)


def decimals_of(value: Number) -> int:
    """The decimals needed to print the value exactly, at most four."""
    exact = Fraction(value)
    for decimals in range(MOST_DECIMALS):
        if (exact * 10**decimals).denominator == 1:
            return decimals
    return MOST_DECIMALS


def telling_decimals(value: Number | None, other: Number | None, decimals: int) -> int:
    """Enough decimals that two different numbers do not print alike ("95,0 < 95,0")."""
    return telling_among(value, [other], decimals)


def telling_among(value: Number | None, others: Iterable[Number | None], decimals: int) -> int:
    """Enough decimals that a number prints unlike every other one from which it differs."""
    if value is None:
        return decimals
    rivals = [o for o in others if o is not None and Fraction(o) != Fraction(value)]
    for more in range(decimals, TELLING_DECIMALS):
        if all(rounded(value, more) != rounded(rival, more) for rival in rivals):
            return more
    return TELLING_DECIMALS


def with_unit(number: str, unit: str) -> str:
    """A number and its unit: "95,3%", "8,5‰", "36,5 giường/vạn dân"."""
    return (
        f"{number}{unit[0]}{unit[1:]}" if unit[:1] in "%‰" and unit else f"{number} {unit}".strip()
    )


def quantize(value: Decimal, decimals: int) -> Decimal:
    """A decimal with exactly this many decimals (for stored figures)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
