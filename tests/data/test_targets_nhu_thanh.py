"""The targets of Như Thanh 2021-2025, read a second time from the document, and how they are judged."""

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.judge import GOOD, Verdict
from indicators.measure import Status
from tests.indicators.figures import assess_facts, facts

PLAN = "nhu-thanh-2021-2025"
STATIONS = tuple(
    f"th-tyt-nhu-thanh-{name}" for name in ("phuong-nghi", "phu-nhuan", "thanh-tan", "xuan-thai")
)
CENTRE, HOSPITAL = "th-ttyt-nhu-thanh", "th-bvdk-nhu-thanh"
# id: section, indicator, comparator, value, path, of whom (the district where nothing is said)
TARGETS = {
    "population-growth": ("II.2.1", "population_growth", "<", "0.7", "level", None),
    "beds": ("II.2.2", "beds_per_10k", "bare", "38", "linear", None),
    "doctors": ("II.2.3", "doctors_per_10k", ">=", "12", "linear", None),
    "stations-with-doctor": ("II.2.4", "stations_with_doctor", ">=", "100", "level", None),
    "communes-at-standard": ("II.2.5", "communes_at_standard", "maintain", "100", "level", None),
    "stations-managing-ncd": ("II.2.6", "stations_managing_ncd", ">=", "95", "linear", None),
    "health-records": ("II.2.7", "electronic_health_record", ">=", "100", "linear", None),
    "underweight": ("II.2.8", "underweight_under_5", "<", "10", "linear", None),
    "health-insurance": ("II.2.9", "health_insurance_coverage", ">=", "94", "linear", None),
    "infant-mortality": ("II.2.10", "infant_mortality", "<", "8.5", "linear", None),
    "immunisation": ("II.2.11", "full_immunisation_under_1", ">=", "95", "cumulative", None),
    "hospital-at-class-2": ("II.2.12", "hospital_class_2", "maintain", None, "level", HOSPITAL),
    "stations-newly-built": ("II.2.13", "stations_newly_built", "bare", "4", "deadline", STATIONS),
    "medical-waste": ("II.2.14", "medical_waste_treated", "maintain", "100", "level", None),
    "no-large-epidemic": ("III.3.1/1", "large_epidemics", "none", None, "ceiling", None),
    "no-community-spread": ("III.3.1/2", "community_outbreaks", "none", None, "ceiling", None),
    "pharmacies-connected": ("III.3.3", "pharmacies_connected", "bare", "100", "linear", None),
    "malnutrition-falls": ("III.3.4/1", "underweight_under_5", "falls", None, "level", None),
    "maternal-deaths-fall": ("III.3.4/2", "maternal_deaths", "falls", None, "level", None),
    "neonatal-mortality-falls": ("III.3.4/2", "neonatal_mortality", "falls", None, "level", None),
    "sex-ratio-falls": ("III.3.4/2", "sex_ratio_at_birth", "falls", None, "level", None),
    "reproductive-services": (
        "III.3.4/2", "communes_with_reproductive_services", "bare", "100", "level", None,
    ),
    "insured-referrals-fall": ("III.3.5", "insured_referred_up", "falls", None, "level", None),
    "satisfaction-rises": ("III.4/8", "patient_satisfaction", "rises", None, "level", None),
    "prevention-at-standard": (
        "III.5/1", "prevention_standard", "maintain", None, "level", CENTRE,
    ),
    "stations-primary-care": ("III.5/2", "stations_primary_care", "bare", "100", "linear", None),
    "medicine-suppliers-connected": (
        "III.5/3", "medicine_suppliers_connected", "bare", "100", "linear", None,
    ),
    "health-database-built": (
        "III.5/3", "population_health_database", "done", None, "deadline", None,
    ),
}  # fmt: skip


@cache
def deployment():
    return load_deployment(Path(__file__).resolve().parents[2] / "data")


def plan():
    return deployment().plans[PLAN]


