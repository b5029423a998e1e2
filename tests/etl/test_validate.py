"""What may refuse figures that were recognised: every rule over every figure, all said at once."""

from datetime import date

import pytest

from etl.findings import Finding, Severity, severity_of
from etl.validate import validate
from tests.etl.tables import CENTRE, HOSPITAL, deployment, recognised


def said(*rows: str, today: date = date(2022, 6, 30)) -> list[Finding]:
    """What validation says about rows "unit|period|quantity|value" that recognition passed."""
    found = recognised("\n".join(["unit|period|quantity|value", *rows]))
    assert not found.findings
    return validate(found.entries, "tep.csv", deployment(), today)


def codes(*rows: str, today: date = date(2022, 6, 30)) -> list[str]:
    return [finding.code for finding in said(*rows, today=today)]


def test_a_good_figure_needs_no_word() -> None:
    assert codes(f"{CENTRE}|2021-Q3|doctors|12") == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{CENTRE}|2021-Q3|beds|12", "quantity-not-of-unit"),
        ("bg-ttyt-luc-ngan|2021-Q3|population|12", "quantity-not-of-unit"),
        (f"{CENTRE}|2021|doctors|12", "period-not-of-form"),
        (f"{CENTRE}|2021-Q3|doctors|-12", "number-too-small"),
        (f"{CENTRE}|2021-Q3|population|0", "number-too-small"),
        (f"{CENTRE}|2021|population_growth_rate|11,5", "number-above-maximum"),
        (f"{CENTRE}|2021-Q3|doctors|12,5", "number-not-whole"),
        (f"{CENTRE}|2021-Q3|insured|95%", "number-percent"),
        (f"{CENTRE}|2023-Q3|doctors|12", "period-not-over"),
    ],
)
def test_a_figure_that_cannot_be(row: str, code: str) -> None:
    assert codes(row) == [code]


def test_a_percentage_is_fine_where_the_unit_is_per_cent() -> None:
    assert codes(f"{CENTRE}|2021|population_growth_rate|0,7%") == []


def test_a_unit_that_was_not_there_yet_is_said() -> None:
    found = recognised(f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|12")
    found.entries.unit[0] = "th-chua-co"
    (finding,) = validate(found.entries, "tep.csv", deployment(), date(2022, 6, 30))
    assert finding.code == "unit-not-valid" and finding.facts["unit"] == "th-chua-co"


def test_the_bounds_themselves_are_inside() -> None:
    rows = [f"{CENTRE}|2021|population_growth_rate|{v}" for v in ("10", "-10")]
    assert all(codes(row) == [] for row in rows)


def test_a_period_ends_with_its_last_day() -> None:
    row = f"{CENTRE}|2021-Q3|doctors|12"
    assert codes(row, today=date(2021, 9, 29)) == ["period-not-over"]
    assert codes(row, today=date(2021, 9, 30)) == []


def test_a_period_that_is_not_over_is_said_once() -> None:
    rows = [f"{CENTRE}|2023-Q3|{q}|12" for q in ("doctors", "stations")]
    (finding,) = said(*rows)
    assert severity_of(finding) is Severity.NEEDS_REASON and finding.place.row == 2


def test_the_same_figure_twice_is_said_and_two_figures_block() -> None:
    assert codes(*[f"{CENTRE}|2021-Q3|doctors|12"] * 2) == ["duplicate-equal"]
    rows = [f"{CENTRE}|2021-Q3|doctors|12", f"{CENTRE}|2021-Q3|doctors|13"]
    (finding,) = said(*rows)
    assert finding.code == "duplicate-different"
    assert finding.facts["other_cell"] == "D2" and finding.place.cell == "D3"


@pytest.mark.parametrize(("first", "second"), [("12", "-"), ("-", "…"), ("12", "ước 12")])
def test_a_number_and_an_absence_or_an_estimate_are_two_figures(first: str, second: str) -> None:
    rows = [f"{CENTRE}|2021-Q3|doctors|{cell}" for cell in (first, second)]
    assert codes(*rows) == ["duplicate-different"]


def test_a_rate_with_and_without_its_sign_is_the_same_figure() -> None:
    rows = [f"{CENTRE}|2021|population_growth_rate|{cell}" for cell in ("0,7", "0,7%")]
    assert codes(*rows) == ["duplicate-equal"]


def test_a_part_above_its_whole_asks_for_a_reason() -> None:
    whole, part = f"{CENTRE}|2021-Q3|population|1000", f"{CENTRE}|2021-Q3|insured|"
    assert codes(whole, part + "1000") == []
    (finding,) = said(whole, part + "1001")
    assert finding.code == "part-above-whole" and finding.facts["whole"] == "1000"
    assert severity_of(finding) is Severity.NEEDS_REASON
    assert codes(part + "1001") == []
    assert codes(whole, part + "…") == []


def test_every_fault_of_every_row_is_said_in_the_order_of_the_file() -> None:
    rows = [f"{HOSPITAL}|2021-Q3|doctors|-1", f"{CENTRE}|2021-Q3|beds|1,5", "th-bv-nhi|2021|beds|3"]
    assert codes(*rows) == [
        "number-too-small", "quantity-not-of-unit", "number-not-whole", "period-not-of-form",
    ]  # fmt: skip
