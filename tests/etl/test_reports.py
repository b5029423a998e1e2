"""Reports due on a day, from the shipped folder and the receipts of a database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from etl.progress import progress
from etl.reports import end_of, reports_on
from etl.store.connect import Store, open_store
from etl.store.decisions import Decision, decide
from etl.store.submissions import receipts, reported_units, withdraw
from indicators.deployment import Deployment
from indicators.due import Due
from indicators.period import parse_period
from indicators.reporting import DueReport, State
from tests.etl.tables import CENTRE, HOSPITAL, deployment, send

QUARTER = "ttyt_quarter"
SENT = {  # period to the moment of receipt, UTC
    "2021-Q1": datetime(2021, 4, 10, 16, 59),  # 23:59 of the last day in Vietnam
    "2021-Q2": datetime(2021, 7, 10, 17, 1),  # one minute into the day after
    "2021-Q3": datetime(2021, 10, 15, 2),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three quarters of one health centre."""
    opened = open_store(tmp_path_factory.mktemp("reports") / "a.duckdb")
    for period, moment in SENT.items():
        send(opened, [f"{CENTRE},{period},doctors,12"], name=f"{period}.csv", at=moment)
    yield opened
    opened.close()


def found(
    store: Store, today: str, scope: str | None = CENTRE, known: Deployment | None = None
) -> tuple[DueReport, ...]:
    """The reports on a day."""
    return reports_on(store.cursor(), known or deployment(), date.fromisoformat(today), scope)


def stand(store: Store, today: str, form: str = QUARTER) -> dict[str, tuple[str, int | None]]:
    """Period to state and days of one form of the health centre."""
    day = date.fromisoformat(today)
    reports = [r for r in found(store, today) if r.form == form]
    assert len({r.period for r in reports}) == len(reports)
    return {r.period.code: (str(r.state(day)), r.days(day)) for r in reports}


def test_what_came_in_the_last_minute_is_on_time(store: Store) -> None:
    assert stand(store, "2021-04-20")["2021-Q1"] == ("on_time", None)


def test_what_came_a_minute_later_is_a_day_late(store: Store) -> None:
    assert stand(store, "2021-07-20")["2021-Q2"] == ("received_late", 1)


def test_what_came_after_the_day_asked_for_was_not_known_then(store: Store) -> None:
    # 10/07 17:01 UTC is 11/07 in Vietnam: on the 10th nothing was there.
    assert stand(store, "2021-07-10")["2021-Q2"] == ("due", 0)
    assert stand(store, "2021-07-11")["2021-Q2"] == ("received_late", 1)
    assert stand(store, "2021-10-14")["2021-Q3"] == ("late", 4)
    assert stand(store, "2021-10-15")["2021-Q3"] == ("received_late", 5)


def test_what_is_missing_is_listed_for_a_year_and_what_came_for_the_last_window(
    store: Store,
) -> None:
    assert stand(store, "2021-10-20") == {
        "2020-Q4": ("late", 283),  # never sent
        "2021-Q3": ("received_late", 5),
        "2021-Q4": ("not_yet_due", 82),
    }
    assert set(stand(store, "2022-01-01")) == {"2021-Q4", "2022-Q1"}


def test_a_report_taken_back_is_missing_again(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "b.duckdb")
    send(opened, [f"{CENTRE},2021-Q1,doctors,12"], at=SENT["2021-Q1"])
    withdraw(opened, 1, reason="nhầm", by="thử", at=datetime(2021, 4, 12))
    assert stand(opened, "2021-04-11")["2021-Q1"] == ("on_time", None)
    assert stand(opened, "2021-04-20")["2021-Q1"] == ("late", 10)
    opened.close()


def test_a_report_that_was_returned_is_said_to_have_been(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "b.duckdb")
    send(opened, [f"{CENTRE},2021-Q1,doctors,12"], at=SENT["2021-Q1"])
    back = datetime(2021, 4, 12, 17, 30)  # 13/04 in Vietnam
    decide(opened, [1], Decision.RETURNED, reason="xem lại", by="thử", at=back)
    send(opened, [f"{CENTRE},2021-Q1,doctors,13"], at=datetime(2021, 4, 25, 3))

    def of(today: str) -> DueReport:
        reports = [r for r in found(opened, today) if r.form == QUARTER]
        (one,) = [r for r in reports if r.period.code == "2021-Q1"]
        return one

    assert (of("2021-04-12").received, of("2021-04-12").returned) == (date(2021, 4, 10), None)
    assert (of("2021-04-20").received, of("2021-04-20").returned) == (None, date(2021, 4, 13))
    assert of("2021-04-20").state(date(2021, 4, 20)) is State.LATE
    assert (of("2021-04-26").received, of("2021-04-26").returned) == (date(2021, 4, 10), None)
    # The newest word counts: what was sent again and taken back by its sender is simply not there.
    withdraw(opened, 2, reason="nhầm", by="thử", at=datetime(2021, 4, 27))
    assert (of("2021-04-28").received, of("2021-04-28").returned) == (None, None)
    opened.close()


def test_a_unit_owes_its_forms_and_its_plans_rules(store: Store) -> None:
    reports = found(store, "2021-10-20")
    forms = deployment().catalogue.forms
    asked = {r.form for r in reports if r.form}
    assert {QUARTER, "ttyt_half", "ttyt_year", "ttyt_tasks_year", "nhu_thanh_centre_half"} <= asked
    assert all("health_centre" in forms[form].kinds for form in asked)
    assert {area for form in asked for area in forms[form].within} == {"thanh-hoa", "th-nhu-thanh"}
    assert {f"{r.plan}/{r.rule}" for r in reports if not r.form} == {
        "thanh-hoa-2021/report-quarterly",
        "thanh-hoa-2021/report-action-plans",
        "thanh-hoa-2021/report-private-practice",
        "nhu-thanh-2021-2025/report-yearly",
    }


