"""What stands around a table: titles above it, the sheet's name and the file's, and what they say."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from etl.cells import is_blank
from etl.columns import is_like_figure
from etl.findings import Finding, Place
from etl.grid import Sheet, Value
from etl.match_headings import HeadingMatcher
from etl.match_units import Match, matcher_for
from etl.normalise import key
from etl.periods import find_period, take_period
from indicators.deployment import Deployment
from indicators.period import Period

TITLE_ROWS = 40
_BROKEN_DOWN = re.compile(r"\s+(?:phân theo|chia theo|theo|by)\s+", re.IGNORECASE)


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
    above = (_texts(row) for row in reversed(sheet.rows[max(0, heading - TITLE_ROWS) : heading]))
    stem = PurePath(file).name.rpartition(".")[0] or PurePath(file).name
    names = [(name,) for name in (sheet.name, stem) if name]
    return Titles(file, sheet.name, (*(row for row in above if row), *names))


def titles_between(sheet: Sheet, heading: int, file: str, first: int) -> Titles:
    """The texts right above a table that follows another one: up to the last row with figures."""
    above = []
    for row in reversed(sheet.rows[first:heading]):
        if any(is_like_figure(value) for value in row if not is_blank(value)):
            break
        above.append(_texts(row))
    return Titles(file, sheet.name, tuple(row for row in above if row))


def _texts(row: list[Value]) -> tuple[str, ...]:
    return tuple(value for value in row if isinstance(value, str) and value.strip())


def quantity_of(titles: Titles, headings: HeadingMatcher) -> str | None:
    """The quantity of the nearest title that names one, what it is broken down by left out."""
    for text in (text for row in titles.rows for text in row):
        bare = take_period(text)[1]
        for part in (text, bare, _BROKEN_DOWN.split(bare)[0]):
            found = headings.quantity(part)
            if found is not None:
                return found
    return None


def period_of(titles: Titles, headings: HeadingMatcher) -> Period | None:
    """The period of the nearest row that speaks of one; None where that row speaks of several."""
    for row in titles.rows:
        read = (headings.periods.get(key(text)) or find_period(text) for text in row)
        found = {period for period in read if period is not None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def unit_of(
    titles: Titles, deployment: Deployment, day: date, kinds: tuple[str, ...], chosen: str | None
) -> tuple[str | None, list[Finding]]:
    """The unit of the whole table: as chosen, else the one a title names; and what to say about it."""
    text, match = _named(titles, deployment, day, kinds or reporting_kinds(deployment))
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


def reporting_kinds(deployment: Deployment) -> tuple[str, ...]:
    """Every kind of unit that fills a form."""
    forms = deployment.catalogue.forms.values()
    return tuple(dict.fromkeys(kind for form in forms for kind in form.kinds))


def deployment_reports(
    unit: str, deployment: Deployment, day: date, kinds: tuple[str, ...]
) -> bool:
    """Whether the unit is of one of the kinds on that day."""
    return deployment.units.at(day).units[unit].kind in kinds
