"""The targets of Bắc Giang 2023, read a second time from the document, and how they are judged."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.judge import Verdict
from indicators.measure import Status
from tests.indicators.figures import assess_facts, facts

PLAN = "bac-giang-2023"
FACILITIES = ("provincial_hospital", "health_centre")


def centres(*names):
    return tuple(f"bg-ttyt-{name}" for name in names)


def hospitals(*names):
    return tuple(f"bg-bv-{name}" for name in names)


NEW_SITES = (
    *hospitals("tam-than"),
    *centres("luc-ngan", "lang-giang", "viet-yen", "hiep-hoa"),
    "bg-pkdk-giao-thong-van-tai",
)
KEPT_SITES = (
    *hospitals("phoi", "phuc-hoi-chuc-nang", "noi-tiet"),
    *centres("yen-the", "luc-nam", "yen-dung"),
)
# id: section, indicators, comparator, value, path, deadline, of whom (the province if nothing)
TARGETS = {
    "cashless": (
        "II.3.1", "cashless_count_share cashless_value_share", ">=", "50", "level", None, None,
    ),
    "lis-pacs": ("II.2.2", "facilities_lis_pacs", "bare", "80", "linear", None, None),
    "stations-with-doctor": (
        "II.1.1.a/1.3", "stations_with_doctor", "maintain", "100", "level", None, None,
    ),
    "water-parameters": ("II.2.1", "water_parameters_tested", "bare", "100", "linear", None, None),
    "key-tasks-on-time": ("I.2/1", "key_tasks_on_time", "bare", "100", "level", None, None),
    "no-uncontrolled-outbreak": (
        "II.1.1", "outbreaks_out_of_control", "none", None, "ceiling", None, None,
    ),
    "mental-health-training-done": (
        "II.1.1.a/2.4", "stations_trained_mental_health", "bare", "209", "deadline", "2023-03",
        None,
    ),
    "addiction-training-done": (
        "II.1.1.a/2.4", "addiction_status_training addiction_treatment_training", "done", None,
        "deadline", "2023-06", None,
    ),
    "ncd-training-done": (
        "II.1.1.a/2.4", "ncd_training", "done", None, "deadline", "2023-08", None,
    ),
    "bed-projects-in-use": (
        "II.1.1.a/3.2", "bed_projects_in_use", "done", "3", "deadline", "2023",
        centres("viet-yen", "luc-ngan", "yen-dung"),
    ),
    "bed-projects-continue": (
        "II.1.1.a/3.3", "bed_projects_under_way", "maintain", "2", "level", None,
        centres("yen-the", "luc-nam"),
    ),
    "bed-project-begun": (
        "II.1.1.a/3.4", "bed_projects_under_way", "done", None, "deadline", "2023",
        "bg-ttyt-son-dong",
    ),
    "medicines-enough": (
        "II.1.2", "medicine_stockouts supply_stockouts", "none", None, "ceiling", None, None,
    ),
    "water-sop": (
        "II.2.1/3", "water_parameters_with_sop", "bare", "7", "deadline", "2023-09", None,
    ),
    "water-trial": (
        "II.2.1/4", "water_parameters_trialled", "bare", "7", "deadline", "2023-09", None,
    ),
    "water-routine": (
        "II.2.1/5", "water_parameters_routine", "bare", "7", "deadline", "2023-10", None,
    ),
    "lis-pacs-new-sites": (
        "II.2.2/1", "lis_pacs_advanced", "done", "6", "deadline", "2023-11", NEW_SITES,
    ),
    "lis-pacs-kept-sites": (
        "II.2.2/2", "lis_pacs_advanced", "maintain", "6", "level", None, KEPT_SITES,
    ),
    "payment-means": (
        "II.3.1/1.1", "payment_qr payment_website payment_mobile_money payment_pos", "maintain",
        None, "level", None, FACILITIES,
    ),
    "dialysis-sites": (
        "II.3.2", "dialysis_running", "done", "2", "deadline", "2023",
        centres("yen-dung", "viet-yen"),
    ),
    "no-uncontrolled-outbreak-each": (
        "III.6/1", "outbreaks_out_of_control", "none", None, "ceiling", None, FACILITIES,
    ),
    "cashless-each": (
        "III.6/2", "cashless_count_share cashless_value_share", ">=", "50", "level", None,
        FACILITIES,
    ),
    "essential-medicines-each": (
        "III.6/3", "essential_medicine_stockouts", "none", None, "ceiling", None, FACILITIES,
    ),
}  # fmt: skip
HEADLINE = {"cashless", "lis-pacs", "stations-with-doctor", "water-parameters"}


@cache
def deployment():
    return load_deployment(Path(__file__).resolve().parents[2] / "data")


def plan():
    return deployment().plans[PLAN]


def assessed(target_id, text, period="2023", scope="bac-giang"):
    asking = assess_facts(deployment(), facts(text), period, scope=scope, plan=PLAN)
    return asking.assess(plan().target(target_id))


@cache
def unreported():
    """Every target before anybody has reported."""
    asking = assess_facts(deployment(), [], "2023", scope="bac-giang", plan=PLAN)
    return {a.target.id: a for a in asking.assess_all()}


def facilities():
    tree = deployment().units.at(date(2023, 12, 31))
    return [u for u in tree.within("bac-giang") if u.kind in FACILITIES]


def test_the_targets_are_as_written():
    found = {
        t.id: (
            t.section,
            " ".join(t.indicators),
            str(t.comparator),
            None if t.value is None else str(t.value),
            str(t.path),
            t.deadline,
            t.unit or t.sites or t.each or None,
        )
        for t in plan().targets
    }
    assert found == TARGETS
    assert {t.id for t in plan().targets if t.headline} == HEADLINE


def test_tasks_are_measured_by_their_own_target():
    found = {t.id: t.target for t in plan().tasks if t.target}
    assert found["mental-health-training"] == "mental-health-training-done"
    assert found["lis-pacs-new"] == "lis-pacs-new-sites"
    assert found["water-lab-launch"] == "water-routine"
    assert found["cashless-facilities"] == "cashless-each"
    assert found["beds-start"] == "bed-project-begun"


@pytest.mark.parametrize("target_id", TARGETS)
def test_somebody_reports_it(target_id):
    found = unreported()[target_id]
    assert found.measure.status is not Status.NOT_APPLICABLE
    absent = [u.scope for u in found.units if u.measure.status is Status.NOT_APPLICABLE]
    assert absent == []


def test_each_means_every_hospital_and_the_centre_of_the_city_too():
    found = unreported()["cashless-each"]
    assert {u.scope for u in found.units} == {u.id for u in facilities()}
    assert "bg-ttyt-tp-bac-giang" in {u.scope for u in found.units}


def test_each_facility_must_pass_by_count_and_by_value():
    def paid(value_of_one):
        return "\n".join(
            f"{u.id} 2023-12 transactions=100 cashless_transactions=60 transaction_value=1000"
            f" cashless_value={value_of_one if u.id == 'bg-bv-phoi' else 600}"
            for u in facilities()
        )

    good, bad = (
        assessed("cashless-each", paid(500), "2023-12"),
        assessed("cashless-each", paid(499), "2023-12"),
    )
    assert good.verdict is Verdict.MET
    assert (bad.verdict, [u.scope for u in bad.failing]) == (Verdict.NOT_MET, ["bg-bv-phoi"])
    # Over the whole province the same figures pass: that is another target.
    assert assessed("cashless", paid(499), "2023-12").verdict is Verdict.EXCEEDED


@pytest.mark.parametrize(
    ("trained", "period", "verdict"),
    [
        (209, "2023-Q1", Verdict.MET),
        (208, "2023-Q1", Verdict.NOT_MET),
    ],
)
def test_209_stations_are_trained_by_march(trained, period, verdict):
    ten = [u.id for u in facilities() if u.kind == "health_centre"]
    counts = dict.fromkeys(ten, 20) | {ten[0]: trained - 20 * (len(ten) - 1)}
    text = "\n".join(f"{u} {period} stations_trained_mental_health={n}" for u, n in counts.items())
    assert assessed("mental-health-training-done", text, period).verdict is verdict


@pytest.mark.parametrize(
    ("both", "period", "verdict"),
    [
        ((0, 0), "2023-05", Verdict.NOT_DUE),
        ((1, 1), "2023-05", Verdict.MET),
        ((1, 0), "2023-06", Verdict.NOT_MET),
        ((1, 1), "2023-06", Verdict.MET),
    ],
)
def test_both_courses_are_held_by_june(both, period, verdict):
    one, two = both
    text = f"bg-so-y-te {period} addiction_treatment_training={one} addiction_status_training={two}"
    assert assessed("addiction-training-done", text, period).verdict is verdict


def test_seven_parameters_are_in_routine_by_the_end_of_october():
    def seen(period, count):
        text = f"bg-cdc {period} water_parameters_routine={count}"
        return assessed("water-routine", text, period).verdict

    assert seen("2023-09", 5) is Verdict.NOT_DUE
    assert seen("2023-10", 6) is Verdict.NOT_MET
    assert seen("2023-10", 7) is Verdict.MET


@pytest.mark.parametrize(
    ("target_id", "quantity", "period"),
    [
        ("lis-pacs-new-sites", "lis_pacs_advanced", "2023-11"),
        ("lis-pacs-kept-sites", "lis_pacs_advanced", "2023-12"),
        ("bed-projects-in-use", "bed_project_in_use", "2023"),
        ("bed-projects-continue", "bed_project_under_way", "2023"),
        ("dialysis-sites", "dialysis_running", "2023"),
    ],
)
def test_every_named_site_counts_and_no_other(target_id, quantity, period):
    sites = plan().target(target_id).sites
    others = {u.id for u in facilities()} - set(sites)

    def seen(have):
        reports = dict.fromkeys(others, 1) | {s: int(s in have) for s in sites}
        text = "\n".join(f"{unit} {period} {quantity}={n}" for unit, n in reports.items())
        found = assessed(target_id, text, period)
        return found.measure.value, found.verdict

    assert seen(sites) == (len(sites), Verdict.MET)
    assert seen(sites[1:]) == (len(sites) - 1, Verdict.NOT_MET)


def test_all_four_means_of_payment_at_each_facility():
    means = ("payment_qr", "payment_website", "payment_mobile_money", "payment_pos")

    def ready(lacking=None):
        return "\n".join(
            f"{u.id} 2023-Q4 " + " ".join(f"{m}={int((u.id, m) != lacking)}" for m in means)
            for u in facilities()
        )

    assert assessed("payment-means", ready(), "2023-Q4").verdict is Verdict.MET
    found = assessed("payment-means", ready(("bg-bv-noi-tiet", "payment_pos")), "2023-Q4")
    assert [u.scope for u in found.failing] == ["bg-bv-noi-tiet"]


@pytest.mark.parametrize(
    ("target_id", "quantity"),
    [
        ("no-uncontrolled-outbreak", "outbreaks_out_of_control"),
        ("no-uncontrolled-outbreak-each", "outbreaks_out_of_control"),
        ("medicines-enough", "supply_stockouts"),
        ("essential-medicines-each", "essential_medicine_stockouts"),
    ],
)
def test_what_must_not_happen_anywhere(target_id, quantity):
    names = {i: deployment().catalogue.indicators[i] for i in plan().target(target_id).indicators}
    asked = {q for i in names.values() for q in i.quantities}

    def seen(events):
        return assessed(
            target_id,
            "\n".join(
                f"{u.id} 2023-Q1 {q}={events if (u.id, q) == ('bg-bv-phoi', quantity) else 0}"
                for u in facilities()
                for q in asked
            ),
            "2023-Q1",
        ).verdict

    assert seen(0) is Verdict.ON_TRACK
    assert seen(1) is Verdict.NOT_MET


def test_key_tasks_are_all_done_on_time():
    def seen(done):
        text = f"bg-so-y-te 2023-H1 key_tasks_due=20 key_tasks_done_on_time={done}"
        return assessed("key-tasks-on-time", text, "2023-H1")

    assert seen(20).verdict is Verdict.MET
    assert (seen(19).measure.value, seen(19).verdict) == (95, Verdict.BEHIND)


def test_stations_with_a_doctor_are_reported_in_bac_giang():
    text = "\n".join(
        f"{u.id} 2023-Q2 stations=20 stations_with_doctor=20"
        for u in facilities()
        if u.kind == "health_centre"
    )
    assert assessed("stations-with-doctor", text, "2023-Q2").verdict is Verdict.MET
