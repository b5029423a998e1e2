"""The sample files: the same every time, only known names, sums that tell the intended story."""

import csv
import io
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from etl.demo import demo_files, story
from etl.demo.figures import share_out
from etl.entries import Hints
from etl.read import read
from etl.recognise import recognise
from indicators.deployment import load_deployment
from indicators.period import Period, PeriodKind, parse_period, period_label
from indicators.reporting import form_reporters

DATA = Path(__file__).resolve().parents[2] / "data"
QUARTERS = [f"{year}-Q{n}" for year in (2020, 2021) for n in (1, 2, 3, 4)]
CODES = [*QUARTERS, *(f"{y}-H{n}" for y in (2020, 2021) for n in (1, 2)), "2020", "2021"]
LABELS = {period_label(parse_period(code)): code for code in CODES} | {c: c for c in CODES}
HEALTH_CENTRES, HOSPITALS, STATIONS = 27, 33, 14


@cache
def deployment():
    return load_deployment(DATA)


@cache
def files():
    return demo_files(deployment())


@cache
def headings():
    return {
        heading: quantity.id
        for quantity in deployment().catalogue.quantities.values()
        for heading in (quantity.id, quantity.name_vi, *quantity.headings)
    }


@cache
def names_on(code):
    """Every way a unit may be called at the end of a period; a doubtful name is left out."""
    found = {}
    for unit in deployment().units.at(parse_period(code).end).units.values():
        for name in {unit.id, unit.name, unit.short_name}:
            found[name] = unit.id if name not in found else None
    return found


def rows_of(file):
    """(period, unit, quantity, text) of one file, whatever its style; a blank says nothing."""
    if file.name.endswith(".xlsx"):
        rows = from_workbook(file)
    else:
        text = file.content.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ","))
        rows = from_long(table) if table[0][0] == "unit" else from_wide(table)
    return [row for row in rows if row[3]]


def from_long(table):
    for unit, code, quantity, value in table[1:]:
        yield code, names_on(code)[unit], headings()[quantity], value


def from_wide(table):
    for name, label, *cells in table[1:]:
        code = LABELS[label]
        for heading, cell in zip(table[0][2:], cells, strict=True):
            yield code, names_on(code)[name], headings()[heading], plain(cell)


def from_workbook(file):
    table = [list(row) for row in openpyxl.load_workbook(io.BytesIO(file.content)).active.values]
    code = LABELS[table[1][0].removeprefix("Kỳ báo cáo: ")]
    for _, name, *cells in table[4:]:
        for heading, cell in zip(table[3][2:], cells, strict=True):
            yield code, names_on(code)[name], headings()[heading], "" if cell is None else str(cell)


def plain(cell):
    return cell.replace(".", "").replace(",", ".")


@cache
def facts():
    """(period, unit, quantity) to the last text received."""
    return {(c, u, q): text for file in files() for c, u, q, text in rows_of(file)}


def number(code, unit, quantity):
    text = facts().get((code, unit, quantity), "…").removeprefix("ước ")
    return None if text == "…" else Decimal(0 if text == "-" else text)


def total(code, quantity, kinds):
    tree = deployment().units.at(parse_period(code).end)
    figures = [number(code, u.id, quantity) for u in tree.units.values() if u.kind in kinds]
    return sum(figure for figure in figures if figure is not None)


def centres(code, quantity):
    return total(code, quantity, {"health_centre"})


def percent(code, part, whole):
    return 100 * centres(code, part) / centres(code, whole)


def hospital_rate(code, quantity, kinds):
    return 10_000 * total(code, quantity, kinds) / centres(code, "population")


def immunised_so_far(code):
    last = parse_period(code)
    done = sum(
        centres(Period(last.year, PeriodKind.QUARTER, n).code, "children_fully_immunised")
        for n in range(1, last.number + 1)
    )
    return 100 * done / centres(code, "children_under_1")


def test_the_same_bytes_on_every_run():
    assert demo_files(deployment()) == demo_files(load_deployment(DATA))


def test_every_style_is_there_and_names_are_unique():
    names = [file.name for file in files()]
    assert len(names) == len(set(names)) > 150
    assert {file.content[:3] for file in files()} >= {b"\xef\xbb\xbf", b"uni", b"PK\x03"}


