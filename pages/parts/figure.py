"""Charts on a page: the finding above as text that wraps, the picture below."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators.charts.layout import Figure, enlarged
from pages.parts.html import e
from pages.parts.view import current_view

# The mode bar and the tooltips of its buttons are English.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}

FROM_AFAR = 1.4  # as styles/present.css enlarges our own HTML


def draw(figure: Figure, *, key: str, choose: bool = False) -> list[dict[str, Any]]:
    """Draw a figure; with ``choose`` the points that were clicked, else none."""
    title = figure["layout"]["title"]["text"]
    plain = {**figure, "layout": {k: v for k, v in figure["layout"].items() if k != "title"}}
    if current_view().mode:
        plain = enlarged(plain, FROM_AFAR)
    st.html(f'<div class="vd-own"><h2 class="vd-chart">{e(title)}</h2></div>')
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
