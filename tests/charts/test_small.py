"""Bullet, spark and the colours: geometry from numbers, by hand."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction as F

import pytest

from etl.web import ROOT
from indicators.charts.bullet import place, track
from indicators.charts.colours import OF_VERDICT, colour_of
from indicators.charts.layout import apart
from indicators.charts.spark import spark
from indicators.expect import Point
from indicators.judge import Verdict
from indicators.period import parse_period
from pages.parts.verdicts import COLOURS


def series(*values: float | None, start: int = 2020) -> list[Point]:
    """Quarters from the first of a year."""
    codes = [f"{start + i // 4}-Q{i % 4 + 1}" for i in range(len(values))]
    exact = [None if v is None else F(str(v)) for v in values]
    return [Point(parse_period(c), v) for c, v in zip(codes, exact, strict=True)]


def test_a_track_starts_at_zero_where_the_distance_stays_visible() -> None:
    assert track([F(30), F(95)])[0] == 0
    assert track([F(90), F(91)])[0] > 80


def test_a_tenth_of_a_point_looks_small_on_its_track() -> None:
    start, end = track([F(961, 10), F(96)])
    assert place(F(961, 10), start, end) - place(F(96), start, end) < 5


@pytest.mark.parametrize(
    "marks", [[], [F(0)], [F(0), F(0)], [F(-2), F(1)], [F(5)], [F(100), F(100)]]
)
def test_every_mark_stands_inside_its_track(marks: list[F]) -> None:
    start, end = track(marks)
    assert start < end
    assert all(2 <= place(mark, start, end) <= 98 for mark in marks)


def test_marks_keep_their_order_on_the_track() -> None:
    marks = [F(n, 7) for n in (601, 610, 640, 655)]
    places = [place(m, *track(marks)) for m in marks]
    assert places == sorted(places) and len(set(places)) == 4


def test_a_gap_breaks_the_line_and_stays_open() -> None:
    lines = spark(series(1, 2, None, 4))
    assert [len(line) for line in lines] == [2, 1]
    assert lines[0][0] == (0.0, 0.0) and lines[1][0] == (1.0, 1.0)


def test_a_cumulative_series_starts_again_each_january() -> None:
    lines = spark(series(24, 48, 72, 95, 23), starts_again=True)
    assert [len(line) for line in lines] == [4, 1]


def test_one_value_is_no_course_and_a_level_one_runs_in_the_middle() -> None:
    assert spark(series(None, 5)) == ()
    assert spark(series(5, 5)) == (((0.0, 0.5), (1.0, 0.5)),)


def test_labels_at_the_edge_do_not_cover_each_other() -> None:
    found = apart({"a": 91.0, "b": 91.0, "c": 90.9}, 88.0, 92.0)
    heights = sorted(found.values())
    assert heights[-1] <= 92
    assert min(b - a for a, b in itertools.pairwise(heights)) > 0.3


def test_pictures_and_style_sheet_have_the_same_colours() -> None:
    style = (ROOT / "pages" / "parts" / "styles" / "base.css").read_text("utf-8")
    css = dict(re.findall(r"--vd-([a-z-]+): (#[0-9a-f]{6})", style))
    assert {v: css[name] for v, name in COLOURS.items()} == OF_VERDICT
    assert colour_of(Verdict.NO_DATA) == css["none"]
