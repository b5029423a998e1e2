"""Approving, returning, closing: what counts then, and what can no longer be written."""

from datetime import datetime

import pytest

from etl.store.audit import broken, entries
from etl.store.closing import (
    CannotClose,
    PeriodClosed,
    close,
    closed_periods,
    closings,
    reopen,
)
from etl.store.commit import Received, commit
from etl.store.connect import Store, open_store
from etl.store.current import approved
from etl.store.decisions import CannotDecide, Decision, decide
from etl.store.stage import stage
from etl.store.submissions import (
    AlreadyApproved,
    NoSuchSubmission,
    submissions,
    withdraw,
    withdraw_upload,
)
from etl.store.verify import faults
from indicators.period import Period, PeriodKind, parse_period
from tests.etl.tables import CENTRE, OTHER, codes, current, deployment, hints, recognised, send

DAY = [datetime(2022, 1, day, 8) for day in range(1, 31)]
Q3 = parse_period("2021-Q3")


@pytest.fixture
def store() -> Store:
    """One report of one centre: twelve doctors, sent on 5 January 2022 by "thử"."""
    opened = open_store(None)
    assert send(opened, [f"{CENTRE},2021-Q3,doctors,12"]).committed
    return opened


def say(store: Store, number: int, decision: Decision, day: int = 8, by: str = "Hà") -> None:
    decide(store, [number], decision, reason="lý do", by=by, at=DAY[day])


def approve(store: Store, number: int, day: int = 8, by: str = "Hà") -> None:
    say(store, number, Decision.APPROVED, day, by)


def correct(store: Store, value: str, reason: str = "sửa") -> list[int]:
    done = send(store, [f"{CENTRE},2021-Q3,doctors,{value}"], reason=reason, at=DAY[10])
    assert done.committed, codes(done)
    return done.submissions


def states(store: Store) -> list[tuple[str, bool]]:
    """State and approval, oldest first."""
    return [(s.state, s.approved) for s in reversed(submissions(store.cursor()))]


def doctors(store: Store, known_on: datetime | None = None) -> list[int]:
    from etl.store.current import moments, sql_for_current

    rows = store.cursor().execute(
        f"""with {sql_for_current()} select f.value from current_submission c
        join fact f on f.submission = c.id""",
        moments(known_on),
    )
    return [int(value) for (value,) in rows.fetchall()]


def test_a_report_counts_before_approval_and_is_told_apart(store: Store) -> None:
    assert doctors(store) == [12] and doctors(store, approved(None)) == []
    assert states(store) == [("current", False)]
    approve(store, 1)
    assert doctors(store) == doctors(store, approved(None)) == [12]
    assert states(store) == [("current", True)]


def test_approval_is_known_from_its_moment_on(store: Store) -> None:
    approve(store, 1, day=8)
    assert doctors(store, approved(DAY[7])) == [] and doctors(store, DAY[7]) == [12]
    assert doctors(store, approved(DAY[8])) == [12]


def test_a_change_after_approval_waits_and_then_counts(store: Store) -> None:
    approve(store, 1)
    assert correct(store, "13") == [2]
    assert doctors(store) == [12] and states(store) == [("current", True), ("waiting", False)]
    approve(store, 2, day=12)
    assert doctors(store) == [13] and states(store) == [("superseded", True), ("current", True)]
    assert doctors(store, DAY[11]) == [12]


def test_a_change_after_approval_needs_a_reason(store: Store) -> None:
    approve(store, 1)
    done = send(store, [f"{CENTRE},2021-Q3,doctors,13"])
    assert done.refused and "change-after-approval" in codes(done)
    assert len(submissions(store.cursor())) == 1
    (finding,) = (f for f in done.findings if f.code == "change-after-approval")
    assert (finding.place.row, finding.facts["by"], finding.facts["day"]) == (2, "Hà", "09/01/2022")


def test_the_same_figures_again_are_no_change_after_approval(store: Store) -> None:
    approve(store, 1)
    done = send(store, [f"{CENTRE},2021-Q3,doctors,12.0"])
    assert not done.refused and done.submissions == []


def test_a_second_request_builds_on_the_first(store: Store) -> None:
    approve(store, 1)
    correct(store, "13")
    send(store, [f"{CENTRE},2021-Q3,stations,3"], reason="thêm")
    approve(store, 3)
    assert current(store) == {("doctors", "13"), ("stations", "3")}


def test_a_returned_report_does_not_count_until_it_is_sent_again(store: Store) -> None:
    say(store, 1, Decision.RETURNED)
    assert doctors(store) == [] and states(store) == [("returned", False)]
    assert doctors(store, DAY[7]) == [12]
    assert correct(store, "12") == [2] and doctors(store) == [12]


def test_returning_an_approved_one_brings_back_the_one_before(store: Store) -> None:
    approve(store, 1)
    correct(store, "13")
    approve(store, 2)
    say(store, 2, Decision.RETURNED, day=14)
    assert doctors(store) == [12] and states(store) == [("current", True), ("returned", False)]


@pytest.mark.parametrize(
    ("prepare", "number", "decision", "why"),
    [
        (lambda s: approve(s, 1), 1, Decision.APPROVED, "same"),
        (lambda s: say(s, 1, Decision.RETURNED), 1, Decision.RETURNED, "same"),
        (lambda s: correct(s, "13"), 1, Decision.APPROVED, "replaced"),
        (
            lambda s: withdraw(s, 1, reason="nhầm", by="thử", at=DAY[6]),
            1,
            Decision.APPROVED,
            "gone",
        ),
    ],
)
def test_what_cannot_be_decided(store, prepare, number, decision, why) -> None:  # type: ignore[no-untyped-def]
    prepare(store)
    before = entries(store.cursor())
    with pytest.raises(CannotDecide) as refused:
        say(store, number, decision, day=20)
    assert refused.value.why == why and entries(store.cursor()) == before


