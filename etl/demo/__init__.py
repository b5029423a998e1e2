"""Sample submissions of a simulated province, 2020-Q1 to 2021-Q4: the same bytes on every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from etl.demo import story
from etl.demo.figures import SEED, Figures
from etl.demo.forms import CONTENT
from etl.demo.layout import Cell, Sheet, long_csv, short_csv, wide_csv, workbook
from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.due import form_due
from indicators.period import Period, PeriodKind
from indicators.units import Unit, UnitTree

__all__ = ["DemoFile", "demo_files", "has_demo"]

Style = Callable[[Sheet], bytes]
OFFICE = "Văn phòng Sở (mô phỏng)"
CENTRE = "TTYT Như Thanh (mô phỏng)"
# Name of the file, who passes it on, and the style of each file in turn.
FILES: dict[str, tuple[str, str, tuple[Style, ...]]] = {
    "ttyt_quarter": ("ttyt", OFFICE, (long_csv, wide_csv, short_csv, wide_csv)),
    "hospital_quarter": ("benh-vien", OFFICE, (wide_csv, long_csv, short_csv)),
    "station_quarter": ("tyt-nhu-thanh", CENTRE, (short_csv, wide_csv, long_csv)),
    "ttyt_half": ("ttyt-co-so-ban-le-thuoc", OFFICE, (wide_csv, long_csv)),
    "ttyt_year": ("ttyt-so-nam", OFFICE, (wide_csv, short_csv)),
    "hospital_year": ("benh-vien-so-nam", OFFICE, (short_csv, wide_csv)),
    "nhu_thanh_centre_quarter": ("ttyt-nhu-thanh-dich-benh", CENTRE, (wide_csv, long_csv)),
    "nhu_thanh_station_year": ("tyt-nhu-thanh-xay-moi", CENTRE, (wide_csv, short_csv)),
}
WORKBOOK = "2021-Q2"  # this quarter arrives as workbooks


@dataclass(frozen=True)
class DemoFile:
    """A file as it was received: bytes, moment (UTC without zone) and who handed it in."""

    name: str
    content: bytes
    received_at: datetime
    by: str


def has_demo(deployment: Deployment) -> bool:
    """Whether the sample is about this deployment: its forms and its province are there."""
    known = CONTENT.keys() <= deployment.catalogue.forms.keys()
    return known and story.PROVINCE in deployment.units.ids


def demo_files(deployment: Deployment) -> list[DemoFile]:
    """Every sample file of the simulated province, in the order of receipt."""
    files: list[DemoFile] = []
    for form_id in CONTENT:
        form = deployment.catalogue.forms[form_id]
        for turn, period in enumerate(_periods(form.frequency)):
            files.extend(_files(form, period, turn, deployment))
    files.extend(_second_files(deployment))
    return sorted(files, key=lambda file: (file.received_at, file.name))


def _periods(frequency: PeriodKind) -> list[Period]:
    years = [Period(year, PeriodKind.YEAR) for year in story.YEARS]
    return [part for year in years for part in year.parts(frequency)]


def _files(form: Form, period: Period, turn: int, deployment: Deployment) -> Iterator[DemoFile]:
    """The file of those in time and, where there are any, the file of those who were late."""
    slug, by, styles = FILES[form.id]
    style = workbook if period.code == WORKBOOK else styles[turn % len(styles)]
    tree = deployment.units.at(period.end)
    figures = CONTENT[form.id](period, tree)
    late = set(story.LATE.get(period.code, ()))
    due = form_due(form, period, deployment.catalogue).day
    sent = {unit for unit in figures if (period.code, unit) not in story.MISSING}
    for units, suffix in ((sent - late, ""), (sent & late, "_nop-muon")):
        if units:
            sheet = _sheet(form, period, sorted(units), figures, tree, deployment)
            name = f"{period.code}_{slug}{suffix}.{'xlsx' if style is workbook else 'csv'}"
            moment = _received(due, name, is_late=bool(suffix))
            yield DemoFile(name, style(sheet), moment, by)


def _sheet(
    form: Form,
    period: Period,
    units: Iterable[str],
    figures: Figures,
    tree: UnitTree,
    deployment: Deployment,
) -> Sheet:
    shared = _shared_names(tree)
    rows = [
        (
            _written(tree.units[unit], shared),
            tuple(_cell(period.code, unit, q, figures[unit][q]) for q in form.quantities),
        )
        for unit in units
    ]
    quantities = tuple(deployment.catalogue.quantities[q] for q in form.quantities)
    return Sheet(form, period, quantities, tuple(rows))


def _shared_names(tree: UnitTree) -> frozenset[str]:
    """Names that more than one unit has: two provinces each have a Bệnh viện Phổi."""
    names = Counter(name for u in tree.units.values() for name in {u.name, u.short_name})
    return frozenset(name for name, count in names.items() if count > 1)


def _written(unit: Unit, shared: frozenset[str]) -> Unit:
    """The unit as its file calls it: by id where the name alone would not tell."""
    if {unit.name, unit.short_name} & shared:
        return replace(unit, name=unit.id, short_name=unit.id)
    return unit


def _cell(period: str, unit: str, quantity: str, value: Decimal) -> Cell:
    """The value as it was sent, with the mistakes and the ways of having no number."""
    key = (period, unit, quantity)
    if key in story.NOT_KNOWN:
        return "…"
    if key in story.NOTHING_HAPPENED:
        return "-"
    if key in story.ESTIMATED:
        return f"ước {value}"
    return value + story.MISTAKES.get(key, 0)


def _second_files(deployment: Deployment) -> Iterator[DemoFile]:
    """Short files that come later: a cell corrected, and a few figures of a form never sent."""
    form = deployment.catalogue.forms["ttyt_quarter"]
    for key, (suffix, days) in story.SECOND_FILES.items():
        code, unit, quantities = key
        period = next(p for p in _periods(form.frequency) if p.code == code)
        tree = deployment.units.at(period.end)
        values = CONTENT[form.id](period, tree)[unit]
        specs = tuple(deployment.catalogue.quantities[q] for q in quantities)
        row = (tree.units[unit], tuple(values[q] for q in quantities))
        due = form_due(form, period, deployment.catalogue).day
        moment = datetime.combine(due + timedelta(days=days), time(3, 40))
        content = long_csv(Sheet(form, period, specs, (row,)))
        yield DemoFile(f"{code}_ttyt_{suffix}.csv", content, moment, OFFICE)


def _received(due: date, name: str, *, is_late: bool) -> datetime:
    """One to three days before the form is due, or four to twelve days after, in office hours."""
    chance = Random(f"{SEED}:{name}")
    days = chance.randint(4, 12) if is_late else -chance.randint(1, 3)
    moment = time(chance.randint(1, 9), chance.randint(0, 59))  # 8 to 17 o'clock in Vietnam
    return datetime.combine(due + timedelta(days=days), moment)
