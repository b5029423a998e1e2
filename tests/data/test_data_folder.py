"""The shipped catalogue and plans: they load, and say what the documents say."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from etl.match_headings import HEADINGS
from etl.normalise import key
from indicators.deployment import load_deployment
from indicators.plan_reading import test_of as comparison_of
from indicators.plans import Comparator

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_OF = {
    "bac-giang-2023": "000",
    "bac-giang-2024": "001",
    "thanh-hoa-2021": "002",
    "quang-ninh-2019": "003",
    "nhu-thanh-2021-2025": "004",
}
OLD_TONE = re.compile(r"(o[àáảãạ]|o[èéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)")

BASIC_2021 = {
    "beds_per_10k": ("bare", "36.5", "giường/vạn dân"),
    "doctors_per_10k": ("bare", "11.5", "bác sĩ/vạn dân"),
    "communes_at_standard": ("bare", "96", "%"),
    "stations_with_doctor": ("bare", "91", "%"),
    "health_insurance_coverage": ("bare", "91", "%"),
    "sex_ratio_at_birth": ("bare", "113.5", "bé trai/100 bé gái"),
    "underweight_under_5": ("<=", "14.2", "%"),
}


@cache
def deployment():
    return load_deployment(DATA)


def plan(plan_id):
    return deployment().plans[plan_id]


def catalogue():
    return deployment().catalogue


def all_targets():
    return [(p.id, t) for p in deployment().plans.values() for t in p.targets]


def test_the_folder_loads_and_opens_on_thanh_hoa():
    settings = deployment().settings
    assert (settings.name_vi, settings.default_plan) == ("Sở Y tế Thanh Hóa", "thanh-hoa-2021")
    assert (settings.default_period, settings.exceeded_margin_percent) == ("2021-Q3", 5)
    assert not settings.simulated


def test_the_seven_basic_targets_are_as_written():
    found = {
        t.indicator: (str(t.comparator), str(t.value), t.unit_of_measure)
        for t in plan("thanh-hoa-2021").targets
        if t.section == "II.3"
    }
    assert found == BASIC_2021


def test_bare_values_are_read_by_polarity():
    for target in plan("thanh-hoa-2021").targets[:7]:
        lower = target.indicator in {"sex_ratio_at_birth", "underweight_under_5"}
        expected = Comparator.AT_MOST if lower else Comparator.AT_LEAST
        assert comparison_of(target, catalogue().indicators[target.indicator]) is expected


def test_immunisation_counts_once_in_the_headline():
    found = [t for t in plan("thanh-hoa-2021").targets if t.path == "cumulative"]
    assert [(str(t.comparator), t.read_as, t.value, t.each, t.headline) for t in found] == [
        ("maintain", ">", 95, (), True),
        (">", None, 95, ("commune",), False),
    ]


def test_health_records_for_the_province_and_for_every_district():
    found = [
        (t.section, str(t.comparator), t.value, t.each, t.headline)
        for t in plan("thanh-hoa-2021").targets
        if t.indicator == "electronic_health_record"
    ]
    assert found == [
        ("II.8 (điểm 7.1)", "bare", 30, (), True),
        ("V.2.7", ">=", 30, ("district",), False),
    ]


def test_bac_giang_cashless_needs_both_measures():
    target = plan("bac-giang-2023").target("cashless")
    assert target.indicators == ("cashless_count_share", "cashless_value_share")
    assert (target.comparator, target.value) == (Comparator.AT_LEAST, 50)


@pytest.mark.parametrize(
    ("plan_id", "unit", "period", "reports"),
    [
        ("thanh-hoa-2021", "thanh-hoa", "2021", 6),
        ("nhu-thanh-2021-2025", "th-nhu-thanh", "2021-2025", 2),
        ("bac-giang-2023", "bac-giang", "2023", 3),
    ],
)
def test_plans_say_where_when_and_who_reports(plan_id, unit, period, reports):
    found = plan(plan_id)
    assert (found.unit, found.period, len(found.reporting)) == (unit, period, reports)
    tree = deployment().units.at(date(found.first_year, 12, 31))
    assert {found.unit, *found.units} <= set(tree.units)


def test_reports_are_due_on_the_tenth():
    rule = next(r for r in plan("thanh-hoa-2021").reporting if r.section == "IV.3")
    assert "ngày 10" in rule.deadline
    for form in catalogue().forms.values():
        if form.frequency == "quarter" and form.within == ("thanh-hoa",):
            assert (form.due_months, form.due_day) == (1, 10) and "IV.3" in form.due_source


def test_no_heading_belongs_to_two_quantities():
    owners = defaultdict(set)
    for quantity in catalogue().quantities.values():
        for text in (quantity.id, quantity.name_vi, quantity.name_en, *quantity.headings):
            owners[key(text)].add(quantity.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


def test_no_heading_of_a_quantity_is_that_of_another_kind_of_column():
    roles = {key(text) for texts in HEADINGS.values() for text in texts}
    for quantity in catalogue().quantities.values():
        texts = (quantity.id, quantity.name_vi, *quantity.headings)
        assert not roles & {key(text) for text in texts}, quantity.id


def test_headings_of_one_quantity_are_not_repeated():
    for quantity in catalogue().quantities.values():
        keys = [key(heading) for heading in quantity.headings]
        assert len(keys) == len(set(keys)) >= 2, quantity.id


def test_every_indicator_is_used_by_a_plan():
    used = {i for _, t in all_targets() for i in t.indicators}
    conditions = {catalogue().indicators[i].condition for i in used} - {None}
    assert used | {c.indicator for c in conditions} == set(catalogue().indicators)


def test_every_quantity_and_field_is_used():
    indicators = catalogue().indicators.values()
    assert {q for i in indicators for q in i.quantities} == set(catalogue().quantities)
    assert {i.field for i in indicators} == set(catalogue().fields)


def test_targets_are_in_the_unit_of_their_indicator():
    for plan_id, target in all_targets():
        unit = catalogue().indicators[target.indicator].unit_of_measure
        wanted = "%" if target.is_relative and target.value is not None else unit
        assert target.unit_of_measure == wanted, (plan_id, target.id)


def test_every_kind_of_unit_is_described():
    assert {row.kind for row in deployment().units.names} == set(catalogue().kinds)
    areas = {kind.id for kind in catalogue().kinds.values() if kind.area}
    assert areas == {"province", "district", "commune"}


def numbers_in(target):
    """The numbers a target may take from its words: written out, counted by names, or "all"."""
    found = {n.replace(",", ".") for n in re.findall(r"\d+(?:,\d+)?", target.as_written)}
    found |= {str(len(target.sites))} if target.sites else set()
    found |= {"100"} if re.search("tất cả|đầy đủ", target.as_written) else set()
    return {Decimal(n) for n in found}


def test_the_value_stands_in_the_words_of_the_document():
    """Where a thing is to be done, the words may list names or say "complete" instead."""
    for plan_id, target in all_targets():
        if target.value is not None:
            done = {Decimal(100)} if target.comparator is Comparator.DONE else set()
            assert target.value in numbers_in(target) | done, (plan_id, target.id)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared is not here")
def test_the_words_are_those_of_the_document():
    for plan_id, target in all_targets():
        text = next(SEEDS.glob(f"{SEED_OF[plan_id]}_*.txt")).read_text(encoding="utf-8")
        plain = text.replace("$", "").replace("\\geq", "≥").replace("\\%", "%")
        assert squeezed(target.as_written) in squeezed(plain), (plan_id, target.id)


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_tones_are_placed_the_new_way():
    for path in [DATA / "deployment.toml", *DATA.glob("catalogue/**/*.*"), *DATA.glob("plans/*")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert line.startswith("as_written") or not OLD_TONE.search(line), (path.name, line)


def test_what_a_gap_is_counted_in_has_its_english_word() -> None:
    indicators = deployment().catalogue.indicators.values()
    assert [i.id for i in indicators if (i.gap_unit is None) != (i.gap_unit_en is None)] == []
