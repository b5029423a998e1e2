"""Đơn vị: one unit, how it stands, what is below it, and whether it reports in time."""

from __future__ import annotations

from etl.context import opened
from indicators.period import parse_period
from indicators.units import Unit
from pages.parts.data import areas_of, picture_of
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.kept import kept
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.quality.data import score_of
from pages.parts.quality.scores import score_card
from pages.parts.unit.answer import answer
from pages.parts.unit.data import below, record_of
from pages.parts.unit.head import head_html, not_valid_html, path_html
from pages.parts.unit.parts import facilities_card, parts_card
from pages.parts.unit.record import record_card
from pages.parts.unit.reported import reported_card
from pages.parts.unit.series import series_card
from pages.parts.unit.spine import spine_card
from pages.parts.unit.ways import ways
from pages.parts.unit.whole import standing_html
from pages.parts.view import View, current_view


def main() -> None:
    """The page from top to bottom."""
    view, deployment = current_view(), opened().deployment
    period = parse_period(view.period)
    tree = deployment.units.at(period.end)
    filters(view, areas_of(view))
    if view.unit not in tree.units:
        show(not_valid_html(view, deployment, period), key="unit")
        return
    picture, unit = picture_of(view), tree.units[view.unit]
    fresh_bar(picture, view, "/don-vi")
    html = path_html(tree, view) + head_html(unit, tree, period, deployment, view)
    is_area = deployment.catalogue.kinds[unit.kind].area
    html += answer(unit, view) + ways(view, is_area=is_area)
    # The same for everybody who looks at this view, until the data change.
    stack = kept(("unit", view), lambda: cards(unit, view))
    show(f'{html}<div class="vd-stack">{stack}</div>', key="unit")


def cards(unit: Unit, view: View) -> str:
    """An area: targets, parts, facilities. A facility: its report. Both: series and record."""
    deployment, period = opened().deployment, parse_period(view.period)
    tree, names = deployment.units.at(period.end), names_of(deployment, period)
    record = record_card(record_of(view), names, view, view.today)
    picture = picture_of(view)
    reports = picture.progress.reports
    series = series_card(deployment, period, view)
    quality = score_card(score_of(view), view) + record
    if not deployment.catalogue.kinds[unit.kind].area:
        return reported_card(reports, view) + spine_card(unit, tree, view) + series + quality
    return (
        standing_html(unit, view, spine_card(unit, tree, view))
        + parts_card(below(view), unit, names, deployment, view)
        + facilities_card(tree, picture, deployment, view, view.today)
        + series
        + quality
    )


main()