def test_nobody_approves_what_they_sent_themselves(store: Store) -> None:
    with pytest.raises(CannotDecide, match="own"):
        approve(store, 1, by="Thử")
    decide(store, [1], Decision.APPROVED, reason="", by="thử", at=DAY[8], own=True)
    assert states(store) == [("current", True)]


def test_many_are_decided_together_or_none(store: Store) -> None:
    send(store, [f"{OTHER},2021-Q3,doctors,20"])
    with pytest.raises(NoSuchSubmission, match="9"):
        decide(store, [1, 2, 9], Decision.APPROVED, reason="", by="Hà", at=DAY[8])
    assert states(store) == [("current", False)] * 2
    decide(store, [1, 2], Decision.APPROVED, reason="", by="Hà", at=DAY[8])
    assert states(store) == [("current", True)] * 2 and faults(store) == []


def test_an_approved_report_is_not_taken_back_by_its_sender(store: Store) -> None:
    approve(store, 1)
    with pytest.raises(AlreadyApproved):
        withdraw(store, 1, reason="nhầm", by="thử", at=DAY[9])
    with pytest.raises(AlreadyApproved), store.transaction() as cur:
        withdraw_upload(cur, 1, reason="nhầm", by="thử", at=DAY[9])
    withdraw(store, 1, reason="nhầm", by="Hà", at=DAY[9], approved=True)
    assert doctors(store) == []


def test_a_closed_period_has_no_way_in(store: Store) -> None:
    approve(store, 1)
    close(store, Q3, reason="Đủ báo cáo", by="Hà", at=DAY[9])
    before = entries(store.cursor())
    refused = send(store, [f"{CENTRE},2021-Q3,doctors,13"], reason="sửa")
    assert refused.refused and "period-closed" in codes(refused)
    found = recognised(f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|13").entries
    with pytest.raises(PeriodClosed, match="2021-Q3"), store.transaction() as cur:
        stage(cur, found, deployment())
        commit(cur, Received("0" * 64, "a.csv", 1, DAY[10], "kẻ gian"))
    with pytest.raises(PeriodClosed):
        withdraw(store, 1, reason="nhầm", by="Hà", at=DAY[10], approved=True)
    with pytest.raises(PeriodClosed), store.transaction() as cur:
        withdraw_upload(cur, 1, reason="nhầm", by="Hà", at=DAY[10], approved=True)
    with pytest.raises(PeriodClosed):
        say(store, 1, Decision.RETURNED, day=10)
    assert doctors(store) == [12] and entries(store.cursor()) == before


def test_a_file_that_says_what_was_closed_and_more_is_taken(store: Store) -> None:
    approve(store, 1)
    close(store, Q3, reason="Đủ báo cáo", by="Hà", at=DAY[9])
    done = send(store, [f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q4,doctors,14"])
    assert done.committed and "period-closed" not in codes(done)


def test_a_closed_year_closes_its_quarters_and_no_other(store: Store) -> None:
    approve(store, 1)
    close(store, parse_period("2021"), reason="Hết năm", by="Hà", at=DAY[9])
    assert send(store, [f"{CENTRE},2021-Q2,doctors,13"], reason="sửa").refused
    assert send(store, [f"{CENTRE},2022-Q1,doctors,13"]).committed


def test_closing_waits_for_decisions_and_for_the_end(store: Store) -> None:
    with pytest.raises(CannotClose, match="undecided") as refused:
        close(store, Period(2021, PeriodKind.YEAR), reason="x", by="Hà", at=DAY[9])
    assert refused.value.count == 1
    with pytest.raises(CannotClose, match="not-over"):
        close(store, parse_period("2022-Q1"), reason="x", by="Hà", at=DAY[9])
    approve(store, 1)
    close(store, Q3, reason="x", by="Hà", at=DAY[9])
    with pytest.raises(CannotClose, match="closed"):
        close(store, parse_period("2021-09"), reason="x", by="Hà", at=DAY[9])
    with pytest.raises(CannotClose, match="open"):
        reopen(store, parse_period("2021"), reason="x", by="Hà", at=DAY[9])


def test_a_reopened_period_takes_corrections_and_keeps_its_history(store: Store) -> None:
    approve(store, 1)
    close(store, Q3, reason="Đủ", by="Hà", at=DAY[9])
    reopen(store, Q3, reason="Sai số giường", by="Hà", at=DAY[11])
    correct(store, "13")
    assert [(c.is_closed, c.reason) for c in closings(store.cursor())] == [
        (True, "Đủ"),
        (False, "Sai số giường"),
    ]
    assert [c.period for c in closed_periods(store.cursor(), DAY[10])] == [Q3]
    assert closed_periods(store.cursor()) == [] and faults(store) == []
    assert broken(entries(store.cursor())) == []


def test_the_preview_shows_what_approval_of_the_change_would_bring(store: Store) -> None:
    """A request does not count yet; what it would turn is shown all the same, and nothing stays."""
    approve(store, 1)
    given = hints("2021-Q3")
    done = send(store, [f"{CENTRE},2021-Q3,doctors,13"], reason="sửa", dry_run=True, given=given)
    assert done.counts["changed"] == 1 and not done.refused
    assert states(store) == [("current", True)] and doctors(store) == [12]
