"""Which verdicts a file would change: only targets that look at a changed figure are judged."""

from collections.abc import Callable
from datetime import datetime

import pytest

from etl import flips, load
from etl.entries import Entries
from etl.flips import Flip, affected
from etl.history import TakingBack, take_back, uploads
from etl.store.connect import Store, open_store
from etl.store.decisions import Decision, decide
from indicators.judge import Verdict
from indicators.plans import Plan
from tests.etl.tables import CENTRE, OTHER, TODAY, deployment, send
from tests.etl.test_load import province

PEOPLE = [f"{CENTRE},2021-Q3,population,1000", f"{CENTRE},2021-Q3,insured,900"]
FILES = {
    "one-figure": [f"{CENTRE},2021-Q3,insured,9"],
    "another-unit": [f"{OTHER},2021-Q3,doctors,5"],
    "nothing-new": PEOPLE,
    "two-forms": [*province(1)[:4], f"{CENTRE},2021-Q3,population,9000"],
}


@pytest.fixture(scope="module")
def store() -> Store:
    """A province approved, and a change after approval of every centre that waits."""
    made = open_store(None)
    first = send(made, [*province(10), *PEOPLE])
    on = datetime(2022, 1, 6)
    decide(made, first.submissions, Decision.APPROVED, reason="", by="An", at=on)
    send(made, province(1), reason="Sửa")
    return made


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many targets were judged, look by look."""
    numbers, looked = list[int](), load.verdicts_of

    def counted(cur: object, asked: list[tuple[Plan, str]], *rest: object) -> object:
        numbers.append(sum(len(plan.targets) for plan, _ in asked))
        return looked(cur, asked, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "verdicts_of", counted)
    return numbers


@pytest.fixture
def whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[Flip]]:
    """What comes of a file when every target of every plan is judged."""

    def found(lines: list[str]) -> list[Flip]:
        with monkeypatch.context() as patch:
            patch.setattr(flips, "_narrow", lambda plan, *_: plan)
            return send(store, lines, reason="Sửa", dry_run=True).flips

    return found


@pytest.mark.parametrize("lines", FILES.values(), ids=FILES)
def test_none_is_lost(
    lines: list[str], store: Store, judged: list[int], whole: Callable[[list[str]], list[Flip]]
) -> None:
    narrow = send(store, lines, reason="Sửa", dry_run=True).flips
    few = max(judged)
    assert narrow == whole(lines)
    assert few <= max(judged)


def test_what_waits_would_count_with_the_next_file(store: Store, judged: list[int]) -> None:
    own = send(store, FILES["one-figure"], reason="Sửa", dry_run=True).flips
    other = send(store, FILES["another-unit"], reason="Sửa", dry_run=True).flips
    assert own and not {f.target for f in other} & {f.target for f in own}
    assert max(judged) < 60, judged


def no_epidemics(*quarters: int, count: int = 0) -> list[str]:
    return [f"{CENTRE},2021-Q{quarter},large_epidemics,{count}" for quarter in quarters]


def test_a_correction_of_an_early_quarter_turns_later_ones() -> None:
    """Counted since January: what is corrected in the first quarter is bad in the third as well."""
    store = open_store(None)
    assert send(store, no_epidemics(1, 2, 3)).committed
    turned = send(store, no_epidemics(1, count=1), reason="Sửa", dry_run=True).flips
    each = [(f.period, f.new) for f in turned if f.target == "large-epidemics-each-centre"]
    assert [period for period, _ in each] == ["2021-Q1", "2021-Q2", "2021-Q3"]
    assert {verdict for _, verdict in each} == {Verdict.NOT_MET}
    of_five_years = [f.period for f in turned if f.plan == "nhu-thanh-2021-2025"]
    assert of_five_years == ["2021-Q1", "2021-Q2", "2021-Q3"]
    late = send(store, no_epidemics(3, count=1), reason="Sửa", dry_run=True).flips
    assert {f.period for f in late} == {"2021-Q3"}


def test_a_year_ends_with_its_last_quarter_and_turns_with_it() -> None:
    store = open_store(None)
    yearly = f"{CENTRE},2021,infant_deaths,1"
    assert send(store, [*no_epidemics(1, 2, 3, 4), yearly]).committed
    turned = send(store, no_epidemics(4, count=1), reason="Sửa", dry_run=True).flips
    assert {f.period for f in turned if f.target == "large-epidemics-each-centre"} >= {
        "2021-Q4",
        "2021",
    }


def test_of_many_later_periods_the_nearest_are_told_and_the_newest() -> None:
    """In a plan of five years each looks back at all before it."""
    store = open_store(None)
    quarters = [f"{year}-Q{n}" for year in (2021, 2022, 2023, 2024) for n in (1, 2, 3, 4)]
    lines = [f"{CENTRE},{code},large_epidemics,0" for code in quarters]
    assert send(store, lines, reason="Số ước").committed
    found = affected(
        Entries(unit=[CENTRE]),
        ["2021-Q1"],
        deployment(),
        reported=quarters,
        cells=frozenset({("large_epidemics", "2021-Q1")}),
    )
    told = [code for plan, code in found if plan.id == "nhu-thanh-2021-2025"]
    assert told[:4] == quarters[:4] and told[-1] in quarters[4:] and len(told) <= 9
    turned = send(store, no_epidemics(1, count=1), reason="Sửa", dry_run=True).flips
    assert [f.period for f in turned if f.plan == "nhu-thanh-2021-2025"] == quarters[:4]


def test_what_taking_back_turns_is_told_of_later_periods_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, place = open_store(None), deployment()
    send(store, no_epidemics(1, 2, 3))
    send(store, no_epidemics(1, count=1), reason="Sửa")
    upload = uploads(store.cursor(), place)[0]
    how = TakingBack("nhầm", "An", datetime(2022, 3, 1), TODAY, dry_run=True)
    few = take_back(store, place, upload, how=how).flips
    assert {"2021-Q1", "2021-Q2", "2021-Q3"} == {f.period for f in few}
    monkeypatch.setattr(flips, "_narrow", lambda plan, *_: plan)
    assert take_back(store, place, upload, how=how).flips == few
