"""Quản trị: who may come in and as what, whose sessions live, and ending them."""

from __future__ import annotations

import streamlit as st

from indicators.text import say
from pages.parts.admin.accounts import account_rows
from pages.parts.admin.act import told
from pages.parts.admin.forms import adding, changing
from pages.parts.admin.live import live_sessions
from pages.parts.html import e
from pages.parts.links import show
from pages.parts.view import current_view

language = current_view().language
st.title(say("admin.title", language), anchor=False)
st.html(f'<div class="vd-own"><p class="vd-lead">{e(say("admin.lead", language))}</p></div>')
told(language)
show(account_rows(language), key="accounts")
changing(language)
adding(language)
live_sessions(language)
