"""The quality score: sums before any division, what is not known left out, chance said openly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.quality import (
    NOTHING,
    Part,
    Score,
    Share,
    alarms_of,
    people_reported,
    together,
)
from indicators.statistics.outliers import false_alarm_rates

shares = st.integers(0, 30).flatmap(lambda of: st.integers(0, of).map(lambda good: Share(good, of)))
scores = st.dictionaries(st.sampled_from(list(Part)), shares).map(Score)


def test_the_score_is_the_plain_mean_of_the_known_parts() -> None:
    score = Score(
        {Part.RECEIVED: Share(4, 4), Part.ON_TIME: Share(2, 4), Part.FILLED: Share(9, 10)}
    )
    assert score.value == 80  # (100 + 50 + 90) / 3
    assert score.worst is Part.ON_TIME
    assert score.known == (Part.RECEIVED, Part.ON_TIME, Part.FILLED)


def test_what_is_not_known_counts_neither_as_nothing_nor_as_everything() -> None:
    known = {Part.RECEIVED: Share(1, 2), Part.ON_TIME: Share(1, 2)}
    bare, more = Score(known), Score({**known, Part.USUAL: Share(0, 0)})
    assert bare.value == more.value == 50
    assert more.share(Part.AGREES) == NOTHING and more.share(Part.USUAL).percent is None


def test_without_a_report_that_was_due_there_is_no_score() -> None:
    assert Score({Part.FILLED: Share(5, 5)}).value is None
    assert Score().value is None and Score().worst is None


def test_a_unit_that_sent_nothing_has_nothing_and_not_a_hundred() -> None:
    silent = Score({Part.RECEIVED: Share(0, 3), Part.ON_TIME: Share(0, 3)})
    assert silent.value == 0


def test_all_right_has_no_worst_part() -> None:
    assert Score({Part.RECEIVED: Share(3, 3), Part.ON_TIME: Share(3, 3)}).worst is None


@given(st.lists(scores, max_size=6))
def test_units_together_are_one_sum_over_another(found: list[Score]) -> None:
    whole = together(found)
    for part in Part:
        good = sum(s.share(part).good for s in found)
        of = sum(s.share(part).of for s in found)
        assert whole.share(part).value == (Fraction(good, of) if of else None)


@given(st.lists(scores, max_size=6))
def test_the_order_of_units_does_not_matter(found: list[Score]) -> None:
    assert together(found).value == together(reversed(found)).value


@given(scores)
def test_a_score_lies_between_its_worst_and_its_best_part(score: Score) -> None:
    values = [v for part in Part if (v := score.share(part).percent) is not None]
    if score.value is not None:
        assert min(values) <= score.value <= max(values)


def test_alarms_are_added_over_the_lengths_of_history() -> None:
    found = alarms_of({0: 50, 2: 7, 3: 100, 8: 200})
    three, eight = false_alarm_rates(3), false_alarm_rates(8)
    assert found.comparisons == 300
    assert found.listed == pytest.approx(100 * three[0] + 200 * eight[0])
    assert found.asked == pytest.approx(100 * three[1] + 200 * eight[1])
    assert alarms_of({0: 9, 1: 4}) == alarms_of({})


def test_people_are_weighed_and_the_unknown_are_counted_apart() -> None:
    people = {"city": Fraction(350_000), "hills": Fraction(50_000), "new": None}
    found = people_reported(people, ["city"])
    assert found.share == Fraction(50_000, 400_000) and found.percent == Fraction(25, 2)
    assert found.unknown == 1
    assert people_reported({"new": None}, []).share is None
