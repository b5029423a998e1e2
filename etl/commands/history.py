"""``submissions`` and ``rollback``: what was received, and taking it back."""

from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, moment_of, period_of, refused, unit_of
from etl.store.closing import PeriodClosed
from etl.store.connect import now
from etl.store.left import left_after
from etl.store.submissions import AlreadyWithdrawn, NoSuchSubmission, submissions, withdraw
from indicators.period import period_label
from indicators.text import say


def list_submissions(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every submission, newest first."""
    opened = context.opened()
    unit, period = arguments.get("unit"), arguments.get("period")
    found = submissions(
        opened.store.cursor(),
        unit=unit_of(opened, unit) if unit else None,
        period=period_of(period).code if period else None,
        known_on=moment_of(arguments.get("as_known_on")),
    )
    return Answer(
        0, [{**vars(s), "received_at": s.received_at.isoformat(timespec="seconds")} for s in found]
    )


def rollback(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Take one submission back, with a reason; what was valid before is valid again."""
    opened = context.opened()
    number, reason = int(arguments["id"]), str(arguments.get("reason") or "").strip()
    if not reason:
        return refused("Thu hồi một lượt nộp phải có lý do (--reason).", exit_code=2)
    by = str(arguments.get("by") or "dòng lệnh")
    try:
        withdraw(opened.store, number, reason=reason, by=by, at=now(), approved=True)
    except NoSuchSubmission:
        raise Misuse(f"Không có lượt nộp số {number}.") from None
    except AlreadyWithdrawn:
        return refused(f"Lượt nộp số {number} đã được thu hồi trước đó.")
    except PeriodClosed as error:
        period, who = period_label(error.closing.period), error.closing.by
        return refused(say("decide.in_closed", period=period, by=who))
    left = left_after(opened.store.cursor(), number)
    document = {"ok": True, "withdrawn": number, "reason": reason, **vars(left)}
    return Answer(0, document)
