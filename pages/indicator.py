"""Chỉ tiêu: one indicator: its finding, its course, who makes up the gap, where it comes from."""

from __future__ import annotations

import streamlit as st

from etl.context import opened
from indicators.evidence_text import readings
from indicators.period import parse_period
from pages.parts.data import areas_of, evidence_of, picture_of, ranking_of, sources_of
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.indicator.chosen import Chosen, choose, options
from pages.parts.indicator.definition import definition
from pages.parts.indicator.every import every_unit
from pages.parts.indicator.explain import asked_for, explanation
from pages.parts.indicator.finding import finding, key_figures
from pages.parts.indicator.pictures import course, funnel_below
from pages.parts.indicator.shown import Form, shown_of
from pages.parts.indicator.units import forms_of, units_card
from pages.parts.links import show
from pages.parts.names import names_of, parents_of
from pages.parts.tasks.actions import beside_target
from pages.parts.view import current_view

asked, shown = current_view(), shown_of(dict(st.query_params))
picture = picture_of(asked)
deployment = opened().deployment
period, language = parse_period(asked.period), asked.language
names, parents = names_of(deployment, period), parents_of(deployment, period)


def page(chosen: Chosen) -> None:
    """Everything below the choices."""
    view, own, catalogue = chosen.view, chosen.own, deployment.catalogue
    plan, known, units = deployment.plans[view.plan], evidence_of(view, own), ranking_of(view, own)
    forms = forms_of(units, known, deployment)
    form = shown.kept_to(forms)
    title = finding(chosen.whole, own, catalogue, language)
    show(title + key_figures(own, view, form), key="finding")
    course(own, plan, known, readings(own, known, language), view)
    if units.ranks:
        with st.container(key="vd-card-units"):
            show(units_card(units, forms, names, deployment, view, form), key="units")
            if form.form is Form.FUNNEL:
                funnel_below(known, own, names, view)
    every = (every_unit(e, names, parents, view, form, catalogue) for e in chosen.every)
    last = definition(own, plan, deployment, language)
    number = asked_for(chosen, units, shown)
    if number is not None:
        last += explanation(number, sources_of(view, number), deployment, view, form)
    show(f'<div class="vd-stack">{"".join(every)}{last}</div>', key="below")
    beside_target(chosen)


chosen = choose(asked, picture.assessments)
filters(chosen.view if chosen else asked, areas_of(asked), options(picture.assessments, language))
fresh_bar(picture, chosen.view if chosen else asked, "/chi-tieu")
if chosen:
    page(chosen)
