"""Chất lượng số liệu: how complete, timely and consistent the figures are, worst first."""

from __future__ import annotations

from etl.context import opened
from indicators.period import parse_period
from pages.parts.data import areas_of, picture_of
from pages.parts.ended import ended_notice
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.quality.answer import answer, covered, tiles
from pages.parts.quality.cover import gaps_card, levels_card, targets_card
from pages.parts.quality.data import looked_of
from pages.parts.quality.doubts import doubts_card, unusual_card
from pages.parts.quality.reports import late_card, missing_card
from pages.parts.quality.scores import scores_card
from pages.parts.quality.words import Scene
from pages.parts.view import current_view

view, deployment = current_view(), opened().deployment
period = parse_period(view.period)
found, picture = looked_of(view), picture_of(view)
scene = Scene(view, names_of(deployment, period), deployment.catalogue)

filters(view, areas_of(view))
fresh_bar(picture, view, "/chat-luong")
shares = found.shares
cards = [
    (shares["units"].value, missing_card(found, scene)),
    (shares["on_time"].value, late_card(found, scene)),
    (shares["cells"].value, gaps_card(found, scene)),
    (shares["levels"].value, levels_card(found, scene)),
    (covered(picture).value, targets_card(picture, scene)),
]
cards.sort(key=lambda item: (item[0] is None, item[0] or 0))
columns = f'<div class="vd-q-columns">{"".join(html for _, html in cards)}</div>'
doubts = doubts_card(found, scene)
inside = f"{doubts}{columns}" if found.doubts else f"{columns}{doubts}"
inside += scores_card(found, scene) + unusual_card(found, scene)
head = (
    ended_notice(deployment, period, view, "/chat-luong")
    + answer(found, period, view)
    + tiles(found, picture, view)
)
show(f'{head}<div class="vd-stack">{inside}</div>', key="quality")
