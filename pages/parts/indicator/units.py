"""The units behind one number: list, map or funnel, with the links that choose among them."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.charts.atlas import can_be_mapped
from indicators.deployment import Deployment
from indicators.evidence import Evidence
from indicators.formats import format_number
from indicators.judge import direction
from indicators.ranking import Only, Ranking, lacking_of
from indicators.ranking_text import ranking_title
from indicators.text import say
from pages.parts.html import e
from pages.parts.indicator.listing import listing
from pages.parts.indicator.mapped import mapped
from pages.parts.indicator.shown import Form, Shown
from pages.parts.take.menu import take, take_drawn
from pages.parts.view import View

ENOUGH = 3  # units from which a funnel says anything


def forms_of(found: Ranking, known: Evidence, deployment: Deployment) -> list[Form]:
    """The ways in which these units can be shown: a map only where all have a place."""
    forms = [Form.LIST]
    forms += [Form.MAP] if can_be_mapped(found, deployment.atlas) else []
    return forms + ([Form.FUNNEL] if len(known.placed) >= ENOUGH else [])


def units_card(
    found: Ranking,
    forms: list[Form],
    names: Mapping[str, str],
    deployment: Deployment,
    view: View,
    shown: Shown,
) -> str:
    """The finding as title, the choices, and the list or the map."""
    head = tabs(forms, view, shown)
    if shown.form is Form.FUNNEL:
        return head
    finding = ranking_title(found, view.language)
    is_map = shown.form is Form.MAP
    menu = take_drawn("ranking", "map", finding, view) if is_map else take("ranking", finding, view)
    title = f'<div class="vd-title"><h2>{e(finding)}</h2>{menu}</div>'
    if is_map:
        return f"{head}{title}{mapped(found, deployment.atlas, names, view)}"
    return f"{head}{title}{filters(found, view, shown)}{listing(found, names, view, shown)}"


def tabs(forms: list[Form], view: View, shown: Shown) -> str:
    """List, map, funnel: one of them is the one shown."""
    if len(forms) < 2:
        return ""
    links = "".join(
        f'<a class="vd-chip" href="{e(shown.link(view, form=form, explain=""))}"'
        f"{' aria-current=true' * (form is shown.form)}>{e(say(f'shown.{form}', view.language))}</a>"
        for form in forms
    )
    label = e(say("shown.as", view.language))
    return f'<nav class="vd-tabs" aria-label="{label}">{links}</nav>'


def filters(found: Ranking, view: View, shown: Shown) -> str:
    """All units, only those that lack, only those without a figure; nothing where that is the same."""
    counts = {
        Only.ALL: len(found.ranks),
        Only.LACKING: len(lacking_of(found)),
        Only.SILENT: len(found.unknown),
    }
    present = [only for only, count in counts.items() if count]
    if len(set(counts.values()) - {0}) < 2:
        return ""
    lower = direction(found.ranks[0].assessment.test) < 0
    links = "".join(filter_link(only, counts[only], view, shown, lower=lower) for only in present)
    label = e(say("shown.only", view.language))
    return f'<nav class="vd-only" aria-label="{label}">{links}</nav>'


def filter_link(only: Only, count: int, view: View, shown: Shown, *, lower: bool) -> str:
    """One filter with how many units it leaves."""
    suffix = "_lower" if lower and only is Only.LACKING else ""
    number = format_number(count, 0, view.language)
    text = e(say(f"shown.{only}{suffix}", view.language, count=number))
    current = " aria-current=true" if only is shown.only else ""
    return f'<a class="vd-chip" href="{e(shown.link(view, only=only, explain=""))}"{current}>{text}</a>'
