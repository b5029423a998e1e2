"""Parts and wholes, sums and totals: rules that data files state, compared exactly."""

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from etl.rules.sides import sides
from etl.store.connect import open_store
from etl.store.past import Past
from indicators.catalogue import Behaviour
from indicators.rules import Rule, RuleKind
from tests.etl.cases import Row, codes, said, world_of
from tests.etl.tables import CENTRE, deployment, send

NAMES = ("first", "third", "boys", "girls", "births")
WORLD = world_of(
    dict.fromkeys(NAMES, Behaviour.FLOW),
    [
        Rule("doses", RuleKind.AT_MOST, ("third",), ("first",)),
        Rule("births", RuleKind.EQUAL, ("boys", "girls"), ("births",)),
        Rule("born", RuleKind.AT_MOST, ("first",), ("boys", "girls")),
    ],
)


def of(**values: int | str | None) -> list[Row]:
    """Figures of one unit and period."""
    return [("u", "2021", name, value) for name, value in values.items()]


def test_a_third_dose_above_the_first_is_asked_about() -> None:
    (finding,) = said(sides, of(first=10, third=11), deployment=WORLD)
    assert finding.code == "part-above-whole"
    assert (finding.facts["left"], finding.facts["whole"], finding.place.row) == ("11", "10", 3)
    assert codes(sides, of(first=10, third=10), deployment=WORLD) == []


def test_parts_that_do_not_add_up_are_asked_about() -> None:
    (finding,) = said(sides, of(boys=3, girls=4, births=8), deployment=WORLD)
    assert finding.code == "parts-not-total"
    assert (finding.facts["part"], finding.facts["left"]) == ("boys + girls", "7")
    assert codes(sides, of(boys=3, girls=5, births=8), deployment=WORLD) == []


def test_several_quantities_on_the_right_are_added() -> None:
    assert codes(sides, of(first=7, boys=3, girls=4), deployment=WORLD) == []
    assert codes(sides, of(first=8, boys=3, girls=4), deployment=WORLD) == ["part-above-whole"]


def test_a_side_that_is_not_known_is_not_compared() -> None:
    assert codes(sides, of(boys=3, births=8), deployment=WORLD) == []
    assert codes(sides, of(boys=3, girls=None, births=8), deployment=WORLD) == []


def test_nothing_happened_is_zero() -> None:
    assert codes(sides, of(first="-", third=1), deployment=WORLD) == ["part-above-whole"]
    assert codes(sides, of(boys="-", girls=8, births=8), deployment=WORLD) == []


def test_decimals_are_compared_exactly() -> None:
    assert codes(sides, of(boys="0.1", girls="0.2", births="0.3"), deployment=WORLD) == []
    assert codes(sides, of(first="99999999999.9998", third="99999999999.9999"), deployment=WORLD)


def test_the_whole_may_have_been_sent_before() -> None:
    store = open_store(None)
    send(store, [f"{CENTRE},2021-Q3,population,1000"])
    row: list[Row] = [(CENTRE, "2021-Q3", "insured", 1001)]
    past = Past(store.cursor())
    (finding,) = said(sides, row, deployment=deployment(), past=past)
    assert (finding.code, finding.facts["whole"]) == ("part-above-whole", "1000")
    assert codes(sides, row, deployment=deployment()) == []
    corrected: list[Row] = [*row, (CENTRE, "2021-Q3", "population", 1001)]
    assert codes(sides, corrected, deployment=deployment(), past=past) == []


tables = st.dictionaries(
    st.tuples(st.sampled_from("uvw"), st.sampled_from(["2020", "2021"]), st.sampled_from(NAMES)),
    st.integers(0, 4),
    max_size=20,
)


@given(tables, st.randoms(use_true_random=False))
def test_arrays_say_what_plain_sums_say_in_any_order(
    table: dict[tuple[str, str, str], int], chance: random.Random
) -> None:
    rows: list[Row] = [(*cell, value) for cell, value in table.items()]
    found = said(sides, chance.sample(rows, len(rows)), deployment=WORLD)
    expected = [
        (unit, period, rule.id)
        for unit in "uvw"
        for period in ("2020", "2021")
        for rule in WORLD.catalogue.all_rules
        if is_broken(
            rule, {q: Decimal(v) for (u, p, q), v in table.items() if (u, p) == (unit, period)}
        )
    ]
    assert len(found) == len(expected)
    assert sorted((f.facts["unit"], f.facts["period"]) for f in found) == sorted(
        (unit, period) for unit, period, _ in expected
    )


def is_broken(rule: Rule, known: dict[str, Decimal]) -> bool:
    if not set(rule.quantities) <= known.keys():
        return False
    left, right = (sum(known[name] for name in side) for side in (rule.left, rule.right))
    return left > right if rule.kind is RuleKind.AT_MOST else left != right
