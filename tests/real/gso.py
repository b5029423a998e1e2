"""Beds and population by province from the Statistics Office, read plainly from its exports."""

import csv
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tests.cli import DEPLOYMENTS
from tests.shared import shared

VIET_NAM = DEPLOYMENTS / "viet-nam"
BEDS = "Number of patient beds under provincial departments of health by province.csv"
POPULATION = "Average population by province.csv"
NOT_AVAILABLE = ".."
MISSING = "…"
COUNTRY = "WHOLE COUNTRY"
# Rows that are totals of the rows below them; the country is written with a space before it.
TOTALS = {
    COUNTRY,
    "Red River Delta",
    "Northern midlands and mountain areas",
    "Northern Central area and Central coastal area",
    "Central Highlands",
    "South East",
    "Mekong River Delta",
}
YEAR = re.compile(r"(?:(?P<before>\d{4}) Total|Total (?:Prel\. )?(?P<after>\d{4}))")

# Row label as written and year, to the figure; None where not available.
Table = Mapping[tuple[str, int], Decimal | None]


def read_table(file: str) -> Table:
    """The columns of totals of one export: a title, a blank line, headings, then rows."""
    with shared("data", "vn-gso", file).open(encoding="utf-8-sig", newline="") as stream:
        _, _, headings, *rows = csv.reader(stream, delimiter=";")
    years = {i: int(m[1] or m[2]) for i, h in enumerate(headings) if (m := YEAR.fullmatch(h))}
    return {(row[0], year): _figure(row[i]) for row in rows for i, year in years.items()}


def _figure(text: str) -> Decimal | None:
    return None if text == NOT_AVAILABLE else Decimal(text)


def one_space(label: str) -> str:
    """Both files write some names with two spaces, and not the same ones."""
    return " ".join(label.split())


def years_of_both(beds: Table, population: Table) -> list[int]:
    """The years that both exports have."""
    return sorted({year for _, year in beds} & {year for _, year in population})


def write_long_files(beds: Table, population: Table, folder: Path) -> list[Path]:
    """One file of our long layout a year, provinces spelled as each export spells them."""
    return [
        _write(year, beds, population, folder / f"gso-{year}.csv")
        for year in years_of_both(beds, population)
    ]


def _write(year: int, beds: Table, population: Table, path: Path) -> Path:
    absent = {one_space(label) for label, at in beds if at == year} - set(
        provinces_with_any(year, beds, population)
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "period", "quantity", "value"])
        for quantity, table, times in (("beds", beds, 1), ("population", population, 1000)):
            for (label, at), value in table.items():
                if at == year and one_space(label) not in TOTALS | absent:
                    shown = MISSING if value is None else f"{value * times:f}".removesuffix(".0")
                    writer.writerow([label, year, quantity, shown])
    return path


def provinces_with_any(year: int, beds: Table, population: Table) -> list[str]:
    """Provinces for which at least one export has a figure: those that existed that year."""
    found = {
        one_space(label)
        for table in (beds, population)
        for (label, at), value in table.items()
        if at == year and value is not None
    }
    return sorted(found - TOTALS)


def by_province(table: Table, year: int) -> dict[str, Decimal]:
    """Province to its figure of one year, where it has one."""
    return {
        one_space(label): value
        for (label, at), value in table.items()
        if at == year and value is not None and one_space(label) not in TOTALS
    }


def beds_per_10k(beds: Decimal, thousands: Decimal) -> Fraction:
    """Beds for 10,000 people, population given in thousands."""
    return Fraction(beds) * 10 / Fraction(thousands)


def unit_ids() -> dict[str, str]:
    """Spelling of the exports to our unit: an alias, or the name itself where it has no marks."""
    with (VIET_NAM / "units" / "names.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["short_name"]: row["unit"] for row in csv.DictReader(file) if _is_old(row)}
    with (VIET_NAM / "units" / "aliases.csv").open(encoding="utf-8", newline="") as file:
        return ids | {row["alias"]: row["unit"] for row in csv.DictReader(file)}


def _is_old(row: Mapping[str, str]) -> bool:
    return row["valid_from"] < "2025"
