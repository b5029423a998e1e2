"""Duyệt & chốt: what waits for a decision and what it changes, who has not sent, closing a period."""

from __future__ import annotations

from indicators.people import Act
from pages.parts.approval.changes import changes_section
from pages.parts.approval.closing import closing_section
from pages.parts.approval.data import situation_of
from pages.parts.approval.head import head
from pages.parts.approval.log import log_card
from pages.parts.approval.waiting import waiting_section
from pages.parts.data import areas_of, picture_of
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.links import show
from pages.parts.person import current_person
from pages.parts.view import current_view

view, person = current_view(), current_person()
filters(view, areas_of(view))
fresh_bar(picture_of(view), view, "/phe-duyet")
found = situation_of(view)
show(head(found, view), key="approval-head")
waiting_section(found, view, person)
changes_section(found, view)
closing_section(found, view, person)
if person.may(Act.AUDIT):
    show(log_card(view), key="approval-log")
