"""A deployment is refused with every fault of every file at once, by file and key."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indicators.deployment import load_deployment
from indicators.schema import DataErrors
from tests.indicators.small import faults, files, load, target, world

Change = Callable[[dict[str, Any]], Any]

KINDS, FIELDS, QUANTITIES = (f"catalogue/{name}.toml" for name in ("kinds", "fields", "quantities"))
FORMS, INDICATORS, PLAN = "catalogue/forms.toml", "catalogue/indicators.toml", "plans/plan.toml"
NAMES, CODES, PARENTS = (f"units/x/{name}.csv" for name in ("names", "codes", "parents"))
ALIASES, SETTINGS = "units/x/aliases.csv", "deployment.toml"
RULES, MEASURES = "catalogue/rules.toml", "catalogue/measures.toml"
REGIMES, WORKING_DAYS = "catalogue/regimes.toml", "catalogue/working_days.toml"


def put(file: str, *path: Any) -> Change:
    """Set the value at a path of a file (the last item); a list takes it at its end."""
    *keys, last, value = path

    def change(contents: dict[str, Any]) -> None:
        place = contents[file]
        for key in keys:
            place = place[key]
        place[last] = value

    return change


def drop(file: str, *path: Any) -> Change:
    """Leave out a key."""
    *keys, last = path

    def change(contents: dict[str, Any]) -> None:
        place = contents[file]
        for key in keys:
            place = place[key]
        del place[last]

    return change


def add(file: str, *lines: str) -> Change:
    """Rows at the end of a table of units, whose heading gets the two dates."""

    def change(contents: dict[str, Any]) -> None:
        head, *rows = contents[file]
        contents[file] = [f"{head},valid_from,valid_to", *(f"{row},," for row in rows), *lines]

    return change


def add_target(*args: Any, **more: Any) -> Change:
    """One more target "t" of the plan."""
    return lambda contents: contents[PLAN]["targets"].append(target("t", *args, **more))


def regime(**more: Any) -> Change:
    """A file of regimes with one, "r", from the 15th to the 14th."""
    whole = {"name_vi": "kỳ", "name_en": "r", "first_day": 15, "months_before": 1, "source": "thử"}
    return lambda contents: contents.update({REGIMES: {"r": {**whole, **more}}})


def swap(off: str, worked: str) -> Change:
    """A file of working days with one swap."""
    row = {"off": off, "worked": worked, "source": "thử"}
    return lambda contents: contents.update({WORKING_DAYS: {"swaps": [row]}})


def rule(**more: Any) -> Change:
    """A reporting rule "r" of the plan."""
    words = ("section", "reporter", "recipient", "frequency", "deadline")
    whole = {"id": "r", **dict.fromkeys(words, "không nêu"), **more}
    return lambda contents: contents[PLAN].update({"reporting": [whole]})


def sides(**more: Any) -> Change:
    """A file of rules with one, "r": a sound one unless told otherwise."""
    whole = {"kind": "at_most", "left": ["insured"], "right": ["children"], **more}
    return lambda contents: contents.update({RULES: {"r": whole}})


def measure(**more: Any) -> Change:
    """A file of units of measure with nghìn and "m"."""
    thousand = {"words": ["nghìn"], "factor": 1000}
    whole = {"words": ["ngàn"], "factor": 1000, **more}
    return lambda contents: contents.update({MEASURES: {"k": thousand, "m": whole}})


def found(tmp_path: Path, *changes: Change) -> list[tuple[str, str]]:
    """File and key of every fault after the changes."""
    contents = files()
    for change in changes:
        change(contents)
    return [(error.file, error.key) for error in faults(tmp_path, contents)]


def test_the_small_deployment_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, files()) == []


FAULTS: dict[str, tuple[Change, str, str]] = {
    "unknown key": (put(QUANTITIES, "beds", "colour", "red"), QUANTITIES, "beds.colour"),
    "own id": (put(QUANTITIES, "beds", "id", "other"), QUANTITIES, "beds.id"),
    "own id of a plan": (put(PLAN, "id", "other"), PLAN, "-.id"),
    "missing key": (drop(INDICATORS, "beds", "decimals"), INDICATORS, "beds.decimals"),
    "wrong type": (put(INDICATORS, "beds", "decimals", "1"), INDICATORS, "beds.decimals"),
    "placeholder": (put(INDICATORS, "beds", "definition_vi", "TODO"), INDICATORS, "beds.definition_vi"),
    "no unit of measure": (put(INDICATORS, "beds", "unit_of_measure", ""), INDICATORS, "beds.unit_of_measure"),
    "not a table": (put(FIELDS, "care", 5), FIELDS, "care"),
    "bad id": (put(FIELDS, "Cấp cứu", {"name_vi": "a", "name_en": "a", "order": 1}), FIELDS, "Cấp cứu"),
    "no field": (put(INDICATORS, "beds", "field", "none"), INDICATORS, "beds"),
    "no quantity": (put(INDICATORS, "beds", "numerator", ["none"]), INDICATORS, "beds"),
    "ratio without denominator": (drop(INDICATORS, "insurance", "denominator"), INDICATORS, "insurance"),
    "factor 0": (put(INDICATORS, "insurance", "factor", 0), INDICATORS, "insurance"),
    "band upside down": (put(INDICATORS, "beds", "plausible", [9, 1]), INDICATORS, "beds"),
    "chance of a count": (put(INDICATORS, "beds", "chance", "rate"), INDICATORS, "beds"),
    "too few of a count": (put(INDICATORS, "beds", "enough", 5), INDICATORS, "beds"),
    "too few below one": (put(INDICATORS, "insurance", "enough", 0), INDICATORS, "insurance"),
    "unknown chance": (put(INDICATORS, "insurance", "chance", "luck"), INDICATORS, "insurance.chance"),
    "sides of different kinds": (put(INDICATORS, "beds_per_10k", "matched_by", "unit"), INDICATORS, "beds_per_10k"),
    "condition on nothing": (put(INDICATORS, "good_communes", "condition", "indicator", "none"), INDICATORS, "good_communes"),
    "condition on itself": (put(INDICATORS, "good_communes", "condition", "indicator", "good_communes"), INDICATORS, "good_communes"),
    "condition without test": (put(INDICATORS, "good_communes", "condition", "comparator", "bare"), INDICATORS, "good_communes"),
    "counted nothing": (put(INDICATORS, "good_communes", "counted", "none"), INDICATORS, "good_communes"),
    "at_most nothing": (put(QUANTITIES, "beds", "at_most", "none"), QUANTITIES, "beds"),
    "at_most in another unit": (put(QUANTITIES, "population", "unit_of_measure", "hộ"), QUANTITIES, "insured"),
    "band of a quantity upside down": (put(QUANTITIES, "beds", "plausible", [9, 1]), QUANTITIES, "beds"),
    "rule about nothing": (sides(left=[]), RULES, "r"),
    "rule about the unknown": (sides(left=["none"]), RULES, "r"),
    "rule about one thing twice": (sides(left=["insured", "children"]), RULES, "r"),
    "rule between two measures": (lambda c: (sides(right=["visits"])(c), put(QUANTITIES, "visits", "unit_of_measure", "lượt")(c)), RULES, "r"),
    "rule that no unit can meet": (sides(right=["beds"]), RULES, "r"),
    "rate of three": (sides(kind="rate", right=["children", "population", "beds"]), RULES, "r"),
    "rate of nothing": (sides(kind="rate"), RULES, "r"),
    "rule of no kind": (sides(kind="more"), RULES, "r.kind"),
    "measure of factor 0": (measure(factor=0), MEASURES, "m"),
    "measure without a word": (measure(words=[]), MEASURES, "m"),
    "measure of a known word": (measure(words=["Nghìn "]), MEASURES, "m"),
    "two roles": (put(QUANTITIES, "population", "total_by", ["centre"]), QUANTITIES, "population"),
    "no form": (put(FORMS, "office_year", "quantities", ["population"]), QUANTITIES, "survey"),
    "shared heading": (put(QUANTITIES, "beds", "headings", ["Số  POPULATION"]), QUANTITIES, "beds"),
    "form of no kind": (put(FORMS, "hospital_quarter", "kinds", ["none"]), FORMS, "hospital_quarter"),
    "form of no quantity": (put(FORMS, "office_year", "quantities", []), FORMS, "office_year"),
    "form nowhere": (put(FORMS, "office_year", "within", ["none"]), FORMS, "office_year"),
    "form every nine months": (put(FORMS, "office_year", "frequency", "nine_months"), FORMS, "office_year"),
    "form due on no day": (put(FORMS, "office_year", "due_day", 0), FORMS, "office_year"),
    "form with half a deadline": (drop(FORMS, "office_year", "due_months"), FORMS, "office_year"),
    "form with two deadlines": (put(FORMS, "office_year", "due_working_days", 5), FORMS, "office_year"),
    "form without a deadline": (lambda c: (drop(FORMS, "office_year", "due_months")(c), drop(FORMS, "office_year", "due_day")(c)), FORMS, "office_year"),
    "form under no regime": (put(FORMS, "office_year", "regime", "none"), FORMS, "office_year"),
    "regime from the 31st": (regime(first_day=31), REGIMES, "r"),
    "regime of another year": (regime(months_before=13), REGIMES, "r"),
    "regime without a source": (lambda c: (regime()(c), drop(REGIMES, "r", "source")(c)), REGIMES, "r.source"),
    "swap of a Sunday": (swap("2026-01-04", "2026-01-10"), WORKING_DAYS, "swaps 2026-01-04"),
    "swap for a Monday": (swap("2026-01-02", "2026-01-12"), WORKING_DAYS, "swaps 2026-01-02"),
    "swap of no day": (swap("02/01/2026", "2026-01-10"), WORKING_DAYS, "-.swaps[0].off"),
    "rule of no period": (rule(periods=["week"], kinds=["centre"]), PLAN, "r"),
    "rule of nobody": (rule(periods=["quarter"]), PLAN, "r"),
    "rule never": (rule(kinds=["centre"]), PLAN, "r"),
    "rule due for no period": (rule(due_in_month=11, due_day=12), PLAN, "r"),
    "rule due in no month": (rule(periods=["year"], kinds=["centre"], due_in_month=13, due_day=12), PLAN, "r"),
    "rule due after no working day": (rule(periods=["year"], kinds=["centre"], due_working_days=0), PLAN, "r"),
    "rule of an unknown unit": (rule(periods=["year"], units=["none"]), PLAN, "r"),
    "rule of an unknown kind": (rule(periods=["year"], kinds=["none"]), PLAN, "r"),
    "form of a kind that does not report it": (put(FORMS, "office_year", "quantities", ["survey", "beds"]), FORMS, "office_year"),
    "two forms": (put(FORMS, "hospital_quarter", "kinds", ["hospital", "centre"]), FORMS, "visits"),
    "two frequencies": (put(FORMS, "office_quarter", "frequency", "year"), QUANTITIES, "population"),
    "no indicator": (add_target("none", ">=", 1), PLAN, "t"),
    "no further indicator": (add_target("insurance", ">=", 1, also=[{"indicator": "none"}]), PLAN, "t"),
    "duplicate id": (put(PLAN, "targets", 1, target("insurance", "beds", ">=", 1)), PLAN, "insurance"),
    "every none": (add_target("insurance", ">=", 1, each=["none"]), PLAN, "t"),
    "every unit that cannot report it": (add_target("beds", ">=", 1, each=["commune"]), PLAN, "t"),
    "every unit of a share": (add_target("good_communes", ">=", 1, each=["district"]), PLAN, "t"),
    "every unit and one": (add_target("insurance", ">=", 1, each=["district"], unit="t1"), PLAN, "t"),
    "areas and facilities": (add_target("insurance", ">=", 1, each=["district", "centre"]), PLAN, "t"),
    "rises since when": (add_target("insurance", "rises", 5), PLAN, "t"),
    "does not rise by so much": (add_target("insurance", "no_rise", 5, baseline_period="2020"), PLAN, "t"),
    "a way that falls": (add_target("insurance", ">=", 1, path="linear", profile=[1, 0, 0, 1]), PLAN, "t"),
    "a way for a level": (add_target("insurance", ">=", 1, profile=[0, 0, 0, 1]), PLAN, "t"),
    "no such site": (add_target("insurance", ">=", 1, sites=["none"]), PLAN, "t"),
    "no superior": (add_target("insurance", ">=", 1, superior={"unit": "none", "value": 1, "source": "x"}), PLAN, "t"),
    "no value": (add_target("insurance", ">=", None), PLAN, "t"),
    "maintain how": (add_target("insurance", "maintain", None), PLAN, "t"),
    "read as no test": (add_target("insurance", "bare", 1, read_as="bare"), PLAN, "t"),
    "no such deadline": (add_target("insurance", ">=", 1, deadline="2021-Q5"), PLAN, "t"),
    "no such start": (add_target("insurance", ">=", 1, baseline_period="20"), PLAN, "t"),
    "negative margin": (add_target("insurance", ">=", 1, exceeded_by=-1), PLAN, "t"),
    "cumulative stock": (add_target("insurance", ">=", 1, path="cumulative"), PLAN, "t"),
    "no unit of the plan": (put(PLAN, "unit", "none"), PLAN, "units"),
    "years upside down": (put(PLAN, "first_year", 2022), PLAN, "first_year"),
    "year of two digits": (put(PLAN, "first_year", 21), PLAN, "first_year"),
    "no default plan": (put(SETTINGS, "default_plan", "none"), SETTINGS, "default_plan"),
    "no default period": (put(SETTINGS, "default_period", "quý 3"), SETTINGS, "default_period"),
    "people that nobody counts": (put(SETTINGS, "people", "dan_so"), SETTINGS, "people"),
    "negative default margin": (put(SETTINGS, "exceeded_margin_percent", -5), SETTINGS, "exceeded_margin_percent"),
    "kind of unit": (add(NAMES, "z,none,Z,Z,thử,,"), "units/*/names.csv", "z"),
    "id of unit": (add(NAMES, "Z z,office,Z,Z,thử,,"), "units/*/names.csv", "Z z"),
    "overlapping names": (add(NAMES, "d1,district,Z,Z,thử,2021-01-01,"), "units/*/names.csv", "d1"),
    "name that ends before it starts": (add(NAMES, "z,office,Z,Z,thử,2021-01-01,2021-01-01"), "units/*/names.csv", "z"),
    "two parents at once": (add(PARENTS, "h1,administrative,d2,thử,2021-01-01,"), "units/*/parents.csv", "h1 (administrative)"),
    "no parent": (add(PARENTS, "p,administrative,none,thử,,"), "units/*/parents.csv", "p"),
    "parent of nobody": (add(PARENTS, "none,administrative,p,thử,,"), "units/*/parents.csv", "none"),
    "own parent": (add(PARENTS, "p,administrative,p,thử,,"), "units/*/parents.csv", "p (administrative)"),
    "professional circle": (add(PARENTS, "t1,professional,s1,thử,2021-01-01,"), "units/*/parents.csv", "s1 (professional)"),
    "code of nobody": (add(CODES, "none,gso,1,thử,,"), "units/*/codes.csv", "none"),
    "code of two": (add(CODES, "d2,gso,101,thử,2021-01-01,"), "units/*/codes.csv", "gso 101"),
    "two codes": (add(CODES, "d1,gso,102,thử,2021-01-01,"), "units/*/codes.csv", "d1 (gso)"),
    "alias of nobody": (put(ALIASES, 1, "none,Huyện Một,thử"), "units/*/aliases.csv", "none"),
    "column too many": (put(ALIASES, 1, "d1,Huyện Một,thử,x"), ALIASES, "dòng 2.cột thừa"),
    "cell too few": (put(ALIASES, 1, "d1,Huyện Một"), ALIASES, "dòng 2.source"),
    "no such day": (add(NAMES, "z,office,Z,Z,thử,01/01/2021,"), NAMES, "dòng 18.valid_from"),
    "unreadable plan": (lambda contents: contents.update({PLAN: "x = "}), PLAN, "-"),
    "faulty form": (put(FORMS, "hospital_quarter", "due_day", "x"), FORMS, "hospital_quarter.due_day"),
    "faulty quantity": (drop(QUANTITIES, "population", "behaviour"), QUANTITIES, "population.behaviour"),
    "faulty indicator": (put(INDICATORS, "insurance", "version", "x"), INDICATORS, "insurance.version"),
    "name of a plan": (lambda contents: contents.update({"plans/Plan.toml": contents[PLAN]}), "plans/Plan.toml", "-"),
    "empty settings": (lambda contents: contents.update({SETTINGS: ""}), SETTINGS, "-.name_vi"),
    "missing file": (lambda contents: contents.pop(FIELDS), FIELDS, "-"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "file", "key"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_file_and_key(
    tmp_path: Path, change: Change, file: str, key: str
) -> None:
    assert (file, key) in found(tmp_path, change)


QUIET = ("own id", "missing key", "wrong type", "placeholder", "no such day", "unreadable plan", "missing file",
         "duplicate id", "overlapping names", "no indicator", "cell too few", "faulty form", "faulty quantity", "faulty indicator", "name of a plan", "sides of different kinds")  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_a_fault_is_told_once_and_not_again_wherever_it_is_named(tmp_path: Path, name: str) -> None:
    change, file, key = FAULTS[name]
    assert found(tmp_path, change) == [(file, key)]


def test_every_fault_of_every_file_at_once(tmp_path: Path) -> None:
    names = [
        "unknown key", "factor 0", "form due on no day", "negative margin", "no default period",
        "two parents at once", "code of two", "overlapping names", "column too many",
    ]  # fmt: skip
    changes = [FAULTS[name][0] for name in names]
    expected = [FAULTS[name][1:] for name in names]
    assert set(expected) <= set(found(tmp_path, *changes))


def test_a_circle_of_parents_names_everybody_in_it(tmp_path: Path) -> None:
    circle = add(PARENTS, "p,administrative,c1,thử,2021-01-01,")
    keys = [key for _, key in found(tmp_path, circle)]
    assert keys == ["c1 (administrative)", "d1 (administrative)", "p (administrative)"]


def test_a_parent_must_be_there_as_long_as_its_children(tmp_path: Path) -> None:
    contents = files()
    add(NAMES)(contents)
    contents[NAMES] = [
        line + "2021-07-01" if line.startswith("c1,") else line for line in contents[NAMES]
    ]
    (error,) = faults(tmp_path, contents)
    assert error.key == "s1 (administrative)"
    assert "2021-07-01" in error.message


def test_names_codes_and_parents_may_follow_each_other(tmp_path: Path) -> None:
    contents = files()
    add(NAMES, "q,office,Q,Q,thử,,2021-01-01", "q,office,Q mới,Q,thử,2021-01-01,")(contents)
    add(PARENTS, "q,administrative,p,thử,,2021-01-01", "q,administrative,d1,thử,2021-01-01,")(
        contents
    )
    add(CODES, "q,gso,7,thử,,2021-01-01", "d2,gso,7,thử,2021-01-01,")(contents)
    units = load(tmp_path, contents).units
    assert units.at(date(2020, 12, 31)).units["q"].name == "Q"
    assert units.at(date(2021, 1, 1)).units["q"].parent == "d1"


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataErrors, match="không có thư mục"):
        load_deployment(tmp_path / "none")


def test_an_empty_folder_names_every_file_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(DataErrors) as raised:
        load_deployment(tmp_path)
    assert {e.file for e in raised.value.errors} >= {
        SETTINGS,
        KINDS,
        FIELDS,
        QUANTITIES,
        FORMS,
        INDICATORS,
    }


def test_the_first_day_is_that_of_the_first_dated_name(tmp_path: Path) -> None:
    assert world().first_day == date(2000, 1, 1)
    contents = files()
    add(NAMES, "q,office,Q,Q,thử,2015-05-05,")(contents)
    assert load(tmp_path, contents).first_day == date(2015, 5, 5)


def test_a_quantity_that_nobody_reports_is_a_fault(tmp_path: Path) -> None:
    contents = files()
    contents[QUANTITIES]["idle"] = {
        **contents[QUANTITIES]["beds"],
        "name_vi": "khác",
        "reported_by": [],
    }
    assert [(e.file, e.key) for e in faults(tmp_path, contents)] == [(QUANTITIES, "idle")]


def test_a_folder_has_calendar_periods_without_saying_so() -> None:
    catalogue = world().catalogue
    assert list(catalogue.regimes) == ["calendar"]
    assert {form.regime for form in catalogue.forms.values()} == {"calendar"}
    assert catalogue.working_days.swaps == ()


def test_a_folder_may_add_regimes_swaps_and_deadlines_in_working_days(tmp_path: Path) -> None:
    contents = files()
    regime()(contents)
    swap("2026-01-02", "2026-01-10")(contents)
    rule(periods=["Q1", "half"], kinds=["centre"], regime="r", due_working_days=5)(contents)
    loaded = load(tmp_path, contents)
    assert set(loaded.catalogue.regimes) == {"calendar", "r"}
    assert not loaded.catalogue.working_days.is_working(date(2026, 1, 2))
    (read,) = loaded.plans["plan"].reporting
    assert [str(p) for p in read.periods_in(2021, 2022)] == [
        "2021-Q1", "2021-H1", "2021-H2", "2022-Q1", "2022-H1", "2022-H2",
    ]  # fmt: skip
