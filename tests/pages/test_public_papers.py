"""Papers that the public takes away do not tell who sent a figure; those of the staff do."""

from __future__ import annotations

import csv
import json
import shlex
from base64 import b64decode
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from etl.cli import parser
from etl.commands import answer
from indicators.text import say
from pages.parts.named import are_people_shown, show_people
from pages.parts.papers.data import paper_of
from pages.parts.view import View

# Who sent, and in which file.
UNSAID = ({say("account.staff")}, {say("account.file")})
COLUMNS = ("received_by", "file")


def senders(column: str) -> list[set[str]]:
    """Who sent, or in which file, as the workbook, the table and the columns of the bundle tell it."""
    view = View("thanh-hoa-2021", "2021-Q3", "th-nhu-thanh")
    book = load_workbook(BytesIO(paper_of(view, "ket-qua.xlsx")), read_only=True)
    head, *rows = book["Số liệu gốc"].iter_rows(values_only=True)
    at = head.index(column)
    with ZipFile(BytesIO(paper_of(view, "tron-bo.zip"))) as packed:
        text, table = packed.read("so-lieu.csv"), packed.read("so-lieu.parquet")
        assert json.loads(packed.read("manifest.json"))["without_names"] is not are_people_shown()
    lines = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    return [
        {row[at] for row in rows},
        {line[column] for line in lines},
        set(pq.read_table(BytesIO(table)).column(column).to_pylist()),
    ]


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize(("column", "unsaid"), [*zip(COLUMNS, UNSAID, strict=True)])
def test_the_public_is_not_told_who_sent_in_which_file(column: str, unsaid: set[str]) -> None:
    told = senders(column)
    show_people(False)
    try:
        assert senders(column) == [unsaid] * 3
    finally:
        show_people(True)
    # The other way round too: what one was given is not kept for the other.
    assert senders(column) == told and all(found and not found & unsaid for found in told)


def made_again(files: dict[str, bytes]) -> dict[str, bytes]:
    """What the command gives that the manifest names."""
    words = shlex.split(json.loads(files["manifest.json"])["again"])
    assert words[:3] == ["python", "-m", "etl"]
    asked = vars(parser(["export"]).parse_args(words[3:]))
    done = answer("export", asked, {})
    assert done["exit_code"] == 0, done["document"]
    made = {name: b64decode(content) for name, content in done["files"].items()}
    return {name.removeprefix("output/"): content for name, content in made.items()}


@pytest.mark.parametrize("shown", [False, True])
def test_a_bundle_is_made_again_identical_by_the_command_it_names(
    demo_copy: Path, shown: bool
) -> None:
    plan = "thanh-hoa-2021"
    agreed = {"target": "doctors", "text": "Tuyển", "owner": "Chị Hằng", "due": "2026-12-15"}
    acts = [
        ("action", {"what": "add", "plan": plan, **agreed}),
        ("task", {"plan": plan, "task": "talent-policy", "state": "doing", "note": "anh Tư"}),
    ]
    assert all(answer(name, {**said, "by": "An"}, {})["exit_code"] == 0 for name, said in acts)
    show_people(shown)
    try:
        packed = ZipFile(BytesIO(paper_of(View(plan, "2021-Q3", "thanh-hoa"), "tron-bo.zip")))
    finally:
        show_people(True)
    files = {name: packed.read(name) for name in packed.namelist()}
    assert made_again(files) == files
    text = "\n".join(
        cell.text
        for table in docx.Document(BytesIO(files["bao-cao.docx"])).tables
        for cell in table._cells
    )
    assert ("Chị Hằng" in text) is shown


@pytest.mark.usefixtures("demo_db")
def test_figures_without_names_are_what_the_public_is_given() -> None:
    asked = {"kind": "facts", "output": "a.csv", "unit": "th-nhu-thanh", "period": "2021-Q3"}
    done = answer("export", {**asked, "without_names": True}, {})
    text = b64decode(done["files"]["output"]).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [{row[column] for row in rows} for column in COLUMNS] == [*UNSAID]
