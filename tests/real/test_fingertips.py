"""Upload files of England's indicator system: each is refused for the fault in its name."""

from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import Deployment
from indicators.period import PeriodKind
from indicators.wording import HeadingWords, Wording
from tests.real.made import Read, made, quantity, read_real
from tests.shared import shared

CASES = "api_DHSC.FingertipsNext.Modules.DataManagement.UnitTests_Services_Validation_CSVs_{}.csv"
BANDS = ("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8")
SPLIT = (
    "period_type", "sex", "age_from_years_inclusive", "age_to_years_inclusive",
    "deprivation_decile", "deprivation_category",
)  # fmt: skip


@cache
def deployment() -> Deployment:
    """The two areas of the files. We have no breakdown by age, sex and deprivation: set aside."""
    words = HeadingWords(
        unit=("area_code",), first_day=("date_from",), last_day=("date_to",),
        ignored=(*SPLIT, *BANDS),
    )  # fmt: skip
    quantities = [quantity(name) for name in ("count", "denominator", "value")]
    # "value" is a heading of ours for any figure; here it is a rate that follows from the others.
    return made(
        "England", {"U25656": "U25656", "U25680": "U25680"}, quantities[:2], PeriodKind.YEAR,
        Wording(HeadingWords(**{**words.__dict__, "ignored": (*words.ignored, "value")})),
    )  # fmt: skip


def case(name: str) -> Read:
    return read_real(shared("data", "fingertips-next", CASES.format(name)), deployment())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DuplicateHeadersAndValidDataRows", "column-twice"),
        ("Empty", "file-empty"),
        ("InvalidHeadersAndInvalidDataRows", "heading-not-found"),
        ("MostlyValidHeadersAndValidDataRows", "column-unknown"),
        ("NoHeadersAndValidDataRows", "heading-not-found"),
        ("SwitchedHeadersAndValidDataRows", "dates-reversed"),
        ("ValidHeadersInvalidDataRows", "period-unknown"),
    ],
)
def test_the_fault_in_the_name_is_the_finding(name: str, code: str) -> None:
    assert case(name).refusing == {code}


def test_an_extra_heading_is_said_though_nothing_stands_below_it() -> None:
    found = case("ExtraHeadersAndValidDataRows")
    extra = [f.got for f in found.found.findings if f.code == "column-empty"]
    assert extra == ["extra_header"] and found.refusing == set()


@pytest.mark.parametrize("name", ["ValidHeadersAndNoDataRows", "Empty"])
def test_a_file_without_rows_has_no_figures(name: str) -> None:
    assert not len(case(name).found.entries)


def test_blank_lines_change_nothing() -> None:
    plain, spaced = (
        case(f"ValidHeadersAndValidDataRows{tail}").found.entries for tail in ("", "WithEmptyLines")
    )
    assert len(plain) > 10 and plain.figure == spaced.figure and plain.unit == spaced.unit
    assert plain.row != spaced.row


def test_every_file_of_the_folder_is_read_or_refused() -> None:
    files = sorted(path for path in Path(shared("data", "fingertips-next")).glob("*.csv"))
    assert len(files) >= 15
    for path in files:
        found = read_real(path, deployment())
        lines = path.read_text("utf-8-sig").strip().splitlines()
        assert len(found.found.entries) or found.codes or len(lines) < 2
