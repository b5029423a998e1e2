"""The form to fill in: every kind of unit of the demo, filled in and read back without a word."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import cycle

import pytest

from etl.export.form import SHEET_NAME, earlier_periods, form_workbook, sheet_name
from etl.export.form_cells import WHOLE, allowed_text, number_format, validation
from etl.export.form_sheet import EARLIER, ESTIMATE, HEADING, NAME, VALUE
from etl.own_sheets import is_own
from etl.read import read
from etl.recognise import recognise
from etl.store.connect import Store, open_store
from etl.template import forms_of, template_csv
from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind, parse_period
from tests.etl.tables import CENTRE, HOSPITAL, deployment, facts, hints, send
from tests.etl.workbooks import comments, fill, forms, opened, rows

Q4 = parse_period("2021-Q4")


def kinds_of_units() -> list[tuple[str, str]]:
    """One unit of each (kind, form) with a period of that form: whoever fills in anything."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for year in (2019, 2021):
        for kind in PeriodKind:
            for period in Period(year, PeriodKind.YEAR).parts(kind)[:1]:
                for unit in deployment().units.at(period.end).units.values():
                    for form in forms_of(deployment(), unit.id, period):
                        found.setdefault((unit.kind, form.id), (unit.id, period.code))
    return sorted(set(found.values()))


UNITS = kinds_of_units()


def cells(unit: str, code: str) -> list[tuple[str, str]]:
    """(form, quantity) of every cell a unit fills in."""
    asked = forms_of(deployment(), unit, parse_period(code))
    return [(form.id, quantity) for form in asked for quantity in form.quantities]


def values(unit: str, code: str) -> list[object]:
    """A value for each cell that its quantity allows, among them all that is no number."""
    found: list[object] = []
    specials = cycle(["-", "…", None, None, None])
    for _, name in cells(unit, code):
        quantity = deployment().catalogue.quantities[name]
        least = quantity.minimum if quantity.minimum is not None else Decimal(0)
        special = next(specials)
        whole = int(least) if quantity.whole_number else float(least) + 0.5
        found.append(special if special is not None else whole)
    return found


def test_every_kind_of_unit_that_reports_is_among_them() -> None:
    kinds = {k for form in deployment().catalogue.forms.values() for k in form.kinds}
    trees = [deployment().units.at(parse_period(code).end) for _, code in UNITS]
    assert {t.units[u].kind for t, (u, _) in zip(trees, UNITS, strict=True)} == kinds


@pytest.fixture(scope="module")
def empty() -> Store:
    """A store for dry runs: it stays empty."""
    return open_store(None)


@pytest.mark.parametrize(("unit", "code"), UNITS)
def test_a_form_filled_in_is_recognised_whole(empty: Store, unit: str, code: str) -> None:
    given = values(unit, code)
    made = form_workbook(empty.cursor(), deployment(), unit, parse_period(code))
    content = fill(opened(made), given)
    done = send(empty, content, name="bieu.xlsx", dry_run=True)
    assert done.findings == []
    reading = read("bieu.xlsx", content)
    found = recognise(tuple(s for s in reading.sheets if not is_own(s)), "x", deployment(), hints())
    absent = {"-": "nil", "…": "not_available"}
    stated = [absent.get(str(v), str(v).removesuffix(".0")) for v in given]
    wanted = {(unit, code, q, v) for (_, q), v in zip(cells(unit, code), stated, strict=True)}
    assert facts(found) == wanted


@pytest.mark.parametrize(("unit", "code"), UNITS)
def test_the_text_form_filled_in_is_recognised_whole(empty: Store, unit: str, code: str) -> None:
    lines = template_csv(deployment(), unit, parse_period(code)).decode("utf-8-sig").splitlines()
    given = values(unit, code)
    written = [str(v).replace(".", ",") for v in given]
    filled = [
        line.removesuffix(";;") + f";{value};"
        for line, value in zip(lines[1:], written, strict=True)
    ]
    done = send(empty, "\r\n".join([lines[0], *filled]).encode(), dry_run=True)
    assert done.counts["added"] == len(cells(unit, code)) and done.findings == []


def test_blanks_are_no_statement_and_an_empty_form_says_only_that_it_is_empty() -> None:
    store = open_store(None)
    book = opened(form_workbook(store.cursor(), deployment(), CENTRE, Q4))
    assert [f.code for f in send(store, fill(book, [None]), name="a.xlsx").findings] == [
        "no-figures"
    ]
    done = send(store, fill(book, [None, None, 1, None]), name="a.xlsx", dry_run=True)
    assert not done.findings and done.counts["added"] == len(cells(CENTRE, "2021-Q4")[2::4])


