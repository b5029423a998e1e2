"""What must hold of every measurement, whatever was reported."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import Assessor
from indicators.measure import Measure
from indicators.period import parse_period
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import world

CENTRES = ("t1", "t2", "t3")
people = st.integers(1, 10_000)
shares = st.fractions(0, 1)


def assessor(text: str, period: str, scope: str = "p") -> Assessor:
    """An assessor of the small plan on these facts."""
    return assess_facts(world(), facts(text), period, scope=scope)


def measured(text: str, name: str, period: str, scope: str = "p") -> Measure:
    """One indicator over the scope."""
    indicator = world().catalogue.indicators[name]
    return assessor(text, period, scope).measure(indicator, parse_period(period))


@given(st.lists(st.tuples(people, shares), min_size=3, max_size=3))
def test_a_parents_ratio_lies_within_its_childrens_range(found: list[tuple[int, Fraction]]) -> None:
    text = "\n".join(
        f"{t} 2021-Q4 insured={int(share * n)} population={n}"
        for t, (n, share) in zip(CENTRES, found, strict=True)
    )
    whole = measured(text, "insurance", "2021-Q4").value
    parts = [measured(text, "insurance", "2021-Q4", scope).value for scope in ("d1", "d2", "d3")]
    assert whole is not None
    known = [value for value in parts if value is not None]
    assert len(known) == 3 and min(known) <= whole <= max(known)


@given(st.lists(st.integers(0, 500), min_size=4, max_size=4))
def test_a_stock_is_never_summed_over_time(beds: list[int]) -> None:
    text = "\n".join(
        f"{h} 2021-Q{q} beds={n}" for h in ("h0", "h1", "h2", "h3") for q, n in enumerate(beds, 1)
    )
    for period, last in (("2021-Q2", 1), ("2021-H1", 1), ("2021-9M", 2), ("2021", 3)):
        assert measured(text, "beds", period).value == 4 * beds[last]


@given(st.lists(st.integers(0, 500), min_size=4, max_size=4), st.integers(0, 3))
def test_a_flow_with_a_hole_is_never_a_smaller_sum(visits: list[int], hole: int) -> None:
    reporters = ("t1", "t2", "t3", "h0", "h1", "h2", "h3")
    lines = [f"{unit} 2021-Q{q} visits={n}" for unit in reporters for q, n in enumerate(visits, 1)]
    assert measured("\n".join(lines), "visits_so_far", "2021").value == 7 * sum(visits)
    torn = [line for line in lines if f"2021-Q{hole + 1}" not in line]
    found = measured("\n".join(torn), "visits_so_far", "2021")
    assert found.missing_periods == (f"2021-Q{hole + 1}",) and not found.is_whole


@given(st.permutations(range(6)))
def test_the_order_of_facts_does_not_matter(order: list[int]) -> None:
    lines = [
        f"{t} 2021-Q{q} insured={10 * i + q} population={50 + i}"
        for i, t in enumerate(CENTRES)
        for q in (3, 4)
    ]
    plain, mixed = "\n".join(lines), "\n".join(lines[i] for i in order)
    one, other = (assessor(text, "2021").assess_all() for text in (plain, mixed))
    assert [a.verdict for a in one] == [a.verdict for a in other]
    assert [a.measure for a in one] == [a.measure for a in other]
