"""The outline of a document: every paragraph is taken or left with a reason, and says which."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.deployment import load_deployment
from indicators.outline import left_by_reason, line_ranges, passages, reason_kind, sections_of
from indicators.plans import Plan
from indicators.schema import DataError
from tests.indicators.outlined import HEAD, OUTLINE, PLAN, ROWS, outlined
from tests.indicators.small import faults, load, write


def plan_of(tmp_path: Path, contents: dict[str, Any]) -> Plan:
    return load(tmp_path, contents).plans["plan"]


def row(section: str, line: str) -> Callable[[dict[str, Any]], None]:
    """Write the row of a section anew; an empty line leaves it out."""

    def change(contents: dict[str, Any]) -> None:
        kept = [line if old.startswith(f"{section},") else old for old in contents[OUTLINE]]
        contents[OUTLINE] = [old for old in kept if old]

    return change


def add(line: str) -> Callable[[dict[str, Any]], None]:
    return lambda contents: contents[OUTLINE].append(line)


def cite(kind: str, section: str) -> Callable[[dict[str, Any]], None]:
    """The first target, task, rule or goal cites another section."""

    def change(contents: dict[str, Any]) -> None:
        contents[PLAN][kind][0] = {**contents[PLAN][kind][0], "section": section}

    return change


def found(tmp_path: Path, *changes: Callable[[dict[str, Any]], None]) -> list[DataError]:
    contents = outlined()
    for change in changes:
        change(contents)
    return faults(tmp_path, contents)


def test_the_rows_are_read_in_the_order_of_the_document(tmp_path: Path) -> None:
    outline = plan_of(tmp_path, outlined()).outline
    assert [r.section for r in outline][:4] == ["I (tiêu đề)", "I/1", "I/2", "II"]
    assert (outline[3].title_vi, outline[3].lines, outline[3].left_vi) == ("Nhiệm vụ", "6,8", None)
    assert outline[-1].left_vi == "Thể thức văn bản"


def test_a_plan_without_an_outline_has_none_and_no_fault(tmp_path: Path) -> None:
    contents = outlined()
    del contents[OUTLINE]
    plan = plan_of(tmp_path, contents)
    assert plan.outline == () and passages(plan) == []


def test_what_was_taken_stands_at_the_paragraph_it_was_taken_from(tmp_path: Path) -> None:
    by_section = {p.row.section: p for p in passages(plan_of(tmp_path, outlined()))}
    assert [t.id for t in by_section["I/1"].targets] == ["insurance", "beds"]
    assert [t.id for t in by_section["II"].tasks] == ["build"]
    assert [r.id for r in by_section["IV"].reporting] == ["report"]
    assert [s for s, p in by_section.items() if not p.is_taken] == ["I (tiêu đề)", "III/2", "Ký"]


def test_a_citation_without_a_bullet_means_the_bullets_that_were_not_left(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, outlined())
    assert sections_of(plan, "I") == ["I/1", "I/2"]
    assert sections_of(plan, "III") == ["III/1"]
    assert sections_of(plan, "II") == ["II"]
    assert sections_of(plan, "I/3") == sections_of(plan, "V") == []


def test_rows_are_counted_by_the_kind_of_their_reason(tmp_path: Path) -> None:
    counts = left_by_reason(passages(plan_of(tmp_path, outlined())))
    assert counts == {"Tiêu đề": 1, "Nhắc lại": 1, "Thể thức văn bản": 1}
    assert reason_kind("Nhắc lại: mục I: 1") == "Nhắc lại"


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], str, str, str]] = {
    "section used twice": (add("II,Lại,30,Tiêu đề"), OUTLINE, "II", "mục dùng 2 lần"),
    "target of no row": (cite("targets", "I/9"), PLAN, "insurance", "«I/9»"),
    "task of no row": (cite("tasks", "VI"), PLAN, "build", "«VI»"),
    "rule of no row": (cite("reporting", "VI"), PLAN, "report", "«VI»"),
    "goal of no row": (cite("goals", "VI"), PLAN, "goal", "«VI»"),
    "nothing and no reason": (add("V,Kinh phí,30,"), OUTLINE, "V", "phải ghi lý do"),
    "taken with a reason": (row("II", "II,Nhiệm vụ,6,Tiêu đề"), OUTLINE, "II", "để trống"),
    "goal with a reason": (row("III/1", "III/1,x,10,Tiêu đề"), PLAN, "goal", "«III»"),
    "line of the row before": (row("II", "II,Nhiệm vụ,4,"), OUTLINE, "II", "dòng 4"),
    "no line number": (row("II", "II,Nhiệm vụ,sáu,"), OUTLINE, "II", "«sáu»"),
    "no title": (row("II", "II,,6,"), OUTLINE, "dòng 5.title_vi", "thiếu"),
    "no lines": (row("II", "II,Nhiệm vụ,,"), OUTLINE, "dòng 5.lines", "thiếu"),
    "empty word": (row("II", "II,…,6,"), OUTLINE, "dòng 5.title_vi", "giá trị"),
    "a cell too many": (row("II", "II,Nhiệm vụ,6,,x"), OUTLINE, "dòng 5.cột thừa", "khóa lạ"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_file_and_key(tmp_path: Path, name: str) -> None:
    change, file, key, words = FAULTS[name]
    errors = found(tmp_path, change)
    assert any((e.file, e.key) == (file, key) and words in e.message for e in errors), errors


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    changes = (cite("tasks", "VI"), add("V,Kinh phí,30,"), row("I/2", "I/2,x,2,"))
    assert {(e.file, e.key) for e in found(tmp_path, *changes)} == {
        (PLAN, "build"),
        (OUTLINE, "I/2"),
        (OUTLINE, "II"),
        (OUTLINE, "V"),
    }


def test_a_row_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    errors = found(tmp_path, row("II", "II,,6,"))
    assert [(e.file, e.key) for e in errors] == [(OUTLINE, "dòng 5.title_vi")]


def test_an_outline_that_is_empty_or_belongs_to_no_plan_is_refused(tmp_path: Path) -> None:
    contents = outlined()
    contents["plans/other.outline.csv"] = contents[OUTLINE]
    contents[OUTLINE] = [HEAD]
    assert [(e.file, e.key) for e in faults(tmp_path, contents)] == [
        ("plans/other.outline.csv", "-"),
        (OUTLINE, "-"),
    ]


def test_the_outline_is_no_key_of_the_plan_itself(tmp_path: Path) -> None:
    contents = outlined()
    contents[PLAN]["outline"] = [{"section": "I", "title_vi": "x", "lines": "1"}]
    assert [(e.file, e.key) for e in faults(tmp_path, contents)] == [(PLAN, "-.outline")]


def test_an_outline_is_read_beside_a_faulty_plan(tmp_path: Path) -> None:
    contents = outlined()
    contents[PLAN] = "targets = ["
    contents[OUTLINE].append("V,,30,")
    found_in = {e.file for e in faults(tmp_path, contents)}
    assert found_in == {PLAN, OUTLINE}


def test_a_byte_order_mark_from_a_spreadsheet_is_no_fault(tmp_path: Path) -> None:
    contents = outlined()
    text = "\ufeff" + "\r\n".join(contents.pop(OUTLINE)) + "\r\n"
    folder = write(tmp_path, contents)
    (folder / OUTLINE).write_text(text, encoding="utf-8", newline="")
    assert len(load_deployment(folder).plans["plan"].outline) == len(ROWS)


@pytest.mark.parametrize(
    ("lines", "ranges"),
    [
        ("45", [(45, 45)]),
        ("45-47", [(45, 47)]),
        ("45,47", [(45, 45), (47, 47)]),
        ("185-186,188", [(185, 186), (188, 188)]),
    ],
)
def test_lines_are_single_or_stretches(lines: str, ranges: list[tuple[int, int]]) -> None:
    assert line_ranges(lines) == ranges


@pytest.mark.parametrize("lines", ["", "a", "0", "47-45", "47,45", "45,45", "45-", "4 5", "45;46"])
def test_other_ways_to_write_lines_are_refused(lines: str) -> None:
    with pytest.raises(ValueError):
        line_ranges(lines)


@given(st.sets(st.integers(1, 400), min_size=1))
def test_the_lines_written_out_are_the_lines_meant(numbers: set[int]) -> None:
    written = ",".join(map(str, sorted(numbers)))
    assert [first for first, _ in line_ranges(written)] == sorted(numbers)
