"""Tổng quan: are we keeping the plan, what is getting worse, who has not reported, what is new."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from etl.context import opened
from indicators.period import parse_period
from indicators.text import say
from pages.parts.approval.changes import changes_card
from pages.parts.aside import forms_card, has_values, missing_card, worse_card, worsening
from pages.parts.data import picture_of, ranking_of
from pages.parts.ended import ended_notice
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.html import e
from pages.parts.kept import kept
from pages.parts.links import show
from pages.parts.names import names_of
from pages.parts.news import news_card
from pages.parts.others import main_rows, other_rows
from pages.parts.shown import news_of, shown_of, start_of
from pages.parts.summary import chosen_of, counted, no_targets, split, summary
from pages.parts.take.menu import take
from pages.parts.view import current_view
from pages.parts.visit import last_visit, note_visit

deployment = opened().deployment
asked = current_view()
# The plan is judged where it was set; what lies below is on its own page.
view = replace(asked, unit=deployment.plans[asked.plan].unit)
shown = shown_of(dict(st.query_params), view)
picture = picture_of(view)
found = picture.assessments
names = names_of(deployment, parse_period(view.period))
chosen = chosen_of(shown.verdict, found)

filters(view, ())
fresh_bar(picture, view, "/")

worse = [(a, ranking_of(view, a)) for a in worsening(found)]
start = start_of(shown, last_visit())
aside = (
    worse_card(worse, names, view, has_values=has_values(found)),
    missing_card(picture.progress, picture.incomplete, view, names, view.today),
    news_card(news_of(view, start), start, shown, names),
    changes_card(picture.approval, view),
    forms_card(picture.progress.by_form(), deployment.catalogue, view),
)
if found:
    only = str(chosen[0].verdict) if chosen else ""
    menu = take("targets", say("overview.rows", view.language), view, verdict=only)

    def all_rows() -> str:
        own = main_rows(chosen or counted(found), shown, deployment.catalogue, menu)
        return f"<div>{own}{other_rows(found, view, deployment.catalogue)}</div>"

    # Half of the work of a run, and the same for everybody who looks at this view.
    rows = kept(("overview", shown), all_rows)
    answer = summary(found, view) + split(found, shown, chosen)
else:
    rows = ""
    answer = no_targets(deployment.plans[view.plan], view.language)
answer = ended_notice(deployment, parse_period(view.period), view, "/") + answer
foot = f'<p class="vd-foot">{e(say("overview.source", view.language))}</p>'
grid = f'<div class="vd-grid">{rows}<aside>{"".join(aside)}</aside></div>'
show(answer + grid + foot, key="overview")
note_visit()
