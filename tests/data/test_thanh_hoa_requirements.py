"""Sections V and IV of the plan Thanh Hóa 2021: every requirement as written, and judged as meant."""

from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.judge import Verdict, meets
from tests.indicators.figures import assess_facts, fact

DATA = Path(__file__).resolve().parents[2] / "data"
PLAN = "thanh-hoa-2021"
HOSPITALS = ("provincial_hospital", "district_hospital")
DISTRICT_HOSPITALS = ("district_hospital",)
CENTRES = ("health_centre",)
COMMUNES = ("commune",)
UNITS = (*HOSPITALS, "health_centre", "provincial_centre")
NAMED = (
    "th-chi-cuc-dan-so",
    "th-chi-cuc-attp",
    "th-tt-kiem-nghiem",
    "th-tt-giam-dinh-y-khoa",
    "th-tt-phap-y",
)
WHOLE = ()

# Written out from the document by hand: id, section, comparator, value, who must meet it.
TARGETS = [
    ("immunisation-every-commune", "V.2.2", ">", 95, COMMUNES),
    ("health-records-every-district", "V.2.7", ">=", 30, ("district",)),
    ("referrals-fall", "V.1.1", "falls", None, HOSPITALS),
    ("length-of-stay", "V.1.2", "falls", None, HOSPITALS),
    ("chronic-to-stations", "V.1.3", ">=", 30, DISTRICT_HOSPITALS),
    ("doctor-sessions-at-stations", "V.1.3", ">=", 1, DISTRICT_HOSPITALS),
    ("quality-score", "V.1.5", "rises", 5, HOSPITALS),
    ("green-clean-hospitals", "V.1.6/2", ">=", 85, HOSPITALS),
    ("toilets-hospitals", "V.1.6/2", ">", 60, HOSPITALS),
    ("medicines-used", "V.1.7/1", ">=", 80, HOSPITALS),
    ("supplies-used", "V.1.7/2", ">=", 70, HOSPITALS),
    ("procedure-compliance", "V.1.8", ">", 80, HOSPITALS),
    ("safe-hospital-criteria", "V.1.8", "done", None, HOSPITALS),
    ("infection-supervisors", "V.1.10", ">=", 1, HOSPITALS),
    ("surgical-site-infections", "V.1.10", "no_rise", None, HOSPITALS),
    ("large-epidemics-each-centre", "V.2.1/1", "none", None, CENTRES),
    ("covid-no-secondary-spread", "V.2.1/1", "none", None, CENTRES),
    ("large-food-poisonings", "V.2.1/2", "none", None, CENTRES),
    ("vaccination-incidents", "V.2.2", "none", None, CENTRES),
    ("green-clean-centres", "V.2.4/2", ">=", 85, CENTRES),
    ("green-clean-stations", "V.2.4/2", ">=", 85, COMMUNES),
    ("toilets-centres", "V.2.4/2", ">", 60, CENTRES),
    ("toilets-stations", "V.2.4/2", ">", 60, COMMUNES),
    ("households-without-larvae", "V.2.5", "bare", 80, CENTRES),
    ("station-staff-on-practice", "V.2.6", "bare", 50, CENTRES),
    ("research-topics", "V.2.6", ">=", 3, CENTRES),
    ("stations-with-ncd-lists", "V.2.8", "bare", 100, CENTRES),
    ("communes-managing-ncd", "V.2.8", ">", 50, WHOLE),
    ("insured-polyclinics", "V.2.9", "bare", 100, WHOLE),
    ("reports-on-time", "V.2.9", "none", None, CENTRES),
    ("basic-techniques", "V.2.10", "bare", 70, COMMUNES),
    ("model-stations", "V.2.10", "bare", 20, WHOLE),
    ("own-requirements", "V.3", "done", 5, NAMED),
    ("new-commitments", "V.4", "bare", 10, UNITS),
    ("action-plans-in-time", "IV.2/1", "done", None, (*UNITS, "department_office")),
]
# The further measure that must pass as well: target → role, comparator, value.
ALSO = {
    "toilets-hospitals": ("residual", ">=", 3),
    "toilets-centres": ("residual", ">=", 3),
    "toilets-stations": ("residual", ">=", 3),
    "medicines-used": ("exception", ">=", 50),
    "supplies-used": ("exception", ">=", 50),
    "station-staff-on-practice": ("second", "bare", 50),
}
IN_THE_HEADLINE = {"communes-managing-ncd", "insured-polyclinics", "model-stations"}


