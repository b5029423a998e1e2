"""Bảng nhiệt: every area under every indicator at once, the worst at the top and on the left."""

from __future__ import annotations

import streamlit as st

from etl.context import opened
from indicators.period import parse_period
from pages.parts.data import areas_of, picture_of
from pages.parts.filters import filters, freshness
from pages.parts.heat.answer import answer, heat_of
from pages.parts.heat.table import table
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.view import current_view

view = current_view()
found, names = heat_of(view), names_of(opened().deployment, parse_period(view.period))

filters(view, areas_of(view))
st.html(f'<div class="vd-own">{freshness(picture_of(view), view.language)}</div>')
drawn = table(found, names, view) if found.columns else ""
show(f"{answer(found, names, view)}{drawn}", key="heat")
