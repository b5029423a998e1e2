"""Units as headings: one row a quantity, one column a unit, and columns that are their totals."""

from datetime import date

from etl.findings import Finding, Place
from etl.grid import Sheet
from etl.headings import Heading
from etl.layout import Layout, Meaning
from etl.marks import without_mark
from etl.match_units import Match, UnitMatcher, matcher_for
from etl.titles import reporting_kinds
from etl.totals import is_total
from indicators.deployment import Deployment

WITHIN = 2  # units of an area in the table make a column of that area its total


def take_units(layout: Layout, sheet: Sheet, file: str, deployment: Deployment, day: date) -> None:
    """Read the headings that no catalogue knows as units, where the rows do not name units."""
    if layout.unit_column is not None or not _has_quantity(layout):
        return
    matcher = matcher_for(deployment, day)
    asked = {c: h for c, h in layout.columns.items() if h.role is None and not h.quantity}
    kinds = layout.kinds or reporting_kinds(deployment)
    matches = {c: _match(h, matcher, kinds) for c, h in asked.items()}
    units = {c: m for c, m in matches.items() if m.unit}
    if not units:
        return
    for column, match in units.items():
        layout.figure_columns[column] = Meaning(None, asked[column].period, match.unit)
    _take_totals(layout, asked, matches, matcher)
    place = Place(file, sheet.name, sheet.lines[layout.first_row - 1])
    areas = [layout.headings[c] for c, m in units.items() if m.by_area]
    if areas:
        facts = {"count": str(len(areas))}
        layout.findings.append(Finding("unit-by-area", place, "; ".join(areas[:5]), facts))


def _has_quantity(layout: Layout) -> bool:
    return layout.quantity_column is not None or layout.quantity is not None


def _match(heading: Heading, matcher: UnitMatcher, kinds: tuple[str, ...]) -> Match:
    """The one unknown part of the heading as a unit."""
    if len(heading.unknown) != 1:
        return Match(None)
    text = heading.unknown[0]
    match = matcher.match(text, kinds)
    return match if match.unit or match.areas else matcher.match(without_mark(text), kinds)


def _take_totals(
    layout: Layout, asked: dict[int, Heading], matches: dict[int, Match], matcher: UnitMatcher
) -> None:
    """Columns of an area that holds several of the units, or that are called a total."""
    units = [m.unit for m in layout.figure_columns.values() if m.unit]
    for column, heading in asked.items():
        areas = matches[column].areas
        holds = any(
            sum(area in matcher.tree.path(unit) for unit in units) >= WITHIN for area in areas
        )
        called = not heading.period and any(
            is_total(text, matcher.deployment.wording) for text in heading.path
        )
        if column not in layout.figure_columns and (holds or called):
            layout.total_columns[column] = Meaning(
                None, heading.period, areas[0] if areas else None
            )
