"""What a plan refers to must exist, and what it asks must be possible to test."""

from collections import Counter
from datetime import date

from indicators.catalogue import Behaviour, Catalogue, Indicator, IndicatorKind
from indicators.crosscheck_schedules import check_rules
from indicators.crosscheck_tasks import check_tasks
from indicators.period import parse_period
from indicators.plans import TESTS, Comparator, Path, Plan, Target
from indicators.references import ID, must_exist
from indicators.schema import Collector
from indicators.units import UnitRegistry


def check_plan(
    plan: Plan, catalogue: Catalogue, units: UnitRegistry, c: Collector, *, sound: bool
) -> None:
    """Note every fault of a plan; ``sound`` tells whether the units make trees to look into."""
    file = f"plans/{plan.id}.toml"
    if not ID.fullmatch(plan.id):
        c.add(file, "-", "tên tệp chỉ gồm a-z, 0-9, gạch nối, gạch dưới")
    must_exist([plan.unit, *plan.units], units.ids, at=(file, "units"), c=c)
    has_years = _check_years(plan, file, c)
    for item_id, count in Counter(plan.ids).items():
        if count > 1:
            c.add(file, item_id, f"mã dùng {count} lần")
    check_tasks(plan, units.ids, file, c)
    check_rules(plan, catalogue, units, file, c)
    for target in plan.targets:
        _check_target(target, catalogue, (file, target.id), c)
        if target.each is not None and sound and has_years:
            _check_each(target, plan, catalogue, units, c)


def _check_years(plan: Plan, file: str, c: Collector) -> bool:
    if not is_period(str(plan.first_year - 1)) or not is_period(str(plan.last_year)):
        c.add(file, "first_year", "năm phải có bốn chữ số")
        return False
    if plan.first_year > plan.last_year:
        c.add(file, "first_year", "năm đầu sau năm cuối")
    return True


def _check_target(t: Target, catalogue: Catalogue, at: tuple[str, str], c: Collector) -> None:
    must_exist([t.indicator, *t.also], catalogue.indicators, at=at, c=c)
    must_exist([t.each], catalogue.kinds, at=at, c=c)
    for code in filter(None, (t.deadline, t.baseline_period)):
        if not is_period(code):
            c.add(*at, f"«{code}» không phải kỳ báo cáo (2021, 2021-Q3, 2021-H1, 2021-9M)")
    _check_reading(t, at, c)
    _check_many(t, catalogue, at, c)
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
    if t.exceeded_by is not None and t.exceeded_by < 0:
        c.add(*at, "exceeded_by không được âm")


def _check_many(t: Target, catalogue: Catalogue, at: tuple[str, str], c: Collector) -> None:
    """What is asked of every unit must be something that one unit has."""
    if t.each is not None and t.also:
        c.add(*at, "each và also không dùng cùng nhau; tách thành hai chỉ tiêu")
    indicator = catalogue.indicators.get(t.indicator)
    if t.each and indicator is not None and indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        c.add(*at, "tỷ lệ đơn vị không xét được ở từng đơn vị (each)")


def _check_each(
    t: Target, plan: Plan, catalogue: Catalogue, units: UnitRegistry, c: Collector
) -> None:
    """Somebody in the units that must each meet it has to report it."""
    indicator = catalogue.indicators.get(t.indicator)
    if indicator is None or not set(indicator.quantities) <= set(catalogue.quantities):
        return
    tree = units.at(date(plan.first_year, 12, 31))
    kinds = {
        unit.kind
        for unit in tree.within(plan.unit)
        if any(tree.units[step].kind == t.each for step in tree.path(unit.id))
    }
    for name in indicator.quantities:
        if not kinds & set(catalogue.quantities[name].kinds):
            at = (f"plans/{plan.id}.toml", t.id)
            c.add(*at, f"không đơn vị nào trong từng «{t.each}» báo cáo «{name}»")


def _check_cumulative(
    i: Indicator, catalogue: Catalogue, at: tuple[str, str], c: Collector
) -> None:
    flows = [
        q in catalogue.quantities and catalogue.quantities[q].behaviour is Behaviour.FLOW
        for q in i.numerator
    ]
    if not all(flows) or i.window != "year_to_date":
        c.add(*at, "lộ trình lũy kế cần tử số là dòng (flow) và cửa sổ year_to_date")


def is_period(code: str) -> bool:
    """Whether a code is a reporting period."""
    try:
        parse_period(code)
    except ValueError:
        return False
    return True
