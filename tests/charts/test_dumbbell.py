"""Two sides of targets: what is drawn, how it looks without colour, what the title says."""

from __future__ import annotations

from indicators.charts.dumbbell import dumbbell
from indicators.charts.pair import places
from indicators.compare import Compared
from indicators.compare_periods import Then, compare_periods
from tests.indicators.test_compare import THEN, assessed, measured

NAMES = ("Quý III/2021", "Quý III/2020")


def found(*pairs: tuple[int | None, int | None]) -> list[Compared]:
    """Targets of at least 90 with values now and then."""
    return [
        compare_periods([assessed(measured(now))], Then(THEN, lambda *_, v=then: measured(v), {}))[
            0
        ]
        for now, then in pairs
    ]


def test_shape_and_colour_tell_better_from_worse() -> None:
    figure = dumbbell(found((93, 90), (80, 85), (70, 70), (None, 3)), NAMES)
    assert figure is not None
    here = next(trace for trace in figure["data"] if trace["name"] == "here")
    there = next(trace for trace in figure["data"] if trace["name"] == "there")
    assert here["marker"]["symbol"] == ["circle", "triangle-up", "triangle-down"]
    assert len(set(here["marker"]["color"])) == 3
    assert here["x"] == [70, 93, 80] and there["x"] == [70, 90, 85]  # widest last, drawn on top
    title = figure["layout"]["title"]["text"]
    assert title.startswith("1/3 chỉ tiêu tính bằng % tốt lên") and "−5,0 điểm %" in title
    assert (
        "1 of 3 targets"
        in dumbbell(found((93, 90), (80, 85), (70, 70)), NAMES, "en")["layout"][  # type: ignore[index]
            "title"
        ]["text"]
    )


def test_few_or_incomparable_targets_make_no_picture() -> None:
    assert dumbbell(found((93, 90), (80, 85)), NAMES) is None
    assert dumbbell(found((93, None), (80, None), (70, None)), NAMES) is None


def test_both_sides_and_the_plan_share_one_track() -> None:
    at = places(found((93, 80))[0].pairs[0])
    assert at.there is not None and at.here is not None and at.plan is not None
    assert at.there < at.plan < at.here
    alone = places(found((93, None))[0].pairs[0])
    assert alone.there is None and alone.here is not None
