"""Changes that came after approval: on the leaders' page and on that of decisions."""

from __future__ import annotations

from etl.approval import Approval
from etl.context import local, opened
from etl.store.awaiting import Sent
from etl.store.taken_off import Undone
from indicators.formats import format_number
from indicators.people import Act
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.approval.data import Situation, went_back
from pages.parts.approval.rows import differences_text, figures_text
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.person import may
from pages.parts.take.menu import take
from pages.parts.view import View

SHOWN = 6


def changes_section(found: Situation, view: View) -> None:
    """The card on the page of decisions, where there is any change."""
    html = changes_card(found.approval, view, limit=None)
    if html:
        show(html, key="approval-changes")


def changes_card(approval: Approval, view: View, *, limit: int | None = SHOWN) -> str:
    """What was changed after it had been approved, or would be; "" where nothing was.

    Not for the public: reasons and names are for the department and its units.
    """
    events = approval.events
    if not events or not may(Act.FOLLOW):
        return ""
    language = view.language
    title = say("approval.changes", language)
    lead = f'<p class="vd-quiet">{e(changes_text(approval, language))}</p>'
    # What differs is asked for each: only for those that are shown.
    shown = events[:limit]
    items = "".join(item(event, view) for event in shown)
    return (
        f'<section class="vd-card vd-changes"><h2>{e(title)}</h2>{take("changes", title, view)}'
        f"{lead}<ul>{items}</ul>{rest_line(len(events) - len(shown), view)}</section>"
    )


def item(event: Sent | Undone, view: View) -> str:
    """A line about one of them."""
    return undone_item(event, view) if isinstance(event, Undone) else change_item(event, view)


def rest_line(rest: int, view: View) -> str:
    """How many more there are, as a link to all of them; "" where these are all."""
    if not rest:
        return ""
    count = format_number(rest, 0, view.language)
    words = e(say("approval.all", view.language, count=count))
    return f'<p><a href="{e(view.link("/phe-duyet"))}">{words}</a></p>'


def changes_text(approval: Approval, language: str) -> str:
    """How many were taken, how many wait, how many approved reports or changes no longer count."""
    changes = approval.changes
    taken = sum(c.word == "approved" for c in changes)
    counts = {"taken": taken, "waiting": len(changes) - taken}
    numbers = {name: format_number(n, 0, language) for name, n in counts.items()}
    parts = [say("approval.changes_lead", language, **numbers)] if changes else []
    back = sum(u.again is not None for u in approval.undone)
    leads = (("undone_lead", len(approval.undone) - back), ("undone_back_lead", back))
    parts += [
        say(f"approval.{key}", language, count=format_number(count, 0, language))
        for key, count in leads
        if count
    ]
    return " ".join(parts)


def undone_item(found: Undone, view: View) -> str:
    """An approved report that was returned or taken back: whose, which, by whom, when, why; the
    figures that count again where one was approved before."""
    language, period = view.language, parse_period(found.period)
    name = names_of(opened().deployment, period).get(found.unit, found.unit)
    form = opened().deployment.catalogue.forms[found.form]
    what = form.name_vi if language == "vi" else form.name_en
    facts = {"day": f"{local(found.off.at):%d/%m/%Y}", "by": found.off.by}
    said = say(f"approval.undone_{found.off.word}", language, **facts)
    why = say("approval.why", language, reason=found.off.reason or "…")
    there = view.link("/don-vi", unit=found.unit, period=found.period)
    what += f" · {period_label(period, language)}"
    return (
        f'<li><a href="{e(there)}"><b>{e(name)}</b></a> {e(what)}{again_text(found, language)}'
        f"<small>{e(why)} · {e(said)}</small></li>"
    )


def again_text(found: Undone, language: str) -> str:
    """What counts again and which figures went back to it; "" where nothing does."""
    if found.again is None:
        return ""
    figures, text = went_back(found), say("approval.counts_again", language)
    return f"<br>{e(': '.join(filter(None, (text, figures_text(figures, language)))))}"


def change_item(change: Sent, view: View) -> str:
    """One change: whose, what became what, why, and what was decided."""
    language = view.language
    period = parse_period(change.period)
    name = names_of(opened().deployment, period).get(change.unit, change.unit)
    there = view.link("/phe-duyet", {"report": str(change.id)}, period=change.period)
    state = "taken_by" if change.word == "approved" else "waits_since"
    facts = {"day": f"{local(change.happened_at):%d/%m/%Y}", "by": change.decided_by}
    said = say(f"approval.{state}", language, **facts)
    why = say("approval.why", language, reason=change.reason or "…")
    return (
        f'<li><a href="{e(there)}"><b>{e(name)}</b></a> {e(differences_text(change, language))}'
        f"<small>{e(why)} · {e(said)}</small></li>"
    )
