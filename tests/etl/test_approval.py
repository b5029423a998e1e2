"""How far reports are approved: what waits beside what was approved, stages, marks on values."""

from datetime import datetime

import pytest

from etl.approval import approval_of, counted, stages
from etl.progress import progress
from etl.store.again import sent_again
from etl.store.awaiting import differences, waiting, warnings_of
from etl.store.closing import close
from etl.store.connect import Store, open_store
from etl.store.decisions import Decision, decide
from etl.store.submissions import withdraw
from indicators.approval import Stage, stage_of
from indicators.period import parse_period
from tests.etl.tables import CENTRE, OTHER, deployment, send

Q3 = parse_period("2021-Q3")
DAY = [datetime(2022, 1, day, 8) for day in range(1, 31)]


@pytest.fixture
def store() -> Store:
    opened = open_store(None)
    send(opened, [f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,…"])
    send(opened, [f"{OTHER},2021-Q3,doctors,20"])
    return opened


def approve(store: Store, *numbers: int, day: int = 8) -> None:
    decide(store, numbers, Decision.APPROVED, reason="", by="Hà", at=DAY[day])


def stage(store: Store, unit: str = CENTRE) -> Stage:
    """The stage of the quarterly form of a centre."""
    found = progress(store.cursor(), deployment(), "thanh-hoa", Q3)
    return stages(store.cursor(), found.reports)[unit, "2021-Q3", "ttyt_quarter"]


@pytest.mark.parametrize(
    ("newest", "has_approved", "is_closed", "expected"),
    [
        (None, False, False, Stage.NOT_SENT),
        (None, False, True, Stage.NOT_SENT),
        ("", False, False, Stage.WAITING),
        ("returned", False, False, Stage.RETURNED),
        ("approved", True, False, Stage.APPROVED),
        ("", True, False, Stage.CHANGE),
        ("returned", True, False, Stage.APPROVED),
        (None, True, False, Stage.APPROVED),
        ("approved", True, True, Stage.CLOSED),
    ],
)
def test_the_stage_of_a_report(
    newest: str | None, has_approved: bool, is_closed: bool, expected: Stage
) -> None:
    assert stage_of(newest, has_approved=has_approved, is_closed=is_closed) is expected


def test_a_report_goes_its_way(store: Store) -> None:
    assert stage(store, "th-ttyt-hau-loc") is Stage.NOT_SENT
    assert stage(store) is Stage.WAITING
    decide(store, [1], Decision.RETURNED, reason="thiếu", by="Hà", at=DAY[6])
    assert stage(store) is Stage.RETURNED
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=DAY[7])
    assert stage(store) is Stage.WAITING
    approve(store, 2, 3)
    assert stage(store) is Stage.APPROVED
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], reason="sửa", at=DAY[9])
    assert stage(store) is Stage.CHANGE
    decide(store, [4], Decision.RETURNED, reason="không", by="Hà", at=DAY[10])
    close(store, Q3, reason="đủ", by="Hà", at=DAY[11])
    assert stage(store) is Stage.CLOSED
    counts = counted(
        stages(store.cursor(), progress(store.cursor(), deployment(), "thanh-hoa", Q3).reports)
    )
    assert counts[Stage.CLOSED] == 2 and Stage.WAITING not in counts


def test_what_waits_is_set_beside_what_was_approved(store: Store) -> None:
    first = {s.unit: s for s in waiting(store.cursor())}
    assert first[CENTRE].figures == 2 and first[CENTRE].added == 2 and first[CENTRE].is_clean
    approve(store, 1)
    send(
        store,
        [
            f"{CENTRE},2021-Q3,doctors,13",
            f"{CENTRE},2021-Q3,stations,…",
            f"{CENTRE},2021-Q3,insured,5",
        ],
        reason="đếm lại",
        at=DAY[9],
    )
    (change,) = (s for s in waiting(store.cursor(), ["2021-Q3"]) if s.is_change)
    counts = (change.added, change.changed, change.dropped, change.figures)
    assert counts == (1, 1, 0, 3) and change.base == 1 and change.reason == "đếm lại"
    found = {
        d.quantity: (d.old, d.new, d.in_old) for d in differences(store.cursor(), change.id, 1)
    }
    assert found == {"doctors": (12, 13, True), "insured": (None, 5, False)}
    assert waiting(store.cursor(), ["2021-Q2"]) == []
    assert [s.id for s in waiting(store.cursor(), known_on=DAY[8])] == [2]


def test_only_the_newest_revision_waits(store: Store) -> None:
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=DAY[9])
    assert [s.id for s in waiting(store.cursor())] == [2, 3]


def test_warnings_are_those_of_the_own_rows(store: Store) -> None:
    rows = [
        f"{CENTRE},2021-Q2,population,1",
        f"{CENTRE},2021-Q2,insured,2",
        f"{OTHER},2021-Q2,doctors,3",
    ]
    assert send(store, rows, reason="đúng vậy").committed
    found = {s.unit: s for s in waiting(store.cursor(), ["2021-Q2"])}
    said = warnings_of(store.cursor(), found[CENTRE].id)
    assert "part-above-whole" in {code for code, _, _ in said}
    assert {reason for _, _, reason in said} == {"đúng vậy"}
    assert found[CENTRE].warnings == len(said) and not found[CENTRE].is_clean
    assert warnings_of(store.cursor(), found[OTHER].id) == []


