"""A dataValueSet of DHIS2 comes in like any other file: by its codes, whole or not at all."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from etl.entries import Recognised
from etl.exchange.dhis2_in import columns_of, recognise_dhis2
from etl.load import Loaded, Sending, load
from etl.numbers import Absence, Figure
from etl.read import read
from etl.store.connect import Store, open_store
from indicators.deployment import Deployment
from indicators.dhis2 import Element, Mapping
from indicators.units import CodeRow, UnitRegistry
from tests.etl.tables import CENTRE, HOSPITAL, TODAY, codes, current, deployment, hints
from tests.shared import shared

FOLDER = "data", "dhis2"
SETS = "dhis-test-integration__dxf2__datavalueset__"
ONE, TWO, THREE = "f7n9E0hX8qk", "Ix2HsbDMLea", "eY5ehpbEsB7"  # elements of the files
HERE, THERE = "DiszpKrYNg8", "BdfsJfj87js"  # their organisation units
HEAD = "dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value"


def mapped(*elements: Element, **more: object) -> Deployment:
    """The deployment with a mapping, its two units under the codes of the files."""
    rows = [CodeRow(CENTRE, "dhis2", HERE, "-"), CodeRow(HOSPITAL, "dhis2", THERE, "-")]
    old = deployment()
    units = UnitRegistry(
        old.units.names, (*old.units.codes, *rows), old.units.parents, areas=old.units.areas
    )
    mapping = Mapping("dhis2", elements=elements, **more)  # type: ignore[arg-type]
    return replace(old, units=units, dhis2=mapping)


MAPPED = mapped(Element("doctors", ONE), Element("beds", TWO), ignored=(THREE,))


def recognised(content: bytes, where: Deployment = MAPPED) -> Recognised:
    """What is recognised of a file."""
    sheets = read("tep", content).sheets
    columns = columns_of(sheets)
    assert columns is not None
    return recognise_dhis2(sheets[0], columns, "tep", where)


def lines(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def values(*rows: dict[str, object], **around: object) -> bytes:
    return json.dumps({"dataValues": list(rows), **around}).encode()


def found(content: bytes, where: Deployment = MAPPED) -> list[tuple[str, str, str, Figure]]:
    entries = recognised(content, where).entries
    return list(zip(entries.unit, entries.period, entries.quantity, entries.figure, strict=True))


def real(name: str) -> bytes:
    return shared(*FOLDER, name).read_bytes()


@pytest.mark.parametrize("name", ["B.csv", "BNoHeader.csv"])
def test_the_sets_of_the_makers_are_read_with_and_without_headings(name: str) -> None:
    done = recognised(real(f"{SETS}dataValueSet{name}"))
    entries = done.entries
    assert [int(f.value or 0) for f in entries.figure] == list(range(10001, 10009))
    assert set(entries.unit) == {CENTRE, HOSPITAL} and set(entries.period) == {"2012-01", "2012-02"}
    first = 2 if name == "B.csv" else 1
    assert entries.row == list(range(first, first + 8)) and set(entries.column) == {6}
    assert [(f.code, f.got, f.facts["count"]) for f in done.findings] == [
        ("dhis2-element-ignored", THREE, "4")
    ]


def test_the_json_of_the_makers_is_read() -> None:
    content = real("dhis-test-integration__datavalueset__dataValueSetJ.json")
    assert found(content) == [(CENTRE, "2012-01", "doctors", Figure(Decimal(10), None))]
    lacking = recognised(
        real("dhis-test-integration__datavalueset__dataValueSetJDeleteNoValue.json")
    )
    assert codes(lacking) == ["dhis2-value-missing"] and not lacking.entries


def test_a_set_of_words_is_refused_with_every_place() -> None:
    done = recognised(real(f"{SETS}dataValueSetBooleanDuplicatesTest.csv"), deployment())
    bad = [f for f in done.findings if f.code == "dhis2-value-unreadable"]
    assert len(bad) == 15 and bad[0].place.cell == "F2" and bad[0].got == "true"
    assert not done.entries


def test_the_real_metadata_are_no_figures() -> None:
    content = real("dhis-test-integration__dxf2__metadata_with_indicators.json")
    assert [f.code for f in read("a.json", content).findings] == ["json-not-values"]
    for name in ("dhis-test-integration__dxf2__metadata__organisationUnits.csv",
                 "dhis-test-integration__csv__indicators.csv"):  # fmt: skip
        assert columns_of(read(name, real(name)).sheets) is None


def test_analytics_with_blanks_behind_its_commas_is_read() -> None:
    done = recognised(real("dhis-test-integration__analytics__csv__dataValues.csv"))
    assert {f.got for f in done.findings if f.code == "dhis2-value-unreadable"} >= {"abc", "true"}
    assert not [f for f in done.findings if f.code == "dhis2-period-unknown"]


@pytest.mark.parametrize(
    ("row", "code", "got"),
    [
        (f"nobody,2021Q3,{HERE},,,5", "dhis2-element-unknown", "nobody"),
        (f"{ONE},2021Q3,{HERE},abc,,5", "dhis2-element-unknown", f"{ONE} · abc"),
        (f"{ONE},2021Q3,nowhere,,,5", "dhis2-unit-unknown", "nowhere"),
        (f"{ONE},2021W3,{HERE},,,5", "dhis2-period-unknown", "2021W3"),
        (f"{ONE},2021Q3,{HERE},,donor,5", "dhis2-attribute-unknown", "donor"),
        (f'{ONE},2021Q3,{HERE},,,"1,5"', "dhis2-value-unreadable", "1,5"),
        (f"{ONE},2021Q3,{HERE},,,1.23456", "number-too-precise", "1.23456"),
    ],
)
def test_what_is_not_known_is_said_with_its_row_and_nothing_enters(
    row: str, code: str, got: str
) -> None:
    done = recognised(lines(f"{ONE},2021Q3,{THERE},,,7", row, row))
    finding = next(f for f in done.findings if f.code == code)
    assert finding.got == got and finding.place.row == 3
    store = open_store(None)
    assert sent(store, lines(f"{ONE},2021Q3,{THERE},,,7", row)).refused and not current(store)


def test_an_unknown_code_is_said_once_however_often_it_stands_there() -> None:
    done = recognised(lines(*[f"x,2021Q3,{HERE},,,{n}" for n in range(50)]))
    assert [(f.code, f.facts["count"]) for f in done.findings] == [("dhis2-element-unknown", "50")]


def test_numbers_have_a_decimal_point_and_never_dots_of_thousands() -> None:
    rows = [f"{TWO},2021Q3,{HERE},,,{value}" for value in ("1.135", "12.345", "-3", "1e3")]
    assert [f.value for *_, f in found(lines(*rows))] == [
        Decimal("1.135"), Decimal("12.345"), Decimal(-3), Decimal(1000)
    ]  # fmt: skip


def test_what_is_said_once_for_all_values_counts_for_each() -> None:
    content = values({"dataElement": ONE, "value": 7}, period="2021Q3", orgUnit=HERE)
    assert found(content) == [(CENTRE, "2021-Q3", "doctors", Figure(Decimal(7), None))]


def test_a_combination_is_another_quantity_and_the_default_one_is_none() -> None:
    where = mapped(Element("doctors", ONE, "HllvX50cXC0"), Element("beds", ONE, "abcdefghijk"))
    rows = [f"{ONE},2021Q3,{HERE},{combo},,5" for combo in ("", "default", "abcdefghijk")]
    assert [q for _, _, q, _ in found(lines(*rows), where)] == ["doctors", "doctors", "beds"]


def test_a_code_holds_in_its_time() -> None:
    rows = (CodeRow(CENTRE, "dhis2", HERE, "-", valid_to=datetime(2020, 1, 1).date()),)
    units = replace(MAPPED.units, codes=rows, _trees={})
    where = replace(MAPPED, units=units)
    assert len(found(lines(f"{ONE},2019Q3,{HERE},,,5"), where)) == 1
    assert codes(recognised(lines(f"{ONE},2021Q3,{HERE},,,5"), where)) == ["dhis2-unit-unknown"]


def test_deleted_takes_away_and_comments_of_our_own_come_back() -> None:
    row = {"dataElement": ONE, "period": "2021Q3", "orgUnit": HERE, "value": "0"}
    done = recognised(values({**row, "deleted": True}, {**row, "comment": "-; ước; mô phỏng"}))
    assert [f.absence for f in done.entries.figure] == [Absence.NOT_AVAILABLE, Absence.NIL]
    assert done.entries.figure[1].estimate
    assert codes(done) == ["dhis2-deleted", "dhis2-simulated"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"dataValues": [', "json-unreadable"), (b"[1, 2]", "json-not-values"),
        (b'{"dataValues": 5}', "json-not-values"), (b'{"dataValues": [5]}', "json-not-values"),
        (b"[" * 100_000, "json-unreadable"), (b'{"a": "\xff"}', "json-unreadable"),
    ],
)  # fmt: skip
def test_json_that_is_no_set_is_refused_in_one_sentence(content: bytes, code: str) -> None:
    assert codes(sent(open_store(None), content)) == [code]


def sent(store: Store, content: bytes, where: Deployment = MAPPED, **more: object) -> Loaded:
    how = Sending("thử", datetime(2022, 1, 5, 8), TODAY, **more)  # type: ignore[arg-type]
    return load(store, where, "tep.json", content, hints=hints(), how=how)


def test_it_is_loaded_with_its_source_cells_and_a_second_time_changes_nothing(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path / "a.duckdb")
    content = lines(f"{ONE},2021Q3,{HERE},,,12")
    first = sent(store, content)
    assert first.committed and current(store) == {("doctors", "12")}
    cell = store.cursor().execute("select row_number, column_number, raw from source_cell")
    assert cell.fetchall() == [(2, 6, "12")]
    assert sent(store, content).counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 1}


def test_without_a_mapping_our_own_ids_are_the_codes() -> None:
    content = lines(f"doctors,2021Q3,{CENTRE},,,12")
    assert found(content, deployment()) == [
        (CENTRE, "2021-Q3", "doctors", Figure(Decimal(12), None))
    ]
