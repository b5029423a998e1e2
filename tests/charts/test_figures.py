"""Trend and ranking of the demo: what is drawn, what is left open, what the title says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.results import Picture, picture
from indicators.catalogue import Polarity
from indicators.charts.funnel import funnel
from indicators.charts.ranking import bars
from indicators.charts.trend import trend
from indicators.evidence import evidence
from indicators.expect import Point
from indicators.period import parse_period
from indicators.plans import Plan
from indicators.ranking import Rank, Ranking, rank
from indicators.ranking_text import amount_text, ranking_title
from indicators.statistics.control_chart import control_chart, variation
from indicators.variation import ChartState, SeriesChart

TODAY = date(2026, 1, 1)
QUARTERS = [parse_period(f"{year}-Q{n}") for year in (2020, 2021) for n in (1, 2, 3, 4)]


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
    assert amount_text(found.ranks[-1]) == "chưa có số liệu" and found.ranks[-1].gap is None
    assert found.ranks[-1].unit not in bars(found).spans


def test_the_title_of_a_ranking_counts_how_few_make_up_how_much(
    pictures: dict[str, Picture],
) -> None:
    found = ranked(pictures, "2021", "stations-with-doctor")
    assert ranking_title(found).startswith("5 đơn vị đầu chiếm")


def test_where_nobody_is_known_the_title_does_not_say_that_nobody_lacks(
    pictures: dict[str, Picture],
) -> None:
    known = ranked(pictures, "2021", "doctors").ranks[0].assessment
    silent = Rank("u", replace(known, difference=None), None, None)
    assert ranking_title(Ranking((silent,))) == "Chưa so được đơn vị nào: chưa có số liệu"


@pytest.mark.parametrize("code", ["2021-Q3", "2021"])
@pytest.mark.parametrize("target", ["doctors", "stations-with-doctor", "underweight"])
def test_bars_are_as_long_as_what_units_lack(
    pictures: dict[str, Picture], code: str, target: str
) -> None:
    found = ranked(pictures, code, target)
    drawn = bars(found)
    known = [r for r in found.ranks if r.amount is not None]
    longest = max(known, key=lambda r: abs(r.amount or 0))
    scale = drawn.spans[longest.unit][1] / abs(float(longest.amount or 0))
    for each in known:
        left, width = drawn.spans[each.unit]
        assert width == pytest.approx(abs(float(each.amount or 0)) * scale, abs=0.2)
        right = (each.amount or 0) > 0
        assert (left if right else left + width) == pytest.approx(drawn.zero, abs=0.2)
        assert left >= -0.1 and left + width <= 100.2


def test_a_figure_for_the_year_to_date_is_not_called_rising(pictures: dict[str, Picture]) -> None:
    """Counted from January it rises within every year: only a year before compares."""
    a = pictures["2021"].assessment("hiv-new-infections")
    assert a is not None and a.starts_again and not a.is_getting_worse
    title = drawn(pictures, "2021", "hiv-new-infections")["layout"]["title"]["text"]
    assert "liên tiếp" not in title and "so với cùng kỳ năm trước" in title
    actual = trace(drawn(pictures, "2021", "hiv-new-infections"), "actual")
    assert actual["y"][4] is None


def test_a_partial_quarter_says_how_it_went_until_the_last_whole_one(
    pictures: dict[str, Picture],
) -> None:
    title = drawn(pictures, "2021-Q3", "doctors")["layout"]["title"]["text"]
    assert title == (
        "Bác sĩ/vạn dân: đến hết quý II/2021 tăng 5 quý liên tiếp, từ 10,6 lên 10,9 bác sĩ/vạn dân"
    )


def charted(values: list[float]) -> SeriesChart:
    """A drawn chart of quarters, with its signals."""
    points = tuple(Point(p, Fraction(str(v))) for p, v in zip(QUARTERS, values, strict=False))
    chart = control_chart([p.value for p in points if p.value is not None])
    said = variation(chart, polarity=Polarity.HIGHER)
    return SeriesChart(ChartState.DRAWN, points, chart, said)


def test_what_falls_out_of_the_usual_is_ringed_and_the_usual_is_a_band(
    pictures: dict[str, Picture],
) -> None:
    a = pictures["2021"].assessment("stations-with-doctor")
    assert a is not None
    found = charted([90, 91, 90, 92, 89, 91, 90, 80])
    figure = trend(a, pictures["2021"].assessor.plan, "vi", found)
    assert figure is not None and trace(figure, "signal")["x"] == [7]
    band = trace(figure, "usual")
    assert min(band["y"]) < 90 < 91 < max(band["y"]) and max(band["x"]) == 7.4
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert "dao động thường lệ" in words


@pytest.mark.parametrize("state", [ChartState.TRENDS, ChartState.STARTS_AGAIN, ChartState.TOO_FEW])
def test_where_the_method_does_not_hold_nothing_is_drawn(
    pictures: dict[str, Picture], state: ChartState
) -> None:
    a = pictures["2021"].assessment("stations-with-doctor")
    assert a is not None
    figure = trend(a, pictures["2021"].assessor.plan, "vi", SeriesChart(state))
    assert figure is not None and {"usual", "signal"}.isdisjoint(t["name"] for t in figure["data"])


def funnels(pictures: dict[str, Picture], target: str, language: str = "vi") -> Any:
    """The evidence on a target of the finished year, and its funnel."""
    found = pictures["2021"]
    a = found.assessment(target)
    assert a is not None
    known = evidence(a, found.assessor)
    names = {placed.unit: placed.unit for placed in known.placed}
    return known, funnel(
        known.placed, whole=a.measure, indicator=a.indicator, names=names, language=language
    )


def test_a_funnel_names_only_outliers_and_counts_them(pictures: dict[str, Picture]) -> None:
    known, figure = funnels(pictures, "underweight")
    outside = {p.unit for p in known.placed if p.place.startswith("very")}
    title = figure["layout"]["title"]["text"]
    assert title.startswith(f"{len(outside)}/27 đơn vị ngoài giới hạn 99,8%")
    named = {n["text"] for n in figure["layout"]["annotations"]} - {"chung", "giới hạn 99,8%"}
    assert named and named <= outside
    units = trace(figure, "units")
    assert units["customdata"] == [p.unit for p in known.placed]
    assert "trên" in units["text"][0] and figure["layout"]["xaxis"]["title"]["text"]


def test_units_lie_on_the_side_of_the_lines_that_they_are_said_to(
    pictures: dict[str, Picture],
) -> None:
    known, figure = funnels(pictures, "hiv-new-infections")
    high = trace(figure, "inner-high")
    for p in known.placed:
        near = min(range(len(high["x"])), key=lambda n: abs(high["x"][n] - p.size))
        is_high = p.place in {"high", "very_high"}
        assert (p.value > high["y"][near] * 0.97) if is_high else (p.value < high["y"][near] * 1.03)


def test_full_counts_have_no_funnel(pictures: dict[str, Picture]) -> None:
    assert funnels(pictures, "health-insurance") == (funnels(pictures, "health-insurance")[0], None)
