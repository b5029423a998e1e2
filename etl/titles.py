"""What stands around a table: titles above it, the sheet's name and the file's, and what they say."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from etl.findings import Finding, Place
from etl.grid import Sheet
from etl.match_units import Match, matcher_for
from etl.periods import find_period
from indicators.deployment import Deployment
from indicators.period import Period

TITLE_ROWS = 40


@dataclass(frozen=True)
class Titles:
    """Texts around a table: rows above it, nearest first, then the names of sheet and file."""

    file: str
    sheet: str | None
    rows: tuple[tuple[str, ...], ...]

    def differences(self, found: Period | None, chosen: Period | None) -> list[Finding]:
        """A finding where the titles name another period than the sender chose."""
        if found is None or chosen is None or found == chosen:
            return []
        return [self.difference(found.code, chosen.code)]

    def difference(self, got: str, chosen: str) -> Finding:
        """The finding for a title that contradicts the sender, whose choice is used."""
        facts = {"chosen": chosen, "used": chosen}
        return Finding("choice-differs", Place(self.file, self.sheet), got, facts)


def titles_of(sheet: Sheet, heading: int, file: str) -> Titles:
    """The texts around the table whose heading is in this row (from 0)."""
    above = [
        tuple(value for value in row if isinstance(value, str) and value.strip())
        for row in reversed(sheet.rows[max(0, heading - TITLE_ROWS) : heading])
    ]
    stem = PurePath(file).name.rpartition(".")[0] or PurePath(file).name
    names = [(name,) for name in (sheet.name, stem) if name]
    return Titles(file, sheet.name, (*(row for row in above if row), *names))


def period_of(titles: Titles) -> Period | None:
    """The period of the nearest row that speaks of one; None where that row speaks of several."""
    for row in titles.rows:
        found = {period for text in row if (period := find_period(text)) is not None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def unit_of(
    titles: Titles, deployment: Deployment, day: date, kinds: tuple[str, ...], chosen: str | None
) -> tuple[str | None, list[Finding]]:
    """The unit of the whole table: as chosen, else the one a title names; and what to say about it."""
    reporting = kinds or tuple({k for f in deployment.catalogue.forms.values() for k in f.kinds})
    text, match = _named(titles, deployment, day, reporting)
    if chosen is not None:
        differs = match.unit is not None and match.unit != chosen
        names = deployment.units.latest_names
        return chosen, [titles.difference(text, names[chosen].name)] if differs else []
    if match.unit is None or not match.by_area:
        return match.unit, []
    got = f"{text} → {deployment.units.latest_names[match.unit].name}"
    place = Place(titles.file, titles.sheet)
    return match.unit, [Finding("unit-by-area", place, got, {"count": "1"})]


def _named(
    titles: Titles, deployment: Deployment, day: date, kinds: tuple[str, ...]
) -> tuple[str, Match]:
    """The nearest title that is a unit, also behind a label: "Đơn vị báo cáo: TTYT Như Thanh"."""
    matcher = matcher_for(deployment, day)
    for text in (text for row in titles.rows for text in row):
        for part in (text, text.partition(":")[2].strip()):
            match = matcher.match(part, kinds) if part else Match(None)
            if match.unit is not None and deployment_reports(match.unit, deployment, day, kinds):
                return part, match
    return "", Match(None)


def deployment_reports(
    unit: str, deployment: Deployment, day: date, kinds: tuple[str, ...]
) -> bool:
    """Whether the unit is of one of the kinds on that day."""
    return deployment.units.at(day).units[unit].kind in kinds
