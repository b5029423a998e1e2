"""What came of the last click of a form: kept, or why not; each told once, where it belongs."""

from __future__ import annotations

import streamlit as st

from pages.parts.html import as_written

SAVED, PROBLEM = "vd-t-saved-", "vd-t-problem-"


def told(form: str) -> None:
    """What the last click of this form kept, in words."""
    saved = st.session_state.pop(SAVED + form, "")
    if saved:
        st.success(as_written(saved))


def is_denied(form: str) -> bool:
    """Whether the last click of this form kept nothing."""
    return PROBLEM + form in st.session_state


def denied(form: str) -> None:
    """Why the last click of this form kept nothing."""
    problem = st.session_state.pop(PROBLEM + form, "")
    if problem:
        st.error(as_written(problem))
