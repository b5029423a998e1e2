"""Charts on a page: the finding above as text that wraps, the picture below."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators.charts.layout import Figure, enlarged, finding
from pages.parts.take.chart import chart_title
from pages.parts.view import View, current_view

# The mode bar and the tooltips of its buttons are English.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}

FROM_AFAR = 1.4  # as styles/present.css enlarges our own HTML


def draw(
    figure: Figure, *, key: str, choose: bool = False, view: View | None = None, table: str = ""
) -> list[dict[str, Any]]:
    """Draw a figure; with ``choose`` the points that were clicked, else none.

    It can be taken away as a picture, and its figures where ``table`` names them
    (`take.tables.TABLES`). ``view``: what it shows, where that is not the view of the address.
    """
    title = finding(figure)
    plain = {**figure, "layout": {k: v for k, v in figure["layout"].items() if k != "title"}}
    if current_view().mode:
        plain = enlarged(plain, FROM_AFAR)
    chart_title(title, view or current_view(), key=key, table=table)
    event = st.plotly_chart(
        plain,
        key=key,
        theme=None,
        config=CONFIG,
        alt=title,
        on_select="rerun" if choose else "ignore",
        selection_mode="points",
    )
    # AppTest seeds a plain dict, which has no attributes.
    return list(event["selection"]["points"]) if choose else []  # type: ignore[index]
