"""References between data files: everything named must exist, once, and fit together."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from indicators.catalogue import Behaviour, Catalogue, Indicator, IndicatorKind
from indicators.period import parse_period
from indicators.plans import TESTS, Comparator, Path, Plan, Target
from indicators.schema import Collector
from indicators.units import NameRow, UnitRegistry

if TYPE_CHECKING:
    from indicators.deployment import Deployment

ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def crosscheck(deployment: "Deployment", collector: Collector) -> None:
    """Note every dangling reference, duplicate id and impossible combination."""
    catalogue = deployment.catalogue
    _check_ids(deployment, collector)
    _check_quantities(catalogue, collector)
    _check_forms(deployment, collector)
    for indicator in catalogue.indicators.values():
        _check_indicator(indicator, catalogue, collector)
    for plan in deployment.plans.values():
        _check_plan(plan, deployment, collector)
    _check_units(deployment.units, catalogue, collector)
    _check_settings(deployment, collector)


def _must_exist(
    names: Iterable[str | None], known: Iterable[str], *, at: tuple[str, str], c: Collector
) -> None:
    known = set(known)
    for name in names:
        if name is not None and name not in known:
            c.add(at[0], at[1], f"«{name}» không có trong danh mục")


def _check_ids(deployment: "Deployment", c: Collector) -> None:
    catalogue = deployment.catalogue
    kinds: dict[str, Iterable[str]] = {
        "kinds": catalogue.kinds,
        "fields": catalogue.fields,
        "quantities": catalogue.quantities,
        "forms": catalogue.forms,
        "indicators": catalogue.indicators,
    }
    for file, table in kinds.items():
        for key in table:
            if not ID.fullmatch(key):
                c.add(f"catalogue/{file}.toml", key, "mã chỉ gồm a-z, 0-9, gạch nối, gạch dưới")


def _check_quantities(catalogue: Catalogue, c: Collector) -> None:
    for q in catalogue.quantities.values():
        at = ("catalogue/quantities.toml", q.id)
        _must_exist(q.kinds, catalogue.kinds, at=at, c=c)
        _must_exist([q.at_most], catalogue.quantities, at=at, c=c)
        for kind in q.kinds:
            if catalogue.form_of(kind, q.id) is None:
                c.add(*at, f"không biểu mẫu nào của «{kind}» có số liệu này")
        if len(set(q.kinds)) < len(q.kinds):
            c.add(*at, "một loại đơn vị chỉ được đứng ở một trong ba vai trò báo cáo")


def _check_forms(deployment: "Deployment", c: Collector) -> None:
    catalogue = deployment.catalogue
    frequencies: dict[str, set[str]] = {}
    places: Counter[tuple[str, str]] = Counter()
    for form in catalogue.forms.values():
        at = ("catalogue/forms.toml", form.id)
        _must_exist(form.kinds, catalogue.kinds, at=at, c=c)
        _must_exist(form.within, deployment.units.ids, at=at, c=c)
        _must_exist(form.quantities, catalogue.quantities, at=at, c=c)
        places.update((k, q) for k in form.kinds for q in form.quantities)
        for q in form.quantities:
            frequencies.setdefault(q, set()).add(form.frequency)
            if q in catalogue.quantities:
                _check_reporters(form.kinds, q, catalogue, at, c)
    _check_one_place(places, frequencies, c)


def _check_one_place(
    places: Counter[tuple[str, str]], frequencies: dict[str, set[str]], c: Collector
) -> None:
    """A quantity has one frequency, and for each kind of unit one form."""
    file = "catalogue/forms.toml"
    for (kind, quantity), count in places.items():
        if count > 1:
            c.add(file, quantity, f"«{kind}» báo cáo số liệu này ở {count} biểu")
    for quantity, found in frequencies.items():
        if len(found) > 1:
            c.add(file, quantity, f"nhiều tần suất: {', '.join(sorted(found))}")


def _check_reporters(
    kinds: tuple[str, ...], quantity: str, catalogue: Catalogue, at: tuple[str, str], c: Collector
) -> None:
    for kind in kinds:
        if kind not in catalogue.quantities[quantity].kinds:
            c.add(*at, f"«{kind}» không nằm trong các loại đơn vị báo cáo «{quantity}»")


def _check_indicator(i: Indicator, catalogue: Catalogue, c: Collector) -> None:
    at = ("catalogue/indicators.toml", i.id)
    _must_exist([i.field], catalogue.fields, at=at, c=c)
    _must_exist(i.quantities, catalogue.quantities, at=at, c=c)
    needs = {
        IndicatorKind.RATIO: bool(i.numerator and i.denominator),
        IndicatorKind.COUNT: bool(i.numerator and not i.denominator),
        IndicatorKind.REPORTED: len(i.numerator) == 1 and not i.denominator,
        IndicatorKind.SHARE_OF_UNITS: bool(i.counted and i.condition and not i.numerator),
    }
    if not needs[i.kind]:
        c.add(*at, f"tử số, mẫu số, điều kiện không khớp với loại «{i.kind}»")
    if i.factor <= 0:
        c.add(*at, "hệ số phải lớn hơn 0")
    if i.plausible and i.plausible[0] >= i.plausible[1]:
        c.add(*at, "khoảng hợp lý phải tăng dần")
    if i.condition is not None:
        _must_exist([i.condition.indicator], catalogue.indicators, at=at, c=c)
        _must_exist([i.counted], catalogue.kinds, at=at, c=c)
        if i.condition.comparator not in list(TESTS):
            c.add(*at, f"điều kiện có phép so «{i.condition.comparator}» không dùng được")


def _check_plan(plan: Plan, deployment: "Deployment", c: Collector) -> None:
    file = f"plans/{plan.id}.toml"
    if not ID.fullmatch(plan.id):
        c.add(file, "-", "tên tệp chỉ gồm a-z, 0-9, gạch nối, gạch dưới")
    if plan.first_year > plan.last_year:
        c.add(file, "first_year", "năm đầu sau năm cuối")
    _must_exist([plan.unit, *plan.units], deployment.units.ids, at=(file, "units"), c=c)
    ids = [t.id for t in plan.targets] + [t.id for t in plan.tasks] + [r.id for r in plan.reporting]
    for item_id, count in Counter(ids).items():
        if count > 1:
            c.add(file, item_id, f"mã dùng {count} lần")
    for target in plan.targets:
        _check_target(target, deployment.catalogue, (file, target.id), c)


def _check_target(t: Target, catalogue: Catalogue, at: tuple[str, str], c: Collector) -> None:
    _must_exist([t.indicator, *t.also], catalogue.indicators, at=at, c=c)
    _must_exist([t.each], catalogue.kinds, at=at, c=c)
    for code in filter(None, (t.deadline, t.baseline_period)):
        if not _is_period(code):
            c.add(*at, f"«{code}» không phải kỳ báo cáo (2021, 2021-Q3, 2021-H1, 2021-9M)")
    _check_reading(t, at, c)
    if t.path is Path.CUMULATIVE and t.indicator in catalogue.indicators:
        _check_cumulative(catalogue.indicators[t.indicator], catalogue, at, c)


def _check_reading(t: Target, at: tuple[str, str], c: Collector) -> None:
    """What is written must be testable: a value, or the words and how they are read."""
    if t.value is None and t.comparator is not Comparator.MAINTAIN:
        c.add(*at, "thiếu giá trị; chỉ «maintain» được để trống")
    if t.read_as is not None and t.read_as not in TESTS:
        c.add(*at, f"«{t.read_as}» không phải phép so")
    if t.comparator is Comparator.MAINTAIN and t.read_as is None:
        c.add(*at, "«maintain» phải ghi cách đọc ở read_as")


def _check_cumulative(
    i: Indicator, catalogue: Catalogue, at: tuple[str, str], c: Collector
) -> None:
    flows = [
        q in catalogue.quantities and catalogue.quantities[q].behaviour is Behaviour.FLOW
        for q in i.numerator
    ]
    if not all(flows) or i.window != "year_to_date":
        c.add(*at, "lộ trình lũy kế cần tử số là dòng (flow) và cửa sổ year_to_date")


def _is_period(code: str) -> bool:
    try:
        parse_period(code)
    except ValueError:
        return False
    return True


def _check_units(units: UnitRegistry, catalogue: Catalogue, c: Collector) -> None:
    by_unit: dict[str, list[NameRow]] = {}
    for row in units.names:
        by_unit.setdefault(row.unit, []).append(row)
        _must_exist([row.kind], catalogue.kinds, at=("units", row.unit), c=c)
        if not ID.fullmatch(row.unit):
            c.add("units", row.unit, "mã đơn vị chỉ gồm a-z, 0-9, gạch nối, gạch dưới")
    for unit, rows in by_unit.items():
        _check_intervals(unit, rows, c)
    for parent in units.parents:
        _must_exist([parent.unit, parent.parent], by_unit, at=("units", parent.unit), c=c)
    for unit in [row.unit for row in units.codes] + [row.unit for row in units.aliases]:
        _must_exist([unit], by_unit, at=("units", unit), c=c)


def _check_intervals(unit: str, rows: list[NameRow], c: Collector) -> None:
    rows = sorted(rows, key=lambda row: row.valid_from or date.min)
    for row in rows:
        if row.valid_from and row.valid_to and row.valid_from >= row.valid_to:
            c.add("units", unit, f"hiệu lực {row.valid_from} không trước {row.valid_to}")
    for earlier, later in pairwise(rows):
        if earlier.valid_to is None or later.valid_from is None:
            c.add("units", unit, "hai tên cùng hiệu lực")
        elif later.valid_from < earlier.valid_to:
            c.add("units", unit, f"hai tên cùng hiệu lực từ {later.valid_from}")


def _check_settings(deployment: "Deployment", c: Collector) -> None:
    settings = deployment.settings
    at = ("deployment.toml", "default_plan")
    _must_exist([settings.default_plan], deployment.plans, at=at, c=c)
    if not _is_period(settings.default_period):
        c.add("deployment.toml", "default_period", "không phải kỳ báo cáo")