def test_rules_of_plans_stand_by_their_date_and_have_no_receipt(store: Store) -> None:
    day = date(2021, 11, 13)
    rules = [r for r in found(store, "2021-11-13") if not r.is_tracked]
    states = {(r.rule, r.period.code): r.state(day) for r in rules}
    assert states["report-yearly", "2021"] is State.PASSED
    assert states["report-quarterly", "2021-9M"] is State.PASSED
    assert states["report-quarterly", "2021"] is State.NOT_YET_DUE
    assert states["report-private-practice", "2021-H1"] is State.NO_DAY
    assert all(r.received is None for r in rules)


def test_rules_of_years_gone_by_are_not_listed(store: Store) -> None:
    late = found(store, "2023-06-01", scope=None)
    assert {r.plan for r in late} == {None, "nhu-thanh-2021-2025", "bac-giang-2023"}


def test_the_scope_is_the_unit_and_all_below_it(store: Store) -> None:
    everybody = {r.unit for r in found(store, "2021-10-20", scope=None)}
    district = {r.unit for r in found(store, "2021-10-20", scope="th-nhu-thanh")}
    assert {CENTRE, HOSPITAL} < district < everybody
    assert {r.unit for r in found(store, "2021-10-20")} == {CENTRE}
    inside = {u.id for u in deployment().units.at(date(2021, 9, 30)).within("th-nhu-thanh")}
    assert district <= inside


def test_a_plan_owes_from_everyone_of_its_area_only(store: Store) -> None:
    reports = found(store, "2021-11-01", scope=None)
    communes = {r.unit for r in reports if r.rule == "report-yearly"} - {CENTRE, HOSPITAL}
    tree = deployment().units.at(date(2021, 12, 31))
    assert communes == {u.id for u in tree.within("th-nhu-thanh") if u.kind == "commune"}


def test_windows_of_a_regime_decide_what_is_asked_for(store: Store) -> None:
    """On 15 April the month of the facilities of Bắc Giang that ends that day is still open."""
    day = date(2024, 4, 15)
    reports = [
        r for r in found(store, "2024-04-15", "bg-bv-phoi") if r.form == "cashless_facility_month"
    ]
    (april,) = [r for r in reports if r.period.code == "2024-04"]
    assert april.window == (date(2024, 3, 16), day)
    assert april.state(day) is State.NOT_YET_DUE
    assert april.state(day + timedelta(days=1)) is State.DUE
    assert "2024-05" not in {r.period.code for r in reports}


def with_working_days(form: str, days: int) -> Deployment:
    """The folder with a form that is due some working days after its window."""
    catalogue = deployment().catalogue
    changed = replace(catalogue.forms[form], due_months=None, due_day=None, due_working_days=days)
    forms = {**catalogue.forms, form: changed}
    return replace(deployment(), catalogue=replace(catalogue, forms=forms))


@pytest.mark.parametrize(
    ("today", "period", "due", "provisional"),
    [
        ("2024-01-10", "2023-Q4", "2024-01-22", False),
        ("2025-01-10", "2024-Q4", "2025-01-22", False),
        ("2026-01-05", "2025-Q4", "2026-01-22", False),  # 2/1 off, Saturday 10/1 worked instead
        ("2026-11-25", "2026-Q4", "2027-01-22", True),
    ],
)
def test_a_deadline_in_working_days_says_when_it_may_still_move(
    store: Store, today: str, period: str, due: str, provisional: bool
) -> None:
    known = with_working_days("hospital_quarter", 15)
    reports = found(store, today, "th-bv-nhi", known)
    (report,) = [r for r in reports if (r.form, r.period.code) == ("hospital_quarter", period)]
    assert report.due == Due(date.fromisoformat(due), provisional)


def test_progress_follows_the_same_deadline(store: Store) -> None:
    known = with_working_days(QUARTER, 5)
    reports = progress(store.cursor(), known, CENTRE, parse_period("2021-Q3"))
    (report,) = [r for r in reports.reports if r.form == QUARTER]
    assert (report.due, report.days_late) == (date(2021, 10, 7), 8)


@pytest.mark.parametrize(("period", "provisional"), [("2026-Q3", False), ("2026-Q4", True)])
def test_progress_tells_a_form_whose_day_may_still_move(
    store: Store, period: str, provisional: bool
) -> None:
    known = with_working_days("hospital_quarter", 5)
    forms = progress(store.cursor(), known, "th-bv-nhi", parse_period(period)).by_form()
    assert {f.form: f.provisional for f in forms}["hospital_quarter"] is provisional


def test_receipts_of_many_periods_are_those_of_each(store: Store) -> None:
    cur = store.cursor()
    together = receipts(cur, [*SENT, "2019-Q1"], QUARTER)
    assert together == {(CENTRE, period): moment for period, moment in SENT.items()}
    for period, moment in SENT.items():
        assert reported_units(cur, period, QUARTER) == {CENTRE: moment}
    assert receipts(cur, SENT, "none") == receipts(cur, [], QUARTER) == {}


def test_a_day_ends_seven_hours_earlier_than_in_utc() -> None:
    assert end_of(date(2021, 10, 10)) == datetime(2021, 10, 10, 16, 59, 59, 999_999)


def test_nothing_was_received_in_an_empty_database(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "c.duckdb")
    states = {r.state(date(2021, 10, 12)) for r in found(opened, "2021-10-12", None)}
    assert states == {State.LATE, State.NOT_YET_DUE, State.PASSED, State.NO_DAY}
    opened.close()
