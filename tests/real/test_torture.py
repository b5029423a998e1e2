"""Files made to break readers: each is read as it is meant or refused with a reason."""

import json
from datetime import date
from pathlib import Path

import pytest

from etl.entries import Hints
from etl.findings import Severity, describe, severity_of
from etl.load import Loaded, examine
from etl.read import read
from tests.etl.tables import deployment
from tests.shared import SHARED, shared

FOLDER = SHARED / "data" / "csv-torture"
FILES = sorted(p for p in FOLDER.rglob("*") if p.is_file() and p.suffix != ".json")
# The expected JSON of one file has other digits than the file itself.
WRONG = {"location_coordinates"}
SPECTRUM = sorted(p for p in (FOLDER / "csv-spectrum").glob("*.csv") if p.stem not in WRONG)


def test_the_files_are_here() -> None:
    shared("data", "csv-torture")
    assert len(FILES) > 80 and len(SPECTRUM) == 11


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_loads_fully_or_is_refused_with_a_reason(path: Path) -> None:
    """None of them holds our figures, so each must be refused, in words, without a crash."""
    loaded = Loaded(path.name, "")
    hints = Hints(date(2022, 6, 30))
    entries = examine(path.name, path.read_bytes(), deployment(), hints, loaded)
    blocking = [f for f in loaded.findings if severity_of(f) is Severity.BLOCKS]
    assert blocking and not len(entries)
    for finding in loaded.findings:
        assert "{" not in str(describe(finding)["sentence"])


@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_the_cells_are_those_of_the_expected_json(path: Path) -> None:
    expected = json.loads((path.parent / "json" / f"{path.stem}.json").read_text("utf-8"))
    reading = read(path.name, path.read_bytes())
    rows = [row for row in reading.sheets[0].rows if any(row)]
    heading, *below = [[str(v or "") for v in row] for row in rows]
    full = [row + [""] * (len(heading) - len(row)) for row in below]
    plain = [[cell.replace("\r\n", "\n") for cell in row] for row in full]
    wanted = [
        [str(row[name]).replace("\r\n", "\n").strip() for name in heading] for row in expected
    ]
    assert [[cell.strip() for cell in row] for row in plain] == wanted
