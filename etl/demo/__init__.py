"""Sample submissions of a simulated province, 2020-Q1 to 2021-Q4: the same bytes on every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from etl.demo import story
from etl.demo.figures import SEED
from etl.demo.layout import BLANK, Cell, Sheet, long_csv, short_csv, wide_csv, workbook
from etl.demo.simulate import Province, Sent, periods_told
from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.due import form_due
from indicators.period import Period, parse_period
from indicators.units import Unit, UnitTree

__all__ = ["DemoFile", "demo_files", "has_demo"]

Style = Callable[[Sheet], bytes]
OFFICE = "Văn phòng Sở (mô phỏng)"
CENTRE = "TTYT Như Thanh (mô phỏng)"


@dataclass(frozen=True)
class Post:
    """What units of one kind send together: name of the file, who passes it on, its forms.

    ``styles``: that of each file in turn.
    """

    slug: str
    by: str
    styles: tuple[Style, ...]
    forms: tuple[str, ...]


LONG, WIDE, SHORT = long_csv, wide_csv, short_csv
# The first eight are the forms that were there before the plan's tasks; the newer ones of a
# kind of unit come as one table, in which a form that is not of a unit stays blank.
POSTS = (
    Post("ttyt", OFFICE, (LONG, WIDE, SHORT, WIDE), ("ttyt_quarter",)),
    Post("benh-vien", OFFICE, (WIDE, LONG, SHORT), ("hospital_quarter",)),
    Post("tyt-nhu-thanh", CENTRE, (SHORT, WIDE, LONG), ("station_quarter",)),
    Post("ttyt-co-so-ban-le-thuoc", OFFICE, (WIDE, LONG), ("ttyt_half",)),
    Post("ttyt-so-nam", OFFICE, (WIDE, SHORT), ("ttyt_year",)),
    Post("benh-vien-so-nam", OFFICE, (SHORT, WIDE), ("hospital_year",)),
    Post("ttyt-nhu-thanh-dich-benh", CENTRE, (WIDE, LONG), ("nhu_thanh_centre_quarter",)),
    Post("tyt-nhu-thanh-xay-moi", CENTRE, (WIDE, SHORT), ("nhu_thanh_station_year",)),
    Post("bv-nhu-thanh-bhyt", CENTRE, (LONG, WIDE), ("nhu_thanh_hospital_quarter",)),
    Post("ttyt-nhu-thanh-cung-ung-thuoc", CENTRE, (WIDE, LONG), ("nhu_thanh_centre_half",)),
    Post("ttyt-nhu-thanh-so-nam", CENTRE, (SHORT, WIDE), ("nhu_thanh_centre_year",)),
    Post("bv-nhu-thanh-so-nam", CENTRE, (WIDE, SHORT), ("nhu_thanh_hospital_year",)),
    Post("tyt-nhu-thanh-yeu-cau", CENTRE, (WIDE, SHORT), ("station_requirements_year",)),
    Post(
        "ttyt-nhiem-vu",
        OFFICE,
        (WIDE, SHORT, LONG),
        ("ttyt_tasks_quarter", "ttyt_requirements_quarter"),
    ),
    Post("ttyt-nhiem-vu", OFFICE, (WIDE, SHORT), ("ttyt_requirements_year", "ttyt_tasks_year")),
    Post(
        "benh-vien-nhiem-vu",
        OFFICE,
        (WIDE, LONG, SHORT),
        ("hospital_tasks_quarter", "hospital_requirements_quarter"),
    ),
    Post(
        "bvdk-huyen-chi-dao-tuyen",
        OFFICE,
        (WIDE, LONG),
        ("district_hospital_requirements_quarter",),
    ),
    Post(
        "benh-vien-nhiem-vu",
        OFFICE,
        (SHORT, WIDE),
        ("hospital_requirements_year", "hospital_tasks_year", "hospital_projects_year"),
    ),
    Post(
        "trung-tam-nhiem-vu",
        OFFICE,
        (SHORT, LONG),
        ("centre_tasks_quarter", "own_requirements_quarter"),
    ),
    Post("trung-tam-phong-ke-hoach", OFFICE, (LONG, SHORT), ("action_plan_quarter",)),
    Post("co-quan-so", OFFICE, (WIDE, LONG), ("department_tasks_quarter",)),
    Post(
        "trung-tam-nhiem-vu",
        OFFICE,
        (SHORT, WIDE),
        ("centre_requirements_year", "centre_projects_year"),
    ),
)
WORKBOOK = "2021-Q2"  # this quarter arrives as workbooks


@dataclass(frozen=True)
class DemoFile:
    """A file as it was received: bytes, moment (UTC without zone), who handed it in and why."""

    name: str
    content: bytes
    received_at: datetime
    by: str
    reason: str = "mô phỏng"


def has_demo(deployment: Deployment) -> bool:
    """Whether the sample is about this deployment: its forms and its province are there."""
    known = {form for post in POSTS for form in post.forms} <= deployment.catalogue.forms.keys()
    return known and story.PROVINCE in deployment.units.ids


def demo_files(deployment: Deployment) -> list[DemoFile]:
    """Every sample file of the simulated province, in the order of receipt."""
    files: list[DemoFile] = []
    province = Province(deployment)
    for post in POSTS:
        forms = tuple(deployment.catalogue.forms[form] for form in post.forms)
        for turn, period in enumerate(periods_told(forms[0].frequency)):
            files.extend(_files(post, forms, period, turn, province))
    files.extend(_second_files(province))
    return sorted(files, key=lambda file: (file.received_at, file.name))


def _files(
    post: Post, forms: tuple[Form, ...], period: Period, turn: int, province: Province
) -> Iterator[DemoFile]:
    """The file of those in time and, where there are any, the file of those who were late."""
    style = workbook if period.code == WORKBOOK else post.styles[turn % len(post.styles)]
    cells = _cells(forms, period, province)
    late = set(story.LATE.get(period.code, ()))
    due = form_due(forms[0], period, province.deployment.catalogue).day
    for units, suffix in ((cells.keys() - late, ""), (cells.keys() & late, "_nop-muon")):
        if units:
            sheet = _sheet(forms, period, {u: cells[u] for u in sorted(units)}, province)
            name = f"{period.code}_{post.slug}{suffix}.{'xlsx' if style is workbook else 'csv'}"
            moment = _received(due, name, is_late=bool(suffix))
            yield DemoFile(name, style(sheet), moment, post.by)


def _cells(forms: Iterable[Form], period: Period, province: Province) -> Sent:
    """Unit to quantity to the cell it sends; without the reports that were never sent."""
    found: Sent = {}
    for form in forms:
        for unit, values in province.sent(form, period).items():
            if not _is_missing(period.code, unit, form.id):
                sent = {q: _cell(period.code, unit, q, values[q]) for q in form.quantities}
                found.setdefault(unit, {}).update(sent)
    return found


def _is_missing(code: str, unit: str, form: str) -> bool:
    """Whether a report was never sent: all of a unit's, or this one."""
    return (code, unit) in story.MISSING or (code, unit, form) in story.MISSING_FORMS


