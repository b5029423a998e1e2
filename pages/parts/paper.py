"""What stands on paper and not on the screen: whose page it is, of what, and when it was printed."""

from __future__ import annotations

from etl.context import opened
from etl.store.connect import now
from indicators.text import say
from pages.parts.data import holds_simulated
from pages.parts.html import e, vi
from pages.parts.kept import kept_for_all
from pages.parts.take.caption import clock, known, where
from pages.parts.view import View


def paper(view: View) -> str:
    """The lines at the head of a print, and the style of its edges, as HTML."""
    plan = opened().deployment.plans[view.plan]
    printed = say("take.printed", view.language, moment=clock(now()))
    lines = filter(None, (vi(plan.document), e(where(view)), e(known(view)), e(printed)))
    items = "".join(f"<span>{line}</span>" for line in lines)
    return f'<div class="vd-paper">{items}</div>{edges(view)}'


def edges(view: View) -> str:
    """At the foot of every sheet: the plan and period, and which sheet of how many it is."""
    plan = opened().deployment.plans[view.plan]
    mark = f" · {say('simulated.label', view.language)}" if is_simulated() else ""
    left = quoted(f"{plan.short_vi} · {where(view)}{mark}")
    sheet, of = (quoted(say(f"take.{word}", view.language)) for word in ("sheet", "of"))
    return (
        f"<style>@page {{ @bottom-left {{ content: {left}; }} "
        f"@bottom-right {{ content: {sheet} counter(page) {of} counter(pages); }} }}</style>"
    )


def is_simulated() -> bool:
    """Whether anything that may stand on a page is simulated."""
    return kept_for_all(("simulated",), holds_simulated)


def quoted(text: str) -> str:
    """A string of a style sheet; no character of it can end the string or the element."""
    return (
        '"'
        + "".join(c if c.isalnum() or c in " ,.:;/·-()" else f"\\{ord(c):x} " for c in text)
        + '"'
    )
