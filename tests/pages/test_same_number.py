"""One number of a target is the same wherever it stands: page, Word, PDF, workbook, interface."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document

from etl.export.report.workbook import workbook
from etl.papers_made import Papers
from etl.web import ROOT
from indicators.assess import Assessment
from indicators.formats import format_number, telling_decimals
from indicators.text import say
from pages.parts.api.reply import answer
from pages.parts.data import picture_of
from pages.parts.html import e
from pages.parts.indicator.chosen import choose
from pages.parts.indicator.finding import key_figures
from pages.parts.indicator.shown import shown_of
from pages.parts.papers.data import papers_of
from pages.parts.view import View
from tests.etl.papers.test_pdf import words
from tests.pages.opening import page_html

PLAN, PERIOD = "thanh-hoa-2021", "2021-Q3"
SPANS = ("TH quý III/2021", "Lũy kế đến hết quý III/2021")
BASES = ({}, {"figures": "approved"}, {"known": "2021-10-12"})
VALUES: dict[str, list[str]] = {}  # by basis: what the page shows of every measure

Rows = Mapping[str, Mapping[str, Any]]


def name_of(a: Assessment, part: Assessment) -> str:
    """What a row of the papers is called."""
    return part.indicator.name_vi if a.also else a.target.name_vi


def in_word(papers: Papers) -> Rows:
    """The rows of the tables of results by target, cells by heading."""
    found: dict[str, Mapping[str, Any]] = {}
    for table in Document(BytesIO(papers.docx())).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][:2] == ["TT", "Chỉ tiêu"]:
            found |= {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[2:]}
    return found


def in_workbook(papers: Papers) -> Rows:
    """The same of the sheet of results."""
    content = workbook(papers.material, papers.report, [], papers.moment)
    # Read as it comes: the sheets behind it are long.
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    rows = list(book["Kết quả"].iter_rows(values_only=True))
    top = next(at for at, row in enumerate(rows) if row[0] == "TT")
    return {row[1]: dict(zip(rows[top], row, strict=True)) for row in rows[top + 2 :] if row[1]}


def in_interface(view: View) -> dict[tuple[str, str], Any]:
    """Value of every measure of every target, as another system reads it."""
    asked = {"plan": PLAN, "period": PERIOD, "limit": "10000", "figures": view.figures}
    asked |= {"known": view.known}
    query = {name: text for name, text in asked.items() if text}
    rows = json.loads(answer("verdicts", query, "application/json", True).content)["rows"]
    whole = [row for row in rows if not row.get("each_of")]
    parts = [(row["target"], part) for row in whole for part in row["also"] or [row]]
    return {(target, part["indicator"]): part["value"] for target, part in parts}


def on_page(view: View, part: Assessment) -> str:
    """The first of the five figures of the page Chỉ tiêu."""
    chosen = choose(view.on(indicator=part.indicator.id), picture_of(view).assessments)
    assert chosen
    shown = key_figures(part, chosen.view, shown_of({}))
    return shown.split("</dt>")[1].split("</a>")[0].rsplit(">", 1)[1]


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("basis", BASES, ids=lambda b: "-".join(b) or "all")
def test_a_number_is_the_same_everywhere(basis: dict[str, str]) -> None:
    view = View(PLAN, PERIOD, "thanh-hoa", **basis)
    papers = papers_of(view)
    word, sheet, said = in_word(papers), in_workbook(papers), in_interface(view)
    printed = words(papers.pdf()).replace(" ", "")
    seen: list[str] = []
    for a in (a for a in picture_of(view).assessments if not a.units):
        for part in a.also or (a,):
            value = part.measure.value
            assert said[a.target.id, part.indicator.id] == (None if value is None else float(value))
            level = part.rule.value if part.rule else None
            number = format_number(value, telling_decimals(value, level, part.indicator.decimals))
            assert on_page(view, part).startswith(e(number)), a.target.id
            if not a.target.headline:
                continue
            name = name_of(a, part)
            seen.append(f"{name}: {number}")
            column = next(c for c in SPANS if value is None or word[name][c] == number)
            assert column and (value is None or sheet[name][column] == pytest.approx(float(value)))
            cells = "".join(list(word[name].values())[3:]).replace(" ", "").replace("\u00a0", "")
            assert cells in printed, name
    assert len(seen) >= len(papers.material.judged) > 25
    VALUES["-".join(basis)] = seen


@pytest.mark.usefixtures("demo_db")
def test_the_page_itself_shows_it() -> None:
    for basis in BASES:
        view = View(PLAN, PERIOD, "thanh-hoa", indicator="doctors_per_10k", **basis)
        query = {"plan": PLAN, "period": PERIOD, "indicator": view.indicator, **basis}
        chosen = choose(view, picture_of(view).assessments)
        assert chosen and chosen.own.measure.value is not None
        tile = f"<dt>{say('finding.actual')}</dt>"
        shown = page_html(ROOT / "pages" / "indicator.py", **query)
        assert f">{on_page(view, chosen.own)}</a>" in shown.split(tile)[1].split("</dd>")[0]


def test_the_three_settings_do_differ() -> None:
    """Else the comparisons above would say nothing of approved figures or an earlier day."""
    assert len(VALUES) == len(BASES) and len({tuple(seen) for seen in VALUES.values()}) == len(
        BASES
    )
