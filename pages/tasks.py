"""Nhiệm vụ: the tasks of a plan, overdue first, what was reported of them, and actions agreed."""

from __future__ import annotations

import streamlit as st

from pages.parts.data import areas_of, picture_of
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.links import show
from pages.parts.tasks.actions import actions_section
from pages.parts.tasks.answer import answer
from pages.parts.tasks.asked import asked_of
from pages.parts.tasks.data import standings_of
from pages.parts.tasks.form import progress_form
from pages.parts.tasks.lead import choose_lead
from pages.parts.tasks.many import many_at_once
from pages.parts.tasks.rows import groups, tasks_menu
from pages.parts.view import current_view

view = current_view()
picture, found = picture_of(view), standings_of(view)
asked = asked_of(dict(st.query_params), found)
own = asked.of_lead(found)

filters(view, areas_of(view))
fresh_bar(picture, view, "/nhiem-vu")
show(answer(own, asked, view), key="tasks-answer")
choose_lead(found, asked, view.language)
progress_form(found, asked, view)
if own:
    rows = groups(asked.of_state(own), asked, view)
    show(f'{tasks_menu(asked, view)}<div class="vd-stack">{rows}</div>', key="tasks")
show(many_at_once(view), key="tasks-many")
actions_section(picture.assessments, view)
