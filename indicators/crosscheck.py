"""References between data files: everything named must exist, once, and fit together."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from indicators.catalogue import (
    Catalogue,
    Chance,
    Form,
    Indicator,
    IndicatorKind,
    Matching,
    Quantity,
)
from indicators.crosscheck_outline import check_outline
from indicators.crosscheck_plans import check_plan, is_period
from indicators.crosscheck_rules import check_band, check_measures, check_rules
from indicators.crosscheck_schedules import WAYS, check_calendars, check_schedule
from indicators.crosscheck_units import check_units
from indicators.period import PeriodKind
from indicators.plans import TESTS, Plan
from indicators.references import ID, must_exist
from indicators.schema import Collector
from indicators.units import UnitRegistry

if TYPE_CHECKING:
    from indicators.deployment import Settings


def crosscheck(
    settings: "Settings | None",
    catalogue: Catalogue,
    plans: dict[str, Plan],
    units: UnitRegistry,
    collector: Collector,
) -> None:
    """Note every dangling reference, duplicate id and impossible combination."""
    _check_ids(catalogue, collector)
    _check_kinds(catalogue, collector)
    _check_quantities(catalogue, collector)
    _check_headings(catalogue, collector)
    check_rules(catalogue, collector)
    check_measures(catalogue, collector)
    check_calendars(catalogue, collector)
    _check_forms(catalogue, units, collector)
    for indicator in catalogue.indicators.values():
        _check_indicator(indicator, catalogue, collector)
    sound = check_units(units, catalogue, collector)
    for plan in plans.values():
        check_plan(plan, catalogue, units, collector, sound=sound)
        check_outline(plan, collector)
    if settings is not None:
        _check_settings(settings, plans, collector)
        at = ("deployment.toml", "people")
        must_exist([settings.people], catalogue.quantities, at=at, c=collector)


def _check_ids(catalogue: Catalogue, c: Collector) -> None:
    kinds: dict[str, Iterable[str]] = {
        "kinds": catalogue.kinds,
        "fields": catalogue.fields,
        "quantities": catalogue.quantities,
        "forms": catalogue.forms,
        "indicators": catalogue.indicators,
        "regimes": catalogue.regimes,
        "rules": catalogue.rules,
        "measures": catalogue.measures,
    }
    for file, table in kinds.items():
        for key in table:
            if not ID.fullmatch(key):
                c.add(c.file_of(file, key), key, "mã chỉ gồm a-z, 0-9, gạch nối, gạch dưới")


def _check_kinds(catalogue: Catalogue, c: Collector) -> None:
    for kind in catalogue.kinds.values():
        if (kind.plural_vi is None) is not (kind.plural_en is None):
            at = (c.file_of("kinds", kind.id), kind.id)
            c.add(*at, "plural_vi và plural_en phải cùng có hoặc cùng không")


def _check_quantities(catalogue: Catalogue, c: Collector) -> None:
    for q in catalogue.quantities.values():
        at = (c.file_of("quantities", q.id), q.id)
        must_exist(q.kinds, catalogue.kinds, at=at, c=c)
        must_exist([q.at_most], catalogue.quantities, at=at, c=c)
        if not q.kinds:
            c.add(*at, "không loại đơn vị nào báo cáo số liệu này")
        if len(set(q.kinds)) < len(q.kinds):
            c.add(*at, "một loại đơn vị chỉ được đứng ở một trong ba vai trò báo cáo")
        check_band(q.plausible, at, c)
        _check_has_forms(q, catalogue, c)
        limit = catalogue.quantities.get(q.at_most or "")
        if limit is not None and limit.unit_of_measure != q.unit_of_measure:
            c.add(*at, f"đơn vị tính khác với at_most «{limit.id}» ({limit.unit_of_measure})")


def _check_has_forms(q: Quantity, catalogue: Catalogue, c: Collector) -> None:
    """Every kind of unit that reports it needs a form for it; faulty forms are told of first."""
    if any(map(c.is_faulty, c.files_of("forms"))):
        return
    for kind in q.kinds:
        if not catalogue.forms_of(kind, q.id):
            at = (c.file_of("quantities", q.id), q.id)
            c.add(*at, f"không biểu mẫu nào của «{kind}» có số liệu này")


def _check_headings(catalogue: Catalogue, c: Collector) -> None:
    """A heading of a file must name one quantity."""
    holders: dict[str, set[str]] = {}
    for q in catalogue.quantities.values():
        for heading in (q.name_vi, *q.headings):
            holders.setdefault(" ".join(heading.casefold().split()), set()).add(q.id)
    for heading, found in holders.items():
        if len(found) > 1:
            names = ", ".join(sorted(found))
            first = min(found)
            c.add(c.file_of("quantities", first), first, f"tiêu đề «{heading}» dùng chung: {names}")


def _check_forms(catalogue: Catalogue, units: UnitRegistry, c: Collector) -> None:
    frequencies: dict[str, set[str]] = {}
    places: dict[tuple[str, str], list[Form]] = {}
    for form in catalogue.forms.values():
        at = (c.file_of("forms", form.id), form.id)
        must_exist(form.kinds, catalogue.kinds, at=at, c=c)
        must_exist(form.within, units.ids, at=at, c=c)
        must_exist(form.quantities, catalogue.quantities, at=at, c=c)
        for q in form.quantities:
            for kind in form.kinds:
                places.setdefault((kind, q), []).append(form)
            frequencies.setdefault(q, set()).add(form.frequency)
            if q in catalogue.quantities:
                _check_reporters(form.kinds, q, catalogue, at, c)
        _check_form(form, catalogue, c)
    _check_one_place(places, frequencies, units, c)


def _check_form(form: Form, catalogue: Catalogue, c: Collector) -> None:
    at = (c.file_of("forms", form.id), form.id)
    if not form.kinds or not form.quantities:
        c.add(*at, "biểu mẫu phải có ít nhất một loại đơn vị và một số liệu")
    if form.frequency is PeriodKind.NINE_MONTHS:
        c.add(*at, "9 tháng không chia đều năm; dùng month, quarter, half hoặc year")
    check_schedule(form, catalogue, at, c)
    if not form.has_deadline:
        c.add(*at, f"thiếu hạn nộp: {WAYS}")


def _check_one_place(
    places: dict[tuple[str, str], list[Form]],
    frequencies: dict[str, set[str]],
    units: UnitRegistry,
    c: Collector,
) -> None:
    """A quantity has one frequency, and each unit reports it on one form."""
    for (kind, quantity), forms in places.items():
        if len(forms) > 1 and _do_overlap(forms, kind, units):
            names = ", ".join(form.id for form in forms)
            at = (c.file_of("forms", forms[-1].id), quantity)
            c.add(*at, f"«{kind}» báo cáo số liệu này ở nhiều biểu: {names}")
    for quantity, found in frequencies.items():
        if len(found) > 1:
            file = c.file_of("quantities", quantity)
            c.add(file, quantity, f"nhiều tần suất: {', '.join(sorted(found))}")


def _do_overlap(forms: list[Form], kind: str, units: UnitRegistry) -> bool:
    """Whether two forms are for the same areas, or any unit stands in those of both."""
    areas = Counter(area for form in forms for area in form.within or ("",))
    if "" in areas or max(areas.values()) > 1:
        return True
    trees = (units.at(day) for day in (*units.changes[-1:], *units.changes))
    return any(
        sum(form.covers(tree.path(unit.id)) for form in forms) > 1
        for tree in trees
        for unit in tree.units.values()
        if unit.kind == kind
    )


def _check_reporters(
    kinds: tuple[str, ...], quantity: str, catalogue: Catalogue, at: tuple[str, str], c: Collector
) -> None:
    for kind in kinds:
        if kind not in catalogue.quantities[quantity].kinds:
            c.add(*at, f"«{kind}» không nằm trong các loại đơn vị báo cáo «{quantity}»")


def _check_indicator(i: Indicator, catalogue: Catalogue, c: Collector) -> None:
    at = (c.file_of("indicators", i.id), i.id)
    must_exist([i.field], catalogue.fields, at=at, c=c)
    must_exist(i.quantities, catalogue.quantities, at=at, c=c)
    needs = {
        IndicatorKind.RATIO: bool(i.numerator and i.denominator),
        IndicatorKind.COUNT: bool(i.numerator and not i.denominator),
        IndicatorKind.REPORTED: len(i.numerator) == 1 and not i.denominator,
        IndicatorKind.SHARE_OF_UNITS: bool(i.counted and i.condition and not i.numerator),
    }
    if not needs[i.kind]:
        c.add(*at, f"tử số, mẫu số, điều kiện không khớp với loại «{i.kind}»")
    _check_sides(i, catalogue, at, c)
    if i.factor <= 0:
        c.add(*at, "hệ số phải lớn hơn 0")
    check_band(i.plausible, at, c)
    if (i.gap_unit is None) is not (i.gap_unit_en is None):
        c.add(*at, "gap_unit và gap_unit_en phải cùng có hoặc cùng không")
    _check_chance(i, at, c)
    _check_condition(i, catalogue, at, c)


def _check_chance(i: Indicator, at: tuple[str, str], c: Collector) -> None:
    """Chance is that of a numerator among a denominator; only a ratio has both."""
    if i.kind is not IndicatorKind.RATIO and (i.chance is not Chance.NONE or i.enough is not None):
        c.add(*at, "chance và enough chỉ dùng cho chỉ tiêu có tử số và mẫu số")
    if i.enough is not None and i.enough < 1:
        c.add(*at, "enough phải từ 1 trở lên")


def _check_condition(i: Indicator, catalogue: Catalogue, at: tuple[str, str], c: Collector) -> None:
    if i.condition is not None:
        must_exist([i.condition.indicator], catalogue.indicators, at=at, c=c)
        must_exist([i.counted], catalogue.kinds, at=at, c=c)
        if i.condition.comparator not in list(TESTS):
            c.add(*at, f"điều kiện có phép so «{i.condition.comparator}» không dùng được")
        inner = catalogue.indicators.get(i.condition.indicator)
        if inner is not None and inner.kind is IndicatorKind.SHARE_OF_UNITS:
            c.add(*at, f"điều kiện «{inner.id}» lại là tỷ lệ đơn vị, không xét được ở một đơn vị")


def _check_sides(i: Indicator, catalogue: Catalogue, at: tuple[str, str], c: Collector) -> None:
    """Units that report one side only cannot be matched with themselves."""
    if i.kind is not IndicatorKind.RATIO or i.matched_by is not Matching.UNIT:
        return
    if not set(i.quantities) <= set(catalogue.quantities):
        return
    top, bottom = (
        {kind for name in side for kind in catalogue.quantities[name].reported_by}
        for side in (i.numerator, i.denominator)
    )
    if top != bottom:
        c.add(*at, "tử số và mẫu số do các loại đơn vị khác nhau báo cáo: dùng matched_by = area")


def _check_settings(settings: "Settings", plans: dict[str, Plan], c: Collector) -> None:
    must_exist([settings.default_plan], plans, at=("deployment.toml", "default_plan"), c=c)
    if not is_period(settings.default_period):
        c.add("deployment.toml", "default_period", "không phải kỳ báo cáo")
    if settings.exceeded_margin_percent < 0:
        c.add("deployment.toml", "exceeded_margin_percent", "không được âm")
