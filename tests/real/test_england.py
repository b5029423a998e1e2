"""England's 20 quarters through the command line, against sums made in plain Python."""

import csv
from fractions import Fraction
from pathlib import Path
from statistics import fmean

import pytest

from tests.cli import row_of, rows_of, run, submissions
from tests.real.cover import (
    ENGLAND,
    MISSING,
    TARGET,
    VACCINES,
    Cover,
    expected_areas,
    nation,
    read_cover,
    write_long_files,
)

# The first, complete ones, one with a lone suppressed cell, one with four areas absent, the two in
# which a new area never reported before, and the last.
QUARTERS = ("2018-Q2", "2018-Q4", "2019-Q3", "2019-Q4", "2021-Q2", "2021-Q3", "2023-Q1")
EXACT = 1e-12


@pytest.fixture(scope="module")
def cover() -> list[Cover]:
    return read_cover()


@pytest.fixture(scope="module")
def files(cover: list[Cover], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_long_files(cover, tmp_path_factory.mktemp("cover"))


@pytest.fixture(scope="module")
def db(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("england") / "england.duckdb"
    run("etl", "init", data=ENGLAND, db=path)
    run("etl", "load", *files, data=ENGLAND, db=path)
    return path


def test_every_quarter_becomes_one_long_file(cover: list[Cover], files: list[Path]) -> None:
    written = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            written += list(csv.DictReader(file))
    gaps = sum((r.vaccinated is None) + (r.eligible is None) for r in cover)
    assert len(files) == 20
    assert len(written) == 2 * len(cover)
    assert sum(row["value"] == MISSING for row in written) == gaps > 0


def test_an_area_has_one_row_for_each_vaccine_and_quarter(cover: list[Cover]) -> None:
    keys = {(r.quarter, r.unit, r.vaccine) for r in cover}
    assert len(keys) == len(cover) == 9021
    assert {r.vaccine for r in cover} == set(VACCINES.values())


def test_an_area_keeps_its_identity_when_its_code_changes(cover: list[Cover]) -> None:
    codes = {r.code for r in cover if r.unit == "buckinghamshire"}
    quarters = {r.quarter for r in cover if r.unit == "buckinghamshire"}
    assert codes == {"612", "916"}
    assert len(quarters) == 20


def test_each_area_and_quarter_is_one_submission(cover: list[Cover], db: Path) -> None:
    forms = {(r.unit, r.quarter) for r in cover}
    assert len(submissions(data=ENGLAND, db=db)) == len(forms)


def test_loading_the_same_files_again_adds_nothing(files: list[Path], db: Path) -> None:
    before = submissions(data=ENGLAND, db=db)
    run("etl", "load", *files, data=ENGLAND, db=db)
    assert submissions(data=ENGLAND, db=db) == before


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_national_row_is_the_ratio_of_sums(cover: list[Cover], db: Path, quarter: str) -> None:
    document = run(
        "indicators", "verdicts", "--plan", "cover", "--period", quarter, data=ENGLAND, db=db
    )
    for vaccine in VACCINES.values():
        row = row_of(document, indicator=f"{vaccine}_coverage", scope="england")
        whole = nation(cover, quarter, vaccine)
        assert (row["numerator"], row["denominator"]) == (whole.vaccinated, whole.eligible)
        assert row["value"] == pytest.approx(float(whole.percent), rel=EXACT)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_national_verdict_holds_whatever_the_missing_report(
    cover: list[Cover], db: Path, quarter: str
) -> None:
    document = run(
        "indicators", "verdicts", "--plan", "cover", "--period", quarter, data=ENGLAND, db=db
    )
    for vaccine in VACCINES.values():
        row = row_of(document, indicator=f"{vaccine}_coverage", scope="england")
        assert row["verdict"] in nation(cover, quarter, vaccine).verdicts


@pytest.mark.parametrize("quarter", QUARTERS)
def test_coverage_names_the_areas_that_are_missing(
    cover: list[Cover], db: Path, quarter: str
) -> None:
    document = run(
        "indicators", "verdicts", "--plan", "cover", "--period", quarter, data=ENGLAND, db=db
    )
    for vaccine in VACCINES.values():
        row = row_of(document, indicator=f"{vaccine}_coverage", scope="england")
        whole = nation(cover, quarter, vaccine)
        coverage = row["coverage"]
        assert coverage["expected"] == len(whole.expected)
        assert coverage["reported"] == len(whole.expected) - len(whole.missing)
        assert sorted(coverage["missing"]) == list(whole.missing)
        if whole.absent is not None:
            share = Fraction(whole.eligible, whole.eligible + whole.absent)
            assert coverage["share"] == pytest.approx(float(share), rel=EXACT)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_area_is_its_own_numerator_over_its_own_denominator(
    cover: list[Cover], db: Path, quarter: str
) -> None:
    document = run(
        "indicators", "verdicts", "--plan", "cover-areas", "--period", quarter, data=ENGLAND, db=db
    )
    for vaccine in VACCINES.values():
        own = {r.unit: r.percent for r in cover if (r.quarter, r.vaccine) == (quarter, vaccine)}
        rows = [r for r in rows_of(document) if r["indicator"] == f"{vaccine}_coverage"]
        areas = {r["scope"]: r for r in rows if r["scope"] != "england"}
        assert set(areas) == expected_areas(cover, quarter)
        for unit, row in areas.items():
            assert_is_percent(row, own.get(unit))


@pytest.mark.parametrize("unit", ["shropshire", "buckinghamshire", "isles-of-scilly", "bury"])
@pytest.mark.parametrize("quarter", ["2019-Q3", "2019-Q4"])
def test_an_area_can_be_asked_for_alone(
    cover: list[Cover], db: Path, quarter: str, unit: str
) -> None:
    asked = ("--plan", "cover", "--period", quarter, "--unit", unit)
    document = run("indicators", "verdicts", *asked, data=ENGLAND, db=db)
    for vaccine in VACCINES.values():
        key = (quarter, vaccine, unit)
        own = [r.percent for r in cover if (r.quarter, r.vaccine, r.unit) == key]
        row = row_of(document, indicator=f"{vaccine}_coverage", scope=unit)
        percent = own[0] if own else None
        expected = None if percent is None else pytest.approx(float(percent), rel=EXACT)
        assert row["value"] == expected
        # The plan is England's: an area looked at by itself has a value and no verdict of its own.
        assert row["verdict"] == ("no_data" if percent is None else "no_target")


def assert_is_percent(row: dict[str, object], percent: Fraction | None) -> None:
    """The row shows exactly this percentage, or says that there are no data."""
    if percent is None:
        assert row["value"] is None
        assert row["verdict"] == "no_data"
    else:
        assert row["value"] == pytest.approx(float(percent), rel=EXACT)
        assert (row["verdict"] in ("met", "exceeded")) is (percent >= TARGET)


def test_the_mean_of_percentages_would_be_another_number(cover: list[Cover]) -> None:
    for quarter in QUARTERS:
        for vaccine in VACCINES.values():
            own = [r.percent for r in cover if (r.quarter, r.vaccine) == (quarter, vaccine)]
            mean = fmean(float(percent) for percent in own if percent is not None)
            assert abs(mean - float(nation(cover, quarter, vaccine).percent)) > 0.001


def test_the_quarters_asked_for_cover_every_kind_of_gap(cover: list[Cover]) -> None:
    found = {q: nation(cover, q, "dtap_12m") for q in QUARTERS}
    assert found["2018-Q2"].missing == found["2023-Q1"].missing == ()
    assert found["2018-Q4"].missing == ("isles-of-scilly",)
    assert found["2019-Q4"].missing == ("bury", "oldham", "rochdale", "trafford")
    assert found["2019-Q4"].verdicts == {"behind", "at_risk"}
    assert found["2021-Q2"].missing == found["2021-Q3"].missing == ("north-northamptonshire",)
    assert found["2021-Q2"].verdicts == found["2021-Q3"].verdicts == {"partial"}
