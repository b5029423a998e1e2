"""What is known about the quality of the figures of an area: twelve months, every unit at once.

Asked of the warehouse in a handful of questions, whatever the number of units; the rules that
look at a file before it is let in look here at what is current.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from duckdb import DuckDBPyConnection

from etl.doubts import Doubt, doubts_of
from etl.numbers import Absence
from etl.progress import VIETNAM, Report
from etl.record import first_reported
from etl.rules.case import Case
from etl.rules.levels import Comparison, comparisons
from etl.rules.series import series_of
from etl.store.arrivals import Arrival, Held, ReportKey, arrivals, held_figures, warnings
from etl.store.past import Past
from indicators.deployment import Deployment
from indicators.due import form_due
from indicators.period import Period, periods_of
from indicators.quality import Part, Score, Share
from indicators.reporting import form_reporters

MONTHS = 12  # of which a score is made
Earlier = Mapping[tuple[str, str], Mapping[int, int]]


@dataclass(frozen=True)
class Sent:
    """One report that is due, and what was in it: figures asked for, and those not given."""

    report: Report
    asked: int
    lacking: tuple[str, ...]
    changed_late: bool  # a revision that counts came after the deadline

    @property
    def key(self) -> ReportKey:
        """Which report it is."""
        return self.report.unit, self.report.period, self.report.form


@dataclass(frozen=True)
class Quality:
    """Everything of twelve months: reports, doubtful figures, levels compared.

    ``earlier``: by (unit, period), how many figures have how many earlier ones to compare with.
    ``sizes``: the newest number of people that a unit reports, for those that report any.
    """

    sent: tuple[Sent, ...]
    doubts: tuple[Doubt, ...]
    compared: tuple[Comparison, ...]
    earlier: Earlier
    sizes: Mapping[str, Decimal]

    @cached_property
    def scores(self) -> dict[str, Score]:
        """The score of every unit of which a report is due."""
        shares: dict[str, dict[Part, Share]] = {}
        for unit, part, share in self._shares():
            mine = shares.setdefault(unit, {})
            mine[part] = mine.get(part, Share()) + share
        due = {s.report.unit for s in self.sent}
        return {unit: Score(found) for unit, found in shares.items() if unit in due}

    def _shares(self) -> Iterator[tuple[str, Part, Share]]:
        warned = {(d.unit, d.period, d.form) for d in self.doubts if d.asks}
        for one in self.sent:
            yield from _of_report(one, is_clean=one.key not in warned)
        odd = Counter((d.unit, d.period) for d in self.doubts if d.is_far_off)
        for key, counts in self.earlier.items():
            known = sum(many for earlier, many in counts.items() if earlier)
            yield key[0], Part.USUAL, Share(known - min(odd[key], known), known)
        for found in self.compared:
            for unit in found.wholes:
                yield unit, Part.AGREES, Share(int(found.agrees), 1)


def _of_report(one: Sent, *, is_clean: bool) -> Iterator[tuple[str, Part, Share]]:
    unit, came = one.report.unit, one.report.received is not None
    yield unit, Part.RECEIVED, Share(int(came), 1)
    yield unit, Part.ON_TIME, Share(int(came and not one.report.days_late), 1)
    if came:
        yield unit, Part.FILLED, Share(one.asked - len(one.lacking), one.asked)
        yield unit, Part.CLEAN, Share(int(is_clean), 1)
        yield unit, Part.STEADY, Share(int(not one.changed_late), 1)


def quality(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    scope: str,
    last: Period,
    *,
    today: date,
    known_on: datetime | None = None,
) -> Quality:
    """The twelve months that end with ``last``, as known at a moment, of every unit in a scope.

    Periods before the first report ever received are left out: nobody was asked then; and where
    no report of the whole scope came in twelve months, it is not in use there and has no score.
    """
    first = first_reported(cur, known_on)
    periods = [p for p in window(deployment, last) if first and p.start >= first]
    codes = [period.code for period in periods]
    held = held_figures(cur, codes, known_on)
    arrived = arrivals(cur, codes, known_on)
    inside = {u.id for p in periods for u in deployment.units.at(p.end).within(scope)}
    held = _inside(held, inside)
    case = Case(held.entries, "", deployment, today, Past(cur, known_on))
    sent = tuple(_sent(deployment, scope, periods, arrived, _given(held), today))
    return Quality(
        sent if any(one.report.received for one in sent) else (),
        tuple(doubts_of(case, held, warnings(cur, known_on))) if held.entries else (),
        tuple(comparisons(case)) if held.entries else (),
        _earlier(case),
        _sizes(held, deployment),
    )


def window(deployment: Deployment, last: Period) -> list[Period]:
    """Every period of a form that ends in the twelve months up to the end of ``last``."""
    since = last.end.replace(day=1, year=last.end.year - 1)
    frequencies = {form.frequency for form in deployment.catalogue.forms.values()}
    years = (last.year - 1, last.year)
    found = [p for year in years for kind in frequencies for p in periods_of(year, kind)]
    ended = [p for p in found if p.end <= last.end and _months(since, p.end) > 0]
    return sorted(ended, key=lambda period: period.sort_key)


def _months(since: date, day: date) -> int:
    return (day.year - since.year) * MONTHS + day.month - since.month


def _inside(held: Held, units: set[str]) -> Held:
    """Only the figures of these units."""
    if units.issuperset(held.entries.unit):
        return held
    rows = [i for i, unit in enumerate(held.entries.unit) if unit in units]
    entries = type(held.entries)(
        *([getattr(held.entries, name)[i] for i in rows] for name in vars(held.entries))
    )
    return Held(entries, [held.file[i] for i in rows], [held.form[i] for i in rows])


def _given(held: Held) -> dict[ReportKey, set[str]]:
    """What each report gives: a number, or that nothing happened."""
    found: dict[ReportKey, set[str]] = {}
    entries = held.entries
    columns = (entries.unit, entries.period, held.form, entries.quantity, entries.figure)
    for unit, period, form, quantity, figure in zip(*columns, strict=True):
        if figure.absence is not Absence.NOT_AVAILABLE:
            found.setdefault((unit, period, form), set()).add(quantity)
    return found


def _sent(
    deployment: Deployment,
    scope: str,
    periods: Iterable[Period],
    arrived: Mapping[ReportKey, Arrival],
    given: Mapping[ReportKey, set[str]],
    today: date,
) -> Iterator[Sent]:
    """The reports due by today, and any that came before."""
    for period in periods:
        tree = deployment.units.at(period.end)
        inside = list(tree.within(scope))
        for form in deployment.catalogue.forms.values():
            if form.frequency is not period.kind:
                continue
            members = form_reporters(form, period, tree, inside)
            due = form_due(form, period, deployment.catalogue) if members else None
            for unit in members if due else ():
                came = arrived.get((unit, period.code, form.id))
                if due is None or (came is None and due.day >= today):
                    continue
                first = came.first if came else None
                report = Report(unit, form.id, period.code, due.day, first, due.provisional)
                here = given.get((unit, period.code, form.id), set())
                lacking = tuple(q for q in form.quantities if q not in here) if came else ()
                yield Sent(report, len(form.quantities), lacking, _is_changed_late(came, due.day))


def _is_changed_late(came: Arrival | None, due: date) -> bool:
    return came is not None and came.last > came.first and (came.last + VIETNAM).date() > due


def _earlier(case: Case) -> dict[tuple[str, str], dict[int, int]]:
    """How many figures of a unit and period have how many earlier ones."""
    found: dict[tuple[str, str], Counter[int]] = {}
    if not case.entries:
        return {}
    series, entries = series_of(case), case.entries
    for row, count in zip(series.row.tolist(), series.count.tolist(), strict=True):
        found.setdefault((entries.unit[row], entries.period[row]), Counter())[count] += 1
    return {key: dict(counts) for key, counts in found.items()}


def _sizes(held: Held, deployment: Deployment) -> dict[str, Decimal]:
    """The newest number of people of each unit; periods come in order."""
    people, entries = deployment.settings.people, held.entries
    columns = (entries.unit, entries.quantity, entries.figure)
    return {
        unit: figure.value
        for unit, quantity, figure in zip(*columns, strict=True)
        if quantity == people and figure.value is not None
    }
