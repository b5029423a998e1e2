"""A number of the page Chỉ tiêu followed down: to the file, its bytes, the cell, sender and approver."""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.commands import answer
from etl.context import opened
from etl.results import Source
from etl.store.places import uploads_of
from etl.store.revisions import Revision
from indicators.text import say
from pages.parts.indicator.explain import LISTED
from pages.parts.indicator.facts import file_of, step_text
from pages.parts.named import show_people
from tests.pages.test_indicator import drawer, run

HASH = "0" * 64


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("doctors_per_10k", "th-nhu-thanh"),
        ("stations_with_doctor", "th-nhu-thanh"),
        ("beds_per_10k", "thanh-hoa"),
    ],
)
def test_a_number_is_followed_down_to_the_bytes(demo_db: Path, indicator: str, unit: str) -> None:
    """A sum over a county, ratios: every figure to its cell in the very bytes that were sent."""
    asked = {"indicator": indicator, "unit": unit, "period": "2021-Q3"}
    found = answer("explain", asked, {})["document"]
    uploads, shown = uploads_of(demo_db), drawer(run(**asked, explain=unit))
    assert found["facts"] and found["numerator"] and found["denominator"]
    for fact in found["facts"]:
        content = (uploads / fact["hash"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == fact["hash"]
        assert cell_of(content, fact) == fact["raw"]
        assert fact["received_by"] and fact["received_at"]
        # A long list is folded after so many figures.
        assert f"/tai-ve/tep-goc/{fact['hash']}" in shown or len(found["facts"]) > LISTED
    parts = opened().deployment.catalogue.indicators[indicator].numerator
    added = [f["value"] for f in found["facts"] if f["in_sum"] and f["quantity"] in parts]
    assert sum(value for value in added if value) == found["numerator"]
    assert any(f["approved_by"] for f in found["facts"])


def cell_of(content: bytes, fact: dict[str, Any]) -> str:
    """What stands in the cell that a figure names, read by others' readers."""
    if content[:2] == b"PK":
        page = openpyxl.load_workbook(BytesIO(content), data_only=True)[fact["sheet"]]
        return str(page.cell(fact["row"], fact["column"]).value)
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    return rows[fact["row"] - 1][fact["column"] - 1]


def test_the_public_sees_the_cell_and_gets_no_file() -> None:
    at = datetime(2021, 10, 5)
    fact = Source("u", "2021-Q3", "q", None, "1", "<a>.csv", None, 1, 1, "Lan", at, True, hash=HASH)
    show_people(False)
    shown = file_of(fact, "vi")
    show_people(True)
    assert shown == say("account.file") and f"/tai-ve/tep-goc/{HASH}" in file_of(fact, "vi")


def test_the_public_is_not_told_why_a_figure_was_returned() -> None:
    at, why = datetime(2021, 10, 5), "Chị Lan gõ nhầm, 0912 345 678"
    step = Revision(Decimal(12), None, "a.csv", "Lan", at, at, "Bình", why, returned=True)
    assert why in step_text(step, "vi")
    show_people(False)
    try:
        for language in ("vi", "en"):
            shown = step_text(step, language)
            assert say("account.untold", language) in shown
            assert not any(word in shown for word in (why, "a.csv", "Lan", "Bình"))
            assert f"({say('account.file', language)})" in shown  # no word for a file before it
    finally:
        show_people(True)
