"""What stands below an area: its communes or districts with their figures, and its facilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from etl.progress import Report
from etl.results import Picture
from indicators.breakdown import Breakdown, Part
from indicators.catalogue import Catalogue, Indicator
from indicators.deployment import Deployment
from indicators.formats import format_number
from indicators.report.times import YEAR
from indicators.text import lower_first, say, upper_first
from indicators.units import Unit, UnitTree
from pages.parts.html import e
from pages.parts.take.menu import take
from pages.parts.verdicts import icon
from pages.parts.view import View


def parts_card(
    found: Breakdown, unit: Unit, names: Mapping[str, str], deployment: Deployment, view: View
) -> str:
    """The areas below as a table, every name a link, the worst of each column marked."""
    if not found.parts:
        return ""
    language, tree = view.language, deployment.units
    kinds = dict.fromkeys(tree.latest_names[p.unit].kind for p in found.parts)
    kind = deployment.catalogue.kinds[next(iter(kinds))]
    word = kind.plural(language)
    title = say("unit.parts.title", language, kind=upper_first(word), name=lower_first(unit.name))
    coverage = say(
        "unit.parts.coverage",
        language,
        known=format_number(found.known, 0, language),
        total=format_number(len(found.parts), 0, language),
        kind=word,
    )
    menu = take("parts", title, view) if found.known else ""
    heading = f'<div class="vd-title"><h2>{e(title)}</h2><span>{e(coverage)}</span></div>{menu}'
    if not found.known:
        return f'<section class="vd-card">{heading}{_plain(found, word, names, view)}</section>'
    rows = "".join(_row(part, found, names, view) for part in found.parts)
    note = f'<p class="vd-quiet">{e(say("unit.parts.worst_note", language))}</p>'
    return (
        f'<section class="vd-card">{heading}'
        f'<div class="vd-wide"><table class="vd-sheet vd-parts">{_head(found, deployment, language)}'
        f"<tbody>{rows}</tbody></table></div>{note}</section>"
    )


def _plain(found: Breakdown, word: str, names: Mapping[str, str], view: View) -> str:
    """Only the names, as links, where no area has a figure."""
    text = e(say("unit.parts.none", view.language, kind=word))
    links = "".join(
        f'<li><a href="{e(view.link("/don-vi", unit=part.unit))}">{e(names[part.unit])}</a></li>'
        for part in found.parts
    )
    return f'<p class="vd-quiet">{text}</p><ul class="vd-list vd-names-only">{links}</ul>'


def _head(found: Breakdown, deployment: Deployment, language: str) -> str:
    quantity = deployment.catalogue.quantities[found.size] if found.size else None
    texts = [say("unit.parts.unit", language)]
    if quantity:
        texts.append(quantity.name_vi if language == "vi" else quantity.name_en)
    texts += [_heading(i, language) for i in found.indicators]
    return "<thead><tr>" + "".join(f'<th scope="col">{e(t)}</th>' for t in texts) + "</tr></thead>"


def _heading(indicator: Indicator, language: str) -> str:
    name = indicator.short_vi if language == "vi" else indicator.name_en
    unit = indicator.unit_of_measure
    return f"{name} ({unit})" if unit in ("%", "‰") else name


def _row(part: Part, found: Breakdown, names: Mapping[str, str], view: View) -> str:
    address = e(view.link("/don-vi", unit=part.unit))
    size = f"<td>{format_number(part.size, 0, view.language)}</td>" if found.size else ""
    cells = "".join(_cell(part, i, found, view.language) for i in found.indicators)
    return f'<tr><td><a href="{address}">{e(names[part.unit])}</a></td>{size}{cells}</tr>'


def _cell(part: Part, indicator: Indicator, found: Breakdown, language: str) -> str:
    measure = part.measures.get(indicator.id)
    value = measure.value if measure else None
    text = format_number(value, indicator.decimals, language)
    verdict = part.verdicts.get(indicator.id)
    mark = icon(verdict) if verdict and value is not None else ""
    if found.worst.get(indicator.id) != part.unit:
        return f"<td>{mark}{text}</td>"
    title = e(say("unit.parts.worst", language))
    return f'<td class="vd-lowest" title="{title}">{mark}{text} ▼</td>'


def facilities_card(
    tree: UnitTree, picture: Picture, deployment: Deployment, view: View, today: date
) -> str:
    """The facilities that stand directly in the area, and whether this period's report is in."""
    found = standing_below(tree, deployment.catalogue, view.unit)
    if not found:
        return ""
    items = "".join(
        f'<li><a href="{e(view.link("/don-vi", unit=u.id))}">{e(u.name)}</a>'
        f"<small>{e(state_text(u.id, picture, today, view.language))}</small></li>"
        for u in found
    )
    title = say("unit.parts.facilities", view.language)
    heading = f"<h2>{e(title)}</h2>{take('facilities', title, view)}"
    return f'<section class="vd-card">{heading}<ul class="vd-list">{items}</ul></section>'


def standing_below(tree: UnitTree, catalogue: Catalogue, unit: str) -> list[Unit]:
    """The facilities directly below a unit that fill in any form, by kind and name."""
    kinds = catalogue.kinds
    asked = {kind for form in catalogue.forms.values() for kind in form.kinds}
    children = [tree.units[u] for u in tree.children.get(unit, ())]
    found = [u for u in children if u.kind in asked and not kinds[u.kind].area]
    return sorted(found, key=lambda u: (kinds[u.kind].order, u.short_name))


def state_text(unit: str, picture: Picture, today: date, language: str) -> str:
    """Whether the report came, how late, and whether all figures that are needed were in it."""
    state = _arrival([r for r in picture.progress.reports if r.unit == unit], today, language)
    if unit not in picture.incomplete:
        return state
    return say("unit.parts.incomplete", language, state=state)


def _arrival(own: Sequence[Report], today: date, language: str) -> str:
    if not own:
        return say("unit.parts.no_form", language)
    worst = max(own, key=lambda r: (r.received is None, r.days_late))
    if worst.received is None:
        overdue = worst.days_overdue(today)
        key = "missing" if overdue else "waiting"
        if overdue > YEAR:
            return say("overview.overdue_long", language)
        return say(f"unit.parts.{key}", language, days=overdue, due=f"{worst.due:%d/%m/%Y}")
    key = "late" if worst.days_late else "on_time"
    return say(f"unit.parts.{key}", language, days=worst.days_late)
