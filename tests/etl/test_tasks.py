"""Records of tasks and agreed actions: kept, known on a moment, taken back; refused in words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from etl.store.actions import Agreement, NoSuchAction, actions
from etl.store.connect import Store, open_store
from etl.store.tasks import AlreadyWithdrawn, NoSuchRecord, Report, in_force
from etl.store.verify import faults
from etl.tasks import LONGEST, CannotKeep, agree, move, report, take_back
from indicators.actions import ActionState
from indicators.plans import Plan, Task
from indicators.tasks import Progress
from indicators.text import texts
from tests.indicators.small import world

AT = datetime(2022, 2, 1, 9)
TASK = Task("build", "Xây trạm", "II", "30/6/2021", "Sở Y tế")


def plan() -> Plan:
    """A plan with a task and at least one target."""
    found = next(p for p in world().plans.values() if p.targets)
    return Plan(
        found.id, "Kế hoạch", "KH", "1", "UBND", found.unit, 2021, 2021, found.targets, (TASK,)
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "a.duckdb")
    yield opened
    opened.close()


def say_of(store: Store, progress: Progress, *, hours: int = 0, **more: object) -> int:
    """Record something and give its number."""
    said = Report(plan().id, "build", progress, **more)  # type: ignore[arg-type]
    return report(store, plan(), said, by=" Lan ", at=AT + timedelta(hours=hours)).id


def test_the_newest_record_counts_as_known_on_a_moment(store: Store) -> None:
    say_of(store, Progress.DOING, note="móng")
    say_of(store, Progress.DONE, hours=5, done_on=date(2022, 1, 31), evidence="QĐ 12")
    cur = store.cursor()
    assert in_force(cur, plan().id, AT - timedelta(seconds=1)) == {}
    assert in_force(cur, plan().id, AT)["build"].progress is Progress.DOING
    last = in_force(cur, plan().id, None)["build"]
    assert (last.done_on, last.evidence, last.actor) == (date(2022, 1, 31), "QĐ 12", "Lan")
    assert in_force(cur, "another", None) == {}


def test_what_is_taken_back_gives_way_to_the_record_before(store: Store) -> None:
    say_of(store, Progress.DOING)
    number = say_of(store, Progress.DONE, hours=1, done_on=date(2022, 1, 31))
    of, before = (plan().id, "build"), store.version()
    with pytest.raises(NoSuchRecord):
        take_back(store, number, of=(plan().id, "other"), reason="x", by="Hà", at=AT)
    take_back(store, number, of=of, reason="nhầm", by="Hà", at=AT + timedelta(hours=2))
    assert store.version() == before + 1
    cur = store.cursor()
    assert in_force(cur, plan().id, None)["build"].progress is Progress.DOING
    assert in_force(cur, plan().id, AT + timedelta(hours=1))["build"].progress is Progress.DONE
    with pytest.raises(AlreadyWithdrawn):
        take_back(store, number, of=of, reason="x", by="Hà", at=AT)
    assert faults(store) == []


@pytest.mark.parametrize(
    ("said", "by", "key"),
    [
        (Report("p", "nowhere", Progress.DOING), "Lan", "no_task"),
        (Report("p", "build", Progress.DOING), "  ", "no_name"),
        (Report("p", "build", Progress.DONE), "Lan", "no_day"),
        (Report("p", "build", Progress.DONE, date(2022, 2, 2)), "Lan", "future"),
        (Report("p", "build", Progress.DROPPED), "Lan", "dropped_why"),
        (Report("p", "build", Progress.DOING, note="x" * (LONGEST + 1)), "Lan", "too_long"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused(
    store: Store, said: Report, by: str, key: str
) -> None:
    version = store.version()
    with pytest.raises(CannotKeep) as refusal:
        report(store, plan(), said, by=by, at=AT)
    assert refusal.value.key == f"tasks.refused.{key}" and refusal.value.key in texts()
    assert store.version() == version and in_force(store.cursor(), "p", None) == {}


def test_done_today_in_vietnam_is_not_the_future(store: Store) -> None:
    """At 20:00 UTC it is already the next day there."""
    say_of(store, Progress.DONE, hours=11, done_on=date(2022, 2, 2))


def agreed(**more: object) -> Agreement:
    target = plan().targets[0]
    fields = {"content": "Tuyển", "owner": "Phòng TCCB", "due": date(2022, 3, 1), **more}
    return Agreement(plan().id, target.id, target.indicators[0], None, **fields)  # type: ignore[arg-type]


def test_an_action_moves_and_is_known_on_a_moment(store: Store) -> None:
    number = agree(store, plan(), agreed(), by="Lan", at=AT).id
    later = AT + timedelta(days=1)
    move(store, number, ActionState.DONE, reason="đủ", by="Hà", at=later)
    cur = store.cursor()
    assert actions(cur, plan().id, AT - timedelta(days=1)) == []
    assert [a.state for a in actions(cur, plan().id, AT)] == [ActionState.AGREED]
    (last,) = actions(cur)
    assert (last.state, last.moved_by, last.agreed_by, last.reason) == ("done", "Hà", "Lan", "đủ")
    version = store.version()
    assert move(store, number, ActionState.DONE, reason="", by="Hà", at=later) == last
    assert store.version() == version and faults(store) == []
    with pytest.raises(NoSuchAction):
        move(store, 99, ActionState.DONE, reason="", by="Hà", at=later)


@pytest.mark.parametrize(
    ("more", "key"), [({"content": " "}, "no_content"), ({"owner": ""}, "no_owner")]
)
def test_an_action_without_content_or_owner_is_refused(
    store: Store, more: dict[str, object], key: str
) -> None:
    with pytest.raises(CannotKeep, match=key):
        agree(store, plan(), agreed(**more), by="Lan", at=AT)
    assert actions(store.cursor()) == []


def test_cancelling_needs_a_reason(store: Store) -> None:
    number = agree(store, plan(), agreed(), by="Lan", at=AT).id
    with pytest.raises(CannotKeep, match="no_reason"):
        move(store, number, ActionState.CANCELLED, reason="", by="Lan", at=AT)
