"""What the page of decisions is about: reports of the view, how far they are, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.approval import Approval, stages
from etl.context import opened
from etl.progress import Report
from etl.store.again import Again, sent_again
from etl.store.awaiting import Difference, ReportKey, Sent, differences, warnings_of
from etl.store.closing import Closing, closings
from etl.store.taken_off import Undone
from indicators.approval import Stage
from pages.parts.data import picture_of
from pages.parts.kept import kept_for_all
from pages.parts.view import View


@dataclass(frozen=True)
class Situation:
    """The expected reports with their stages, what waits, every closing there ever was.

    ``again``: by the number of a submission that waits, what it is beside the one returned before.
    """

    reports: tuple[Report, ...]
    stages: Mapping[ReportKey, Stage]
    approval: Approval
    closings: tuple[Closing, ...]
    again: Mapping[int, Again]

    @property
    def waiting(self) -> tuple[Sent, ...]:
        """First reports that wait; changes of approved ones stand apart."""
        return tuple(s for s in self.approval.waiting if not s.is_change)

    @property
    def requests(self) -> tuple[Sent, ...]:
        """Changes of approved reports that wait."""
        return tuple(s for s in self.approval.waiting if s.is_change)

    @property
    def not_sent(self) -> tuple[Report, ...]:
        """Reports that are expected and not there, or were returned."""
        lacking = (Stage.NOT_SENT, Stage.ENTERING, Stage.RETURNED)
        return tuple(r for r in self.reports if self.stages[r.unit, r.period, r.form] in lacking)

    @property
    def all_clean(self) -> tuple[Sent, ...]:
        """Those that ask for no look: no warning, nothing approved is changed, never returned."""
        return tuple(s for s in self.waiting if s.is_clean and s.id not in self.again)

    @property
    def asking(self) -> tuple[Sent, ...]:
        """Those to look at before deciding, changes of approved figures first."""
        clean = {s.id for s in self.all_clean}
        return (*self.requests, *(s for s in self.waiting if s.id not in clean))

    def days_late(self, sent: Sent) -> int:
        """By how many days the report of a submission came late; 0 where in time or not asked."""
        key = (sent.unit, sent.period, sent.form)
        return next((r.days_late for r in self.reports if (r.unit, r.period, r.form) == key), 0)


def situation_of(view: View) -> Situation:
    """Everything the page shows, kept until the data change."""
    key = ("approval", view.plan, view.period, view.unit, view.known)
    return kept_for_all(key, lambda: _situation(view))


def _situation(view: View) -> Situation:
    # Decisions are about all reports, whichever figures the visitor looks at elsewhere.
    every = view.on(figures="")
    picture, cur = picture_of(every), opened().store.cursor()
    reports = picture.progress.reports
    return Situation(
        reports,
        stages(cur, reports, view.moment),
        picture.approval,
        tuple(closings(cur, view.moment)),
        sent_again(cur, [s.id for s in picture.approval.waiting]),
    )


def differences_of(sent: Sent) -> list[Difference]:
    """The figures of a submission beside those approved; of a first report all of them."""
    return _differences(sent.id, sent.base)


def went_back(found: Undone) -> list[Difference]:
    """The figures that are again as they were approved before; none where nothing counts again."""
    return [] if found.again is None else _differences(found.again, found.submission)


def _differences(number: int, base: int | None) -> list[Difference]:
    cur = opened().store.cursor()
    return kept_for_all(("differences", number, base), lambda: differences(cur, number, base))


def warned_of(sent: Sent) -> list[tuple[str, str, str]]:
    """The warnings about a submission, each with the reason that was given."""
    cur = opened().store.cursor()
    return kept_for_all(("warned", sent.id), lambda: warnings_of(cur, sent.id))
