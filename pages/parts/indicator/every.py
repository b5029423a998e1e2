"""A target for every unit: who fails, and who is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.formats import format_number
from indicators.sentence import why
from indicators.text import say
from pages.parts.html import e
from pages.parts.indicator.listing import figure, heading, table, unit_link
from pages.parts.indicator.shown import Shown
from pages.parts.take.menu import take
from pages.parts.verdicts import mark
from pages.parts.view import View

LISTED = 40  # failing units shown before the rest is only counted


def every_unit(
    a: Assessment,
    names: Mapping[str, str],
    parents: Mapping[str, str],
    view: View,
    shown: Shown,
    catalogue: Catalogue,
) -> str:
    """Those that fail first, then how many are not known and where."""
    failing = sorted(a.failing, key=lambda u: (abs(u.difference or 0), u.scope), reverse=True)
    rows = "".join(every_row(u, names, parents, view, shown) for u in failing[:LISTED])
    heads = heading(("unit", "above", "value", "verdict"), view.language, ("above", "verdict"))
    more = len(failing) - LISTED
    rest = say("overview.more_units", view.language, count=more) if more > 0 else ""
    listed = table(heads, rows) if rows else ""
    tail = f'<p class="vd-mute">{e(rest)}</p>{unknown(a, names, parents, view.language)}'
    title = say("breakdown.every", view.language)
    menu, reason = take("every", title, view), e(why(a, catalogue, view.language))
    lead = f'<h2>{e(title)}</h2>{menu}<p class="vd-mute">{reason}</p>'
    return f'<section class="vd-card">{lead}{listed}{tail}</section>'


def every_row(
    a: Assessment, names: Mapping[str, str], parents: Mapping[str, str], view: View, shown: Shown
) -> str:
    """One unit that fails."""
    above = names.get(parents.get(a.scope, ""), "")
    value = figure(a, names[a.scope], view, shown)
    return (
        f'<tr><th scope="row">{unit_link(a.scope, names, view)}</th><td class="vd-left">{e(above)}</td>'
        f'<td>{value}</td><td class="vd-left">{mark(a.verdict, view.language)}</td></tr>'
    )


def unknown(
    a: Assessment, names: Mapping[str, str], parents: Mapping[str, str], language: str
) -> str:
    """Units without a figure, counted by the area they stand in."""
    silent = [u.scope for u in a.units if u.measure.value is None]
    if not silent:
        return ""
    counts = Counter(parents.get(unit, unit) for unit in silent)
    areas = ", ".join(f"{names[area]} ({n})" for area, n in sorted(counts.items()))
    title = e(say("breakdown.unknown", language, count=format_number(len(silent), 0, language)))
    return f"<details><summary>{title}</summary><p>{e(areas)}</p></details>"
