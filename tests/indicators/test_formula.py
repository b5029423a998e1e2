"""Formulas in words and with their numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.deployment import load_deployment
from indicators.formula import formula, worked
from indicators.measure import Measure, Status
from tests.cli import ROOT

CATALOGUE = load_deployment(ROOT / "data").catalogue


def measured(indicator: str, value: str, top: int | None, bottom: int | None = None) -> Measure:
    """A measure with these sides."""
    sides = [None if side is None else Decimal(side) for side in (top, bottom)]
    return Measure(indicator, "2021", Status.VALUE, Fraction(value), sides[0], sides[1])


def test_a_ratio_is_worked_out_with_what_is_counted() -> None:
    doctors = CATALOGUE.indicators["doctors_per_10k"]
    found = measured("doctors_per_10k", "39120000/3640128", 3912, 3640128)
    assert formula(doctors, CATALOGUE) == "Số bác sĩ ÷ Dân số × 10.000"
    assert worked(doctors, found, CATALOGUE) == (
        "3.912 bác sĩ ÷ 3.640.128 người × 10.000 = 10,7 bác sĩ/vạn dân"
    )
    assert worked(doctors, found, CATALOGUE, "en") == (
        "3,912 doctors ÷ 3,640,128 people × 10,000 = 10.7 doctors per 10,000"
    )


def test_a_count_is_itself_and_never_divided() -> None:
    """A count of named sites carries how many were named: it is no denominator."""
    sent = CATALOGUE.indicators["action_plan_sent"]
    text = worked(sent, measured("action_plan_sent", "64", 64, 65), CATALOGUE)
    assert "÷" not in text and text.startswith("64")


def test_a_share_of_units_names_what_each_must_meet() -> None:
    shares = [i for i in CATALOGUE.indicators.values() if i.condition is not None]
    for indicator in shares:
        assert indicator.condition is not None
        text = formula(indicator, CATALOGUE)
        assert "÷" in text and str(indicator.condition.value) in text.replace(",", ".")
    found = worked(shares[0], measured(shares[0].id, "60", 3, 5), CATALOGUE)
    assert found.startswith("3 ÷ 5 × 100 = 60")


def test_without_a_value_or_sides_nothing_is_worked_out() -> None:
    doctors = CATALOGUE.indicators["doctors_per_10k"]
    assert worked(doctors, Measure("x", "2021", Status.NO_DATA), CATALOGUE) == ""
    assert worked(doctors, measured("x", "1", None), CATALOGUE) == ""  # a mean of years


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("indicator", sorted(CATALOGUE.indicators))
def test_every_indicator_has_a_formula(indicator: str, language: str) -> None:
    text = formula(CATALOGUE.indicators[indicator], CATALOGUE, language)
    assert text.strip(" ÷×")
