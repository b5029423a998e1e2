"""The table of 2020 targets of the Ministry of Health, in which actual/target misleads (peers 2.12)."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from indicators.assess import Assessment
from indicators.deployment import Deployment
from indicators.judge import GOOD, Verdict
from indicators.sentence import why
from tests.indicators.figures import assess_facts, facts
from tests.indicators.small import files, form, indicator, load, quantity, target

# name, polarity, unit, actual, comparator and target, what actual/target gives, what is true
TABLE = [
    ("infant", "lower", "‰", "13.9", "bare", "11", "126", False),
    ("under5", "lower", "‰", "22.3", "bare", "16", "139", False),
    ("maternal", "lower", "ca/100.000", "46", "bare", "52", "88", True),
    ("doctors", "higher", "bác sĩ/vạn dân", "9.81", "bare", "9", "109", True),
    ("beds_rate", "higher", "giường/vạn dân", "30.73", "bare", "25", "123", True),
    ("stations", "higher", "%", "87.7", "bare", "90", "97", False),
    ("bhyt", "higher", "%", "90.85", ">", "80", "114", True),
]


@cache
def ministry() -> Deployment:
    """A province whose office reports the seven figures of the table once a year."""
    contents, names = files(), [row[0] for row in TABLE]
    contents["catalogue/quantities.toml"] |= {
        f"{name}_figure": quantity(f"{name} figure", "stock", ["office"], whole_number=False)
        for name in names
    }
    contents["catalogue/forms.toml"]["table"] = form(
        ["office"], [f"{name}_figure" for name in names], "year"
    )
    contents["catalogue/indicators.toml"] |= {
        name: indicator(
            "reported",
            numerator=[f"{name}_figure"],
            polarity=polarity,
            unit_of_measure=unit,
            decimals=2,
        )
        for name, polarity, unit, *_ in TABLE
    }
    contents["plans/plan.toml"]["targets"] = [
        target(name, name, comparator, float(value))
        for name, _, _, _, comparator, value, *_ in TABLE
    ]
    with TemporaryDirectory() as folder:
        return load(Path(folder), contents)


def judged(name: str, actual: str) -> Assessment:
    """The target at the end of its year."""
    asked = assess_facts(ministry(), facts(f"o 2021 {name}_figure={actual}"), "2021")
    return asked.assess(asked.plan.target(name))


@pytest.mark.parametrize(
    ("name", "actual", "naive", "is_met"), [(r[0], r[3], r[6], r[7]) for r in TABLE]
)
def test_every_row_is_judged_by_its_direction_and_never_by_a_ratio(
    name: str, actual: str, naive: str, is_met: bool
) -> None:
    found = judged(name, actual)
    assert (found.verdict in GOOD) == is_met
    assert is_met or found.verdict is Verdict.NOT_MET
    for language in ("vi", "en"):
        assert naive not in why(found, ministry().catalogue, language)


@pytest.mark.parametrize(
    ("name", "actual", "value", "naive"), [(r[0], r[3], r[5], r[6]) for r in TABLE]
)
def test_the_naive_ratio_is_what_the_table_says(
    name: str, actual: str, value: str, naive: str
) -> None:
    """Why it is not used: it puts the worst three beside or above the best."""
    assert round(100 * float(actual) / float(value)) == int(naive)


def test_infant_mortality_is_missed_by_2_9_points() -> None:
    text = why(judged("infant", "13.9"), ministry().catalogue)
    assert text.startswith("Không đạt: 13,90‰ so với kế hoạch 11‰")
    assert "cao hơn 2,90" in text
