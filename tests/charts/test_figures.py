"""Trend and ranking of the demo: what is drawn, what is left open, what the title says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.results import Picture, picture
from indicators.charts.ranking import bar_text, ranking
from indicators.charts.trend import trend
from indicators.period import parse_period
from indicators.plans import Plan
from indicators.ranking import Ranking, rank

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def pictures(demo_file: Path) -> Iterator[dict[str, Picture]]:
    """The demo province in its partial quarter and its finished year."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VANDAN_DB", str(demo_file))
        opened = context.opened()
        plan = opened.deployment.plans["thanh-hoa-2021"]
        yield {code: picture_of(opened, plan, code) for code in ("2021-Q3", "2021")}
        context.close()


def picture_of(opened: context.Context, plan: Plan, code: str) -> Picture:
    """The whole province in one period."""
    period = parse_period(code)
    return picture(opened.store, opened.deployment, plan, period, scope="thanh-hoa", today=TODAY)


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    """One trace of a figure."""
    return next(t for t in figure["data"] if t["name"] == name)


def drawn(pictures: dict[str, Picture], code: str, target: str, language: str = "vi") -> Any:
    """The trend of a target."""
    a = pictures[code].assessment(target)
    assert a is not None
    return trend(a, pictures[code].assessor.plan, language)


def test_the_title_says_what_happened(pictures: dict[str, Picture]) -> None:
    title = drawn(pictures, "2021", "stations-with-doctor")["layout"]["title"]["text"]
    assert title == "Trạm y tế có bác sĩ: giảm 7 quý liên tiếp, từ 90,2% xuống 88,4%"


def test_target_path_and_heading_are_drawn_from_data(pictures: dict[str, Picture]) -> None:
    figure = drawn(pictures, "2021-Q3", "stations-with-doctor")
    assert set(trace(figure, "target")["y"]) == {91.0}
    expected = trace(figure, "expected")
    assert expected["y"][-1] == 91.0 and expected["x"][0] == 3  # from the end of 2020
    assert trace(figure, "projection")["x"] == [6, 7]
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert "kế hoạch 91%" in words and "cần đến nay 90,6%" in words


def test_gaps_stay_open_and_a_partial_value_is_hollow(pictures: dict[str, Picture]) -> None:
    figure = drawn(pictures, "2021-Q3", "doctors")
    actual, now = trace(figure, "actual"), trace(figure, "now")
    assert actual["y"][-1] is None and actual["connectgaps"] is False
    assert now["marker"]["color"] == "#ffffff"


def test_a_cumulative_series_is_cut_at_new_year(pictures: dict[str, Picture]) -> None:
    actual = trace(drawn(pictures, "2021", "immunisation"), "actual")
    assert actual["y"][4] is None and len([y for y in actual["y"] if y is not None]) == 8


def test_numbers_are_written_the_vietnamese_way(pictures: dict[str, Picture]) -> None:
    assert drawn(pictures, "2021", "doctors")["layout"]["separators"] == ",."
    assert drawn(pictures, "2021", "doctors", "en")["layout"]["separators"] == ".,"


def test_the_unit_stands_at_the_axis(pictures: dict[str, Picture]) -> None:
    figure = drawn(pictures, "2021", "doctors")
    assert "bác sĩ/vạn dân" in [note["text"] for note in figure["layout"]["annotations"]]
    share = drawn(pictures, "2021", "health-insurance")
    assert share["layout"]["yaxis"]["ticksuffix"] == "%"


def test_nothing_known_draws_nothing(pictures: dict[str, Picture]) -> None:
    assert ranking(Ranking(), {}) is None


def ranked(pictures: dict[str, Picture], code: str, target: str) -> Ranking:
    """The ranking of a target."""
    found = pictures[code]
    a = found.assessment(target)
    assert a is not None
    return rank(found.assessor, a.target, a.indicator, a)


@pytest.mark.parametrize(
    "target", ["doctors", "stations-with-doctor", "underweight", "health-insurance"]
)
@pytest.mark.parametrize("code", ["2021-Q3", "2021"])
def test_the_gaps_of_units_and_the_rest_are_the_gap_of_the_whole(
    pictures: dict[str, Picture], code: str, target: str
) -> None:
    found, whole = ranked(pictures, code, target), pictures[code].assessment(target)
    assert whole is not None and found.whole == whole.gap
    assert sum(r.share for r in found.ranks if r.share is not None) == 1
    gaps = [r.gap for r in found.worst if r.gap is not None]
    assert gaps == sorted(gaps, reverse=True)


def test_units_without_a_figure_come_last(pictures: dict[str, Picture]) -> None:
    found = ranked(pictures, "2021-Q3", "doctors")
    assert [r.unit for r in found.unknown] == ["th-muong-lat"] == [found.ranks[-1].unit]
    assert bar_text(found.ranks[-1]) == "chưa có số liệu" and found.ranks[-1].gap is None


def test_the_title_of_a_ranking_counts_how_few_make_up_how_much(
    pictures: dict[str, Picture],
) -> None:
    found = ranked(pictures, "2021", "stations-with-doctor")
    names = {r.unit: r.unit for r in found.ranks}
    figure = ranking(found, names)
    assert figure is not None
    assert figure["layout"]["title"]["text"].startswith("5 đơn vị đầu chiếm")
    assert figure["data"][0]["customdata"][0] == "th-quan-son"
