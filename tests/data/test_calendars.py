"""Regimes, working days and the deadlines of the five plans, as shipped."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import Deployment, load_deployment
from indicators.due import due_of
from indicators.period import parse_period
from indicators.plans import ReportingRule
from indicators.regimes import window_of

DATA = Path(__file__).resolve().parents[2] / "data"

# Plan and rule to period and last day on time; None where the document names no day.
DUE = {
    ("thanh-hoa-2021", "report-quarterly"): {
        "2021-Q1": "2021-04-10",
        "2021-Q2": "2021-07-10",
        "2021-H1": "2021-07-10",
        "2021-Q3": "2021-10-10",
        "2021-9M": "2021-10-10",
        "2021-Q4": "2022-01-10",
        "2021": "2022-01-10",
    },
    ("thanh-hoa-2021", "report-action-plans"): {"2021": "2021-01-15"},
    ("thanh-hoa-2021", "report-private-practice"): {"2021-H1": None, "2021-H2": None},
    ("nhu-thanh-2021-2025", "report-yearly"): {
        str(year): f"{year}-11-12" for year in range(2021, 2026)
    },
    ("bac-giang-2023", "report-key-tasks"): {"2023-H1": None, "2023": None},
    ("quang-ninh-2019", "report-reform"): dict.fromkeys(
        ("2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4")
    ),
    ("quang-ninh-2019", "report-key-tasks"): dict.fromkeys(
        ("2019-Q1", "2019-H1", "2019-9M", "2019")
    ),
}
# The document names neither a period nor a day.
OPEN = {
    ("thanh-hoa-2021", "report-covid-daily"),
    ("thanh-hoa-2021", "report-centres"),
    ("thanh-hoa-2021", "report-obstacles"),
    ("nhu-thanh-2021-2025", "report-district"),
    ("bac-giang-2023", "report-cashless"),
    ("bac-giang-2023", "report-changes"),
    ("bac-giang-2024", "report-progress"),
    ("bac-giang-2024", "report-changes"),
}


@cache
def deployment() -> Deployment:
    return load_deployment(DATA)


def rules() -> dict[tuple[str, str], ReportingRule]:
    """Every reporting rule by plan and id."""
    return {(p.id, rule.id): rule for p in deployment().plans.values() for rule in p.reporting}


def test_every_rule_is_read_or_left_open() -> None:
    assert rules().keys() == DUE.keys() | OPEN
    assert all(not rules()[key].periods and not rules()[key].has_deadline for key in OPEN)


@pytest.mark.parametrize("key", DUE, ids="/".join)
def test_deadlines_of_a_plan_follow_from_its_words(key: tuple[str, str]) -> None:
    plan, rule = deployment().plans[key[0]], rules()[key]
    found = {}
    for period in rule.periods_in(plan.first_year, plan.last_year):
        due = due_of(rule, period, deployment().catalogue)
        found[period.code] = due and due.day.isoformat()
        assert due is None or not due.provisional
    assert found == DUE[key]


@pytest.mark.parametrize(
    ("regime", "period", "first", "last"),
    [
        ("calendar", "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("administrative", "2024-Q1", date(2023, 12, 15), date(2024, 3, 14)),
        ("administrative", "2024-9M", date(2023, 12, 15), date(2024, 9, 14)),
        ("cashless_bac_giang", "2024-04", date(2024, 3, 16), date(2024, 4, 15)),
    ],
)
def test_regimes_are_cut_as_published(regime: str, period: str, first: date, last: date) -> None:
    found = deployment().catalogue.regimes[regime]
    assert window_of(parse_period(period), found) == (first, last)


def test_cashless_payment_is_reported_from_the_16th_to_the_15th() -> None:
    regimes = {form.id: form.regime for form in deployment().catalogue.forms.values()}
    named = {"cashless_facility_month", "cashless_department_month"}
    assert {form for form, regime in regimes.items() if regime == "cashless_bac_giang"} == named
    assert {regime for form, regime in regimes.items() if form not in named} == {"calendar"}


def test_new_year_2026_is_known_though_the_package_does_not_know_it() -> None:
    known = deployment().catalogue.working_days
    assert not known.is_working(date(2026, 1, 2)) and known.is_working(date(2026, 1, 10))
