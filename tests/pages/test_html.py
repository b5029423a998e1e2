"""Sentences as HTML: what people wrote stands in its place, whatever it looks like."""

from __future__ import annotations

from indicators.text import say
from pages.parts.html import GAP, say_html, vi


def test_each_part_fills_its_place_alone() -> None:
    parts = {"who": vi("{file} <b>"), "file": vi("{who}.docx & {when}")}
    shown = say_html("papers.own_is", "vi", parts, when="{who} <i>")
    plain = say("papers.own_is", "vi", who="W", file="F", when="{who} &lt;i&gt;")
    assert shown == plain.replace("W", parts["who"]).replace("F", parts["file"])


def test_a_mark_in_a_name_opens_no_place() -> None:
    shown = say_html("papers.own_version", "vi", {"who": "<b>Lan</b>"}, when=f"{GAP}who{GAP}")
    assert shown == say("papers.own_version", "vi", who="<b>Lan</b>", when="who")
