"""The outlines of the five plans against the collected texts: no line twice, none left out."""

import re
from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.outline import line_ranges, passages
from indicators.plans import Plan
from tests.shared import shared

DATA = Path(__file__).resolve().parents[2] / "data"
SEED_OF = {
    "bac-giang-2023": "000_1c8591f995c2e331.txt",
    "bac-giang-2024": "001_382ba1870168dd28.txt",
    "thanh-hoa-2021": "002_7b0f32ab0385fc88.txt",
    "quang-ninh-2019": "003_a7636d7dc23713a7.txt",
    "nhu-thanh-2021-2025": "004_c49947cf5eeb8d51.txt",
}
REPEATS = re.compile(r"Nhắc lại: mục (\S+)")


@cache
def plans() -> dict[str, Plan]:
    return load_deployment(DATA).plans


def test_every_plan_has_an_outline() -> None:
    assert plans().keys() == SEED_OF.keys()
    assert all(plan.outline for plan in plans().values())


@pytest.mark.parametrize("plan_id", SEED_OF)
def test_every_line_lies_in_exactly_one_row(plan_id: str) -> None:
    lines = shared("seeds", SEED_OF[plan_id]).read_text(encoding="utf-8").split("\n")
    written = [number for number, line in enumerate(lines, start=1) if line.strip()]
    covered = [
        number
        for row in plans()[plan_id].outline
        for first, last in line_ranges(row.lines)
        for number in range(first, last + 1)
        if number not in range(1, len(lines) + 1) or lines[number - 1].strip()
    ]
    assert covered == written


@pytest.mark.parametrize("plan_id", SEED_OF)
def test_a_row_begins_and_ends_with_a_line_that_says_something(plan_id: str) -> None:
    lines = shared("seeds", SEED_OF[plan_id]).read_text(encoding="utf-8").split("\n")
    for row in plans()[plan_id].outline:
        for end in (end for ends in line_ranges(row.lines) for end in ends):
            assert lines[end - 1].strip(), (row.section, end)


@pytest.mark.parametrize("plan_id", SEED_OF)
def test_a_numbered_heading_stands_on_the_line_of_its_row(plan_id: str) -> None:
    """``II.1.3 (tiêu đề)`` stands where the text has ``1.3``, ``3`` or ``II`` as its number."""
    lines = shared("seeds", SEED_OF[plan_id]).read_text(encoding="utf-8").split("\n")
    for row in plans()[plan_id].outline:
        code = re.fullmatch(r"[IVX]+(?:\.(\d+))*", row.section.removesuffix(" (tiêu đề)"))
        if code and row.section.endswith("(tiêu đề)"):
            text = lines[line_ranges(row.lines)[0][0] - 1].lstrip("#* ")
            assert text.startswith(f"{code[1] or row.section.split()[0]}.") or (
                f"{code[1]}." in text[:6] or f"{code[1]}-" in text[:6]
            ), (row.section, text[:40])


@pytest.mark.parametrize("plan_id", SEED_OF)
def test_what_is_repeated_was_taken_where_it_stands_first(plan_id: str) -> None:
    found = passages(plans()[plan_id])
    taken = [p.row.section for p in found if p.is_taken]
    for left in (p.row.left_vi for p in found if p.row.left_vi):
        repeated = REPEATS.fullmatch(left)
        assert not left.startswith("Nhắc lại") or repeated, left
        if repeated:
            assert any(section.startswith(repeated[1]) for section in taken), left


def test_headings_are_left_and_say_so() -> None:
    rows = [row for plan in plans().values() for row in plan.outline]
    headings = [row for row in rows if row.section.endswith("(tiêu đề)")]
    assert headings and all((row.left_vi or "").startswith("Tiêu đề") for row in headings)
