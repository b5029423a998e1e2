"""``waiting``, ``approve``, ``return``, ``close``, ``reopen``, ``closings`` and ``audit``."""

from collections.abc import Callable, Container, Iterable
from typing import Any

from etl import context
from etl.commands.answer import Answer, moment_of, period_of, refused
from etl.deciding import Refused, close_period, decide_on, reopen_period
from etl.store.again import sent_again
from etl.store.audit import entries
from etl.store.awaiting import Sent, waiting
from etl.store.closing import Closing, closings
from etl.store.connect import now
from etl.store.decisions import Decision
from indicators.period import Period
from indicators.text import say


def list_waiting(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The reports that wait for a decision, the longest waiting first."""
    found = _waiting(arguments)
    returned = _returned_before(found)
    return Answer(0, {"reports": [_document(s, s.id in returned) for s in found]})


def _waiting(arguments: dict[str, Any]) -> list[Sent]:
    asked = arguments.get("period")
    known_on = moment_of(arguments.get("as_known_on"))
    found = waiting(context.opened().store.cursor(), known_on=known_on)
    return [s for s in found if asked is None or period_of(asked).holds(period_of(s.period))]


def _returned_before(found: Iterable[Sent]) -> Container[int]:
    """Those that had been returned: whoever did so looks at them again."""
    return sent_again(context.opened().store.cursor(), [s.id for s in found])


def _document(sent: Sent, returned: bool) -> dict[str, Any]:
    moments = {n: getattr(sent, n) for n in ("received_at", "decided_at")}
    texts = {n: m.isoformat(timespec="seconds") if m else None for n, m in moments.items()}
    seen = {"change": sent.is_change, "returned_before": returned}
    return {**vars(sent), **texts, **seen, "clean": sent.is_clean and not returned}


def approve(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Approve the submissions named, or with ``clean`` all of a period that ask for no look."""
    numbers = [int(number) for number in arguments.get("ids") or ()]
    if arguments.get("clean"):
        found = _waiting(arguments)
        returned = _returned_before(found)
        numbers += [s.id for s in found if s.is_clean and s.id not in returned]
    return _decide(numbers, Decision.APPROVED, arguments)


def send_back(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Return the submissions named to who sent them, with a reason."""
    return _decide([int(n) for n in arguments["ids"]], Decision.RETURNED, arguments)


def _decide(numbers: list[int], decision: Decision, arguments: dict[str, Any]) -> Answer:
    opened = context.opened()
    said = {"reason": str(arguments.get("reason") or ""), "by": str(arguments.get("by") or "")}

    def act() -> None:
        decide_on(opened.store, opened.deployment, numbers, decision, at=now(), **said)

    return _done(act, {"ok": True, "decision": decision, "submissions": numbers})


def close(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Close a period with all inside it, with a reason."""
    return _move(close_period, arguments, closed=True)


def reopen(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Open a closed period again, with a reason."""
    return _move(reopen_period, arguments, closed=False)


def _move(act: Callable[..., None], arguments: dict[str, Any], *, closed: bool) -> Answer:
    period: Period = period_of(str(arguments["period"]))
    said = {"reason": str(arguments.get("reason") or ""), "by": str(arguments.get("by") or "")}
    store = context.opened().store
    document = {"ok": True, "period": period.code, "closed": closed}
    return _done(lambda: act(store, period, at=now(), **said), document)


def _done(act: Callable[[], None], document: dict[str, Any]) -> Answer:
    try:
        act()
    except Refused as refusal:
        return refused(say(refusal.key, **refusal.facts))
    return Answer(0, document)


def list_closings(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every closing and reopening, oldest first."""
    found = closings(context.opened().store.cursor(), moment_of(arguments.get("as_known_on")))
    return Answer(0, {"closings": [_closing(c) for c in found]})


def _closing(closing: Closing) -> dict[str, Any]:
    return {
        "period": closing.period.code,
        "closed": closing.is_closed,
        "at": closing.at.isoformat(timespec="seconds"),
        "by": closing.by,
        "reason": closing.reason,
    }


def audit_log(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The log of acts, oldest first, with its hashes."""
    found = entries(context.opened().store.cursor(), moment_of(arguments.get("as_known_on")))
    lines = [{**vars(e), "occurred_at": e.occurred_at.isoformat()} for e in found]
    return Answer(0, {"entries": lines})