@cache
def deployment():
    return load_deployment(DATA)


def plan():
    return deployment().plans[PLAN]


def requirements():
    return [t for t in plan().targets if t.section.startswith(("V.", "IV."))]


def test_every_requirement_is_as_written():
    found = [
        (t.id, t.section, str(t.comparator), t.value, t.each or t.sites) for t in requirements()
    ]
    assert found == TARGETS


def test_what_must_pass_as_well():
    found = {
        t.id: (str(part.role), str(part.comparator), part.value)
        for t in requirements()
        for part in t.also
    }
    assert found == ALSO


def test_who_only_must_not_let_the_stay_rise():
    found = {t.id: t.unless for t in requirements() if t.unless}
    assert list(found) == ["length-of-stay"]
    unless = found["length-of-stay"]
    assert (unless.indicator, str(unless.test), unless.value) == ("stay_at_class_minimum", ">=", 1)
    assert unless.comparator == "no_rise"


def test_only_figures_of_the_whole_province_are_in_the_headline():
    assert {t.id for t in requirements() if t.headline} == IN_THE_HEADLINE


def test_comparisons_are_with_2020():
    relative = {t.id for t in requirements() if t.is_relative}
    assert relative == {
        "referrals-fall",
        "length-of-stay",
        "quality-score",
        "surgical-site-infections",
    }
    assert {plan().target(i).baseline_period for i in relative} == {"2020"}


def test_what_is_due_in_january_and_the_slip_of_the_year_are_told():
    early = {t.id: t.deadline for t in requirements() if t.deadline}
    assert early == {"own-requirements": "2021-01", "action-plans-in-time": "2021-01"}
    target = plan().target("own-requirements")
    assert "15/01/2020" in target.as_written and "năm 2020: nhầm" in target.note


def test_the_disaster_and_epidemic_referrals_are_left_out():
    assert "thiên tai, dịch bệnh" in plan().target("referrals-fall").condition_vi
    assert "thiên tai, dịch bệnh" in deployment().catalogue.quantities["patients_referred_up"].note


def test_both_thresholds_of_the_share_of_communes_are_strict():
    indicator = deployment().catalogue.indicators["communes_managing_ncd"]
    condition = indicator.condition
    assert (indicator.counted, condition.comparator, condition.value) == ("commune", ">", 90)


def verdict(target, unit, facts, period="2021"):
    """The verdict on a target at a unit, long after every report was due."""
    found = assess_facts(deployment(), facts, period, scope=unit, plan=PLAN)
    return found.assess(plan().target(target)).verdict


def yearly(unit, **values):
    return [fact(unit, "2021", quantity, value) for quantity, value in values.items()]


def quarterly(unit, year, **values):
    """The same figure in each quarter of a year."""
    quarters = [f"{year}-Q{n}" for n in (1, 2, 3, 4)]
    return [fact(unit, quarter, q, v) for q, v in values.items() for quarter in quarters]


@pytest.mark.parametrize(
    ("days", "at_minimum", "expected"),
    [
        (690, 0, Verdict.MET),  # 6,9 days after 7
        (700, 0, Verdict.NOT_MET),  # 7 after 7 is no fall
        (700, 1, Verdict.MET),  # … but no rise either
        (710, 1, Verdict.NOT_MET),
    ],
)
def test_the_stay_falls_or_where_at_the_minimum_does_not_rise(days, at_minimum, expected):
    unit = "th-bvdk-ba-thuoc"
    facts = [
        *quarterly(unit, 2020, inpatients_discharged=100, inpatient_days=700),
        *quarterly(unit, 2021, inpatients_discharged=100, inpatient_days=days),
        *quarterly(unit, 2021, stay_at_class_minimum=at_minimum),
    ]
    assert verdict("length-of-stay", unit, facts) is expected


