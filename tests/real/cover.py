"""England's quarterly vaccination figures, read plainly: what the tests load and compare with."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tests.cli import DEPLOYMENTS
from tests.shared import shared

ENGLAND = DEPLOYMENTS / "england"
TARGET = 95
MISSING = "…"
# The name in the source, and ours.
VACCINES = {"12m_DTaPIPVHib3": "dtap_12m", "24m_MMR1": "mmr1_24m", "5y_MMR2": "mmr2_5y"}


@dataclass(frozen=True)
class Cover:
    """One area, quarter and vaccine; None where suppressed or not given."""

    quarter: str
    code: str
    unit: str
    vaccine: str
    vaccinated: int | None
    eligible: int | None

    @property
    def percent(self) -> Fraction | None:
        """Coverage of the area, exact; None when either side is missing."""
        if self.vaccinated is None or not self.eligible:
            return None
        return Fraction(self.vaccinated * 100, self.eligible)


@dataclass(frozen=True)
class Nation:
    """The national row as it ought to be: sums over areas with both sides, and what is missing."""

    vaccinated: int
    eligible: int
    expected: frozenset[str]
    missing: tuple[str, ...]
    absent: int | None  # children of the missing areas, by their latest figure; None if unknown

    @property
    def percent(self) -> Fraction:
        """The ratio of the sums."""
        return Fraction(self.vaccinated * 100, self.eligible)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The ratio if no child, or every child, of the missing areas is vaccinated."""
        if self.absent is None:
            return Fraction(0), Fraction(100)
        whole = self.eligible + self.absent
        return (
            Fraction(self.vaccinated * 100, whole),
            Fraction((self.vaccinated + self.absent) * 100, whole),
        )

    @property
    def verdicts(self) -> set[str]:
        """The verdicts that may be given before the deadline."""
        reached = {percent >= TARGET for percent in self.bounds}
        if len(reached) > 1:
            return {"partial"}
        return {"met", "exceeded"} if True in reached else {"behind", "at_risk"}


def quarter_of(period: str) -> str:
    """``2018_2019_Q1`` is a quarter of the year from April: April to June 2018, ``2018-Q2``."""
    year, number = int(period[:4]), int(period[-1])
    return f"{year}-Q{number + 1}" if number < 4 else f"{year + 1}-Q1"


def read_cover() -> list[Cover]:
    """Every row of the long file; an area is identified by the code it had in that quarter."""
    path = shared("data", "england-cover", "cover_long_2018Q2_2023Q1.csv")
    units = {row["code"]: row["unit"] for row in _csv(ENGLAND / "units" / "codes.csv")}
    return [
        Cover(
            quarter_of(row["period"]),
            row["unit_code"],
            units[row["unit_code"]],
            VACCINES[row["indicator"]],
            _whole(row["numerator_raw"]),
            _whole(row["denominator_raw"]),
        )
        for row in _csv(path)
    ]


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def write_long_files(rows: Iterable[Cover], folder: Path) -> list[Path]:
    """One file of our long layout a quarter; odd quarters name areas by code, even ones by id."""
    quarters: dict[str, list[Cover]] = {}
    for row in rows:
        quarters.setdefault(row.quarter, []).append(row)
    return [_write(quarters[q], folder / f"cover-{q}.csv") for q in sorted(quarters)]


def _write(rows: list[Cover], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "period", "quantity", "value"])
        for row in rows:
            unit = row.code if row.quarter[-1] in "13" else row.unit
            for name, value in (("vaccinated", row.vaccinated), ("eligible", row.eligible)):
                shown = MISSING if value is None else value
                writer.writerow([unit, row.quarter, f"{row.vaccine}_{name}", shown])
    return path


def expected_areas(rows: Iterable[Cover], quarter: str) -> frozenset[str]:
    """Areas that exist in the quarter: seen then or before, and seen then or after."""
    seen: dict[str, list[str]] = {}
    for row in rows:
        seen.setdefault(row.unit, []).append(row.quarter)
    return frozenset(u for u, quarters in seen.items() if min(quarters) <= quarter <= max(quarters))


def nation(rows: list[Cover], quarter: str, vaccine: str) -> Nation:
    """The national row, in plain loops."""
    expected = expected_areas(rows, quarter)
    found = [r for r in rows if r.quarter == quarter and r.vaccine == vaccine]
    complete = [r for r in found if r.vaccinated is not None and r.eligible is not None]
    missing = tuple(sorted(expected - {r.unit for r in complete}))
    known = [_latest_eligible(rows, unit, quarter, vaccine) for unit in missing]
    return Nation(
        sum(r.vaccinated or 0 for r in complete),
        sum(r.eligible or 0 for r in complete),
        expected,
        missing,
        None if None in known else sum(k or 0 for k in known),
    )


def _latest_eligible(rows: list[Cover], unit: str, quarter: str, vaccine: str) -> int | None:
    earlier = [
        (r.quarter, r.eligible)
        for r in rows
        if r.unit == unit and r.vaccine == vaccine and r.quarter <= quarter
        if r.eligible is not None
    ]
    return max(earlier)[1] if earlier else None