def assessed(target_id, text, period="2021", scope="th-nhu-thanh"):
    asking = assess_facts(deployment(), facts(text), period, scope=scope, plan=PLAN)
    return asking.assess(plan().target(target_id))


@cache
def unreported():
    """Every target before anybody has reported, in the last whole year of the district.

    It ended on 1 July 2025, half a year before the deadline of its plan.
    """
    asking = assess_facts(deployment(), [], "2024", scope="th-nhu-thanh", plan=PLAN)
    return {a.target.id: a for a in asking.assess_all()}


def test_the_targets_are_as_written():
    found = {
        t.id: (
            t.section,
            t.indicator,
            str(t.comparator),
            None if t.value is None else str(t.value),
            str(t.path),
            t.unit or t.sites or None,
        )
        for t in plan().targets
    }
    assert found == TARGETS
    assert list(found) == list(TARGETS), "in the order of the document"
    assert {t.deadline for t in plan().targets} == {"2025"}
    assert not any(t.each for t in plan().targets)


def test_the_fourteen_of_the_list_make_the_sentence():
    counted = [t.section for t in plan().targets if t.headline]
    assert counted == [f"II.2.{n}" for n in range(1, 15)]


def test_the_further_test_of_a_target_is_told():
    services = plan().target("reproductive-services")
    assert [(a.indicator, str(a.comparator), a.value) for a in services.also] == [
        ("district_reproductive_services", "done", None)
    ]
    assert {t.id for t in plan().targets if t.unless} == {
        "maternal-deaths-fall",
        "neonatal-mortality-falls",
    }
    assert {t.id for t in plan().targets if t.average} == {"population-growth"}


def test_the_province_asks_for_more_doctors():
    found = {t.id: (t.superior.unit, str(t.superior.value)) for t in plan().targets if t.superior}
    assert found == {
        "beds": ("thanh-hoa", "38"),
        "doctors": ("thanh-hoa", "13"),
        "communes-at-standard": ("thanh-hoa", "100"),
    }


@pytest.mark.parametrize("target_id", TARGETS)
def test_somebody_reports_it(target_id):
    assert unreported()[target_id].measure.status is not Status.NOT_APPLICABLE


def test_growth_is_the_mean_of_the_years():
    growth = f"{CENTRE} 2021 population_growth_rate=0.9\n{CENTRE} 2022 population_growth_rate=0.4"
    one, two = (assessed("population-growth", growth, year) for year in ("2021", "2022"))
    assert (one.verdict, float(one.measure.value)) == (Verdict.BEHIND, 0.9)
    assert (two.verdict, float(two.measure.value)) == (Verdict.EXCEEDED, 0.65)


@pytest.mark.parametrize(
    ("built", "period", "value", "verdict"),
    [
        ("1111", "2021", 4, Verdict.MET),
        ("1110", "2021", 3, Verdict.NOT_DUE),
        ("0000", "2024", 0, Verdict.NOT_DUE),
        ("111", "2024", 3, Verdict.NOT_DUE),
    ],
)
def test_only_the_four_named_stations_count(built, period, value, verdict):
    tree = deployment().units.at(date(2021, 12, 31))
    assert set(STATIONS) < set(tree.units)
    lines = [f"{s} {period} station_newly_built={n}" for s, n in zip(STATIONS, built, strict=False)]
    lines.append(f"th-tyt-nhu-thanh-hai-long {period} station_newly_built=1")
    found = assessed("stations-newly-built", "\n".join(lines), period)
    assert (found.measure.value, found.verdict) == (value, verdict)


@pytest.mark.parametrize(("has", "verdict"), [(1, Verdict.MET), (0, Verdict.BEHIND)])
def test_the_class_and_the_standard_are_kept_or_lost(has, verdict):
    text = f"{HOSPITAL} 2021 hospital_class_2={has}\n{CENTRE} 2021 prevention_standard={has}"
    assert assessed("hospital-at-class-2", text).verdict is verdict
    assert assessed("hospital-at-class-2", text, scope=HOSPITAL).verdict is verdict
    assert assessed("prevention-at-standard", text).verdict is verdict