@pytest.fixture(scope="module")
def told() -> Store:
    """A store in which a centre sent two earlier quarters, one figure of each kind."""
    store = open_store(None)
    before = {"population": "95024", "insured": "ước 86935", "doctors": "-", "stations": "…"}
    send(store, [f"{CENTRE},2021-Q3,{q},{v}" for q, v in before.items()])
    send(store, [f"{CENTRE},2020-Q4,population,1234567"], at=datetime(2021, 1, 5))
    return store


def row_of(sheet: object, name: str) -> dict[str, object]:
    """Heading to value of the row of a quantity."""
    names = deployment().catalogue.quantities
    row = next(
        r
        for r in rows(sheet)
        if sheet.cell(r, NAME + 1).value == names[name].name_vi  # type: ignore[attr-defined, arg-type]
    )
    heads = range(1, sheet.max_column + 1)  # type: ignore[attr-defined]
    return {sheet.cell(HEADING + 1, c).value: sheet.cell(row, c).value for c in heads}  # type: ignore[attr-defined]


def test_what_was_sent_before_stands_beside(told: Store) -> None:
    sheet = forms(opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4)))[0]
    before, year_ago = (f"{EARLIER[0]} (Quý III/2021)", f"{EARLIER[1]} (Quý IV/2020)")
    assert row_of(sheet, "population")[before] == 95024
    assert row_of(sheet, "population")[year_ago] == 1234567
    assert row_of(sheet, "insured")[before] == "ước 86.935"
    assert row_of(sheet, "doctors")[before] == "-" and row_of(sheet, "stations")[before] == "…"
    assert row_of(sheet, "communes")[before] is None
    assert sheet.cell(HEADING + 2, ESTIMATE + 2).number_format == WHOLE


def test_what_stands_beside_is_not_read_as_figures(told: Store) -> None:
    book = opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4))
    done = send(told, fill(book, [1]), name="a.xlsx", dry_run=True, reason="thử")
    assert done.periods == ["2021-Q4"] and {c.new for c in done.changes} == {Decimal(1)}


def test_a_year_has_one_period_before_it() -> None:
    assert [p.code for p in earlier_periods(parse_period("2021"))] == ["2020"]
    assert [p.code for p in earlier_periods(parse_period("2021-Q1"))] == ["2020-Q4", "2020-Q1"]
    assert [p.code for p in earlier_periods(parse_period("2021-H2"))] == ["2021-H1", "2020-H2"]
    sheet = forms(
        opened(form_workbook(open_store(None).cursor(), deployment(), CENTRE, parse_period("2021")))
    )[0]
    heads = [sheet.cell(HEADING + 1, c).value for c in range(1, sheet.max_column + 1)]
    assert heads[ESTIMATE + 1] == f"{EARLIER[1]} (Năm 2020)" and heads[ESTIMATE + 2] == "Ghi chú"


def test_the_head_says_who_what_and_by_when(told: Store) -> None:
    book = opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4))
    sheet = forms(book)[0]
    said = [sheet.cell(r, 1).value for r in range(1, HEADING + 1)]
    assert said[:3] == [
        "SỞ Y TẾ TỈNH THANH HÓA", "TRUNG TÂM Y TẾ HUYỆN NHƯ THANH", "BIỂU QUÝ CỦA TRUNG TÂM Y TẾ",
    ]  # fmt: skip
    assert "Quý IV/2021 (số liệu từ ngày 01/10/2021 đến ngày 31/12/2021)" in said[3]
    assert "10/01/2022" in said[4] and "mục IV.3" in said[4]
    assert all(mark in said[6] for mark in ("“-”", "“…”", "“ước”"))
    assert sheet.freeze_panes == "C9" and sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9 and sheet.print_title_rows == "$8:$8"
    assert is_own(read("a.xlsx", fill(book, [1])).sheets[-1])


def test_only_the_open_cells_can_be_changed(told: Store) -> None:
    sheet = forms(opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4)))[0]
    assert sheet.protection.sheet and not sheet.protection.password
    for row in rows(sheet):
        is_open = [c for c in range(1, 11) if not sheet.cell(row, c).protection.locked]
        assert is_open == [VALUE + 1, ESTIMATE + 1, 8]


