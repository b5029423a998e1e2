"""What people write (names, notes, cells, addresses) is never run: not as script, formula, SQL or path."""

from __future__ import annotations

import csv
import shutil
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.commands import COMMANDS, answer
from etl.context import close, opened, today
from etl.entries import Hints
from etl.export.table_csv import table_csv
from etl.export.table_xlsx import table_xlsx
from etl.load import Loaded, Sending, load
from etl.read import MAX_BYTES, read
from etl.store.connect import now
from etl.store.verify import faults
from etl.web import ROOT
from indicators.table import Caption, Column, Figure, Table
from pages.parts.links import PAGES
from pages.parts.take.answer import make
from pages.parts.take.tables import TABLES
from tests.attack.client import HTML, Guest
from tests.pages.opening import page_html

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
CENTRE = "th-ttyt-nhu-thanh"
SQL = ("'", "x'; drop table audit; --", "' or '1'='1", "1; select * from audit", "\\'; --", "%' --")
PARAMETERS = (
    "plan", "period", "unit", "indicator", "known", "lang", "mode", "explain", "withdraw", "state",
    "task", "lead", "by", "other", "since", "order", "field", "q", "sort", "kind",
)  # fmt: skip


def sent(name: str, content: str | bytes, *, by: str = "Hoa", reason: str = "đã rà soát") -> Loaded:
    """What becomes of a file that is sent for real."""
    context = opened()
    kept = content.encode() if isinstance(content, str) else content
    # Which verdicts would turn is not asked here, and takes the longest.
    how = Sending(by, now(), today(), reason, compare=False)
    hints = Hints(today(), None, None)
    return load(context.store, context.deployment, name, kept, hints=hints, how=how)


def figures(unit: str = CENTRE, doctors: int = 77) -> str:
    return f"unit,period,quantity,value\n{unit},2021-Q3,doctors,{doctors}\n"