@pytest.mark.parametrize(
    ("before", "now", "good"), [(2, 1, True), (1, 2, False), (0, 0, True), (0, 1, False)]
)
def test_no_maternal_death_cannot_fall_further(before, now, good):
    text = f"{CENTRE} 2020 maternal_deaths={before}\n{CENTRE} 2021 maternal_deaths={now}"
    assert (assessed("maternal-deaths-fall", text).verdict in GOOD) is good


@pytest.mark.parametrize(
    ("communes", "district", "verdict"),
    [
        (14, 1, Verdict.MET),
        (13, 1, Verdict.BEHIND),
        (14, 0, Verdict.BEHIND),
    ],
)
def test_services_in_every_commune_and_at_the_district(communes, district, verdict):
    text = (
        f"{CENTRE} 2021-Q4 communes=14\n"
        f"{CENTRE} 2021 communes_with_reproductive_services={communes}"
        f" district_reproductive_services={district}"
    )
    assert assessed("reproductive-services", text).verdict is verdict


def test_suppliers_widen_the_denominator_of_the_pharmacies():
    text = (
        f"{CENTRE} 2021-H2 pharmacies=48 pharmacies_connected=48"
        " medicine_suppliers=2 medicine_suppliers_connected=1"
    )
    assert assessed("pharmacies-connected", text).measure.value == 100
    assert assessed("medicine-suppliers-connected", text).measure.value == 98


def test_one_outbreak_breaks_the_promise_of_the_year():
    text = "\n".join(
        f"{CENTRE} 2021-Q{q} community_outbreaks={int(q == 3)} large_epidemics=0"
        for q in (1, 2, 3, 4)
    )
    assert assessed("no-community-spread", text, "2021-Q2").verdict is Verdict.ON_TRACK
    assert assessed("no-community-spread", text, "2021-Q3").verdict is Verdict.NOT_MET
    assert assessed("no-large-epidemic", text, "2021-Q4").verdict is Verdict.ON_TRACK


def test_referrals_of_a_part_of_the_year_are_set_against_the_whole_of_2020():
    text = "\n".join(
        f"{HOSPITAL} {year}-Q{q} insured_visits=1000 insured_visits_referred_up={up}"
        for year, up in ((2020, 50), (2021, 49))
        for q in (1, 2, 3, 4)
    )
    found = assessed("insured-referrals-fall", text, "2021-Q2")
    assert (found.baseline.value, found.measure.value, found.verdict) == (
        5,
        Fraction("4.9"),
        Verdict.MET,
    )


def test_satisfaction_is_asked_at_the_hospital_and_at_the_centre():
    lines = [f"{u} 2020 patients_surveyed=100 patients_satisfied=80" for u in (CENTRE, HOSPITAL)]
    lines += [f"{HOSPITAL} 2021 patients_surveyed=100 patients_satisfied=95"]
    assert assessed("satisfaction-rises", "\n".join(lines)).verdict is Verdict.PARTIAL
    lines += [f"{CENTRE} 2021 patients_surveyed=100 patients_satisfied=63"]
    found = assessed("satisfaction-rises", "\n".join(lines))
    assert (found.measure.value, found.verdict) == (79, Verdict.BEHIND)


def test_from_2023_the_communes_are_judged_by_other_criteria():
    def kept(period):
        text = f"{CENTRE} {period} communes=14 communes_at_standard=14"
        return assessed("communes-at-standard", text, period).verdict

    assert kept("2022-Q4") is Verdict.MET
    assert kept("2023-Q1") is Verdict.DEFINITION_CHANGED
    change = deployment().catalogue.indicators["communes_at_standard"].breaks
    assert [b.day for b in change] == [date(2023, 3, 9)]