@pytest.mark.parametrize(
    ("usual", "exception", "expected"),
    [
        ("80", "50", Verdict.MET),
        ("79.9", "100", Verdict.NOT_MET),
        ("100", "49.9", Verdict.NOT_MET),
    ],
)
def test_every_lot_and_every_lot_of_the_exception_must_be_used(usual, exception, expected):
    unit = "th-bv-nhi"
    facts = yearly(unit, medicine_lot_lowest=usual, medicine_exception_lot_lowest=exception)
    assert verdict("medicines-used", unit, facts) is expected


@pytest.mark.parametrize(
    ("four_points", "lowest", "expected"),
    [
        (61, 3, Verdict.MET),
        (60, 3, Verdict.NOT_MET),  # 60 % is not more than 60 %
        (61, "2.9", Verdict.NOT_MET),
        (100, 4, Verdict.EXCEEDED),  # nothing is left over, and it is still decided
    ],
)
def test_the_remaining_toilets_count(four_points, lowest, expected):
    unit = "th-ttyt-ba-thuoc"
    facts = yearly(unit, toilets=100, toilets_four_points=four_points, toilet_lowest_score=lowest)
    assert verdict("toilets-centres", unit, facts) is expected


@pytest.mark.parametrize(("score", "expected"), [("3.15", Verdict.MET), ("3.14", Verdict.NOT_MET)])
def test_the_quality_score_rises_by_five_per_cent_of_itself(score, expected):
    unit = "th-bvdk-tinh"
    facts = [
        fact(unit, "2020", "hospital_quality_score_points", 3),
        fact(unit, "2021", "hospital_quality_score_points", score),
    ]
    assert verdict("quality-score", unit, facts) is expected


def test_one_week_without_a_doctor_at_one_station_is_seen():
    unit = "th-bvdk-ba-thuoc"
    facts = quarterly(unit, 2021, station_weeks=273, station_weeks_with_doctor=273)
    assert verdict("doctor-sessions-at-stations", unit, facts) is Verdict.MET
    short = [*facts[:-1], fact(unit, "2021-Q4", "station_weeks_with_doctor", 272)]
    assert verdict("doctor-sessions-at-stations", unit, short) is Verdict.NOT_MET


@pytest.mark.parametrize(("above", "passes"), [(8, True), (7, False)])
def test_more_than_half_of_the_communes_manage_more_than_nine_in_ten(above, passes):
    tree = deployment().units.at(plan().first_day)
    stations = [u.id for u in tree.within("th-nhu-thanh") if u.kind == "commune_station"]
    assert len(stations) == 14
    facts = [
        part
        for n, station in enumerate(stations)
        for part in yearly(station, ncd_patients=100, ncd_patients_managed=91 if n < above else 90)
    ]
    found = assess_facts(deployment(), facts, "2021", scope="th-nhu-thanh", plan=PLAN)
    target = plan().target("communes-managing-ncd")
    measured = found.measure(deployment().catalogue.indicators[target.indicator], found.period)
    assert (measured.numerator, measured.denominator) == (above, 14)
    assert meets(measured.value, target.comparator, target.value) is passes


def test_the_five_named_units_are_counted_and_no_other():
    facts = [fact(unit, "2021-Q1", "own_requirements_sent", 1) for unit in NAMED]
    assert verdict("own-requirements", "thanh-hoa", facts, "2021-Q1") is Verdict.MET
    facts[0] = fact(NAMED[0], "2021-Q1", "own_requirements_sent", 0)
    assert verdict("own-requirements", "thanh-hoa", facts, "2021-Q1") is Verdict.NOT_MET
    form = deployment().catalogue.forms["own_requirements_quarter"]
    assert set(form.within) == set(NAMED)


def test_one_incident_breaks_what_must_not_happen():
    unit = "th-ttyt-ba-thuoc"
    clean = quarterly(unit, 2021, vaccination_incidents=0)
    assert verdict("vaccination-incidents", unit, clean) is Verdict.MET
    broken = [fact(unit, "2021-Q1", "vaccination_incidents", 1), *clean[1:]]
    assert verdict("vaccination-incidents", unit, broken) is Verdict.NOT_MET
