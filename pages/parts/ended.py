"""That the unit of a view was no longer there at the end of its period, and what that means."""

from __future__ import annotations

from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind, period_label
from indicators.text import lower_first, say
from pages.parts.html import e
from pages.parts.view import View


def ended_notice(deployment: Deployment, period: Period, view: View, page: str) -> str:
    """A card with a link to the last quarter that it saw to its end; "" while it is there."""
    row = deployment.units.latest_names[view.unit]
    if row.valid_to is None or row.valid_to > period.end:
        return ""
    day = f"{row.valid_to:%d/%m/%Y}"
    text = say("ended.text", view.language, unit=row.name, day=day)
    more = say("ended.more", view.language, unit=lower_first(row.name))
    years = (row.valid_to.year - 1, row.valid_to.year)
    quarters = [q for y in years for q in Period(y, PeriodKind.YEAR).parts(PeriodKind.QUARTER)]
    last = [q for q in quarters if q.end < row.valid_to][-1]
    label = say("ended.last", view.language, period=period_label(last, view.language))
    address = e(view.link(page, period=last.code))
    unit = say("ended.unit", view.language)
    return (
        f'<section class="vd-card vd-notice vd-ended"><b>{e(text)}</b><p>{e(more)}</p>'
        f'<div class="vd-links"><a class="vd-chip" href="{address}">{e(label)}</a>'
        f'<a class="vd-chip" href="{e(view.link("/don-vi"))}">{e(unit)}</a></div></section>'
    )
