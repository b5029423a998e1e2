"""Changes that came after approval: on the leaders' page and on that of decisions."""

from __future__ import annotations

from etl.context import local, opened
from etl.store.awaiting import Sent
from indicators.formats import format_number
from indicators.people import Act
from indicators.period import parse_period
from indicators.text import say
from pages.parts.approval.data import Situation
from pages.parts.approval.rows import differences_text
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.person import may
from pages.parts.take.menu import take
from pages.parts.view import View

SHOWN = 6


def changes_section(found: Situation, view: View) -> None:
    """The card on the page of decisions, where there is any change."""
    html = changes_card(found.approval.changes, view, limit=None)
    if html:
        show(html, key="approval-changes")


def changes_card(changes: tuple[Sent, ...], view: View, *, limit: int | None = SHOWN) -> str:
    """What was changed after it had been approved, or would be; "" where nothing was.

    Not for the public: reasons and names are for the department and its units.
    """
    if not changes or not may(Act.FOLLOW):
        return ""
    language = view.language
    title = say("approval.changes", language)
    lead = f'<p class="vd-quiet">{e(changes_text(changes, language))}</p>'
    newest = changes[::-1][:limit]
    items = "".join(change_item(c, view) for c in newest)
    rest = format_number(len(changes) - len(newest), 0, language)
    there = (
        f'<a href="{e(view.link("/phe-duyet"))}">{e(say("approval.all", language, count=rest))}</a>'
    )
    more = f"<p>{there}</p>" if len(newest) < len(changes) else ""
    return (
        f'<section class="vd-card vd-changes"><h2>{e(title)}</h2>{take("changes", title, view)}'
        f"{lead}<ul>{items}</ul>{more}</section>"
    )


def changes_text(changes: tuple[Sent, ...], language: str) -> str:
    """How many were taken, how many wait."""
    taken = sum(c.word == "approved" for c in changes)
    counts = {"taken": taken, "waiting": len(changes) - taken}
    numbers = {name: format_number(n, 0, language) for name, n in counts.items()}
    return say("approval.changes_lead", language, **numbers)


def change_item(change: Sent, view: View) -> str:
    """One change: whose, what became what, why, and what was decided."""
    language = view.language
    period = parse_period(change.period)
    name = names_of(opened().deployment, period).get(change.unit, change.unit)
    there = view.link("/phe-duyet", {"report": str(change.id)}, period=change.period)
    state = "taken_by" if change.word == "approved" else "waits_since"
    moment = change.decided_at if change.word == "approved" else change.received_at
    facts = {"day": f"{local(moment):%d/%m/%Y}" if moment else "…", "by": change.decided_by}
    said = say(f"approval.{state}", language, **facts)
    why = say("approval.why", language, reason=change.reason or "…")
    return (
        f'<li><a href="{e(there)}"><b>{e(name)}</b></a> {e(differences_text(change, language))}'
        f"<small>{e(why)} · {e(said)}</small></li>"
    )
