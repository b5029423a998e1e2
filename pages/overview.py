"""Tổng quan: are we keeping the plan, what is getting worse, who has not reported."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from etl.context import opened
from indicators.period import parse_period
from indicators.text import say
from pages.parts.aside import forms_card, has_values, missing_card, worse_card, worsening
from pages.parts.data import kept, picture_of, ranking_of
from pages.parts.ended import ended_notice
from pages.parts.filters import filters, freshness
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.others import other_rows
from pages.parts.summary import chosen_of, counted, no_targets, split, summary
from pages.parts.take.menu import take
from pages.parts.targets import target_rows
from pages.parts.view import current_view

deployment = opened().deployment
asked = current_view()
# The plan is judged where it was set; what lies below is on its own page.
view = replace(asked, unit=deployment.plans[asked.plan].unit)
picture = picture_of(view)
names = names_of(deployment, parse_period(view.period))
chosen = chosen_of(st.query_params.get("verdict", ""), picture.assessments)

filters(view, ())
st.html(f'<div class="vd-own">{freshness(picture, view.language)}</div>')

worse = [(a, ranking_of(view, a)) for a in worsening(picture.assessments)]
aside = (
    worse_card(worse, names, view, has_values=has_values(picture.assessments)),
    missing_card(picture.progress, picture.incomplete, view, names, view.today),
    forms_card(picture.progress.by_form(), deployment.catalogue, view),
)
columns = f"<aside>{''.join(aside)}</aside></div>"
if picture.assessments:
    main = chosen or counted(picture.assessments)
    only = str(chosen[0].verdict) if chosen else ""
    menu = take("targets", say("overview.rows", view.language), view, verdict=only)

    def all_rows() -> str:
        own = target_rows(main, view, deployment.catalogue, menu=menu)
        return f"<div>{own}{other_rows(picture.assessments, view, deployment.catalogue)}</div>"

    # Half of the work of a run, and the same for everybody who looks at this view.
    rows = kept(("overview", view, only), all_rows)
    answer = summary(picture.assessments, view.language)
    answer += split(picture.assessments, view, chosen)
else:
    rows = ""
    answer = no_targets(deployment.plans[view.plan], view.language)
answer = ended_notice(deployment, parse_period(view.period), view, "/") + answer
source = e(say("overview.source", view.language))
show(
    f'{answer}<div class="vd-grid">{rows}{columns}<p class="vd-foot">{source}</p>',
    key="overview",
)
