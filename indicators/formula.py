"""A formula in words, and with the real numbers filled in."""

from decimal import Decimal

from indicators.catalogue import Catalogue, Indicator, IndicatorKind
from indicators.formats import format_number, format_plain, with_unit
from indicators.measure import Measure
from indicators.sentence import value_text
from indicators.target_words import in_sentence, unit_of
from indicators.text import say


def formula(indicator: Indicator, catalogue: Catalogue, language: str = "vi") -> str:
    """ "Số giường bệnh ÷ Dân số × 10.000"; of a share of units, what each must meet."""
    if indicator.condition is not None and indicator.counted is not None:
        kind = catalogue.kinds[indicator.counted]
        counted = (kind.plural_vi or kind.name_vi) if language == "vi" else kind.name_en
        inner = catalogue.indicators[indicator.condition.indicator]
        value = with_unit(
            format_plain(indicator.condition.value, language), unit_of(inner, language)
        )
        test = say(f"target.{indicator.condition.comparator}", language, value=value, sign="")
        words = {"counted": counted.lower(), "inner": in_sentence(inner, language), "test": test}
        return say("formula.share", language, **words) + _times(indicator, language)
    top, bottom = (
        " + ".join(_name(catalogue, quantity, language) for quantity in side)
        for side in (indicator.numerator, indicator.denominator)
    )
    if indicator.kind is not IndicatorKind.RATIO:
        return top
    return f"{top} ÷ {bottom}{_times(indicator, language)}"


def _name(catalogue: Catalogue, quantity: str, language: str) -> str:
    found = catalogue.quantities[quantity]
    return found.name_vi if language == "vi" else found.name_en


def _times(indicator: Indicator, language: str) -> str:
    factor = format_number(indicator.factor, 0, language)
    return f" × {factor}" if indicator.factor != 1 else ""


def worked(
    indicator: Indicator, measure: Measure, catalogue: Catalogue, language: str = "vi"
) -> str:
    """ "3.912 bác sĩ ÷ 3.640.128 người × 10.000 = 10,7 bác sĩ/vạn dân"; "" without a value."""
    if measure.value is None or measure.numerator is None:
        return ""
    value = value_text(measure.value, indicator, language)
    top = _side(measure.numerator, indicator.numerator, catalogue, language)
    if indicator.kind in (IndicatorKind.COUNT, IndicatorKind.REPORTED):
        return value if indicator.factor == 1 else f"{top}{_times(indicator, language)} = {value}"
    if measure.denominator is None:
        return ""
    bottom = _side(measure.denominator, indicator.denominator, catalogue, language)
    return f"{top} ÷ {bottom}{_times(indicator, language)} = {value}"


def _side(total: Decimal, quantities: tuple[str, ...], catalogue: Catalogue, language: str) -> str:
    """A sum with what is counted, where its quantities count the same thing."""
    units = {unit_of(catalogue.quantities[quantity], language) for quantity in quantities}
    number = format_plain(total, language)
    return with_unit(number, units.pop()) if len(units) == 1 else number
