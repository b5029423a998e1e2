"""The days of a plan: every deadline once, under a name that stays, saying how a thing ended."""

from datetime import date, datetime

import pytest

from indicators.actions import Action, ActionState
from indicators.agenda import Entry, Kind, OnRecord, agenda
from indicators.tasks import Progress, TaskRecord
from indicators.text import LANGUAGES
from tests.etl.tables import deployment

PLAN = deployment().plans["thanh-hoa-2021"]
TODAY = date(2021, 10, 10)
MOMENT = datetime(2021, 7, 1)
TASK = "talent-policy"


def action(state: ActionState = ActionState.AGREED) -> Action:
    """An action due at the end of the year."""
    due = date(2021, 12, 31)
    said = ("Tuyển 20 bác sĩ", "Phòng TCCB", due, MOMENT, "An", state, MOMENT, "An", "")
    return Action(7, PLAN.id, "doctors", "doctors_per_10k", None, *said)


def days(language: str = "vi", **known: object) -> dict[str, Entry]:
    """The entries by name."""
    record = OnRecord(known.get("tasks", {}), known.get("actions", ()), TODAY)  # type: ignore[arg-type]
    found = agenda(PLAN, deployment(), record, language)
    assert len({entry.name for entry in found}) == len(found)
    assert [e.day for e in found] == sorted(e.day for e in found)
    return {entry.name: entry for entry in found}


def test_every_task_with_a_day_is_there_and_no_other() -> None:
    found = {n.removeprefix("task."): e.day for n, e in days().items() if e.kind is Kind.TASK}
    assert found == {t.id: PLAN.due(t) for t in PLAN.tasks if PLAN.due(t) is not None}


def test_forms_of_the_plan_s_units_have_their_deadlines() -> None:
    reports = [e for e in days().values() if e.kind is Kind.REPORT]
    assert reports and all(e.day >= date(2021, 1, 1) for e in reports)
    assert all("Số đơn vị phải nộp: 0" not in e.text for e in reports)
    of_others = [f.id for f in deployment().catalogue.forms.values() if "bac-giang" in f.within]
    assert of_others and not [n for n in days() if n.split(".")[1] in of_others]


@pytest.mark.parametrize(
    ("progress", "ends"), [("done", "(Đã xong)"), ("dropped", "(Không thực hiện)")]
)
def test_a_title_says_how_it_ended(progress: str, ends: str) -> None:
    done_on = date(2021, 6, 28) if progress == "done" else None
    record = TaskRecord(1, PLAN.id, TASK, Progress(progress), done_on, "", "", MOMENT, "An")
    assert days(tasks={TASK: record})[f"task.{TASK}"].title.endswith(ends)


def test_a_title_says_nothing_that_goes_stale() -> None:
    record = TaskRecord(1, PLAN.id, TASK, Progress.DOING, None, "", "", MOMENT, "An")
    assert days()[f"task.{TASK}"].title == days(tasks={TASK: record})[f"task.{TASK}"].title
    assert "Quá hạn" not in days()[f"task.{TASK}"].title


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (ActionState.AGREED, "Việc đã thống nhất: Tuyển 20 bác sĩ"),
        (ActionState.CANCELLED, "Việc đã thống nhất: Tuyển 20 bác sĩ (Đã hủy)"),
    ],
)
def test_actions_stand_on_their_due_day(state: ActionState, title: str) -> None:
    entry = days(actions=[action(state)])["action.7"]
    assert (entry.day, entry.title, entry.text) == (
        date(2021, 12, 31),
        title,
        "Phụ trách: Phòng TCCB.",
    )


def test_names_are_the_same_in_both_languages_and_words_are_not() -> None:
    vi, en = (days(language, actions=[action()]) for language in LANGUAGES)
    assert vi.keys() == en.keys() and all(vi[name].title != en[name].title for name in vi)
