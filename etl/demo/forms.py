"""The simulated content of each form: which unit reports which value for a period."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from etl.demo import story
from etl.demo.figures import (
    Counts,
    Figures,
    as_figures,
    centre_of,
    centres,
    communes_by_area,
    hospital_of,
    immunised,
    is_mountain,
    noise,
    percent,
    population,
    quarter_number,
    share_out,
    staff,
    station_of,
)
from indicators.period import Period
from indicators.units import UnitTree

CENT = Decimal("0.01")


def ttyt_quarter(period: Period, tree: UnitTree) -> Figures:
    """The 27 health centres."""
    quarter = quarter_number(period)
    counts = {area: len(found) for area, found in communes_by_area(tree).items()}
    doctors = staff(quarter)[1]
    by_area = centres(quarter, counts) | {
        "doctors": {area: doctors[centre_of(area)] for area in story.AREAS}
    }
    figures = {centre_of(area): values for area, values in as_figures(by_area).items()}
    for (code, unit, quantity), extra in story.DIFFERENCE.items():
        if code == period.code:
            figures[unit][quantity] += extra
    return figures


def hospital_quarter(period: Period, tree: UnitTree) -> Figures:
    """District and provincial hospitals."""
    del tree  # their number does not change in the story
    beds, doctors = staff(quarter_number(period))
    return as_figures({"beds": beds, "doctors": {unit: doctors[unit] for unit in beds}})


def station_quarter(period: Period, tree: UnitTree) -> Figures:
    """The stations of Như Thanh: every count of its health centre, shared out to the communes."""
    quarter, communes = quarter_number(period), communes_by_area(tree)
    sizes = {c: noise("commune", c, 0.35) for c in communes[story.NHU_THANH]}
    totals = {
        quantity: counts[story.NHU_THANH]
        for quantity, counts in centres(quarter, {a: len(c) for a, c in communes.items()}).items()
    }
    people = share_out(totals["population"], sizes)
    children = share_out(totals["children_under_1"], sizes)
    weighed = share_out(totals["children_weighed"], sizes)
    return _by_station(
        {
            "population": people,
            "insured": _part(totals["insured"], people, "insured", 0.03),
            "health_records": _part(totals["health_records"], people, "records", 0.1),
            "children_under_1": children,
            "children_fully_immunised": _immunised(quarter, children),
            "children_weighed": weighed,
            "children_underweight": _part(
                totals["children_underweight"], weighed, "underweight", 0.15
            ),
        }
    )


def _by_station(by_commune: dict[str, Counts]) -> Figures:
    return {station_of(commune): values for commune, values in as_figures(by_commune).items()}


def _part(total: int, whole: Counts, topic: str, spread: float) -> Counts:
    weights = {c: n * noise(topic, c, spread) for c, n in whole.items()}
    return share_out(total, weights, whole)


def _immunised(quarter: int, children: Counts) -> Counts:
    """In this quarter alone: the difference of two cumulative counts, so that the year fits."""
    first = quarter - quarter % 4
    flows = [immunised(q)[story.NHU_THANH] for q in range(first, quarter + 1)]
    weights = {c: n * (0.93 if c in story.LOW_COMMUNES else 1.0) for c, n in children.items()}
    done = share_out(sum(flows), weights, children)
    before = share_out(sum(flows[:-1]), weights, children)
    return {c: done[c] - before[c] for c in children}


def ttyt_half(period: Period, tree: UnitTree) -> Figures:
    """Pharmacies and how many of them are connected."""
    del tree
    quarter = quarter_number(period)
    shops = {
        a: round(n / 1_700 * noise("pharmacy", a, 0.2)) for a, n in population(quarter).items()
    }
    weights = {
        a: n * noise("connected", a, 0.1) * (0.9 if is_mountain(a) else 1.0)
        for a, n in shops.items()
    }
    rate = story.PHARMACIES_CONNECTED[quarter // 2]
    connected = share_out(percent(rate, sum(shops.values())), weights, shops)
    by_area = as_figures({"pharmacies": shops, "pharmacies_connected": connected})
    return {centre_of(area): values for area, values in by_area.items()}


def ttyt_year(period: Period, tree: UnitTree) -> Figures:
    """Births, infant deaths, growth and waste of the health centres."""
    year = period.year - story.YEARS[0]
    births = _births(population(quarter_number(period)), year)
    boys = _boys(births, story.SEX_RATIO[year])
    figures = as_figures(
        {
            "births_male": boys,
            "births_female": {a: births[a] - boys[a] for a in births},
            "infant_deaths": _deaths(births, year),
        }
    )
    for area, communes in communes_by_area(tree).items():
        growth = Decimal("0.62" if year else "0.66") * _decimal(noise("growth", area, 0.25))
        figures[area]["population_growth_rate"] = growth.quantize(CENT)
        figures[area] |= _waste(centre_of(area), 260.0 * len(communes), year)
    return {centre_of(area): values for area, values in figures.items()}


def _births(people: Counts, year: int) -> Counts:
    weights = {a: n * noise("births", a, 0.06) for a, n in people.items()}
    return share_out(story.BIRTHS[year], weights)


def _deaths(births: Counts, year: int) -> Counts:
    weights = {
        a: n * noise("deaths", a, 0.25) * (1.8 if is_mountain(a) else 1.0)
        for a, n in births.items()
    }
    return share_out(round(story.INFANT_MORTALITY[year] * story.BIRTHS[year] / 1000), weights)


def _boys(births: Counts, ratio: float) -> Counts:
    weights = {a: n * noise("boys", a, 0.02) for a, n in births.items()}
    return share_out(round(sum(births.values()) * ratio / (100 + ratio)), weights, births)


def nhu_thanh_centre_quarter(period: Period, tree: UnitTree) -> Figures:
    """Epidemics in Như Thanh: a few small outbreaks, none of them large."""
    del tree
    outbreaks = story.OUTBREAKS[quarter_number(period)]
    counts = {"large_epidemics": Decimal(0), "community_outbreaks": Decimal(outbreaks)}
    return {centre_of(story.NHU_THANH): counts}


def nhu_thanh_station_year(period: Period, tree: UnitTree) -> Figures:
    """Which of the four stations of Như Thanh are newly built by the end of the year."""
    del tree
    return {
        station_of(commune): {"station_newly_built": Decimal(period.year >= built)}
        for commune, built in story.STATIONS_TO_BUILD.items()
    }


def hospital_year(period: Period, tree: UnitTree) -> Figures:
    """Waste of the hospitals, by the number of their beds."""
    del tree
    beds = staff(quarter_number(period))[0]
    year = period.year - story.YEARS[0]
    return {unit: _waste(unit, 150.0 * count, year) for unit, count in beds.items()}


def _waste(unit: str, usual: float, year: int) -> dict[str, Decimal]:
    """Kilograms, one decimal; most units treat everything."""
    kilograms = _decimal(usual * noise(f"waste{year}", unit, 0.15)).quantize(Decimal("0.1"))
    treats_all = noise("treated", unit, 1.0) > 0.4 or unit == hospital_of(story.NHU_THANH)
    share = Decimal(1) if treats_all else Decimal("0.985")
    treated = (kilograms * share).quantize(Decimal("0.1"))
    return {"waste_generated": kilograms, "waste_treated": treated}


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")


CONTENT: dict[str, Callable[[Period, UnitTree], Figures]] = {
    "ttyt_quarter": ttyt_quarter,
    "hospital_quarter": hospital_quarter,
    "station_quarter": station_quarter,
    "ttyt_half": ttyt_half,
    "ttyt_year": ttyt_year,
    "hospital_year": hospital_year,
    "nhu_thanh_centre_quarter": nhu_thanh_centre_quarter,
    "nhu_thanh_station_year": nhu_thanh_station_year,
}