def test_names_and_headings_are_known():
    assert len(facts()) > 19_000
    assert None not in {unit for _, unit, _ in facts()}


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_the_real_recogniser_reads_every_figure(file):
    sheets = read(file.name, file.content).sheets
    found = recognise(sheets, file.name, deployment(), Hints(file.received_at.date()))
    e = found.entries
    read_back = zip(e.period, e.unit, e.quantity, (f.value for f in e.figure), strict=True)
    written = {(c, u, q, as_decimal(text)) for c, u, q, text in rows_of(file)}
    assert found.findings == [] and set(read_back) == written


def as_decimal(text):
    return None if text in {"…", "-"} else Decimal(text.removeprefix("ước "))


def test_periods_are_those_of_the_story():
    assert {code for code, _, _ in facts()} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_form_that_is_owed_comes_but_those_the_story_leaves_out(code):
    period, sent = parse_period(code), {}
    for c, unit, quantity in facts():
        sent.setdefault((c, unit), set()).add(quantity)
    tree, missing = deployment().units.at(period.end), set()
    for form in deployment().catalogue.forms.values():
        if form.frequency is period.kind:
            for unit in form_reporters(form, period, tree, tree.within("thanh-hoa")):
                if not set(form.quantities) <= sent.get((code, unit), set()):
                    missing.add((code, unit, form.id))
    single = {report for report in story.MISSING_FORMS if report[0] == code}
    whole = {report for report in missing if report[:2] in story.MISSING}
    assert missing - whole == single and bool(whole) is (code == "2021-Q3")


@pytest.mark.parametrize("code", QUARTERS)
def test_everybody_reports_but_the_two_that_are_missing(code):
    units = {unit for c, unit, q in facts() if c == code and q in {"population", "beds"}}
    expected = HEALTH_CENTRES + HOSPITALS + STATIONS - (2 if code == "2021-Q3" else 0)
    assert len(units) == expected
    missing = {"th-ttyt-muong-lat", "th-bv-noi-tiet"}
    assert (units & missing == set()) is (code == "2021-Q3")


def test_late_files_come_after_the_day_they_were_due():
    late = [file for file in files() if "nop-muon" in file.name]
    assert len(late) >= 8
    assert next(f for f in late if f.name == "2021-Q3_ttyt_nop-muon.csv").received_at.day > 10
    assert all(f.received_at.day < 10 for f in files() if f.name.endswith("-Q3_ttyt.csv"))


def test_absences_and_estimates():
    assert facts()[("2020-Q1", "th-ttyt-muong-lat", "health_records")] == "…"
    assert facts()[("2021-Q1", "th-ttyt-nhu-thanh", "large_epidemics")] == "-"
    assert facts()[("2021", "th-bvdk-tho-xuan", "special_class_hospital")] == "-"
    assert sum(text.startswith("ước ") for text in facts().values()) == 3


def test_a_second_file_corrects_the_first():
    key = ("2021-Q2", "th-ttyt-trieu-son", "insured")
    sent = [int(t) for f in files() for c, u, q, t in rows_of(f) if (c, u, q) == key]
    assert len(sent) == 2 and sent[0] - sent[1] == 5_400


def test_missing_vaccinations_come_in_with_the_last_quarter():
    sent = {q for c, u, q in facts() if (c, u) == ("2021-Q3", "th-ttyt-muong-lat")}
    assert {"children_under_1", "children_fully_immunised"} <= sent and "population" not in sent
    late = [file for file in files() if "bo-sung" in file.name]
    assert len(late) == 3
    assert {file.received_at.date().isoformat() for file in late} == {"2022-01-14"}


@pytest.mark.parametrize(
    ("code", "quantity", "expected"),
    [("2020-Q4", "communes_at_standard", 526), ("2021-Q4", "communes_at_standard", 537),
     ("2020-Q4", "stations_with_doctor", 500), ("2021-Q4", "stations_with_doctor", 494),
     ("2021-Q4", "communes", 559), ("2021-Q4", "population", 3_664_400)],
)  # fmt: skip
def test_counts_of_the_province(code, quantity, expected):
    assert centres(code, quantity) == expected


@pytest.mark.parametrize(
    ("code", "part", "whole", "expected"),
    [("2020-Q4", "insured", "population", "90.2"), ("2021-Q4", "insured", "population", "91.3"),
     ("2020-Q4", "health_records", "population", "24"),
     ("2021-Q4", "health_records", "population", "41"),
     ("2020-Q4", "children_underweight", "children_weighed", "15.1"),
     ("2021-Q4", "children_underweight", "children_weighed", "14.6")],
)  # fmt: skip
def test_rates_of_the_province(code, part, whole, expected):
    assert abs(percent(code, part, whole) - Decimal(expected)) < Decimal("0.01")


