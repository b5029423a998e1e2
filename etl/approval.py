"""How far the reports behind a view are approved: which wait, what changed after, what is closed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.progress import Report
from etl.store.awaiting import ReportKey, Sent, standings, waiting_and_changes
from etl.store.closing import Closing, closed_periods, closing_of
from etl.store.dimensions import keys
from etl.store.drafts import drafts, entering
from etl.store.taken_off import Undone, undone
from indicators.approval import Stage, stage_of
from indicators.catalogue import Catalogue, Indicator
from indicators.period import Period, parse_period


@dataclass(frozen=True)
class Approval:
    """Reports of the units looked at, for a period and all inside it.

    ``changes``: revisions of approved reports, those that wait and those that were approved too.
    ``undone``: approved reports that were returned or taken back afterwards.
    """

    waiting: tuple[Sent, ...] = ()
    changes: tuple[Sent, ...] = ()
    closing: Closing | None = None
    undone: tuple[Undone, ...] = ()

    @property
    def events(self) -> list[Sent | Undone]:
        """Changes and what was undone, the newest first."""
        found: list[Sent | Undone] = [*self.undone, *reversed(self.changes)]
        return sorted(found, key=lambda one: one.happened_at, reverse=True)

    def is_in(self, indicator: Indicator, reported: Collection[str], catalogue: Catalogue) -> bool:
        """Whether a value with figures of these units holds any of a first report that waits."""
        named = catalogue.indicators[indicator.condition.indicator] if indicator.condition else None
        quantities = {*indicator.quantities, *(named.quantities if named else ())}
        return any(
            s.unit in reported and not quantities.isdisjoint(catalogue.forms[s.form].quantities)
            for s in self.waiting
            if not s.is_change
        )


def approval_of(
    cur: DuckDBPyConnection,
    units: Collection[str],
    period: Period,
    known_on: datetime | None = None,
) -> Approval:
    """How far the reports of these units are approved, as known at a moment."""
    codes = inside(cur, period)
    return Approval(
        *waiting_and_changes(cur, codes, units, known_on),
        closing_of(period, closed_periods(cur, known_on)),
        tuple(undone(cur, codes, units, known_on)),
    )


def inside(cur: DuckDBPyConnection, period: Period) -> list[str]:
    """The codes of the periods with reports that lie inside a period, by their ends."""
    found = (parse_period(code) for code in keys(cur, "period").key_of)
    return [p.code for p in sorted((p for p in found if period.holds(p)), key=lambda p: p.sort_key)]


def stages(
    cur: DuckDBPyConnection, reports: Iterable[Report], known_on: datetime | None = None
) -> dict[ReportKey, Stage]:
    """How far each expected report has come."""
    wanted = [(r.unit, r.period, r.form) for r in reports]
    periods = {period for _, period, _ in wanted}
    known = standings(cur, periods, known_on)
    closed = closed_periods(cur, known_on)
    shut = {p: closing_of(parse_period(p), closed) is not None for p in periods}
    kept = entering(drafts(cur, known_on))
    return {
        key: _stage(known.get(key), is_closed=shut[key[1]], has_draft=key in kept) for key in wanted
    }


def _stage(known: tuple[str | None, bool] | None, *, is_closed: bool, has_draft: bool) -> Stage:
    newest, has_approved = known or (None, False)
    return stage_of(newest, has_approved=has_approved, is_closed=is_closed, has_draft=has_draft)


def counted(found: Mapping[ReportKey, Stage]) -> dict[Stage, int]:
    """How many reports stand how, in the order of the way; those with none left out."""
    counts = Counter(found.values())
    return {stage: counts[stage] for stage in Stage if counts[stage]}