def test_every_quantity_is_defined_in_a_note(told: Store) -> None:
    sheet = forms(opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4)))[0]
    notes = comments(sheet)
    assert set(notes) == {f"B{row}" for row in rows(sheet)}
    first, second = notes["B9"], notes["B10"]
    assert "Mã: population. Đơn vị tính: người." in first and "Số tại ngày cuối kỳ" in first
    assert "Không lớn hơn: Dân số." in second and "bảo hiểm y tế" in second


def test_cells_take_what_their_quantity_allows(told: Store) -> None:
    sheet = forms(opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4)))[0]
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    assert set(rules) == {f"{c}{row}" for row in rows(sheet) for c in "DE"}
    assert rules["D9"].type == "custom" and rules["E9"].formula1 == '"x"'
    assert rules["D9"].formula1 == (
        'OR(AND(ISNUMBER(D9),D9=INT(D9),D9>=1),D9="-",D9="…",D9="...",LEFT(D9,3)="ước")'
    )
    assert "từ 1 trở lên" in rules["D9"].error


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("population_growth_rate", "custom", "Số từ −10 đến 10, hoặc “-”, “…”."),
        ("stay_at_class_minimum", "list", "1 nếu có (đạt), 0 nếu không; hoặc “-”, “…”."),
        ("beds", "custom", "Số nguyên từ 0 trở lên, hoặc “-”, “…”."),
    ],
)
def test_what_is_allowed_follows_the_bounds(name: str, kind: str, words: str) -> None:
    quantity = deployment().catalogue.quantities[name]
    rule = validation(quantity, "D9", "vi")
    assert rule["validate"] == kind and allowed_text(quantity, "vi") == words
    assert all(len(str(text)) <= 255 for text in rule.values())


def test_every_rule_and_note_fits_what_a_spreadsheet_allows() -> None:
    for quantity in deployment().catalogue.quantities.values():
        for language in ("vi", "en"):
            rule = validation(quantity, "D999", language)
            assert len(str(rule.get("value", ""))) <= 255 and len(rule["error_title"]) <= 32
        assert number_format(quantity)


def test_a_part_above_its_whole_turns_orange(told: Store) -> None:
    sheet = forms(opened(form_workbook(told.cursor(), deployment(), CENTRE, Q4)))[0]
    found = {str(a.sqref): a.rules[0].formula[0] for a in sheet.conditional_formatting}
    assert found["D10"] == "AND(ISNUMBER(D10),ISNUMBER(D9),D10>D9)" and "D9" not in found


def named(unit_name: str, quantity_name: str) -> Deployment:
    """The deployment with the health centre and its population called otherwise."""
    whole = deployment()
    rows_ = tuple(
        replace(row, name=unit_name) if row.unit == CENTRE else row for row in whole.units.names
    )
    quantities = dict(whole.catalogue.quantities)
    quantities["population"] = replace(
        quantities["population"], name_vi=quantity_name, note='=HYPERLINK("http://a")'
    )
    return replace(
        whole,
        units=replace(whole.units, names=rows_, _trees={}),
        catalogue=replace(whole.catalogue, quantities=quantities),
    )


@pytest.mark.parametrize("text", ['=cmd|"/c calc"!A1', "+1+1", "-1", "@SUM(A1)", "=1+1", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    store = open_store(None)
    book = opened(form_workbook(store.cursor(), named(text, text), CENTRE, Q4))
    kinds = {
        c.data_type: c.coordinate for s in book.worksheets for row in s.iter_rows() for c in row
    }
    assert set(kinds) <= {"s", "n"}
    sheet = forms(book)[0]
    assert sheet.cell(HEADING + 2, NAME + 1).value == text
    assert sheet.cell(HEADING + 2, NAME + 1).quotePrefix


def test_sheet_names_are_what_a_spreadsheet_takes() -> None:
    taken: set[str] = set()
    for form in deployment().catalogue.forms.values():
        name = sheet_name(form.name_vi, taken)
        assert 0 < len(name) <= SHEET_NAME and not set("[]:*?/\\") & set(name)
        assert name.lower() not in taken
        taken.add(name.lower())
    assert sheet_name("a" * 99, set()) == "a" * 31
    assert sheet_name("Biểu 1", {"biểu 1"}) == "Biểu 1 (2)"


def test_the_other_language_reads_back_too(told: Store) -> None:
    content = fill(opened(form_workbook(told.cursor(), deployment(), HOSPITAL, Q4, "en")), [1])
    assert send(told, content, name="a.xlsx", dry_run=True).findings == []
