"""A target in words: what is asked, of whom, by when, as the document writes it."""

from indicators.catalogue import Catalogue, Indicator, Quantity
from indicators.formats import format_plain, with_unit
from indicators.period import parse_period, period_inside, period_label
from indicators.plans import Comparator, Target
from indicators.text import lower_first, say


def unit_of(measured: Indicator | Quantity, language: str) -> str:
    """The unit of measure in the language asked for."""
    return measured.unit_of_measure if language == "vi" else measured.unit_of_measure_en


def target_text(target: Target, indicator: Indicator, language: str = "vi") -> str:
    """The target as the document writes it: "≤ 14,2%", "duy trì > 95%", "giảm so với năm 2020"."""
    if target.is_relative:
        return _relative_text(target, language)
    if target.comparator in (Comparator.NONE, Comparator.DONE):
        return _word_text(target, indicator, language)
    if target.value is None:
        return say("target.maintain_level", language)
    value = with_unit(format_plain(target.value, language), unit_of(indicator, language))
    sign = ""
    if target.comparator is Comparator.MAINTAIN and target.read_as is not None:
        sign = say(f"target.{target.read_as}", language, value="")
    return say(f"target.{target.comparator}", language, value=value, sign=sign)


def targets_text(target: Target, catalogue: Catalogue, language: str = "vi") -> str:
    """The target with its further measures: "≥ 80% (thuốc), ≥ 50% (thuốc cấp cứu)"."""
    if not target.also:
        return target_text(target, catalogue.indicators[target.indicator], language)
    parts = [(part, catalogue.indicators[part.indicator]) for part in target.measures]
    return ", ".join(
        f"{target_text(part, shown, language)} "
        f"({shown.short_vi if language == 'vi' else shown.name_en})"
        for part, shown in parts
    )


def _relative_text(target: Target, language: str) -> str:
    """ "tăng ít nhất 5% so với năm 2020"."""
    since = period_label(parse_period(target.baseline_period or ""), language)
    key = f"target.{target.comparator}" + ("" if target.value is None else "_by")
    value = "" if target.value is None else format_plain(target.value, language)
    return say(key, language, since=since[0].lower() + since[1:], value=value)


def _word_text(target: Target, indicator: Indicator, language: str) -> str:
    """ "không có vụ dịch lớn", "hoàn thành trước hết năm 2029"."""
    if target.comparator is Comparator.DONE and target.deadline:
        by = period_inside(parse_period(target.deadline), language)
        return say("target.done_by", language, period=by)
    return say(f"target.{target.comparator}", language, what=in_sentence(indicator, language))


def in_sentence(indicator: Indicator, language: str) -> str:
    """Its short name as it stands inside a sentence: "vụ dịch lớn", "COVID-19 lây thứ phát"."""
    name = indicator.short_vi if language == "vi" else indicator.name_en
    return lower_first(name)


def kinds_text(target: Target, catalogue: Catalogue, language: str = "vi") -> str:
    """The kinds of unit of an "each" target, in the plural: "xã, phường, thị trấn"."""
    kinds = [catalogue.kinds[kind] for kind in target.each]
    names = [kind.plural(language) for kind in kinds]
    return ", ".join(lower_first(name) for name in names)
