"""Sorting and filtering a ranking, and the order of Vietnamese names."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from indicators.matching import Coverage
from indicators.ranking import Only, Order, Rank, Ranking, alphabetical, chosen, ordered
from tests.indicators.figures import assess_facts, facts
from tests.indicators.lucky import lucky_world


def ranks() -> list[Rank]:
    """Four units: lacking 5, lacking 2, to spare 3, not known."""
    asked = assess_facts(lucky_world(), facts("t1 2021-Q3 insured=9 population=100"), "2021-Q3")
    a = asked.assess(asked.plan.target("thin"))
    gaps = {"a": 5, "b": -3, "c": 2, "d": None}
    values = {"a": 10, "b": 40, "c": 30, "d": None}
    return [
        Rank(
            unit,
            replace(
                a,
                scope=unit,
                difference=None,
                measure=replace(
                    a.measure,
                    value=None if values[unit] is None else Fraction(values[unit]),
                    coverage=Coverage(),
                ),
            ),
            None if gap is None else Fraction(gap),
            None,
        )
        for unit, gap in gaps.items()
    ]


NAMES = {"a": "Nga Sơn", "b": "Đông Sơn", "c": "Bá Thước", "d": "Yên Định"}


@pytest.mark.parametrize(
    ("order", "backwards", "units"),
    [
        (Order.GAP, False, "acbd"),
        (Order.GAP, True, "bcad"),
        (Order.VALUE, False, "bcad"),
        (Order.VALUE, True, "acbd"),
        (Order.NAME, False, "cbad"),
        (Order.NAME, True, "dabc"),
    ],
)
def test_units_are_sorted_both_ways_with_the_unknown_last(
    order: Order, backwards: bool, units: str
) -> None:
    mixed = ranks()
    random.Random(1).shuffle(mixed)
    found = ordered(mixed, order, NAMES, backwards=backwards)
    assert "".join(r.unit for r in found) == units


@pytest.mark.parametrize(("only", "units"), [("all", "abcd"), ("lacking", "ac"), ("silent", "d")])
def test_only_some_are_looked_at(only: str, units: str) -> None:
    found = chosen(Ranking(tuple(ranks())), Only(only))
    assert "".join(r.unit for r in found) == units


def test_names_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = ["An", "Ăn", "Ân", "Bá Thước", "Cẩm Thủy", "Dân", "Đông Sơn", "Hà Trung", "Hậu Lộc", "Ô Môn", "Ơn", "Yên Định"]  # fmt: skip
    mixed = names.copy()
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=alphabetical) == names
    tones = sorted(["Hạ", "Ha", "Hà", "Hab"], key=alphabetical)
    assert tones[-1] == "Hab" and tones[0] == "Ha"  # tones decide only between equal letters
