"""Whether the series of a unit is put together or broken by reorganisations, in sentences."""

from __future__ import annotations

from indicators.boundaries import breaks_between
from indicators.boundary_text import change_text
from indicators.deployment import Deployment
from indicators.period import Period
from indicators.text import say
from indicators.turn import Change
from pages.parts.html import e
from pages.parts.view import View


def series_card(deployment: Deployment, period: Period, view: View) -> str:
    """One sentence for each reorganisation up to the period; nothing where there was none."""
    units = deployment.units
    found = breaks_between(units, view.unit, deployment.first_day, period.end)
    if not found:
        return ""
    items = "".join(
        f"<li>{_mark(c, view)} {e(change_text(units, c, view.language))}</li>" for c in found
    )
    title = e(say("unit.series.title", view.language))
    return f'<section class="vd-card"><h2>{title}</h2><ul class="vd-series">{items}</ul></section>'


def _mark(change: Change, view: View) -> str:
    """The kind of change by sign and word, so that it survives a black and white print."""
    sign, key = ("◌", "unit.series.broken") if change.is_break else ("＋", "unit.series.recombined")
    return f"<b>{sign} {e(say(key, view.language))}</b>"
