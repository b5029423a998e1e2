"""The evidence of a verdict as JSON: the same keys with everything known and with nothing."""

import json
from typing import Any

import pytest

from etl.commands.evidence_row import evidence_row
from indicators.evidence import evidence
from tests.indicators.figures import assess_facts, facts
from tests.indicators.lucky import lucky_world

FULL = "\n".join(
    f"t{n} {year}-Q{quarter} insured={9 + n + year - 2017 + quarter % 2} population=100"
    f" immunised={quarter} children=90 visits=1"
    for n in (1, 2, 3)
    for year in range(2017, 2022)
    for quarter in (1, 2, 3, 4)
    if (year, quarter) != (2021, 4)
)
KEYS = {
    "gap_closed": "state percent low high",
    "so_far": "state percent low high",
    "interval": "low high method confidence",
    "pace": "required best never_achieved enough_history",
    "projection": "value low high method",
    "season": "shares expected_now projection",
    "last_year": "value change percent in_points",
    "mix": "rate_effect mix_effect change reversed units of",
    "control_chart": "state points until centre low high variation rule assurance trial_limits seasonal",
    "trend": "direction chi_squared points",
}
PLAIN = ["partial", "too_few", "shares", "rest", "rest_share", "funnel", "beyond_chance"]


def row(target_id: str, text: str) -> dict[str, Any]:
    """The evidence on a target, as read back from JSON."""
    asked = assess_facts(lucky_world(), facts(text), "2021-Q3")
    document = json.dumps(evidence_row(evidence(asked.assess(asked.plan.target(target_id)), asked)))
    found: dict[str, Any] = json.loads(document)
    return found


@pytest.mark.parametrize("text", [FULL, ""], ids=["full", "empty"])
@pytest.mark.parametrize(
    "target_id", ["thin", "immunisation", "beds", "survey", "communes", "keep"]
)
def test_the_keys_are_the_same_for_every_target(target_id: str, text: str) -> None:
    found = row(target_id, text)
    assert set(found) == {*KEYS, *PLAIN}
    for name, keys in KEYS.items():
        assert set(found[name]) == set(keys.split())


def test_what_is_known_is_written_as_numbers() -> None:
    found = row("thin", FULL)
    assert found["gap_closed"]["state"] == "measured"
    assert found["interval"]["method"] == "wilson"
    assert found["interval"]["low"] < 16 < found["interval"]["high"]
    assert found["pace"] == {
        "required": pytest.approx(-6), "best": pytest.approx(-1), "never_achieved": True, "enough_history": True,
    }  # fmt: skip
    assert found["projection"]["method"] == "pace_since_baseline"
    assert found["last_year"]["change"] == 1 and found["last_year"]["in_points"] is True
    assert found["mix"] == {
        "rate_effect": 1, "mix_effect": 0, "change": 1, "reversed": False, "units": 3, "of": 3,
    }  # fmt: skip
    assert [s["unit"] for s in found["shares"]] == ["d3", "d2", "d1"]
    assert sum(s["share"] for s in found["shares"]) == pytest.approx(1)
    assert found["rest"] == found["rest_share"] == 0
    assert {placed["place"] for placed in found["funnel"]} == {"within"}
    assert found["control_chart"]["state"] == "drawn" and found["control_chart"]["trial_limits"]
    assert found["control_chart"]["until"] == "2021-Q3"
    assert found["trend"]["direction"] == "no_change" and found["trend"]["points"] == 5


def test_what_is_not_known_is_null() -> None:
    found = row("thin", "")
    assert found["gap_closed"]["state"] == "no_value"
    assert found["shares"] == found["funnel"] == []
    for name in ("interval", "projection", "mix"):
        assert set(found[name].values()) == {None}
    assert found["pace"]["enough_history"] is False and found["pace"]["never_achieved"] is None
    assert found["control_chart"]["state"] == "too_few"
    assert found["trend"]["direction"] == "too_few"


def test_a_cumulative_target_has_its_season() -> None:
    found = row("immunisation", FULL)["season"]
    assert found["shares"] == [0.1, 0.2, 0.3, 0.4]
    assert found["expected_now"] == pytest.approx(57)
    assert found["projection"]["method"] == "seasonal_shares"
