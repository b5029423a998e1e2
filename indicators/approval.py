"""How far a report has come: not sent, sent, returned, approved, closed."""

from enum import StrEnum


class Stage(StrEnum):
    """The way of one report, in its order."""

    NOT_SENT = "not_sent"
    ENTERING = "entering"  # kept as a draft, not sent
    RETURNED = "returned"
    WAITING = "waiting"  # sent, nobody decided yet
    CHANGE = "change"  # approved, and a change of it waits
    APPROVED = "approved"
    CLOSED = "closed"


OPEN_STAGES = (Stage.NOT_SENT, Stage.ENTERING, Stage.RETURNED, Stage.WAITING, Stage.CHANGE)


def stage_of(
    newest: str | None, *, has_approved: bool, is_closed: bool, has_draft: bool = False
) -> Stage:
    """The stage of a report.

    ``newest``: what was last said of its newest revision that was not taken back ("" nothing yet,
    ``returned``, ``approved``), None where there is none. ``has_approved``: whether a revision that
    was approved counts. ``has_draft``: whether a draft of it is kept. A returned change leaves the
    report as approved as it was.
    """
    if is_closed and has_approved:
        return Stage.CLOSED
    if newest == "" and has_approved:
        return Stage.CHANGE
    if has_approved:
        return Stage.APPROVED
    if newest is None:
        return Stage.ENTERING if has_draft else Stage.NOT_SENT
    return Stage.RETURNED if newest == "returned" else Stage.WAITING
