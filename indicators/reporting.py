"""Which reports are due on a day: not yet, now, late; received on time or late; and who owes them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from indicators.catalogue import Form
from indicators.due import Due
from indicators.period import Period
from indicators.plans import Plan, ReportingRule
from indicators.regimes import Regime, day_of, window_of
from indicators.text import say
from indicators.units import Unit, UnitTree

MONTHS_BACK = 12


class State(StrEnum):
    """How one report stands on a day."""

    NOT_YET_DUE = "not_yet_due"  # its window is still open
    DUE = "due"  # asked for, the last day is not over
    LATE = "late"
    ON_TIME = "on_time"
    RECEIVED_LATE = "received_late"
    PASSED = "passed"  # past its last day, and no receipt is kept of it
    NO_DAY = "no_day"  # the document names the period and no day


@dataclass(frozen=True)
class DueReport:
    """A report that a unit owes for a period: on a form, or under a reporting rule of a plan.

    ``received`` is the day of the first receipt in Vietnam; of a rule no receipt is kept.
    ``returned``: the day on which what was sent went back, where nothing of it counts.
    """

    unit: str
    period: Period
    window: tuple[date, date]
    due: Due | None
    form: str | None = None
    plan: str | None = None
    rule: str | None = None
    received: date | None = None
    returned: date | None = None

    @property
    def is_tracked(self) -> bool:
        """Whether a receipt of it would be known."""
        return self.form is not None

    @property
    def asked_from(self) -> date:
        """The day after its window; where it is due earlier, the first of the month of that day."""
        after = self.window[1] + timedelta(days=1)
        return after if self.due is None or self.due.day >= after else self.due.day.replace(day=1)

    def state(self, today: date) -> State:
        """How it stands on a day."""
        if self.due is None:
            return State.NO_DAY
        if self.received is not None:
            return State.ON_TIME if self.received <= self.due.day else State.RECEIVED_LATE
        if today > self.due.day:
            return State.LATE if self.is_tracked else State.PASSED
        return State.DUE if today >= self.asked_from else State.NOT_YET_DUE

    def days(self, today: date) -> int | None:
        """Days left until its last day, or days by which it is late; None where neither is so."""
        state = self.state(today)
        if self.due is None or state is State.ON_TIME:
            return None
        late = ((self.received or today) - self.due.day).days
        return -late if state in (State.DUE, State.NOT_YET_DUE) else late


@dataclass(frozen=True)
class Horizon:
    """Periods to look at on a day: ``shown`` in any case, ``older`` only for what is missing."""

    shown: tuple[Period, ...]
    older: tuple[Period, ...]


def horizon(periods: Iterable[Period], regime: Regime, today: date) -> Horizon:
    """The windows that ended last and that end next, and the others that ended in twelve months."""
    ends = {period: window_of(period, regime)[1] for period in periods}
    since = day_of(today.year, today.month - MONTHS_BACK, today.day)
    ended = {p: end for p, end in ends.items() if since <= end < today}
    coming = {p: end for p, end in ends.items() if end >= today}
    latest, following = max(ended.values(), default=None), min(coming.values(), default=None)
    shown = [p for p, end in ends.items() if end in (latest, following)]
    return Horizon(tuple(shown), tuple(p for p in ended if p not in shown))


def form_reporters(
    form: Form, period: Period, tree: UnitTree, inside: Iterable[Unit]
) -> tuple[str, ...]:
    """Those of the units given, standing in the tree of its end, that owe a form for a period."""
    if not form.is_asked(period.end):
        return ()
    of_kind = (unit.id for unit in inside if unit.kind in form.kinds)
    return tuple(unit for unit in of_kind if form.covers(tree.path(unit)))


def rule_reporters(rule: ReportingRule, plan: Plan, tree: UnitTree) -> tuple[str, ...]:
    """The units that report under a rule: those named, and those of its kinds in the plan's area."""
    named = [unit for unit in rule.units if unit in tree.units]
    of_kind = [unit.id for unit in tree.within(plan.unit) if unit.kind in rule.kinds]
    return tuple(dict.fromkeys(named + of_kind))


def report_text(report: DueReport, today: date, language: str = "vi") -> str:
    """How a report stands, in one sentence; it says where a day may still move or is not followed."""
    facts = {
        "days": report.days(today),
        "due": _written(report.due.day if report.due else None),
        "last": _written(report.window[1]),
        "received": _written(report.received),
        "returned": _written(report.returned),
    }
    parts = [say("reports.returned", language, **facts)] if report.returned else []
    parts.append(say(f"reports.state.{_key(report, today)}", language, **facts))
    if report.due is not None and report.due.provisional:
        parts.append(say("reports.provisional", language, year=report.due.day.year))
    if not report.is_tracked:
        parts.append(say("reports.not_followed", language))
    return "; ".join(parts)


def summary_text(reports: Sequence[DueReport], today: date, language: str = "vi") -> str:
    """How many reports stand how, in one line; that there are none where there are none."""
    day = _written(today)
    if not reports:
        return say("reports.none", language, day=day)
    counts = Counter(report.state(today) for report in reports)
    parts = [f"{counts[s]} {say(f'reports.label.{s}', language)}" for s in State if counts[s]]
    return say("reports.head", language, day=day, count=len(reports), parts=", ".join(parts))


def _key(report: DueReport, today: date) -> str:
    """The key of the state; the last day, and what came and went back, have words of their own."""
    state = report.state(today)
    if state is State.LATE and report.returned:
        return "late_again"
    return "due_today" if state is State.DUE and report.days(today) == 0 else str(state)


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"
