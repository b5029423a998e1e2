"""Simulated figures: province totals of the story shared out to units, exact to the last person."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from etl.demo import story
from indicators.period import Period, PeriodKind
from indicators.units import UnitTree

SEED = "van-dan-2021"
Counts = dict[str, int]
Figures = dict[str, dict[str, Decimal]]  # unit to quantity to value


def noise(topic: str, unit: str, spread: float) -> float:
    """A factor around 1 that always belongs to this unit and topic."""
    return 1 + spread * Random(f"{SEED}:{topic}:{unit}").uniform(-1, 1)


def share_out(
    total: int, weights: Mapping[str, float], caps: Mapping[str, int] | None = None
) -> Counts:
    """Whole numbers in proportion to the weights that add up to ``total``; none above its cap."""
    shares = dict.fromkeys(weights, 0)
    while left := total - sum(shares.values()):
        open_to = [u for u in sorted(weights) if caps is None or shares[u] < caps[u]]
        whole = sum(weights[u] for u in open_to)
        exact = {u: left * weights[u] / whole for u in open_to}
        added = {u: int(exact[u]) for u in open_to}
        rest = left - sum(added.values())
        for unit in sorted(open_to, key=lambda u: (added[u] - exact[u], u))[:rest]:
            added[unit] += 1
        for unit in open_to:
            most = added[unit] if caps is None else caps[unit] - shares[unit]
            shares[unit] += min(added[unit], most)
    return shares


def percent(rate: float, of: int) -> int:
    """``rate`` per cent of a count, to the nearest whole."""
    return round(rate * of / 100)


def is_mountain(area: str) -> bool:
    """Whether an area is one of the mountainous districts."""
    return story.AREAS[area][1]


def population(quarter: int) -> Counts:
    """People by area; the lowlands grow a little faster."""
    weights = {
        area: size * (1 + (0.0004 if mountain else 0.0006) * quarter)
        for area, (size, mountain) in story.AREAS.items()
    }
    return share_out(story.POPULATION[quarter], weights)


def cohort(year: int) -> Counts:
    """Children to be immunised in the year, by area."""
    people = population(4 * (year - story.YEARS[0]))
    weights = {a: n * noise("births", a, 0.06) for a, n in people.items()}
    return share_out(story.BIRTHS[year - story.YEARS[0]] - 300, weights)


def immunised(quarter: int) -> Counts:
    """Children fully immunised in this quarter alone, by area."""
    done = _immunised_so_far(quarter)
    before = _immunised_so_far(quarter - 1) if quarter % 4 else dict.fromkeys(done, 0)
    return {area: done[area] - before[area] for area in done}


def _immunised_so_far(quarter: int) -> Counts:
    children = cohort(story.YEARS[quarter // 4])
    weights = {
        a: n * noise("vaccine", a, 0.012) * (0.985 if is_mountain(a) else 1.0)
        for a, n in children.items()
    }
    weights[story.NHU_THANH] = children[story.NHU_THANH]  # good, but for three communes
    return share_out(percent(story.IMMUNISED[quarter], sum(children.values())), weights, children)


def centres(quarter: int, communes: Counts) -> dict[str, Counts]:
    """What the health centres report in a quarter, without doctors: quantity to area to count."""
    people = population(quarter)
    records = {a: story.FEW_RECORDS.get(a, 0.85 if is_mountain(a) else 1.0) for a in people}
    insured = {a: 1.03 if is_mountain(a) else 1.0 for a in people}
    return {
        "population": people,
        "insured": _share(story.INSURED[quarter], people, insured, "insured", 0.025),
        "health_records": _share(story.RECORDS[quarter], people, records, "records", 0.12),
        **_network(quarter, communes),
        **_children(quarter, people),
    }


def _network(quarter: int, communes: Counts) -> dict[str, Counts]:
    with_doctor, worst = story.WITH_DOCTOR[quarter], story.WITHOUT_DOCTOR
    return {
        "communes": communes,
        "communes_at_standard": _all_but(story.AT_STANDARD[quarter], communes, "standard", {}),
        "stations": communes,
        "stations_with_doctor": _all_but(with_doctor, communes, "doctor", worst),
        "stations_managing_ncd": _all_but(story.MANAGING_NCD[quarter], communes, "ncd", {}),
    }


def _children(quarter: int, people: Counts) -> dict[str, Counts]:
    weights = {a: n * noise("weighed", a, 0.05) for a, n in people.items()}
    weighed = share_out(round(story.WEIGHED * sum(people.values())), weights)
    thin = {a: 1.35 if is_mountain(a) else 1.0 for a in people}
    rate = story.UNDERWEIGHT[quarter]
    return {
        "children_under_1": cohort(story.YEARS[quarter // 4]),
        "children_fully_immunised": immunised(quarter),
        "children_weighed": weighed,
        "children_underweight": _share(rate, weighed, thin, "underweight", 0.08),
    }


def _share(
    rate: float, whole: Counts, level: Mapping[str, float], topic: str, spread: float
) -> Counts:
    """Part of a count, at a rate that differs by area and is exact for the province."""
    weights = {a: n * level[a] * noise(topic, a, spread) for a, n in whole.items()}
    return share_out(percent(rate, sum(whole.values())), weights, whole)


def _all_but(reached: int, whole: Counts, topic: str, worst: Mapping[str, float]) -> Counts:
    """How many of the whole are reached: those that are not are shared out, most to the worst."""
    weights = {
        a: n * noise(topic, a, 0.6) * worst.get(a, 2.0 if is_mountain(a) else 1.0)
        for a, n in whole.items()
    }
    # Như Thanh keeps all its communes at the standard and a doctor in nearly every station.
    weights[story.NHU_THANH] *= 0.05 if topic == "standard" else 0.5
    short = share_out(sum(whole.values()) - reached, weights, whole)
    return {area: whole[area] - short[area] for area in whole}


def staff(quarter: int) -> tuple[Counts, Counts]:
    """Beds and doctors by unit: provincial hospitals as given, the rest shared out by people."""
    people = population(quarter)
    total = sum(people.values())
    beds = {unit: pair[0] for unit, pair in story.PROVINCIAL.items()}
    doctors = {unit: pair[1] for unit, pair in story.PROVINCIAL.items()}
    beds |= share_out(
        round(story.BEDS[quarter] * total / 10_000) - sum(beds.values()),
        {hospital_of(a): n * noise("beds", a, 0.1) for a, n in people.items()},
    )
    doctors |= share_out(
        round(story.DOCTORS[quarter] * total / 10_000) - sum(doctors.values()),
        _doctor_weights(people, quarter),
    )
    return beds, doctors


def _doctor_weights(people: Counts, quarter: int) -> dict[str, float]:
    """Doctors leave the mountains little by little."""
    weights: dict[str, float] = {}
    for area, count in people.items():
        pull = 1 - 0.018 * quarter if is_mountain(area) else 1.0
        weights[hospital_of(area)] = count * 0.55 * pull * noise("hospital", area, 0.12)
        weights[centre_of(area)] = count * 0.45 * pull * noise("centre", area, 0.08)
    return weights


def centre_of(area: str) -> str:
    """Id of the health centre of an area."""
    return area.replace("th-", "th-ttyt-", 1)


def hospital_of(area: str) -> str:
    """Id of the district hospital of an area."""
    return area.replace("th-", "th-bvdk-", 1)


def station_of(commune: str) -> str:
    """Id of the health station of a commune."""
    return commune.replace("th-", "th-tyt-", 1)


def communes_by_area(tree: UnitTree) -> dict[str, list[str]]:
    """Communes of each area as the registry knows them on that day."""
    return {
        area: [c for c in tree.children[area] if tree.units[c].kind == "commune"]
        for area in sorted(story.AREAS)
    }


def quarter_number(period: Period) -> int:
    """0 for the first quarter of the story, 7 for the last."""
    length = {PeriodKind.QUARTER: 1, PeriodKind.HALF: 2, PeriodKind.YEAR: 4}[period.kind]
    return 4 * (period.year - story.YEARS[0]) + period.number * length - 1


def as_figures(by_quantity: Mapping[str, Counts]) -> Figures:
    """Turned round: unit to quantity to value."""
    found: Figures = {}
    for quantity, counts in by_quantity.items():
        for unit, count in counts.items():
            found.setdefault(unit, {})[quantity] = Decimal(count)
    return found
