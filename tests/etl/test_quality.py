"""What is known about the quality of figures: small warehouses whose answers can be counted."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from etl.doubts import NO_FIGURE
from etl.looked import gaps_of, look
from etl.progress import progress
from etl.quality import Quality, quality, window
from etl.store.connect import Store, open_store
from indicators.period import parse_period
from indicators.quality import Part, Share
from tests.etl.tables import CENTRE, OTHER, deployment, send

TODAY = date(2022, 6, 30)
PERIODS = ("2020-Q3", "2020-Q4", "2021-Q1", "2021-Q2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database of its own."""
    opened = open_store(tmp_path / "a.duckdb")
    yield opened
    opened.close()


def known(store: Store, last: str = "2021-Q2", **more: object) -> Quality:
    """Twelve months of the district."""
    period = parse_period(last)
    return quality(
        store.cursor(),
        deployment(),
        "thanh-hoa",
        period,
        today=TODAY,
        **more,  # type: ignore[arg-type]
    )


def doctors(store: Store, period: str, count: int, at: datetime, reason: str = "") -> None:
    """One figure of the health centre."""
    rows = [f"{CENTRE},{period},doctors,{count}"]
    send(store, rows, name=f"{period}-{count}.csv", at=at, reason=reason)


def test_a_report_is_counted_as_received_on_time_and_changed_late(store: Store) -> None:
    doctors(store, "2021-Q2", 100, datetime(2021, 7, 10, 16, 59))  # the last minute in Vietnam
    doctors(store, "2021-Q2", 101, datetime(2021, 7, 10, 17, 1))
    (sent,) = [s for s in known(store).sent if s.report.received]
    assert sent.report.days_late == 0 and sent.changed_late
    assert sent.asked == len(sent.lacking) + 1 and "population" in sent.lacking
    found = known(store).scores[CENTRE]
    assert found.share(Part.FILLED) == Share(1, sent.asked)
    assert found.share(Part.STEADY) == Share(0, 1)


def test_a_correction_before_the_deadline_is_no_late_change(store: Store) -> None:
    doctors(store, "2021-Q2", 100, datetime(2021, 7, 5))
    doctors(store, "2021-Q2", 101, datetime(2021, 7, 9))
    assert known(store).scores[CENTRE].share(Part.STEADY) == Share(1, 1)


def test_periods_before_the_first_report_are_nobodys_fault(store: Store) -> None:
    doctors(store, "2021-Q1", 100, datetime(2021, 4, 5))
    codes = {s.report.period for s in known(store).sent}
    assert "2021-Q1" in codes and "2020-Q4" not in codes


def test_where_nothing_ever_came_there_is_no_score(store: Store) -> None:
    assert known(store).sent == () and known(store).scores == {}


def test_a_jump_is_a_doubt_with_its_reason_until_it_is_corrected(store: Store) -> None:
    doctors(store, "2021-Q1", 100, datetime(2021, 4, 5))
    doctors(store, "2021-Q2", 200, datetime(2021, 7, 5), reason="sáp nhập")
    (doubt,) = known(store).doubts
    assert (doubt.code, doubt.asks, doubt.reason) == ("stock-jumps", True, "sáp nhập")
    assert (doubt.unit, doubt.quantity, doubt.cell) == (CENTRE, "doctors", "D2")
    found = known(store).scores[CENTRE]
    assert found.share(Part.CLEAN) == Share(1, 2) and found.share(Part.USUAL) == Share(0, 1)
    doctors(store, "2021-Q2", 101, datetime(2021, 7, 6))
    assert known(store).doubts == ()
    assert known(store).scores[CENTRE].share(Part.USUAL) == Share(1, 1)


def warn(store: Store, code: str, row: int, column: int | None) -> None:
    """A warning kept with the first upload, as loading keeps it."""
    with store.transaction() as cur:
        cur.execute(
            """insert into finding values
            (1, ?, 'needs_reason', null, ?, ?, '200', 'Sai.', 'đã rõ')""",
            [code, row, column],
        )