@pytest.fixture
def poisoned(demo_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province where a unit, a file, its sender and its note are scripts."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("run"))
    for names in (data / "units").rglob("names*.csv"):
        text = names.read_text("utf-8")
        names.write_text(text.replace("Trung tâm Y tế huyện Như Thanh", SCRIPT), "utf-8")
    monkeypatch.setenv("VANDAN_DATA", str(data))
    close()
    loaded = sent(f"{IMAGE}.csv", figures(), by=IMAGE, reason=SCRIPT)
    assert loaded.committed
    return demo_copy


def test_script_in_names_files_and_notes_is_text_on_every_page(poisoned: Path) -> None:
    shown = ""
    for page in PAGES:
        if page.file == "admin.py":
            continue
        html = page_html(ROOT / "pages" / page.file, period="2021-Q3")
        assert SCRIPT not in html and "<img src=x" not in html, page.file
        shown += html
    own = page_html(ROOT / "pages" / "unit.py", unit=CENTRE, period="2021-Q3")
    assert SCRIPT not in own and "<img src=x" not in own
    # It was there to be seen, as text.
    assert "&lt;script&gt;alert(1)" in own + shown and "&lt;img src=x" in own + shown


def test_script_in_the_address_is_text_or_nothing(demo_copy: Path) -> None:
    for page in PAGES:
        html = page_html(ROOT / "pages" / page.file, **dict.fromkeys(PARAMETERS, SCRIPT))
        assert SCRIPT not in html, page.file


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1", "=cmd|'/c calc'!A1", "＝1+1", "\r=1")


def runs(text: str) -> bool:
    """Whether a spreadsheet would run a cell, written from what OWASP lists."""
    stripped = text.lstrip()
    return bool(stripped) and stripped[0] in "=+-@＝＋－＠" and not text.startswith("'")


def test_no_export_runs_what_somebody_wrote(demo_copy: Path) -> None:
    for number, formula in enumerate(FORMULAS):
        assert sent(f"{formula}.csv", figures(doctors=40 + number), by=formula).committed
    query = {"period": "2021-Q3", "unit": CENTRE, "indicator": "doctors_per_10k"}
    for name, kind in product(TABLES, ("csv", "xlsx")):
        content, file = make(name, kind, query)
        assert file.isascii() and "/" not in file
        for cell, is_formula in cells(content, kind):
            assert not is_formula
            if kind == "csv" and runs(cell):
                float(cell.replace(",", "."))  # what is left is a number, or the test fails here


def cells(content: bytes, kind: str) -> list[tuple[str, bool]]:
    """Every cell as text, and whether it is a formula."""
    if kind == "csv":
        rows = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
        return [(cell, False) for row in rows for cell in row if cell != "-"]
    book = openpyxl.load_workbook(BytesIO(content))
    return [
        (str(cell.value), cell.data_type == "f")
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]  # fmt: skip


@given(text=st.text(min_size=1, max_size=20), value=st.integers(-(10**6), 10**6))
def test_any_text_is_harmless_and_negative_numbers_stay_numbers(text: str, value: int) -> None:
    columns = (Column("Tên"), Column("Số", is_number=True))
    table = Table(text, columns, [(text, Figure(value))])
    rows = csv.reader(
        StringIO(table_csv(table, Caption((text,))).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    found = [cell for row in rows for cell in row]
    assert str(value) in found
    assert not [
        c
        for c in found
        if runs(c)
        and not c.strip().lstrip("+-").replace(",", "").replace(".", "").isdigit()
        and c != "-"
    ]
    book = openpyxl.load_workbook(BytesIO(table_xlsx(table, Caption((text,)))))
    kept = [
        cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None
    ]
    assert value in [cell.value for cell in kept] and all(cell.data_type != "f" for cell in kept)


def state() -> tuple[int, object]:
    """The version of the data, and what verify finds."""
    context = opened()
    return context.store.version(), faults(context.store)


@pytest.mark.parametrize("text", SQL)
def test_sql_in_addresses_changes_and_breaks_nothing(demo_copy: Path, text: str) -> None:
    before = state()
    query = dict.fromkeys(PARAMETERS, text)
    for page in PAGES:
        page_html(ROOT / "pages" / page.file, **query)
    for name in TABLES:
        make(name, "csv", query)
    assert state() == before


ARGUMENTS: dict[str, dict[str, object]] = {
    "template": {"form": None, "csv": None, "xlsx": None}, "alias": {"revoke": None},
    "rollback": {"id": 1}, "action": {"what": "list", "id": None}, "tasks": {}, "task": {"revoke": None},
}  # fmt: skip
NAMES = (
    "plan", "period", "unit", "indicator", "task", "target", "text", "owner", "due", "state", "reason",
    "by", "on", "as_known_on", "note", "evidence", "done_on", "kind", "meaning", "scope",
)  # fmt: skip


@pytest.mark.parametrize("text", SQL)
def test_sql_in_arguments_of_commands_is_a_refusal_or_text(demo_copy: Path, text: str) -> None:
    known = set(tables())
    for command in ("tasks", "task", "action", "verdicts", "explain", "reports", "submissions"):
        arguments = {**dict.fromkeys(NAMES, text), **ARGUMENTS.get(command, {})}
        done = answer(command, arguments, {})
        assert done["exit_code"] in {0, 1, 2} and command in COMMANDS
    assert set(tables()) == known and state()[1] == faults(opened().store)


def tables() -> list[str]:
    """The tables of the warehouse."""
    return [row[0] for row in opened().store.cursor().execute("show tables").fetchall()]


@pytest.mark.parametrize("text", SQL)
def test_sql_in_a_file_is_text(demo_copy: Path, text: str) -> None:
    known = set(tables())
    loaded = sent(f"{text}.csv", figures(), by=text, reason=text)
    assert loaded.committed and set(tables()) == known
    row = (
        opened()
        .store.cursor()
        .execute("select file_name, received_by from upload order by id desc limit 1")
        .fetchone()
    )
    assert row == (f"{text}.csv", text)
    refused = sent("b.csv", f'unit,period,quantity,value\n"{text}",2021-Q3,doctors,5\n')
    assert refused.refused and set(tables()) == known


PATHS = (
    "../../dich.csv",
    "/tmp/dich-vandan.csv",
    "..\\..\\dich.csv",
    "a/../../b.csv",
    "C:\\x.csv",
    "con.csv",
    "x\x00.csv",
)


@pytest.mark.parametrize("name", PATHS)
def test_a_path_in_the_name_of_a_file_leads_nowhere(demo_copy: Path, name: str) -> None:
    before = {p for p in demo_copy.parent.parent.rglob("*")}
    sent(name, figures(doctors=len(name)))
    made = {p for p in demo_copy.parent.parent.rglob("*")} - before
    uploads = demo_copy.with_suffix(".uploads")
    assert all(uploads in p.parents or p.parent == demo_copy.parent for p in made)
    assert all("dich" not in p.name and ".." not in p.name for p in made)
    assert not Path("/tmp/dich-vandan.csv").exists()


TRAVERSAL = (
    "..%2f..%2fapp.py",
    "%2e%2e/%2e%2e/app.py",
    "../../app.py",
    "....//app.py",
    "%2fetc%2fpasswd",
    "..%5capp.py",
)


@pytest.mark.parametrize("path", TRAVERSAL)
@pytest.mark.parametrize("folder", ["fonts", "tai-ve", "media", "static", "app/static"])
def test_a_path_in_an_address_leads_nowhere(
    people: dict[str, Guest], folder: str, path: str
) -> None:
    answer = people["quantri"].get(f"/{folder}/{path}")
    assert answer.status in {303, 400, 401, 403, 404} or "<title>Streamlit" in answer.text
    assert b"argparse" not in answer.body and b"root:" not in answer.body


def bomb(mebibytes: int) -> bytes:
    """A small workbook that unpacks to very much."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
        for part in range(mebibytes // 20):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b" " * (20 * 1024**2))
    return kept.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><x>&i;</x>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
EVIL = {
    "too large": b"a" * (MAX_BYTES + 1),
    "bomb": bomb(400),
    "billion laughs": ENTITIES.encode(),
    "entity": OUTSIDE.encode(),
    "page": b"<html><script>alert(1)</script></html>",
    "program": b"MZ\x90\x00" + bytes(2000),
    "pdf": b"%PDF-1.7\n" + b"unit,period,quantity,value\n",
    "picture and archive": b"GIF89a" + bomb(20),
    "page and archive": b"<html><body>" + bomb(20),
    "damaged": b"PK\x03\x04" + b"x" * 500,
}


@pytest.mark.parametrize("what", EVIL)
def test_evil_files_are_refused_on_the_server_whatever_they_are_called(what: str) -> None:
    for name in ("a.xlsx", "a.csv"):
        reading = read(name, EVIL[what])
        assert not reading.sheets and reading.findings, what


@pytest.mark.parametrize("column", ["unit", "period", "quantity", "value"])
def test_thousands_of_digits_in_a_cell_are_a_finding(demo_copy: Path, column: str) -> None:
    good = {"unit": CENTRE, "period": "2021-Q3", "quantity": "doctors", "value": "7"}
    row = ",".join({**good, column: "9" * 5000}.values())
    assert sent("a.csv", f"unit,period,quantity,value\n{row}\n").refused


@pytest.mark.parametrize("text", [ENTITIES, OUTSIDE], ids=["laughs", "outside"])
def test_entities_inside_a_workbook_are_not_followed(text: str) -> None:
    kept, plain = BytesIO(), BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["unit", "period"])
    book.save(plain)
    with ZipFile(plain) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name.startswith("xl/worksheets") else old.read(name))
    reading = read("a.xlsx", kept.getvalue())
    assert "root:" not in str(reading.sheets) and len(str(reading.sheets)) < 10_000


def test_a_page_is_no_frame_of_another_and_no_script_comes_from_elsewhere(
    people: dict[str, Guest],
) -> None:
    answer = people["lanhdao"].get("/", HTML)
    assert 'src="http' not in answer.text and 'href="http' not in answer.text