def test_changes_after_approval_are_listed_with_what_became_of_them(store: Store) -> None:
    units = [CENTRE, OTHER]
    approve(store, 1, 2)
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], reason="a", at=DAY[9])
    send(store, [f"{OTHER},2021-Q3,doctors,21"], reason="b", at=DAY[10])
    approve(store, 3, day=11)
    found = approval_of(store.cursor(), units, Q3)
    assert [(c.unit, c.word, c.decided_by) for c in found.changes] == [
        (CENTRE, "approved", "Hà"),
        (OTHER, "", ""),
    ]
    earlier = approval_of(store.cursor(), units, Q3, DAY[10])
    assert [c.word for c in earlier.changes] == ["", ""]
    assert approval_of(store.cursor(), [OTHER], parse_period("2021")).changes == found.changes[1:]
    assert approval_of(store.cursor(), units, parse_period("2021-Q2")).changes == ()


def test_of_an_approved_change_that_was_returned_the_one_before_counts_again(store: Store) -> None:
    approve(store, 1, 2)
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], reason="a", at=DAY[9])
    approve(store, 3, day=11)
    decide(store, [3, 2], Decision.RETURNED, reason="sai", by="Hà", at=DAY[12])
    found = approval_of(store.cursor(), [CENTRE, OTHER], Q3)
    assert {u.submission: u.again for u in found.undone} == {3: 1, 2: None}
    assert approval_of(store.cursor(), [CENTRE], Q3, DAY[11]).undone == ()


def test_a_value_is_marked_where_it_holds_what_waits(store: Store) -> None:
    catalogue = deployment().catalogue
    found = approval_of(store.cursor(), [CENTRE, OTHER], Q3)
    doctors, beds = (catalogue.indicators[i] for i in ("doctors_per_10k", "beds_per_10k"))
    assert found.is_in(doctors, {CENTRE}, catalogue)
    assert not found.is_in(doctors, {"th-ttyt-hau-loc"}, catalogue)
    approve(store, 1, 2)
    assert not approval_of(store.cursor(), [CENTRE, OTHER], Q3).is_in(beds, {CENTRE}, catalogue)


def is_marked(store: Store) -> bool:
    """Whether a value of doctors of the centre is marked as holding what nobody approved."""
    catalogue = deployment().catalogue
    found = approval_of(store.cursor(), [CENTRE], Q3)
    doctors = next(i for i in catalogue.indicators.values() if "doctors" in i.quantities)
    return found.is_in(doctors, [CENTRE], catalogue)


def test_what_is_sent_after_the_approval_was_taken_back_is_no_change(store: Store) -> None:
    approve(store, 1, day=5)
    decide(store, [1], Decision.RETURNED, reason="sai", by="Hà", at=DAY[6])
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], at=DAY[7])
    # It counts, for nothing approved stands; so it is marked as every first report that waits.
    (sent,) = (s for s in waiting(store.cursor()) if s.unit == CENTRE)
    assert (sent.id, sent.base, sent.is_change) == (3, None, False)
    assert is_marked(store) and approval_of(store.cursor(), [CENTRE], Q3).changes == ()
    assert sent_again(store.cursor(), [3])[3].base == 1


def test_a_change_is_one_no_more_once_the_approval_is_taken_back(store: Store) -> None:
    approve(store, 1, day=5)
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], reason="sửa", at=DAY[6])
    assert approval_of(store.cursor(), [CENTRE], Q3).waiting[-1].base == 1 and not is_marked(store)
    withdraw(store, 1, reason="nhầm", by="Hà", at=DAY[7], approved=True)
    assert approval_of(store.cursor(), [CENTRE], Q3).waiting[-1].base is None and is_marked(store)
    # As known before, it was one.
    then = approval_of(store.cursor(), [CENTRE], Q3, DAY[6])
    assert then.waiting[-1].base == 1


def test_a_change_is_beside_what_stands_approved_not_beside_what_did(store: Store) -> None:
    approve(store, 1, day=5)
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], reason="sửa", at=DAY[6])
    approve(store, 3, day=7)
    decide(store, [3], Decision.RETURNED, reason="sai", by="Hà", at=DAY[8])
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], reason="sửa", at=DAY[9])
    (change,) = approval_of(store.cursor(), [CENTRE], Q3).changes
    assert (change.id, change.base) == (4, 1)


def test_of_decisions_on_several_revisions_the_last_says_whether_it_came_back(store: Store) -> None:
    send(store, [f"{CENTRE},2021-Q3,doctors,13"], at=DAY[5])
    decide(store, [3], Decision.RETURNED, reason="sai", by="Hà", at=DAY[6])
    approve(store, 1, day=7)
    send(store, [f"{CENTRE},2021-Q3,doctors,14"], reason="sửa", at=DAY[8])
    assert sent_again(store.cursor(), [4]) == {}
    assert [s.base for s in waiting(store.cursor()) if s.id == 4] == [1]
