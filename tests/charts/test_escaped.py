"""Names that somebody wrote stay text on a picture: plotly would draw their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from etl.results import Picture
from indicators.charts.dumbbell import dumbbell
from indicators.charts.funnel import funnel
from indicators.charts.layout import bold_label, finding, label_in_lines, value_axis, written
from indicators.charts.trend import trend
from indicators.compare import Compared
from indicators.compare_periods import Then, compare_periods
from indicators.evidence import evidence
from tests.charts.test_figures import pictures
from tests.indicators.test_compare import THEN, assessed, measured

__all__ = ["pictures"]
NAME = '<a href="x">A</a> & B'
OURS = re.compile(r"</?b>|<br>|<extra></extra>")
BARE = re.compile(r"<|>|&(?!amp;|lt;|gt;)")


def texts(node: Any) -> Iterator[str]:
    """Every text of a figure, wherever it stands."""
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for each in inside:
        yield from texts(each)
    if isinstance(node, str):
        yield node


def check(figure: dict[str, Any] | None) -> None:
    """The name is there, and nothing of it is a tag."""
    assert figure is not None
    found = list(texts(figure))
    assert any("&lt;a" in text for text in found)
    assert not [text for text in found if BARE.search(OURS.sub("", text))]


def evil(pictures: dict[str, Picture], target: str, **more: str) -> Any:
    """A target of the finished year whose indicator has such a name and unit."""
    a = pictures["2021"].assessment(target)
    assert a is not None
    return replace(a, indicator=replace(a.indicator, short_vi=NAME, name_en=NAME, **more))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("target", ["doctors", "stations-with-doctor"])
def test_a_trend(pictures: dict[str, Picture], target: str, language: str) -> None:
    a = evil(pictures, target, unit_of_measure=NAME, unit_of_measure_en=NAME)
    figure = trend(a, pictures["2021"].assessor.plan, language)
    check(figure)
    assert figure is not None and finding(figure).startswith(NAME)
    assert any("&lt;a" in text for text in texts(figure["data"]))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_funnel(pictures: dict[str, Picture], language: str) -> None:
    a = evil(pictures, "underweight")
    placed = evidence(a, pictures["2021"].assessor).placed
    names = {each.unit: NAME for each in placed}
    figure = funnel(placed, whole=a.measure, indicator=a.indicator, names=names, language=language)
    check(figure)
    assert figure is not None
    points = next(trace for trace in figure["data"] if trace["name"] == "units")
    assert all("&lt;a href" in text for text in points["text"])
    assert any("&lt;a" in note["text"] for note in figure["layout"]["annotations"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_dumbbell(language: str) -> None:
    figure = dumbbell([named(n) for n in (93, 80, 70)], (NAME, NAME), language)
    check(figure)
    assert figure is not None and NAME in finding(figure)
    assert all("&lt;a" in text for text in figure["layout"]["yaxis"]["ticktext"])


def named(now: int) -> Compared:
    """A target of such a name, 85 then."""
    a = assessed(measured(now))
    a = replace(a, indicator=replace(a.indicator, short_vi=NAME, name_en=NAME))
    return compare_periods([a], Then(THEN, lambda *_: measured(85), {}))[0]


def test_lines_are_broken_before_signs_grow() -> None:
    assert label_in_lines("a < b & c", "red", 5)["text"] == "a &lt; b<br>&amp; c"
    assert bold_label("7 < 8", "red")["text"] == "<b>7 &lt; 8</b>"
    assert value_axis("<", 0)["ticksuffix"].strip() == "&lt;"
    assert written("&lt;") == "&amp;lt;"
