"""What may be decided about reports and periods, in words of the person who decides."""

from collections.abc import Callable, Sequence
from datetime import datetime

from etl.store.closing import CannotClose, PeriodClosed, close, reopen
from etl.store.connect import Store
from etl.store.decisions import CannotDecide, Decision, decide
from etl.store.submissions import NoSuchSubmission
from indicators.deployment import Deployment
from indicators.period import Period, period_label


class Refused(Exception):
    """It cannot be done; ``key`` and ``facts`` name the sentence in the text tables."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = f"decide.{key}", facts


def decide_on(
    store: Store,
    deployment: Deployment,
    submissions: Sequence[int],
    decision: Decision,
    *,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    """Approve or return submissions, all or none. Raises Refused."""
    _require(name_needed=by.strip(), none_chosen=submissions)
    if decision is Decision.RETURNED:
        _require(reason_needed=reason.strip())
    own = deployment.settings.own_approval
    said, name = reason.strip(), by.strip()
    try:
        decide(store, submissions, decision, reason=said, by=name, at=at, own=own)
    except NoSuchSubmission as error:
        raise Refused("unknown", number=str(error)) from error
    except CannotDecide as error:
        raise Refused(error.why, number=error.submission) from error
    except PeriodClosed as error:
        raise _closed(error) from error


def close_period(store: Store, period: Period, *, reason: str, by: str, at: datetime) -> None:
    """Close a period with all inside it. Raises Refused."""
    _move(close, store, period, reason, by, at)


def reopen_period(store: Store, period: Period, *, reason: str, by: str, at: datetime) -> None:
    """Open a closed period again. Raises Refused."""
    _move(reopen, store, period, reason, by, at)


def _move(
    act: Callable[..., None], store: Store, period: Period, reason: str, by: str, at: datetime
) -> None:
    _require(name_needed=by.strip(), close_reason_needed=reason.strip())
    try:
        act(store, period, reason=reason.strip(), by=by.strip(), at=at)
    except CannotClose as error:
        facts = {"period": period_label(period), "count": error.count}
        raise Refused(error.why.replace("-", "_"), **facts) from error


def _require(**given: object) -> None:
    """Raise Refused with the name of the first thing that was not given."""
    for key, value in given.items():
        if not value:
            raise Refused(key)


def _closed(error: PeriodClosed) -> Refused:
    return Refused("in_closed", period=period_label(error.closing.period), by=error.closing.by)
