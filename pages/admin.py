"""Quản trị: who may come in and as what, whose sessions live, and ending them."""

from __future__ import annotations

import streamlit as st

from indicators.text import say
from pages.parts.admin.accounts import account_rows
from pages.parts.admin.act import told
from pages.parts.admin.forms import adding, changing
from pages.parts.admin.live import live_sessions
from pages.parts.approval.log import PLACE
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.view import current_view

view = current_view()
language = view.language
st.title(say("admin.title", language), anchor=False)
log = f'<a href="{e(view.link("/phe-duyet"))}#{PLACE}">{e(say("admin.log", language))}</a>'
show(f'<p class="vd-lead">{e(say("admin.lead", language))} {log}</p>', key="admin-lead")
told(language)
show(account_rows(language), key="accounts")
changing(language)
adding(language)
live_sessions(language)
