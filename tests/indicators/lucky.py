"""The small deployment with indicators in which chance has a part, for a plan of several years."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from indicators.deployment import Deployment
from tests.indicators.small import files, indicator, load, percentage, target


def rate(top: str, bottom: str, **more: object) -> dict[str, object]:
    """Events per thousand; lower is better."""
    sides = {"numerator": [top], "denominator": [bottom], "factor": 1000}
    return indicator("ratio", **sides, polarity="lower", minimum=0, **more)


@cache
def lucky_world() -> Deployment:
    """Underweight (a part), boys to girls (odds) and deaths (a rate), in the figures of the centres."""
    contents = files()
    contents["catalogue/indicators.toml"] |= {
        "thin": percentage(
            "insured", "population", polarity="lower", chance="proportion", enough=30
        ),
        "boys": indicator(
            "ratio",
            numerator=["insured"],
            denominator=["population"],
            factor=100,
            polarity="lower",
            unit_of_measure="bé trai/100 bé gái",
            chance="odds",
            enough=200,
        ),
        "deaths": rate("immunised", "children", window="year_to_date", chance="rate"),
        "deaths_now": rate("immunised", "children", chance="rate"),
    }
    new = {"day": "2021-01-01", "reason_vi": "cách tính mới", "reason_en": "a new definition"}
    contents["catalogue/indicators.toml"]["redefined"] = percentage(
        "insured", "population", polarity="lower", chance="proportion", breaks=[new]
    )
    plan = contents["plans/plan.toml"]
    plan["targets"] += [
        target("thin", "thin", "<=", 10, path="linear"),
        target("boys", "boys", "<=", 113),
        target("deaths", "deaths", "<=", 8),
        target("deaths-now", "deaths_now", "<=", 8),
        target("exact", "insurance", "=", 91, path="linear"),
        target("budget", "visits_so_far", "<=", 5000, path="cumulative"),
        target("ceiling", "visits_so_far", "<=", 5000, path="ceiling"),
        target("redefined", "redefined", "<=", 10, path="linear"),
    ]
    with TemporaryDirectory() as folder:
        return load(Path(folder), contents)
