"""The label of a field of Streamlit with somebody's own words in it."""

from __future__ import annotations

import streamlit as st

from pages.parts.html import e, unmarked


def label_above(text: str) -> str:
    """Draws the label as it was written, for the eye, and gives the field's own, which is heard.

    The field hides it (`label_visibility="collapsed"`): Streamlit would read signs in it as Markdown
    and, where they are escaped, say the escapes aloud.
    """
    st.html(f'<p class="vd-label" aria-hidden="true">{e(text)}</p>')
    return unmarked(text)
