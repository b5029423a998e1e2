"""Papers that the public takes away do not tell who sent a figure; those of the staff do."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

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
