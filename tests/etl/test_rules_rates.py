"""Rates that a file states beside their parts."""

import pytest

from etl.rules.rates import half_digit, rates
from indicators.catalogue import Behaviour
from indicators.rules import Rule, RuleKind
from tests.etl.cases import Row, codes, said, world_of

WORLD = world_of(
    dict.fromkeys(("share", "part", "whole"), Behaviour.STOCK),
    [Rule("share", RuleKind.RATE, ("share",), ("part", "whole"))],
)


def of(share: str | None, part: int | str | None = 2, whole: int | None = 3) -> list[Row]:
    """A rate of 2 among 3, 66,666... %, unless told otherwise."""
    return [
        ("u", "2021", "share", share),
        ("u", "2021", "part", part),
        ("u", "2021", "whole", whole),
    ]


@pytest.mark.parametrize(
    ("raw", "is_wrong"),
    [("66.7", False), ("66.67", False), ("67", False), ("66.6667", False),
     ("66.6", True), ("66", True), ("67.0", True), ("66.6666", True)],
)  # fmt: skip
def test_a_rate_is_within_half_of_its_last_printed_digit(raw: str, is_wrong: bool) -> None:
    assert codes(rates, of(raw), deployment=WORLD) == ["rate-differs"] * is_wrong


def test_a_wrong_rate_names_what_its_parts_make() -> None:
    (finding,) = said(rates, of("70"), deployment=WORLD)
    assert finding.code == "rate-differs" and finding.place.row == 2
    facts = [finding.facts[name] for name in ("computed", "numerator", "denominator")]
    assert facts == ["66,6667", "2", "3"]


@pytest.mark.parametrize(
    "rows", [of(None), of("1", None), of("1", 2, None), of("1", 0, 0), of("0", "-"), of("1")[:2]]
)
def test_a_rate_without_its_parts_is_not_compared(rows: list[Row]) -> None:
    assert codes(rates, rows, deployment=WORLD) == []


@pytest.mark.parametrize(
    ("raw", "digits"),
    [("95", 0), ("95,3", 1), ("95.30 %", 2), ("8,5\u2030", 1), ("92.12974107", 4)],
)
def test_half_of_the_last_digit(raw: str, digits: int) -> None:
    assert half_digit(raw) * 2 * 10**digits == 1
