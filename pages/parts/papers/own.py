"""The report made again with what a person wrote into an earlier one."""

from __future__ import annotations

import streamlit as st

from etl.export.report.kept import NotAReport
from indicators.text import say
from pages.parts.papers.data import WORD, with_own_text
from pages.parts.view import View


def own_text(view: View) -> None:
    """Take an edited Word report; give the new one with its own paragraphs in place."""
    language = view.language
    with st.expander(say("papers.keep", language)):
        st.caption(say("papers.keep_about", language))
        sent = st.file_uploader(
            say("papers.keep_file", language), type=["docx"], key="vd-papers-kept"
        )
        if sent is None:
            return
        try:
            content = with_own_text(view, sent.getvalue()).docx()
        except NotAReport:
            st.error(say("papers.keep_refused", language))
            return
        st.download_button(
            say("papers.keep_take", language),
            content,
            file_name=f"bao-cao-{view.period}.docx",
            mime=WORD,
        )
