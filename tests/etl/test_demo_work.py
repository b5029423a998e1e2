"""Simulated tasks and actions: marked, plausible, put on record once, whatever happens between."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from etl.context import local
from etl.demo import story, work
from etl.store.actions import actions
from etl.store.connect import Store, open_store
from etl.store.tasks import in_force, records, withdraw
from indicators.actions import ActionState
from indicators.deployment import Deployment, load_deployment
from indicators.tasks import TaskState, counts_of, standings

DATA = Path(__file__).resolve().parents[2] / "data"
PLAN = "thanh-hoa-2021"
THE_DAY = date(2021, 12, 5)


@pytest.fixture(scope="module")
def deployment() -> Deployment:
    return load_deployment(DATA)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "work.duckdb")


def test_it_is_put_on_record_once(store: Store, deployment: Deployment) -> None:
    assert work.load_work(store, deployment) > 40
    before = records(store.cursor(), PLAN, None), actions(store.cursor())
    assert work.load_work(store, deployment) == 0
    assert (records(store.cursor(), PLAN, None), actions(store.cursor())) == before


def test_what_people_took_back_does_not_come_again(store: Store, deployment: Deployment) -> None:
    work.load_work(store, deployment)
    one = records(store.cursor(), PLAN, None)[0]
    withdraw(store, one.id, of=(PLAN, one.task), reason="sai", by="A", at=datetime(2022, 3, 1))
    assert work.load_work(store, deployment) == 0
    assert one.id not in {r.id for r in records(store.cursor(), PLAN, None)}


def test_cut_short_it_is_taken_up_again(
    store: Store, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = work.move, []

    def dies(*args: object, **more: object) -> object:
        if len(done) == 3:
            raise duckdb.InterruptException("")
        done.append(1)
        return real(*args, **more)

    monkeypatch.setattr(work, "move", dies)
    with pytest.raises(duckdb.InterruptException):
        work.load_work(store, deployment)
    monkeypatch.setattr(work, "move", real)
    work.load_work(store, deployment)
    found = {a.content: a.state for a in actions(store.cursor())}
    ends = {
        a.agreement.content: a.moves[-1][1] if a.moves else ActionState.AGREED
        for a in work.agreements(deployment)
    }
    assert found == ends


def test_everything_is_marked_and_lies_in_the_story(store: Store, deployment: Deployment) -> None:
    work.load_work(store, deployment)
    rows = [(r.actor, r.occurred_at, r.evidence) for r in records(store.cursor(), PLAN, None)]
    assert all(by.endswith("(mô phỏng)") for by, _, _ in rows)
    assert all(not text or text.endswith("(mô phỏng)") for _, _, text in rows)
    assert all(a.agreed_by.endswith("(mô phỏng)") for a in actions(store.cursor()))
    moments = [at for _, at, _ in rows] + [a.moved_at for a in actions(store.cursor())]
    assert {at.year for at in moments} <= {*story.YEARS, story.YEARS[-1] + 1}
    assert all(8 <= local(at).hour <= 17 for at in moments)


def test_an_action_is_agreed_before_it_is_due_and_moves_afterwards(deployment: Deployment) -> None:
    for agreed in work.agreements(deployment):
        moments = [agreed.at, *(at for at, _, _ in agreed.moves)]
        assert moments == sorted(moments) and agreed.at.date() < agreed.agreement.due
        units = deployment.units.at(agreed.agreement.due).units
        assert agreed.agreement.unit is None or agreed.agreement.unit in units


def test_as_known_on_a_day_it_is_a_plausible_mix(store: Store, deployment: Deployment) -> None:
    work.load_work(store, deployment)
    moment = datetime.combine(THE_DAY, datetime.max.time(), UTC).replace(tzinfo=None)
    found = in_force(store.cursor(), PLAN, moment)
    counts = counts_of(standings(deployment.plans[PLAN], found, THE_DAY))
    some = (TaskState.DONE, TaskState.DONE_LATE, TaskState.DOING, TaskState.OVERDUE, TaskState.SOON)
    assert all(counts[state] for state in some)
    known = actions(store.cursor(), PLAN, moment)
    assert {a.state for a in known} == set(ActionState)
    assert any(a.days_late(date(2022, 1, 10)) for a in known)


def test_every_run_makes_the_same_moments(deployment: Deployment) -> None:
    assert work.reports() == work.reports()
    assert work.moment(THE_DAY, "a") == work.moment(THE_DAY, "a") != work.moment(THE_DAY, "b")
