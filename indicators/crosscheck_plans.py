"""What a plan refers to must exist, and what it asks must be possible to test."""

from collections import Counter
from datetime import date
from itertools import pairwise

from indicators.catalogue import Behaviour, Catalogue, Indicator, IndicatorKind
from indicators.crosscheck_schedules import check_rules
from indicators.crosscheck_tasks import check_tasks
from indicators.period import parse_period
from indicators.plans import READINGS, TESTS, Comparator, Path, Plan, Target
from indicators.references import ID, must_exist
from indicators.schema import Collector
from indicators.units import UnitRegistry

# What these ask is said by the word alone.
WITHOUT_VALUE = (Comparator.MAINTAIN, *READINGS)


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
        _check_target(target, catalogue, units, (file, target.id), c)
        if target.each and sound and has_years:
            _check_each(target, plan, catalogue, units, c)


def _check_years(plan: Plan, file: str, c: Collector) -> bool:
    if not is_period(str(plan.first_year - 1)) or not is_period(str(plan.last_year)):
        c.add(file, "first_year", "năm phải có bốn chữ số")
        return False
    if plan.first_year > plan.last_year:
        c.add(file, "first_year", "năm đầu sau năm cuối")
    return True


def _check_target(
    t: Target, catalogue: Catalogue, units: UnitRegistry, at: tuple[str, str], c: Collector
) -> None:
    must_exist(t.indicators, catalogue.indicators, at=at, c=c)
    must_exist(t.each, catalogue.kinds, at=at, c=c)
    superior = [t.superior.unit] if t.superior else []
    must_exist([t.unit, *t.sites, *superior], units.ids, at=at, c=c)
    for code in filter(None, (t.deadline, t.baseline_period)):
        if not is_period(code):
            c.add(*at, f"«{code}» không phải kỳ báo cáo (2021, 2021-Q3, 2021-H1, 2021-9M)")
    for part in t.measures:
        _check_reading(part, at, c)
        _check_words(part, at, c)
    _check_scope(t, catalogue, at, c)
    _check_way(t, at, c)
    if t.path in (Path.CUMULATIVE, Path.CEILING) and t.indicator in catalogue.indicators:
        _check_cumulative(catalogue.indicators[t.indicator], catalogue, at, c)


def _check_reading(t: Target, at: tuple[str, str], c: Collector) -> None:
    """What is written must be testable: a value, or the words and how they are read."""
    if t.value is None and t.comparator not in WITHOUT_VALUE:
        c.add(*at, f"thiếu giá trị; chỉ {', '.join(WITHOUT_VALUE)} được để trống")
    if t.read_as is not None and t.read_as not in TESTS:
        c.add(*at, f"«{t.read_as}» không phải phép so")
    if t.comparator is Comparator.MAINTAIN and t.read_as is None:
        c.add(*at, "«maintain» phải ghi cách đọc ở read_as")
    if t.exceeded_by is not None and t.exceeded_by < 0:
        c.add(*at, "exceeded_by không được âm")


def _check_words(t: Target, at: tuple[str, str], c: Collector) -> None:
    """What compares with the unit's own past must say since when."""
    if t.value is not None and t.comparator is Comparator.NO_RISE:
        c.add(*at, "«no_rise» không có giá trị: so với chính đơn vị trước đây")
    if t.is_relative and t.baseline_period is None:
        c.add(*at, f"«{t.comparator}» phải ghi so với kỳ nào ở baseline_period")


def _check_scope(t: Target, catalogue: Catalogue, at: tuple[str, str], c: Collector) -> None:
    """One scope only, and what is asked of every unit must be something that one unit has."""
    if sum(map(bool, (t.each, t.unit, t.sites))) > 1:
        c.add(*at, "chỉ một trong each, unit, sites")
    found = [catalogue.indicators[i] for i in t.indicators if i in catalogue.indicators]
    if t.each and any(i.kind is IndicatorKind.SHARE_OF_UNITS for i in found):
        c.add(*at, "tỷ lệ đơn vị không xét được ở từng đơn vị (each)")
    areas = {catalogue.kinds[kind].area for kind in t.each if kind in catalogue.kinds}
    if len(areas) > 1:
        c.add(*at, "each gồm cả địa bàn và cơ sở; tách thành hai chỉ tiêu")


def _check_way(t: Target, at: tuple[str, str], c: Collector) -> None:
    """The way to the target: shares of it given for each quarter, or as in earlier years."""
    rising = all(a <= b for a, b in pairwise(t.profile))
    if t.profile and not (len(t.profile) == 4 and rising and t.profile[-1] == 1):
        c.add(*at, "profile gồm bốn phần cộng dồn tăng dần, quý IV là 1")
    if (t.profile or t.seasonal) and t.path not in (Path.LINEAR, Path.CUMULATIVE):
        c.add(*at, "profile và seasonal chỉ dùng với path linear hoặc cumulative")


def _check_each(
    t: Target, plan: Plan, catalogue: Catalogue, units: UnitRegistry, c: Collector
) -> None:
    """Somebody in the units that must each meet it has to report it."""
    names = {
        q for i in t.indicators if i in catalogue.indicators for q in _quantities(i, catalogue)
    }
    if not names <= set(catalogue.quantities):
        return
    tree = units.at(date(plan.first_year, 12, 31))
    for each in t.each:
        kinds = {
            unit.kind
            for unit in tree.within(plan.unit)
            if any(tree.units[step].kind == each for step in tree.path(unit.id))
        }
        for name in sorted(names):
            if not kinds & set(catalogue.quantities[name].kinds):
                at = (f"plans/{plan.id}.toml", t.id)
                c.add(*at, f"không đơn vị nào trong từng «{each}» báo cáo «{name}»")


def _quantities(indicator: str, catalogue: Catalogue) -> tuple[str, ...]:
    return catalogue.indicators[indicator].quantities


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
