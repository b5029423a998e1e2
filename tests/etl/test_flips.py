"""Which verdicts a file would change: only targets that look at a changed figure are judged."""

from collections.abc import Callable
from datetime import datetime

import pytest

from etl import load
from etl.flips import Flip
from etl.store.connect import Store, open_store
from etl.store.decisions import Decision, decide
from indicators.plans import Plan
from tests.etl.tables import CENTRE, OTHER, send
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

    def flips(lines: list[str]) -> list[Flip]:
        with monkeypatch.context() as patch:
            patch.setattr(load, "narrowed", lambda asked, *_: asked)
            return send(store, lines, reason="Sửa", dry_run=True).flips

    return flips


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
