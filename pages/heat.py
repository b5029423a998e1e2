"""Bảng nhiệt: every area under every indicator at once, the worst at the top and on the left."""

from __future__ import annotations

from etl.context import opened
from indicators.period import parse_period
from pages.parts.data import areas_of, picture_of
from pages.parts.ended import ended_notice
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.heat.answer import answer, heat_of
from pages.parts.heat.table import table
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.view import current_view

view, deployment = current_view(), opened().deployment
period = parse_period(view.period)
found, names = heat_of(view), names_of(deployment, period)

filters(view, areas_of(view))
fresh_bar(picture_of(view), view, "/bang-nhiet")
drawn = table(found, names, view) if found.columns else ""
ended = ended_notice(deployment, period, view, "/bang-nhiet")
show(f"{ended}{answer(found, names, view)}{drawn}", key="heat")