def test_beds_and_doctors():
    hospitals = {"provincial_hospital", "district_hospital"}
    assert Decimal("36.7") < hospital_rate("2021-Q2", "beds", hospitals) < Decimal("36.9")
    assert Decimal("37.3") < hospital_rate("2021-Q4", "beds", hospitals) < Decimal("37.4")
    doctors = [hospital_rate(q, "doctors", hospitals | {"health_centre"}) for q in QUARTERS]
    assert doctors[0] < doctors[-1] < Decimal("11.1")
    first, last = (number(code, "th-bvdk-ba-thuoc", "doctors") for code in ("2020-Q1", "2021-Q4"))
    assert last < first


@pytest.mark.parametrize(
    ("code", "expected"),
    [("2020-Q4", "95.3"), ("2021-Q1", "23.5"), ("2021-Q2", "47.0"), ("2021-Q3", "70.2"),
     ("2021-Q4", "95.4")],
)  # fmt: skip
def test_immunisation_accumulates_over_the_year(code, expected):
    assert abs(immunised_so_far(code) - Decimal(expected)) < Decimal("0.01")


def test_one_district_stays_below_the_target_for_health_records():
    shares = {
        unit: number("2021-Q4", unit, "health_records") / number("2021-Q4", unit, "population")
        for code, unit, quantity in facts()
        if (code, quantity) == ("2021-Q4", "communes")
    }
    assert [u for u, s in shares.items() if s < Decimal("0.30")] == ["th-ttyt-muong-lat"]


def test_sex_ratio_falls_below_the_target():
    ratios = [100 * centres(y, "births_male") / centres(y, "births_female") for y in CODES[-2:]]
    assert abs(ratios[0] - Decimal("114.6")) < Decimal("0.01")
    assert abs(ratios[1] - Decimal("113.2")) < Decimal("0.01")


@pytest.mark.parametrize("code", QUARTERS)
def test_counts_of_communes_are_those_of_the_registry(code):
    tree = deployment().units.at(parse_period(code).end)
    for unit in [u for c, u, q in facts() if c == code and q == "communes"]:
        children = tree.children[tree.units[unit].parent]
        communes = sum(tree.units[child].kind == "commune" for child in children)
        assert number(code, unit, "communes") == number(code, unit, "stations") == communes


def test_no_part_exceeds_its_whole_and_whole_numbers_are_whole():
    for (code, unit, quantity), _ in facts().items():
        spec, value = deployment().catalogue.quantities[quantity], number(code, unit, quantity)
        if value is None:
            continue
        assert value >= 0 and (value == int(value) or not spec.whole_number)
        whole = number(code, unit, spec.at_most) if spec.at_most else None
        assert whole is None or value <= whole, (code, unit, quantity)


@pytest.mark.parametrize("code", QUARTERS)
def test_communes_of_nhu_thanh_add_up_to_their_health_centre(code):
    form = deployment().catalogue.forms["station_quarter"]
    differences = {
        quantity: centre - stations
        for quantity in form.quantities
        if (centre := number(code, "th-ttyt-nhu-thanh", quantity))
        != (stations := total(code, quantity, {"commune_station"}))
    }
    weighed = {"children_weighed", "children_underweight"} if code == "2021-Q1" else set()
    expected = weighed | ({"insured"} if code == "2021-Q2" else set())
    assert set(differences) == expected
    assert differences.get("insured", 12) == 12


def test_three_communes_of_nhu_thanh_stay_below_the_immunisation_target():
    tree = deployment().units.at(parse_period("2021-Q4").end)
    district = tree.within("th-nhu-thanh")
    stations = [u.id for u in district if u.kind == "commune_station"]
    assert len(stations) == 14
    below = {
        station
        for station in stations
        if sum(number(q, station, "children_fully_immunised") for q in QUARTERS[4:])
        <= Decimal("0.95") * number("2021-Q4", station, "children_under_1")
    }
    assert below == {f"th-tyt-nhu-thanh-{name}" for name in ("thanh-ky", "xuan-thai", "thanh-tan")}


def test_share_out_is_exact_and_keeps_to_the_caps():
    assert share_out(10, {"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 4, "b": 3, "c": 3}
    assert share_out(10, {"a": 9.0, "b": 1.0}, {"a": 3, "b": 20}) == {"a": 3, "b": 7}
