"""History of uploads: what was sent, by whom, what became of it, and taking a whole one back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from duckdb import DuckDBPyConnection

from etl.entries import Entries
from etl.flips import Flip, affected, flips, verdicts_of
from etl.store.closing import Closing, closing_of
from etl.store.connect import Store
from etl.store.dimensions import keys
from etl.store.submissions import Submission, submissions, withdraw_upload
from etl.store.taken_off import TakenOff, taken_off
from etl.store.touched import cells_of
from indicators.deployment import Deployment
from indicators.period import parse_period


class State(StrEnum):
    """What an upload counts for today."""

    CURRENT = "current"
    PARTLY = "partly"  # some of its submissions were replaced or taken back
    SUPERSEDED = "superseded"
    WAITING = "waiting"  # asks to change what was approved, and nobody decided yet
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Upload:
    """One file as received, with the submissions (unit, period, form) it became."""

    id: int
    file_name: str
    hash: str
    received_at: datetime
    received_by: str
    note: str
    simulated: bool
    submissions: tuple[Submission, ...]
    # What was said, with the submissions it was said of.
    off: Mapping[TakenOff, tuple[Submission, ...]] = field(default_factory=dict)

    @property
    def units(self) -> tuple[str, ...]:
        """The units it is about, each once."""
        return tuple(dict.fromkeys(s.unit for s in self.submissions))

    @property
    def periods(self) -> tuple[str, ...]:
        """Its periods, in order."""
        found = {s.period for s in self.submissions}
        return tuple(sorted(found, key=lambda code: parse_period(code).sort_key))

    @property
    def state(self) -> State:
        """One word for all its submissions."""
        states = {s.state for s in self.submissions}
        return State(next(iter(states))) if len(states) == 1 else State.PARTLY

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether any of it was not taken back yet."""
        return self.state is not State.WITHDRAWN

    @property
    def is_approved(self) -> bool:
        """Whether any of it that still stands was approved: its sender takes it back no more."""
        return any(s.approved for s in self.submissions)

    def is_closed(self, closed: Iterable[Closing]) -> bool:
        """Whether the period of any of it is closed."""
        return any(closing_of(parse_period(code), closed) for code in self.periods)


def uploads(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    *,
    scope: str | None = None,
    period: str | None = None,
    known_on: datetime | None = None,
) -> list[Upload]:
    """Newest first; only those with a submission of a unit in ``scope`` inside ``period``.

    As known at a moment (None: now).
    """
    off, grouped = taken_off(cur, known_on), dict[int, list[Submission]]()
    for submission in submissions(cur, known_on=known_on):
        grouped.setdefault(submission.upload, []).append(submission)
    return [
        _upload(found, off)
        for found in grouped.values()
        if any(_is_asked(s, deployment, scope, period) for s in found)
    ]


def _upload(found: list[Submission], off: Mapping[int, TakenOff]) -> Upload:
    first = found[0]
    ordered = sorted(found, key=lambda s: s.id)
    return Upload(
        first.upload,
        first.file_name,
        first.hash,
        first.received_at,
        first.received_by,
        first.note,
        first.simulated,
        tuple(ordered),
        _said_of(ordered, off),
    )


def _said_of(
    found: Iterable[Submission], off: Mapping[int, TakenOff]
) -> Mapping[TakenOff, tuple[Submission, ...]]:
    told: dict[TakenOff, list[Submission]] = {}
    for each in found:
        if each.id in off:
            told.setdefault(off[each.id], []).append(each)
    return {said: tuple(reports) for said, reports in told.items()}


def _is_asked(
    submission: Submission, deployment: Deployment, scope: str | None, period: str | None
) -> bool:
    own = parse_period(submission.period)
    if period is not None:
        window = parse_period(period)
        if not (window.start <= own.start and own.end <= window.end):
            return False
    return scope is None or scope in deployment.units.at(own.end).path(submission.unit)


def earlier_upload(found: Iterable[Upload], digest: str) -> Upload | None:
    """The newest upload of exactly these bytes that was not taken back, or None."""
    return next((u for u in found if u.hash == digest and u.can_be_withdrawn), None)


@dataclass(frozen=True)
class TakingBack:
    """How an upload is taken back: why, by whom, when, for real or not."""

    reason: str
    by: str
    at: datetime
    today: date
    dry_run: bool = False
    approved: bool = False  # also what was approved, which an approver may


@dataclass(frozen=True)
class TakenBack:
    """The submissions taken back, and the verdicts that change by it."""

    submissions: tuple[int, ...]
    flips: tuple[Flip, ...]


class _Undo(Exception):
    """Leaves the transaction without writing: a dry run."""


def take_back(
    store: Store, deployment: Deployment, upload: Upload, *, how: TakingBack
) -> TakenBack:
    """Take a whole upload back in one transaction; what was valid before it is valid again.

    Raises what ``withdraw_upload`` raises.
    """
    taken: TakenBack | None = None
    try:
        with store.transaction() as cur:
            asked = affected(
                Entries(unit=list(upload.units)),
                upload.periods,
                deployment,
                reported=keys(cur, "period").key_of,
                cells=cells_of(cur, upload.id),
            )
            before = verdicts_of(cur, asked, deployment, how.today)
            gone = withdraw_upload(
                cur,
                upload.id,
                reason=how.reason,
                by=how.by,
                at=how.at,
                approved=how.approved,
            )
            after = verdicts_of(cur, asked, deployment, how.today)
            taken = TakenBack(tuple(gone), tuple(flips(before, after, deployment)))
            if how.dry_run:
                raise _Undo
    except _Undo:
        pass
    assert taken is not None  # anything else that went wrong was raised
    return taken