def _sheet(forms: tuple[Form, ...], period: Period, cells: Sent, province: Province) -> Sheet:
    """The table of some units; the columns are those that anybody fills in."""
    tree = province.deployment.units.at(period.end)
    shared, said = _shared_names(tree), {q for sent in cells.values() for q in sent}
    columns = [q for q in dict.fromkeys(q for f in forms for q in f.quantities) if q in said]
    rows = [
        (_written(tree.units[unit], shared), tuple(sent.get(q, BLANK) for q in columns))
        for unit, sent in cells.items()
    ]
    quantities = tuple(province.deployment.catalogue.quantities[q] for q in columns)
    return Sheet(forms[0], period, quantities, tuple(rows))


def _shared_names(tree: UnitTree) -> frozenset[str]:
    """Names that more than one unit has: two provinces each have a Bệnh viện Phổi."""
    names = Counter(name for u in tree.units.values() for name in {u.name, u.short_name})
    return frozenset(name for name, count in names.items() if count > 1)


def _written(unit: Unit, shared: frozenset[str]) -> Unit:
    """The unit as its file calls it: by id where the name alone would not tell."""
    if {unit.name, unit.short_name} & shared:
        return replace(unit, name=unit.id, short_name=unit.id)
    return unit


def _cell(period: str, unit: str, quantity: str, value: Cell) -> Cell:
    """The value as it was sent, with the mistakes and the ways of having no number."""
    key = (period, unit, quantity)
    if key in story.NOT_KNOWN:
        return "…"
    if key in story.NOTHING_HAPPENED:
        return "-"
    if key in story.ESTIMATED:
        return f"ước {value}"
    return value if isinstance(value, str) else value + story.MISTAKES.get(key, 0)


def _second_files(province: Province) -> Iterator[DemoFile]:
    """Short files that come later: a cell corrected, and a few figures of a form never sent."""
    for (code, unit, quantities), (suffix, days) in story.SECOND_FILES.items():
        yield _short_file(province, code, unit, quantities, suffix=suffix, days=days)


def demo_requests(deployment: Deployment) -> list[DemoFile]:
    """Files that ask to change what was approved, each with its reason; sent after the decisions."""
    province = Province(deployment)
    return [
        replace(
            _short_file(province, code, unit, (quantity,), suffix="de-nghi-sua", days=days, more=n),
            name=f"{code}_{unit.removeprefix('th-')}_de-nghi-sua.csv",
            reason=why,
        )
        for (code, unit, quantity), (n, days, why) in story.REQUESTS.items()
    ]


def _short_file(
    province: Province,
    code: str,
    unit: str,
    quantities: tuple[str, ...],
    *,
    suffix: str,
    days: int,
    more: int = 0,
) -> DemoFile:
    """Some figures of one unit, so many days after its form was due; ``more``: added to each."""
    catalogue, period = province.deployment.catalogue, parse_period(code)
    tree = province.deployment.units.at(period.end)
    form = catalogue.form_of(tree.units[unit].kind, quantities[0], tree.path(unit))
    if form is None:
        raise AssertionError(f"{unit} has no form with {quantities[0]}")
    values = province.sent(form, period)[unit]
    cells = tuple(v if isinstance(v := values[q], str) else v + more for q in quantities)
    specs = tuple(catalogue.quantities[q] for q in quantities)
    day = form_due(form, period, catalogue).day + timedelta(days=days)
    content = long_csv(Sheet(form, period, specs, ((tree.units[unit], cells),)))
    slug = next(post.slug for post in POSTS if form.id in post.forms)
    name = f"{code}_{slug}_{suffix}.csv"
    return DemoFile(name, content, datetime.combine(day, time(3, 40)), OFFICE)


def _received(due: date, name: str, *, is_late: bool) -> datetime:
    """One to three days before the form is due, or four to twelve days after, in office hours."""
    chance = Random(f"{SEED}:{name}")
    days = chance.randint(4, 12) if is_late else -chance.randint(1, 3)
    moment = time(chance.randint(1, 9), chance.randint(0, 59))  # 8 to 17 o'clock in Vietnam
    return datetime.combine(due + timedelta(days=days), moment)
