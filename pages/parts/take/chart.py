"""The title above a chart, with the menu that makes the chart a picture to take away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from indicators.text import say
from pages.parts.html import e
from pages.parts.take.answer import file_name
from pages.parts.take.caption import caption_of
from pages.parts.take.menu import label, menu, table_links
from pages.parts.view import View

KINDS = ("png", "svg")
MOUNT = st.components.v2.component(
    "vandan.chart",
    html='<div class="vd-own"></div>',
    js=Path(__file__).with_suffix(".js").read_text("utf-8"),
    isolate_styles=False,
)


def chart_title(title: str, view: View, *, key: str, table: str = "") -> None:
    """Draw the finding and its menu: PNG, SVG, and the figures where ``table`` names a maker."""
    caption = caption_of(view)
    buttons = [
        f'<button type="button" data-as="{kind}" '
        f'aria-label="{e(label(kind, title, view.language))}">{kind.upper()}</button>'
        for kind in KINDS
    ]
    links = table_links(table, title, view) if table else []
    html = (
        f'<div class="vd-title"><h2 class="vd-chart">{e(title)}</h2>'
        f"{menu([*buttons, *links], view.language)}</div>"
        '<span class="vd-sr" role="status"></span>'
    )
    MOUNT(
        key=f"take-{key}",
        data={
            "html": html,
            "key": key,
            "title": title,
            "lines": list(caption.lines),
            "simulated": caption.simulated,
            "file": file_name(title, view.period),
            "done": say("take.done", view.language, file="{file}"),
            "failed": say("take.failed", view.language),
        },
    )
