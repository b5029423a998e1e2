"""The period alone beside what came together: hand examples, and a plain oracle of sums."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import Assessment, Assessor
from indicators.measure import Status
from indicators.report.spans import Spans, spans_of
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import files, load, target, world

CENTRES = ("t1", "t2", "t3")
WHO = (*CENTRES, "h0", "h1", "h2", "h3")


def spans(
    target_id: str, text: str, period: str, of: Any = None
) -> tuple[Assessment, Spans, Assessor]:
    """A target of the small plan with both of its measures."""
    asked = assess_facts(of or world(), facts(text), period)
    found = asked.assess(asked.plan.target(target_id))
    return found, spans_of(found, asked), asked


def immunised(**each: int) -> str:
    """Children immunised in each of the three centres, of 100 each: q1=20 in the first quarter."""
    return "\n".join(
        f"{t} 2021-{q.upper()} immunised={n} children=100" for q, n in each.items() for t in CENTRES
    )


def values(found: Spans) -> tuple[Fraction | None, Fraction | None]:
    """Both values."""
    assert found.within is not None and found.to_date is not None
    return found.within.value, found.to_date.value


def test_a_quarter_stands_beside_what_came_together_since_january() -> None:
    a, found, _ = spans("immunisation", immunised(q1=20, q2=25, q3=30), "2021-Q3")
    assert values(found) == (30, 75) and found.to_date is a.measure and not found.by_period


@pytest.mark.parametrize("period", ["2021-Q1", "2021-H1", "2021-9M", "2021"])
def test_what_begins_in_january_has_one_value(period: str) -> None:
    a, found, _ = spans("immunisation", immunised(q1=20, q2=25, q3=30, q4=20), period)
    assert found == Spans(a.measure, a.measure)


def test_half_a_year_is_its_two_quarters() -> None:
    _, found, _ = spans("immunisation", immunised(q1=20, q2=25, q3=30, q4=20), "2021-H2")
    assert values(found) == (50, 95)


def test_how_things_stand_at_a_day_is_one_number() -> None:
    text = "\n".join(
        f"{t} 2021-Q{q} insured={80 + q} population=100" for t in CENTRES for q in (1, 2)
    )
    a, found, _ = spans("insurance", text, "2021-Q2")
    assert values(found) == (82, 82) and found == Spans(a.measure, a.measure)


@pytest.mark.parametrize("target_id", ["communes", "every-district", "keep"])
def test_units_that_meet_something_do_so_at_the_end(target_id: str) -> None:
    a, found, _ = spans(target_id, "h1 2021-Q2 beds=5\nh1 2021-Q1 beds=5", "2021-Q2")
    assert found == Spans(a.measure, a.measure)


def test_a_quarter_without_reports_is_not_nothing() -> None:
    a, found, _ = spans("immunisation", immunised(q1=20, q2=25), "2021-Q3")
    assert found.within is not None and found.within.status is Status.NO_DATA
    assert a.measure.value is None or not a.measure.is_whole


def test_who_is_missing_is_told_of_each_column_by_itself() -> None:
    text = immunised(q1=20, q2=25, q3=30).replace("t2 2021-Q1 immunised=20 children=100", "")
    a, found, _ = spans("immunisation", text, "2021-Q3")
    assert found.within is not None and found.within.is_whole and found.within.value == 30
    assert not a.measure.is_whole


@pytest.fixture(scope="module")
def by_period(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A plan whose visits are asked for quarter by quarter."""
    changed = files()
    changed["plans/plan.toml"]["targets"].append(target("now", "visits_now", ">=", 100))
    return load(Path(tmp_path_factory.mktemp("by-period")), changed)


def test_what_is_judged_by_the_period_keeps_that_number(by_period: Any) -> None:
    text = "\n".join(f"{u} 2021-Q{q} visits={10 * q}" for u in WHO for q in (1, 2, 3))
    a, found, _ = spans("now", text, "2021-Q3", by_period)
    assert found.by_period and found.within is a.measure and found.other is found.to_date
    assert values(found) == (30 * len(WHO), 60 * len(WHO))


@given(st.lists(st.integers(0, 500), min_size=4, max_size=4), st.integers(2, 4))
def test_both_are_plain_sums_and_agree_with_the_pages(sent: list[int], quarter: int) -> None:
    text = "\n".join(
        f"{u} 2021-Q{q} visits={n + at}" for at, u in enumerate(WHO) for q, n in enumerate(sent, 1)
    )
    a, found, asked = spans("visits", text, f"2021-Q{quarter}")
    extra = sum(range(len(WHO)))
    one, whole = sent[quarter - 1], sum(sent[:quarter])
    assert values(found) == (one * len(WHO) + extra, whole * len(WHO) + extra * quarter)
    now = asked.deployment.catalogue.indicators["visits_now"]  # the same over the quarter alone
    assert found.within is not None
    assert asked.measure(now, a.period).value == found.within.value
