"""The two pictures of the page: the course of the value, and the funnel of the units."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from indicators.assess import Assessment
from indicators.charts.funnel import funnel
from indicators.charts.trend import trend
from indicators.evidence import Evidence
from indicators.evidence_text import Readings
from indicators.plans import Plan
from indicators.text import say
from pages.parts.figure import draw
from pages.parts.html import e
from pages.parts.indicator.definition import quote
from pages.parts.indicator.finding import nothing_yet
from pages.parts.indicator.reading import reading
from pages.parts.kept import kept_for_all
from pages.parts.links import go, show
from pages.parts.view import View


def course(own: Assessment, plan: Plan, known: Evidence, read: Readings, view: View) -> None:
    """The course with what may be read out of it; without any figure, what to do about it."""
    figure = trend(own, plan, view.language, known.chart)
    left, right = st.columns([5, 3], gap="medium")
    if figure is None:
        with left:
            show(nothing_yet(view), key="nothing")
    else:
        with left.container(key="vd-card-trend"):
            draw(figure, key="trend", view=view, table="trend")
    with right:
        beside = reading(read, view) + quote(own, view.language)
        show(f'<div class="vd-beside-course">{beside}</div>', key="reading")


def funnel_below(known: Evidence, own: Assessment, names: Mapping[str, str], view: View) -> None:
    """The funnel; a click on a point opens the page of its unit."""
    figure = kept_for_all(
        ("funnel", view, own.target.id, own.indicator.id),
        lambda: funnel(
            known.placed,
            whole=own.measure,
            indicator=own.indicator,
            names=names,
            language=view.language,
        ),
    )
    if figure is None:
        return
    key = f"funnel-{view.unit}-{own.indicator.id}"
    for point in draw(figure, key=key, choose=True, view=view, table="ranking"):
        if "customdata" in point:
            go(view.link("/don-vi", unit=str(point["customdata"])))
    st.html(f'<p class="vd-own vd-mute">{e(say("funnel.note", view.language))}</p>')
