"""Tasks and agreed actions in a report: days, evidence, how late, what came of it."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from indicators.actions import Action, ActionState
from indicators.plans import Task
from indicators.report.blocks import Grid, Items, Paragraph
from indicators.report.material import Material
from indicators.report.paper import task_row
from indicators.report.sentences import done_line, done_text, task_line
from indicators.report.work import action_part, action_state, done_part
from indicators.tasks import Progress, TaskRecord, TaskStanding, standing_of

TODAY = date(2021, 10, 10)
DUE = date(2021, 6, 30)
AT = datetime(2021, 10, 1, 20)  # UTC: 2 October in Vietnam


def standing(record: TaskRecord | None, due: date | None = DUE) -> TaskStanding:
    task = SimpleNamespace(id="a", title_vi="Lập đề án", lead="Phòng KHTC", deadline="quý II")
    return standing_of(cast(Task, task), due, record, TODAY)


def record(progress: Progress, day: date | None = None, evidence: str = "", note: str = "") -> Any:
    return TaskRecord(1, "p", "a", progress, day, evidence, note, AT, "An")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (record(Progress.DONE, date(2021, 6, 20), "TTr 12."), "Xong ngày 20/06/2021; minh chứng: TTr 12"),
        (record(Progress.DONE, date(2021, 7, 10)), "Xong ngày 10/07/2021, chậm 10 ngày"),
        (record(Progress.DOING, None, "", "Chờ ý kiến."), "Chờ ý kiến"),
        (None, ""),
    ],
)  # fmt: skip
def test_what_is_said_of_a_task(given: TaskRecord | None, said: str) -> None:
    assert done_text(standing(given)) == said


def test_an_overdue_task_says_how_late_and_what_was_said_last() -> None:
    late = standing(record(Progress.DOING, note="Chờ ý kiến."))
    assert task_line(late) == (
        "Lập đề án (chủ trì: Phòng KHTC; hạn: 30/06/2021, quá 102 ngày; "
        "ghi nhận 02/10/2021: Chờ ý kiến)."
    )
    assert [cell.text for cell in task_row(late, 3).cells] == [
        "3", "Lập đề án", "Phòng KHTC", "30/06/2021", "Quá 102 ngày. Chờ ý kiến"
    ]  # fmt: skip
    assert task_line(standing(None, None)) == "Lập đề án (chủ trì: Phòng KHTC; hạn: quý II)."
    assert "quá" not in task_line(standing(None, TODAY))


def test_what_is_done_is_listed_with_its_day_the_newest_first() -> None:
    days = [date(2021, 6, n) for n in range(1, 9)]
    head, lines = done_part([standing(record(Progress.DONE, day, "TTr")) for day in days])
    assert isinstance(head, Paragraph) and isinstance(lines, Items)
    assert "Nhiệm vụ đã xong (8), 6 nhiệm vụ xong gần nhất:" in str(head)
    assert len(lines.texts) == 6 and "08/06/2021" in lines.texts[0]
    assert lines.texts[-1].endswith("(xong ngày 03/06/2021; minh chứng: TTr).")
    assert done_line(standing(None)) == "Lập đề án." and done_part([]) == []


def action(state: ActionState, reason: str = "", unit: str | None = None) -> Action:
    due = date(2021, 9, 30)
    return Action(
        1, "p", "beds", "i", unit, "Tuyển", "TCCB", due, AT, "An", state, AT, "An", reason
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (action(ActionState.DOING, "Đã cử 2 bác sĩ."), "Đang làm, quá hạn 10 ngày: Đã cử 2 bác sĩ"),
        (action(ActionState.AGREED), "Đã thống nhất, quá hạn 10 ngày"),
        (action(ActionState.DONE, "Đủ người."), "Đã xong, ghi nhận 02/10/2021: Đủ người"),
        (action(ActionState.CANCELLED, "Gộp"), "Đã hủy, ghi nhận 02/10/2021: Gộp"),
    ],
)
def test_how_far_an_action_is(given: Action, said: str) -> None:
    assert action_state(given, TODAY) == said
    assert "quá hạn" not in action_state(given, date(2021, 9, 30))


def test_an_action_names_its_target_and_unit() -> None:
    plan = SimpleNamespace(targets=[SimpleNamespace(id="beds", name_vi="Số giường")])
    found = [action(ActionState.DOING, unit="u"), action(ActionState.DOING)]
    stamp = SimpleNamespace(day=TODAY)
    material = SimpleNamespace(actions=found, stamp=stamp, plan=plan, names={"u": "Quan Sơn"})
    grid = action_part(cast(Material, material))[-1]
    assert isinstance(grid, Grid)
    assert [row.cells[1].text for row in grid.rows] == ["Số giường (Quan Sơn)", "Số giường"]
    assert sum(column.width for column in grid.columns) == 100
