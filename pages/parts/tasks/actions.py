"""Actions agreed where targets are missed: of the whole plan, and beside one target."""

from __future__ import annotations

from collections.abc import Sequence

from etl.context import local, opened
from indicators.actions import Action
from indicators.assess import Assessment
from indicators.catalogue import Indicator
from indicators.formats import format_number
from indicators.judge import BAD, WORST_FIRST, Verdict
from indicators.text import say
from pages.parts.html import e, say_html, vi
from pages.parts.indicator.chosen import Chosen
from pages.parts.links import show
from pages.parts.named import named
from pages.parts.take.menu import take
from pages.parts.tasks.action_form import action_forms
from pages.parts.tasks.asked import PATH
from pages.parts.tasks.data import actions_of
from pages.parts.tasks.marks import action_mark
from pages.parts.verdicts import mark
from pages.parts.view import View

# Two names, so that a link from one page does not find the part of the page it leaves.
OF_PLAN, OF_TARGET = "viec-da-thong-nhat", "viec-cua-chi-tieu"
RED = BAD | {Verdict.AT_RISK}


def actions_section(assessments: Sequence[Assessment], view: View) -> None:
    """Everything agreed for the plan, the red targets without an action, and how to update."""
    found = actions_of(view)
    html = _card(found, say("action.none", view.language), view)
    without = without_action(assessments, found)
    show(html.replace("</section>", f"{_without(without, view)}</section>"), key="actions")
    action_forms(found, None, view)


def beside_target(chosen: Chosen) -> None:
    """On the page of an indicator: what was agreed for its target, and a form to agree more."""
    view, target = chosen.view, chosen.whole.target
    found = [a for a in actions_of(view) if a.target == target.id]
    html = _card(found, say("action.none_here", view.language), view, target=target.id)
    link = f"{view.link(PATH, indicator='')}#{OF_PLAN}"
    back = f'<p><a class="vd-chip" href="{e(link)}">{e(say("action.all", view.language))}</a></p>'
    show(html.replace("</section>", f"{back}</section>"), key="actions")
    action_forms(found, (target.id, chosen.own.indicator.id), view)


def without_action(assessments: Sequence[Assessment], found: Sequence[Action]) -> list[Assessment]:
    """The red targets for which nothing is under way."""
    served = {a.target for a in found if a.is_open}
    return [a for a in assessments if a.verdict in RED and a.target.id not in served]


def _card(found: Sequence[Action], nothing: str, view: View, *, target: str = "") -> str:
    """What was agreed for one target, or for the whole plan; ``nothing``: said where it is none."""
    language, with_target = view.language, not target
    menu = take("agreed", say("action.title", language), view, target=target) if found else ""
    rows = "".join(_row(action, view, with_target=with_target) for action in found)
    body = rows or f'<p class="vd-quiet">{e(nothing)}</p>'
    counts = {
        "open": sum(a.is_open for a in found),
        "late": sum(bool(a.days_late(view.today)) for a in found),
    }
    texts = {name: format_number(count, 0, language) for name, count in counts.items()}
    summary = f"<span>{e(say('action.summary', language, **texts))}</span>" if found else ""
    title, anchor = e(say("action.title", language)), OF_PLAN if with_target else OF_TARGET
    return (
        f'<section class="vd-card vd-t-actions" id="{anchor}">'
        f'<div class="vd-title"><h2>{title}</h2>{summary}</div>{menu}{body}</section>'
    )


def _row(action: Action, view: View, *, with_target: bool) -> str:
    language, late = view.language, action.days_late(view.today)
    target = _target(action, view) if with_target else ""
    day = f"{local(action.moved_at):%d/%m/%Y}"
    reason = say_html("action.reason", language, {"text": vi(action.reason)})
    mover = vi(named(action.moved_by, language))
    by = say_html("action.agreed_by", language, {"name": mover}, day=day)
    small = "".join(
        f"<small>{line}</small>" for line in (reason if action.reason else "", by) if line
    )
    return (
        f'<div class="vd-task"><div class="vd-t-what">{vi(action.content)}{_unit(action)}{target}</div>'
        f"<div>{say_html('action.owner', language, {'name': vi(action.owner)})}</div>"
        f"<div><b>{e(say('action.due', language, day=f'{action.due:%d/%m/%Y}'))}</b>"
        f"<small>{e(_days(action, late, view))}</small></div>"
        f"<div>{action_mark(action, late, language)}{small}</div></div>"
    )


def _unit(action: Action) -> str:
    """For which unit, where that is not the whole area of the plan."""
    row = opened().deployment.units.latest_names.get(action.unit or "")
    return f"<small>{e(row.name)}</small>" if row else ""


def _days(action: Action, late: int, view: View) -> str:
    """How long still, or since when overdue; "" once it is closed."""
    if not action.is_open:
        return ""
    days = late or (action.due - view.today).days
    key = "action.late" if late else "action.left"
    return say(key, view.language, days=format_number(days, 0, view.language))


def _target(action: Action, view: View) -> str:
    name = e(indicator_name(action.indicator, view.language))
    link = f"{view.link('/chi-tieu', indicator=action.indicator)}#{OF_TARGET}"
    return f'<small><a href="{e(link)}">{name}</a></small>'


def indicator_name(indicator: str, language: str) -> str:
    """What an indicator is called; its id where the catalogue no longer has it."""
    found = opened().deployment.catalogue.indicators.get(indicator)
    if found is None:
        return indicator
    return found.name_vi if language == "vi" else found.name_en


def _without(found: Sequence[Assessment], view: View) -> str:
    """The red targets without an action by verdict, each a link to where one can be added."""
    if not found:
        return ""
    verdicts = sorted({a.verdict for a in found}, key=WORST_FIRST.index)
    lines = "".join(_without_line(v, found, view) for v in verdicts)
    return f"<h3>{e(say('action.without', view.language))}</h3>{lines}"


def _without_line(verdict: Verdict, found: Sequence[Assessment], view: View) -> str:
    """Two targets for one indicator are one link: they share its page."""
    indicators = {a.indicator.id: a.indicator for a in found if a.verdict is verdict}
    links = ", ".join(_without_link(i, view) for i in indicators.values())
    return f'<p class="vd-t-without">{mark(verdict, view.language)} {links}</p>'


def _without_link(indicator: Indicator, view: View) -> str:
    link = f"{view.link('/chi-tieu', indicator=indicator.id)}#{OF_TARGET}"
    name = indicator.short_vi if view.language == "vi" else indicator.name_en
    return f'<a href="{e(link)}">{e(name)}</a>'
