"""What changed since a moment: what was sent and corrected, and which verdicts are others now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from etl.progress import VIETNAM
from etl.results import Picture, assessor
from etl.store.connect import Store
from etl.store.current import seen_like
from etl.store.submissions import Arrived, arrived_between
from indicators.assess import Assessment
from indicators.judge import Verdict


@dataclass(frozen=True)
class Changed:
    """A target whose verdict is another one than it was."""

    now: Assessment
    old: Verdict


@dataclass(frozen=True)
class Since:
    """What came after ``moment`` (UTC) up to now, and the verdicts that changed by it or by time."""

    moment: datetime
    arrived: Arrived
    changed: tuple[Changed, ...] = ()
    latest: datetime | None = None  # where nothing came: when the last submission did


def since(store: Store, picture: Picture, moment: datetime, until: datetime | None) -> Since:
    """What of a picture is new since ``moment``; ``until``: the moment the picture looks from.

    The earlier verdicts are worked out only where something came or a deadline passed.
    """
    asked = picture.assessor
    units = [u.id for u in asked.deployment.units.at(asked.period.end).within(asked.scope)]
    arrived = arrived_between(store.cursor(), moment, until, units)
    counted = [a for a in picture.assessments if a.target.headline]
    passed = was_due(counted, (moment + VIETNAM).date(), asked.today)
    changed = changes(store, picture, counted, moment, until) if arrived or passed else ()
    return Since(moment, arrived, changed, picture.latest)


def was_due(counted: Iterable[Assessment], start: date, end: date) -> bool:
    """Whether any figures fell due between two days: "not due" becomes "no data" by itself."""
    return any(a.due is not None and start <= a.due < end for a in counted)


def changes(
    store: Store,
    picture: Picture,
    counted: Iterable[Assessment],
    moment: datetime,
    known_on: datetime | None,
) -> tuple[Changed, ...]:
    """The verdicts that were others at the moment, as known then; of approved figures, if those
    are looked at."""
    now = picture.assessor
    then = assessor(
        store.cursor,
        now.deployment,
        now.plan,
        now.period,
        scope=now.scope,
        today=(moment + VIETNAM).date(),
        known_on=seen_like(moment, known_on),
        with_history=False,
    )
    pairs = ((a, then.assess(a.target).verdict) for a in counted)
    return tuple(Changed(a, old) for a, old in pairs if old is not a.verdict)
