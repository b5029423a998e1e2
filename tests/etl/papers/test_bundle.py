"""The bundle, and the command line that makes papers."""

import json
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest

from etl.cli import with_files_written
from etl.commands import answer
from etl.console import lines_of
from etl.papers_made import Papers, digest
from etl.store.current import approved
from indicators.period import parse_period
from tests.etl.papers.conftest import MOMENT, PERIOD, PLAN

ASKED = {"plan": PLAN, "period": PERIOD, "as_known_on": MOMENT.isoformat()}


def export(kind: str, output: str, code: int = 0, **other: Any) -> Any:
    """The whole answer of an export, which can also be printed."""
    done = answer(
        "export", {**ASKED, "kind": kind, "output": output, **other}, other.pop("sent", {})
    )
    assert done["exit_code"] == code, done["document"]
    assert lines_of("export", done["document"])
    return done


@pytest.fixture(scope="module")
def bundle(full: Papers) -> dict[str, bytes]:
    return full.bundle()


def test_the_manifest_names_every_file_by_its_hash(bundle: dict[str, bytes], full: Papers) -> None:
    said = json.loads(bundle["manifest.json"])
    assert said["files"] == {n: digest(c) for n, c in bundle.items() if n != "manifest.json"}
    assert (said["plan"], said["period"], said["simulated"]) == (PLAN, PERIOD, True)
    assert said["as_known_on"] in said["again"]
    assert f"plans/{PLAN}.toml" in said["data_files"] and "letters.toml" in said["data_files"]
    assert said["data_version"] == full.material.stamp.version


def test_it_is_made_again_identical(bundle: dict[str, bytes], full: Papers) -> None:
    again = Papers(full.context, full.asked)
    found = ZipFile(BytesIO(again.bundle_zip()))
    assert {name: found.read(name) for name in found.namelist()} == bundle
    assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_moment_gives_another_bundle(bundle: dict[str, bytes], full: Papers) -> None:
    later = replace(full, asked=replace(full.asked, moment=MOMENT.replace(month=4)))
    assert later.docx() != bundle["bao-cao.docx"]


def test_the_command_gives_the_same_files(full: Papers, bundle: dict[str, bytes]) -> None:
    for kind, output, name in (
        ("report", "a.docx", "bao-cao.docx"),
        ("report", "a.PDF", "bao-cao.pdf"),
        ("sheet", "a.pdf", "mot-trang.pdf"),
        ("late", "a.xlsx", "chua-gui.xlsx"),
    ):
        done = export(kind, output)
        assert b64decode(done["files"]["output"]).startswith(b"PK" if name[-1] != "f" else b"%PDF")
        assert done["document"]["simulated"] is True and done["document"]["plan"] == PLAN
    assert b64decode(export("report", "a.docx")["files"]["output"]) != b""


def test_of_approved_figures_alone_the_command_gives_what_the_pages_show(full: Papers) -> None:
    asked = replace(full.asked, moment=approved(MOMENT), period=parse_period("2021"))
    shown = Papers(full.context, asked)
    every = Papers(full.context, replace(asked, moment=MOMENT))
    values = [a.measure.value for a in shown.material.judged]
    assert values != [a.measure.value for a in every.material.judged]
    done = export("report", "a.docx", period="2021", approved=True)
    assert done["document"]["only_approved"] is True
    assert b64decode(done["files"]["output"]) == shown.docx() != every.docx()
    text = "\n".join(p.text for p in docx.Document(BytesIO(shown.docx())).paragraphs)
    assert "Chỉ tính số liệu đã duyệt;" in text
    said = json.loads(shown.manifest({}))
    assert said["only_approved"] is True and " --approved " in said["again"]
    rows = export("facts", "a.csv", period="2021", approved=True)["document"]["rows"]
    assert rows < export("facts", "a.csv", period="2021")["document"]["rows"]


def test_a_folder_is_filled(full: Papers, tmp_path: Path) -> None:
    folder = tmp_path / "quý 3"
    done = export("bundle", str(folder))
    with_files_written(done, {"output": str(folder)})
    assert {path.name for path in folder.iterdir()} == set(done["document"]["files"])
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert said["files"]["bao-cao.pdf"] == digest((folder / "bao-cao.pdf").read_bytes())


def test_verdicts_and_facts_as_rows(full: Papers) -> None:
    for kind in ("verdicts", "facts"):
        for ending, start in ((".csv", b"\xef\xbb\xbf"), (".xlsx", b"PK"), (".parquet", b"PAR1")):
            done = export(kind, f"a{ending}", unit="th-quan-son")
            assert b64decode(done["files"]["output"]).startswith(start)
            assert done["document"]["rows"] > 10


def test_an_earlier_report_is_read(full: Papers) -> None:
    done = answer(
        "export",
        {**ASKED, "kind": "report", "output": "b.docx", "keep": "/x/cũ.docx"},
        {"cũ.docx": full.docx()},
    )
    assert done["exit_code"] == 0
    refused = answer(
        "export",
        {**ASKED, "kind": "report", "output": "b.docx", "keep": "cũ.docx"},
        {"cũ.docx": b"no"},
    )
    assert refused["exit_code"] == 1 and "cũ.docx" in refused["document"]["error"]


@pytest.mark.parametrize(
    ("kind", "output", "other"),
    [
        ("poem", "a.docx", {}),
        ("report", "a.odt", {}),
        ("sheet", "a.docx", {}),
        ("late", "a.pdf", {}),
        ("report", "a.docx", {"plan": None}),
        ("report", "a.docx", {"period": "quý 3"}),
        ("report", "a.docx", {"unit": "khong-co"}),
        ("verdicts", "a.csv", {"period": None}),
    ],
)
def test_misuse_is_a_sentence(full: Papers, kind: str, output: str, other: dict[str, Any]) -> None:
    assert "error" in export(kind, output, 2, **other)["document"]
