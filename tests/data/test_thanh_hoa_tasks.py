"""Targets of the second section II of Thanh Hóa 2021, written out again from the document."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from indicators.deployment import load_deployment
from indicators.judge import rule_for
from indicators.plan_reading import test_of as comparison_of

DATA = Path(__file__).resolve().parents[2] / "data"
WHOLE = ()
# id: section without the words that set the second II apart, comparator, value, scope, deadline
TARGETS = {
    "covid-no-community-spread": ("II.1/5", "none", None, WHOLE, "2021"),
    "no-large-epidemic": ("II.4/1", "none", None, WHOLE, "2021"),
    "immunisation": ("II.4/2", "maintain", "95", WHOLE, "2021"),
    "hiv-prevalence": ("II.4/3", "<", "0.12", WHOLE, "2021"),
    "hiv-new-infections": ("II.4/3", "falls", None, WHOLE, "2021"),
    "stations-primary-care": ("II.4/4", "bare", "100", WHOLE, "2021"),
    "stations-diabetes-hypertension": ("II.4/4", "bare", "100", WHOLE, "2021"),
    "stations-family-doctor": ("II.4/8", "bare", "75", WHOLE, "2021"),
    "births-falling": ("II.4/9", "falls", None, WHOLE, "2021"),
    "geriatric-hospital-scheme": ("II.5/4", "done", None, WHOLE, "2024"),
    "regional-hospital-schemes": (
        "II.5/6",
        "bare",
        "3",
        ("Quan Hóa", "Thọ Xuân", "Hà Trung"),
        "2021",
    ),
    "hospitals-pacs": (
        "II.5/7",
        "done",
        None,
        ("provincial_hospital", "district_hospital"),
        "2021",
    ),
    "specimen-transport-sites": (
        "II.5/7",
        "done",
        "5",
        ("tỉnh", "Phụ sản", "Ung bướu", "Nhi", "Phổi"),
        "2021",
    ),
    "special-class": ("II.5/8", "done", None, ("tỉnh",), "2029"),
    "laboratory-cdc": ("II.5/9", "done", None, ("TTKSBT tỉnh",), "2021"),
    "premises-assessment-forensic": (
        "II.5/9",
        "done",
        "2",
        ("TT Giám định Y khoa", "TT Pháp y"),
        "2021",
    ),
    "premises-health-centres": (
        "II.6.a/1",
        "bare",
        "7",
        ("Nông Cống", "Hà Trung", "Hoằng Hóa", "Đông Sơn", "Triệu Sơn", "Yên Định", "Thiệu Hóa"),
        "2021",
    ),
    "equipment-health-centres": ("II.6.a/2", "bare", "27", "every health centre", "2021"),
    "wastewater-systems": (
        "II.6.a/3",
        "done",
        "10",
        (
            "Nhi",
            "Nội tiết",
            "Ngọc Lặc",
            "Nghi Sơn",
            "Quan Sơn",
            "Như Xuân",
            "Thiệu Hóa",
            "Quảng Xương",
            "Nông Cống",
            "Sầm Sơn",
        ),
        "2021",
    ),
    "central-doctors": ("II.6.b/2", "bare", "3", WHOLE, "2021"),
    "clinical-pharmacists-provincial": ("II.6.b/3", ">=", "1", ("provincial_hospital",), "2021"),
    "clinical-pharmacists-district": ("II.6.b/3", ">=", "1", ("district_hospital",), "2025"),
    "health-records": ("II.8 (điểm 7.1)", "bare", "30", WHOLE, "2021"),
    "health-identifiers": ("II.8 (điểm 7.1)", "bare", "30", WHOLE, "2021"),
    "staff-identified": ("II.8 (điểm 7.1)", "bare", "100", WHOLE, "2021"),
    "electronic-files": ("II.8 (điểm 7.3)", "bare", "100", WHOLE, "2021"),
    "electronic-payment": ("II.8 (điểm 7.4)/1", "bare", "30", WHOLE, "2021"),
    "remote-consultation": ("II.8 (điểm 7.4)/2", "bare", "30", WHOLE, "2021"),
    "online-booking": ("II.8 (điểm 7.4)/2", "bare", "30", WHOLE, "2021"),
    "health-network-staff": ("II.8 (điểm 7.4)/3", "bare", "100", WHOLE, "2021"),
    "station-software-full": ("II.8 (điểm 7.4)/4", "bare", "80", WHOLE, "2021"),
    "station-software-single": ("II.8 (điểm 7.4)/4", "none", None, WHOLE, "2021"),
    "pharmacies-linked": ("II.10/6", "done", "100", WHOLE, "2021"),
    "health-insurance-2025": ("II.11/3", ">", "95", WHOLE, "2025"),
    "traditional-medicine-departments": ("II.12/2", "bare", "100", WHOLE, "2021"),
    "traditional-medicine-rooms": ("II.12/2", "bare", "85", WHOLE, "2021"),
    "traditional-medicine-specialists": ("II.12/3", "bare", "100", WHOLE, "2021"),
}
# What the first screen counts: numbers for the whole province and the year of the plan.
HEADLINE = {
    "immunisation",
    "hiv-prevalence",
    "stations-primary-care",
    "stations-diabetes-hypertension",
    "stations-family-doctor",
    "health-records",
    "health-identifiers",
    "staff-identified",
    "electronic-files",
    "electronic-payment",
    "remote-consultation",
    "online-booking",
    "health-network-staff",
    "station-software-full",
    "traditional-medicine-departments",
    "traditional-medicine-rooms",
    "traditional-medicine-specialists",
}


@cache
def deployment():
    return load_deployment(DATA)


def plan():
    return deployment().plans["thanh-hoa-2021"]


def tree():
    return deployment().units.at(date(2021, 12, 31))


def in_second_part():
    """Targets of the second II: its sections carry a mark, as the document has two."""
    return [t for t in plan().targets if t.section.startswith("II.") and "(" in t.section]


def short(section):
    return section.replace(" (nhiệm vụ, giải pháp)", "")


def names(units):
    return [tree().units[unit].short_name for unit in units]


def test_every_target_is_in_the_table():
    assert {t.id for t in in_second_part()} == set(TARGETS)


@pytest.mark.parametrize("target_id", TARGETS)
def test_section_comparator_value_and_deadline(target_id):
    target = plan().target(target_id)
    section, comparator, value, _, deadline = TARGETS[target_id]
    found = None if target.value is None else str(target.value)
    assert (short(target.section), str(target.comparator), found) == (section, comparator, value)
    assert plan().deadline(target).code == deadline


@pytest.mark.parametrize("target_id", TARGETS)
def test_scope(target_id):
    target, wanted = plan().target(target_id), TARGETS[target_id][3]
    named = target.sites or ((target.unit,) if target.unit else ())
    if wanted == "every health centre":
        wanted = tuple(u.short_name for u in tree().units.values() if is_centre(u))
        assert len(wanted) == 27 and sorted(names(named)) == sorted(wanted)
    elif named:
        assert len(named) == len(wanted)
        for name, site in zip(names(named), wanted, strict=True):
            assert name.endswith(site)
    else:
        assert target.each == wanted


def is_centre(unit):
    return unit.kind == "health_centre" and unit.parent.startswith("th-")


def test_sites_are_of_the_kind_the_document_names():
    kinds = {t.id: {tree().units[s].kind for s in t.sites} for t in in_second_part() if t.sites}
    assert kinds == {
        "regional-hospital-schemes": {"district_hospital"},
        "specimen-transport-sites": {"provincial_hospital"},
        "premises-assessment-forensic": {"provincial_centre"},
        "premises-health-centres": {"health_centre"},
        "equipment-health-centres": {"health_centre"},
        "wastewater-systems": {"provincial_hospital", "district_hospital"},
    }


def test_what_counts_on_the_first_screen():
    assert {t.id for t in in_second_part() if t.headline} == HEADLINE


def test_a_count_of_sites_asks_for_all_of_them():
    for target in in_second_part():
        if target.sites:
            indicator = deployment().catalogue.indicators[target.indicator]
            test = comparison_of(target, indicator)
            rule = rule_for(target, test, baseline=None, margin_percent=5)
            assert (rule.value, str(rule.test)) == (len(target.sites), ">="), target.id


def test_every_asked_unit_has_a_form_for_it():
    """A named unit, and each unit of a kind, reports everything its target is computed from."""
    catalogue = deployment().catalogue
    for target in in_second_part():
        asked = target.sites or ((target.unit,) if target.unit else ())
        asked += tuple(u.id for u in tree().within("thanh-hoa") if u.kind in target.each)
        for quantity in catalogue.indicators[target.indicator].quantities:
            for unit in asked:
                kind = tree().units[unit].kind
                assert catalogue.form_of(kind, quantity, tree().path(unit)), (target.id, unit)


def test_forms_for_named_units_ask_nobody_else():
    forms = deployment().catalogue.forms
    for form_id, number in (("hospital_projects_year", 18), ("centre_projects_year", 3)):
        form = forms[form_id]
        asked = [
            u.id
            for u in deployment().units.at(date(2021, 12, 31)).units.values()
            if u.kind in form.kinds and form.covers(tree().path(u.id))
        ]
        assert sorted(asked) == sorted(form.within) and len(asked) == number


def test_tasks_that_a_target_measures_name_it():
    pairs = {t.id: t.target for t in plan().tasks if t.target in TARGETS}
    assert pairs == {
        "health-records-plan": "health-records",
        "geriatric-hospital": "geriatric-hospital-scheme",
        "regional-hospitals": "regional-hospital-schemes",
        "pacs": "hospitals-pacs",
        "specimen-transport": "specimen-transport-sites",
        "special-class-hospital": "special-class",
        "cdc-laboratory": "laboratory-cdc",
        "offices-assessment-forensic": "premises-assessment-forensic",
        "health-centre-offices": "premises-health-centres",
        "health-centre-equipment": "equipment-health-centres",
        "wastewater": "wastewater-systems",
        "young-doctors-2021": "central-doctors",
        "station-software": "station-software-single",
        "pharmacy-network": "pharmacies-linked",
    }
    for task in plan().tasks:
        if task.target in TARGETS:
            assert short(plan().target(task.target).section) == short(task.section), task.id


def test_named_sites_are_those_of_the_task():
    for task in plan().tasks:
        target = plan().target(task.target) if task.target in TARGETS else None
        if target and target.sites and target.id != "equipment-health-centres":
            assert set(target.sites) == set(task.units) - {"th-so-y-te"}, task.id


def test_works_of_the_plan_are_owed_from_its_first_year_rates_also_before():
    """The year before is what a rate starts from; a work has no value before the plan."""
    forms = deployment().catalogue.forms
    first = {
        f.id: f.asked_from
        for f in forms.values()
        if f.id.endswith(("_tasks_year", "_projects_year")) and not f.id.startswith("bg_")
    }
    assert len(first) == 4 and set(first.values()) == {plan().first_day}
    assert not any(f.asked_from for f in forms.values() if f.id.endswith("_tasks_quarter"))