def test_what_only_the_whole_file_could_show_keeps_its_sentence(store: Store) -> None:
    doctors(store, "2021-Q2", 200, datetime(2021, 7, 5))
    warn(store, "total-differs", 9, 4)  # a row that was never loaded
    warn(store, "number-implausible", 2, 4)
    figure, total = known(store).doubts
    assert (total.sentence, total.reason, total.cell) == ("Sai.", "đã rõ", "D9")
    assert total.figure == NO_FIGURE and figure.figure.value == 200
    assert figure.cell == "D2" and figure.unit == total.unit == CENTRE


def test_a_question_that_a_rule_no_longer_asks_has_gone(store: Store) -> None:
    doctors(store, "2021-Q2", 200, datetime(2021, 7, 5))
    warn(store, "stock-jumps", 2, 4)
    assert known(store).doubts == ()
    doctors(store, "2021-Q1", 100, datetime(2021, 7, 6))  # came later, and now it is a jump
    (doubt,) = known(store).doubts
    assert (doubt.reason, doubt.sentence) == ("đã rõ", "")


def test_a_warning_goes_with_the_figures_of_its_file(store: Store) -> None:
    doctors(store, "2021-Q2", 200, datetime(2021, 7, 5))
    warn(store, "total-differs", 9, 4)
    doctors(store, "2021-Q2", 201, datetime(2021, 7, 6))
    assert known(store).doubts == ()


def test_everything_is_as_known_at_a_moment(store: Store) -> None:
    doctors(store, "2021-Q1", 100, datetime(2021, 4, 5))
    doctors(store, "2021-Q2", 200, datetime(2021, 7, 5), reason="sáp nhập")
    before = known(store, known_on=datetime(2021, 7, 1))
    assert before.doubts == ()
    assert {s.report.period for s in before.sent if s.report.received} == {"2021-Q1"}


def test_looking_at_one_period_leaves_the_others_out(store: Store) -> None:
    doctors(store, "2021-Q1", 100, datetime(2021, 4, 5))
    doctors(store, "2021-Q2", 200, datetime(2021, 7, 20), reason="sáp nhập")
    found, period = known(store), parse_period("2021-Q2")
    came = progress(store.cursor(), deployment(), "th-nhu-thanh", period)
    here = look(found, deployment(), "th-nhu-thanh", period, came)
    assert len(here.doubts) == 1 and here.cells.good == 1
    assert [(r.unit, r.days_late) for r in here.late] == [(CENTRE, 10)]
    earlier = look(found, deployment(), "th-nhu-thanh", parse_period("2021-Q1"), came)
    assert earlier.doubts == ()
    elsewhere = look(found, deployment(), "th-nga-son", period, came)
    assert elsewhere.doubts == () and OTHER in dict(elsewhere.scores)


def test_figures_that_the_same_units_left_out_are_one_gap(store: Store) -> None:
    for unit in (CENTRE, OTHER):
        send(store, [f"{unit},2021-Q2,doctors,9"], name=f"{unit}.csv", at=datetime(2021, 7, 5))
    (gap,) = gaps_of(known(store).sent)
    assert set(gap.units) == {CENTRE, OTHER} and gap.asked == 2
    assert "population" in gap.quantities and "doctors" not in gap.quantities


def test_population_counts_the_areas_where_everything_came(store: Store) -> None:
    rows = [f"{CENTRE},2021-Q1,population,95000", f"{OTHER},2021-Q1,population,105000"]
    send(store, rows, at=datetime(2021, 4, 5))
    period = parse_period("2021-Q1")
    came = progress(store.cursor(), deployment(), "thanh-hoa", period)
    found = look(known(store, "2021-Q1"), deployment(), "thanh-hoa", period, came).people
    assert found.known == 200_000
    assert found.reported == 0  # other forms of both districts are missing
    assert found.unknown == 25


@pytest.mark.parametrize(
    ("last", "quarters"), [("2021-Q2", PERIODS), ("2021-Q1", ("2020-Q2", *PERIODS[:3]))]
)
def test_the_window_is_the_twelve_months_up_to_the_end(
    last: str, quarters: tuple[str, ...]
) -> None:
    codes = [p.code for p in window(deployment(), parse_period(last))]
    assert tuple(code for code in codes if "-Q" in code) == quarters
    assert ("2020" in codes) and "2021" not in codes
