"""Read back the HTML that a page showed in the app test harness."""

from __future__ import annotations

import json
import re
from html import unescape

from streamlit.testing.v1 import AppTest


def html_of(at: AppTest) -> str:
    """All HTML of a run, from `st.html` and from `pages.parts.links.show`, in that order."""
    plain = [element.body for element in at.get("html")]
    linked = [json.loads(text)["html"] for text in map(data_of, at.get("bidi_component")) if text]
    return "\n".join([*plain, *linked])


def data_of(element: object) -> str:
    """The data of a component as JSON, empty where it got none or is not ours."""
    proto = element.proto  # type: ignore[attr-defined]
    return proto.json if proto.component_name in ("vandan.links", "vandan.chart") else ""


def text_of(html: str) -> str:
    """What a reader sees of it: no tags, single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
