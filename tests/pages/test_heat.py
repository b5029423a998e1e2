"""Bảng nhiệt: every area under every indicator, with a mark, a reason for what is not shaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.context import opened
from etl.web import ROOT
from indicators.heat import Step
from indicators.period import parse_period
from pages.parts.data import picture_of
from pages.parts.heat.answer import heat_of
from pages.parts.heat.table import MARKS
from pages.parts.view import View
from tests.pages.opening import page_html

PAGE = ROOT / "pages" / "heat.py"
TH, NT = "thanh-hoa-2021", "nhu-thanh-2021-2025"


def page(**query: str) -> str:
    """The HTML of the page; it must not have failed."""
    return page_html(PAGE, **query)


def test_every_district_and_every_cell_is_there_and_leads_on(demo_db: Path) -> None:
    shown, found = page(period="2021-Q3"), heat_of(View(TH, "2021-Q3", "thanh-hoa"))
    assert shown.count('<th scope="row">') == len(found.rows) == 27
    cells = re.findall(r"<td class=\"vd-heat-[a-z_]+\"><a href=\"([^\"]+)\"", shown)
    assert len(cells) == 27 * len(found.columns)
    assert all("indicator=" in address and "unit=th-" in address for address in cells)


def test_shades_are_worked_out_from_value_and_level(demo_db: Path) -> None:
    """Again from the plain values: which side of the level, and by how much of it."""
    found = heat_of(View(TH, "2021-Q3", "thanh-hoa"))
    shaded = 0
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            if cell.step is None or column.level is None or cell.value is None:
                continue
            better = column.level.test in (">=", ">")
            lead = float(cell.value - column.level.value) * (1 if better else -1)
            part = lead / float(column.level.value)
            if abs(abs(part) - 0.05) > 1e-9 and abs(abs(part) - 0.15) > 1e-9 and lead:
                wanted = (
                    2
                    if part > 0.05
                    else 1
                    if part > 0
                    else -1
                    if part > -0.05
                    else -2
                    if part > -0.15
                    else -3
                )
                assert cell.step == wanted
                shaded += 1
    assert shaded > 300


def test_what_grows_from_january_is_compared_with_what_is_needed_by_now(demo_db: Path) -> None:
    found = heat_of(View(TH, "2021-Q3", "thanh-hoa"))
    column = next(c for c in found.columns if c.indicator.id == "full_immunisation_under_1")
    whole = next(
        a
        for a in picture_of(View(TH, "2021-Q3", "thanh-hoa")).assessments
        if a.indicator.id == column.indicator.id and a.rule
    )
    assert column.level is not None and whole.rule is not None
    assert column.level.so_far and column.level.value == whole.standing.expected < whole.rule.value
    assert "cần đến nay" in page(period="2021-Q3")


def test_what_is_missing_or_incomplete_has_no_shade(demo_db: Path) -> None:
    found = heat_of(View(TH, "2021-Q3", "thanh-hoa"))
    row = next(r for r in found.rows if r.unit == "th-muong-lat")
    beds = next(i for i, c in enumerate(found.columns) if c.indicator.id == "beds_per_10k")
    assert row.cells[beds].step is None and row.cells[beds].value is None
    line = next(
        part for part in page(period="2021-Q3").split("<tr>") if "unit=th-muong-lat" in part
    )
    assert 'class="vd-heat-missing"' in line and "chưa có số liệu" in line
    assert found.rows[-1].unit == "th-muong-lat"  # of which least is known


def test_marks_tell_every_shade_without_colour() -> None:
    assert len(set(MARKS.values())) == len(Step) == len(MARKS)


def test_the_worst_is_first_and_said(demo_db: Path) -> None:
    shown, found = page(period="2021-Q3"), heat_of(View(TH, "2021-Q3", "thanh-hoa"))
    first = found.rows[0]
    name = opened().deployment.units.at(parse_period("2021-Q3").end).units[first.unit].short_name
    assert f"<h1>{name} kém mức ở {first.worse}/{first.told} chỉ tiêu" in shown
    shares = [r.worse / r.told for r in found.rows if 2 * r.told >= len(r.cells)]
    assert shares == sorted(shares, reverse=True)


def test_communes_of_a_district_and_its_own_plan(demo_db: Path) -> None:
    shown = page(period="2021", plan=NT, unit="th-nhu-thanh")
    assert shown.count('<th scope="row">') == 14 and "unit=th-nhu-thanh-thanh-ky" in shown
    assert "không có mức để so" in shown  # stations newly built are counted for the whole


@pytest.mark.parametrize("unit", ["th-ba-thuoc", "th-ttyt-nhu-thanh"])
def test_without_figures_below_it_says_so(demo_db: Path, unit: str) -> None:
    shown = page(period="2021-Q3", unit=unit)
    assert "<table" not in shown
    assert "Chưa có số liệu nào của từng đơn vị" in shown or "không có địa bàn bên dưới" in shown


def test_an_empty_database_says_so(empty_db: Path) -> None:
    shown = page(period="2021-Q3")
    assert "Chưa có số liệu nào" in shown and "<table" not in shown


def test_the_past_is_shown_as_it_was_known(demo_db: Path) -> None:
    early = heat_of(View(TH, "2021-Q3", "thanh-hoa", known="2021-10-08"))
    late = heat_of(View(TH, "2021-Q3", "thanh-hoa"))
    told = [sum(row.told for row in found.rows) for found in (early, late)]
    assert told[0] < told[1]


def test_english_shows_no_vietnamese_of_ours(demo_db: Path) -> None:
    shown = page(period="2021-Q3", lang="en")
    assert "is short of the level on" in shown and "districts" in shown
    plain = re.sub(r'href="[^"]*"', "", shown).lower()
    assert not [word for word in ("mức", "chỉ tiêu", "địa bàn", "đơn vị") if word in plain]
