"""Taking the findings away: the person's own workbook with the cells marked."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from etl.export.marked import marked_workbook
from indicators.text import say
from pages.parts.submit.sending import Preview

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def marked_button(seen: Preview, language: str, *, key: str) -> None:
    """A button that makes the marked workbook when it is pressed; none for a file without findings.

    The name keeps that of the file, which may say the period.
    """
    name, findings = seen.loaded.file, seen.loaded.findings
    if not findings:
        return
    st.download_button(
        say("marked.button", language),
        lambda: marked_workbook(name, seen.content, findings, language),
        file_name=f"{PurePath(name).stem}_phat-hien.xlsx",
        mime=XLSX,
        on_click="ignore",
        key=key,
    )
