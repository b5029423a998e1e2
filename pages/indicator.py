"""Chỉ tiêu: one indicator: its finding, its course, who makes up the gap, where it comes from."""

from __future__ import annotations

import streamlit as st

from etl.context import opened
from indicators.charts.ranking import ranking
from indicators.charts.trend import trend
from indicators.period import parse_period
from pages.parts.behind import behind
from pages.parts.breakdown import every_unit, ranking_table
from pages.parts.chosen import Chosen, choose, options
from pages.parts.data import areas_of, picture_of, ranking_of
from pages.parts.figure import draw
from pages.parts.filters import filters, freshness
from pages.parts.finding import finding, key_figures, nothing_yet
from pages.parts.links import go, show
from pages.parts.names import names_of, parents_of
from pages.parts.view import current_view

asked = current_view()
picture = picture_of(asked)
deployment = opened().deployment
period, language = parse_period(asked.period), asked.language
names, parents = names_of(deployment, period), parents_of(deployment, period)


def page(chosen: Chosen) -> None:
    """Everything below the choices."""
    view, own, catalogue = chosen.view, chosen.own, deployment.catalogue
    title = finding(chosen.whole, own, catalogue, language)
    show(title + key_figures(own, language), key="finding")
    units = ranking_of(view, own)
    course = trend(own, deployment.plans[view.plan], language)
    bars = ranking(units, names, language)
    left, right = st.columns([1, 1], gap="medium")
    if course:
        with left.container(key="vd-card-trend"):
            draw(course, key="trend", view=view, table="trend")
    else:
        with left:
            show(nothing_yet(view), key="nothing")
    if bars:
        with left.container(key="vd-card-ranking"):
            for point in draw(
                bars, key=f"bars-{view.unit}-{own.indicator.id}", choose=True, view=view
            ):
                go(view.link("/don-vi", unit=str(point["customdata"])))
    with right:
        for every in chosen.every:
            show(every_unit(every, names, parents, view, catalogue), key=every.target.id)
        if units.ranks:
            show(ranking_table(units, names, view), key="ranking")
    behind(chosen, deployment)


chosen = choose(asked, picture.assessments)
filters(chosen.view if chosen else asked, areas_of(asked), options(picture.assessments, language))
st.html(f'<div class="vd-own vd-ready">{freshness(picture, language)}</div>')
if chosen:
    page(chosen)
