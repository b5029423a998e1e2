"""Every word that a run of the app test harness would put on the screen, and what is Vietnamese."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.store.actions import actions
from etl.store.submissions import submissions
from etl.store.tasks import records
from indicators.plans import Plan
from tests.html import html_of

TOLD = {"aria-label", "title", "alt", "placeholder"}
# Elements without an end tag.
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect"}
SPOKEN = ("label", "value", "placeholder", "help", "body", "body_text", "text")


class Words(HTMLParser):
    """The text and told attributes of HTML outside of what is marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []  # tag, and whether it or one around it is Vietnamese

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        around = self.open[-1][1] if self.open else False
        quoted = around if "lang" not in given else given["lang"] == "vi"
        if not quoted:
            self.found += [text for name, text in given.items() if name in TOLD and text]
        if tag not in VOID:
            self.open.append((tag, quoted or tag in {"style", "script"}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][1]):
            self.found.append(data)


def html_words(html: str) -> list[str]:
    """What a piece of HTML says, outside of what it marks as Vietnamese."""
    words = Words()
    words.feed(html)
    return words.found


def said(at: AppTest) -> list[str]:
    """Everything a run says: our HTML, Streamlit's widgets and their choices, charts."""
    found = html_words(html_of(at))
    for element in at.main:
        found += of_element(element)
    for element in at.sidebar:
        found += of_element(element)
    return [text for text in map(str.strip, found) if text]


def of_element(element: Any) -> Iterator[str]:
    """The words of one element that is not our HTML."""
    if element.type == "plotly_chart":
        yield from strings(json.loads(element.proto.spec))
        yield element.proto.alt if hasattr(element.proto, "alt") else ""
        return
    if element.type == "html":
        return
    proto = getattr(element, "proto", None)
    for name in SPOKEN:
        text = getattr(proto, name, "")
        if isinstance(text, str):
            yield text
    yield from getattr(proto, "options", None) or ()


# What Plotly never writes on the screen.
SILENT = {"customdata", "ids", "family", "hoverinfo", "uid", "name"}


def strings(node: Any) -> Iterator[str]:
    """Every string of a figure."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from strings([inside for key, inside in node.items() if key not in SILENT])
    elif isinstance(node, list):
        for inside in node:
            yield from strings(inside)


# The forms that units fill in are Vietnamese: the name of their sheet, and of a column.
IN_FORMS = {"sheet Biểu", "“Giá trị”"}


def is_vietnamese(text: str) -> bool:
    """Whether a text has a letter that English does not have."""
    letters = (c for c in text if c.isalpha())
    return any(c in "đĐ" or len(unicodedata.normalize("NFD", c)) > 1 for c in letters)


def names() -> re.Pattern[str]:
    """The proper names that stay as they are in every language, longest first."""
    return names_at(opened().place.db, opened().store.version())


@cache
def names_at(db: Path, version: int) -> re.Pattern[str]:
    """The same for a state of a database: most tests look at one."""
    deployment = opened().deployment
    units = {n for row in deployment.units.names for n in (row.name, row.short_name)}
    plans = {text for plan in deployment.plans.values() for text in of_plan(plan)}
    own = {deployment.settings.name_en, deployment.settings.name_vi, "Vạn Dân", "Tiếng Việt"}
    sent = {n for s in submissions(opened().store.cursor()) for n in (s.received_by, s.file_name)}
    reasons = {s.note for s in submissions(opened().store.cursor()) if s.note}
    every = {*units, *plans, *own, *sent, *reasons, *of_work(), *of_register(), *IN_FORMS} - {""}
    longest_first = sorted(every, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def of_plan(plan: Plan) -> Iterator[str]:
    """Its name, the sections that are cited, and the words of its tasks, in lists to choose from too."""
    yield plan.short_vi
    yield from (target.section for target in plan.targets)
    for task in plan.tasks:
        yield from (task.section, task.title_vi, task.lead, task.deadline)


def of_work() -> Iterator[str]:
    """What people put on record of tasks and actions, in lists to choose from too."""
    cur = opened().store.cursor()
    for plan in opened().deployment.plans:
        for one in records(cur, plan, None):
            yield from (one.evidence, one.note, one.actor)
    for action in actions(cur):
        yield from (action.content, action.owner, action.reason, action.agreed_by, action.moved_by)


def of_register() -> Iterator[str]:
    """What the register of units cites of a reorganisation, and its notes."""
    units = opened().deployment.units
    for row in units.names:
        yield from (part.rpartition(": ")[2].strip() for part in row.source.split(";"))
    for event in units.events:
        yield event.resolution or ""
        yield event.note or ""


def not_english(texts: list[str]) -> list[str]:
    """The texts in which something Vietnamese is left once the proper names are taken out."""
    proper = names()
    plain = {text: re.sub(r"<[^>]+>|\s+", " ", text) for text in texts}
    return sorted(
        {t for t, p in plain.items() if is_vietnamese(p) and is_vietnamese(proper.sub("", p))}
    )
