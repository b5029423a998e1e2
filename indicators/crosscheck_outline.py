"""The outline of a document accounts for every paragraph: taken, or left with a reason."""

from collections import Counter

from indicators.outline import Passage, citing, line_ranges, passages, sections_of
from indicators.plans import Plan
from indicators.schema import Collector


def check_outline(plan: Plan, c: Collector) -> None:
    """Note every fault of the outline of a plan that has one."""
    file = f"plans/{plan.id}.outline.csv"
    if not plan.outline or c.is_faulty(file):
        return  # rows that could not be read would be missed everywhere
    for section, count in Counter(row.section for row in plan.outline).items():
        if count > 1:
            c.add(file, section, f"mục dùng {count} lần")
    _check_lines(plan, file, c)
    _check_cited(plan, c)
    for passage in passages(plan):
        _check_accounted(passage, file, c)


def _check_accounted(passage: Passage, file: str, c: Collector) -> None:
    """Either something was taken from a row, or it says why not; never both."""
    is_left = passage.row.left_vi is not None
    if not passage.is_taken and not is_left:
        c.add(file, passage.row.section, "không lấy gì từ đây; phải ghi lý do ở left_vi")
    if passage.is_taken and is_left:
        c.add(file, passage.row.section, "đã lấy nội dung từ đây; left_vi phải để trống")


def _check_lines(plan: Plan, file: str, c: Collector) -> None:
    """Lines are written as numbers and rise from row to row, so that none is counted twice."""
    before = 0
    for row in plan.outline:
        try:
            ranges = line_ranges(row.lines)
        except ValueError:
            c.add(file, row.section, f"«{row.lines}» không phải số dòng (45, 45-47 hoặc 45,47)")
            continue
        if ranges[0][0] <= before:
            c.add(file, row.section, f"dòng {ranges[0][0]} không đứng sau dòng {before}")
        before = ranges[-1][1]


def _check_cited(plan: Plan, c: Collector) -> None:
    for item in citing(plan):
        if not sections_of(plan, item.section):
            message = f"đề cương của văn bản không có mục «{item.section}»"
            c.add(f"plans/{plan.id}.toml", item.id, message)
