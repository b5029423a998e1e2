"""From heading rows to a layout: what each column means, and what the texts around the table add."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.cells import text_at
from etl.columns import unread_columns
from etl.entries import Hints, Source
from etl.find_heading import HeadingRows
from etl.findings import Finding, Place
from etl.grid import Sheet
from etl.label_columns import labels_beside, name_columns
from etl.layout import Layout, Meaning
from etl.match_headings import Column, HeadingMatcher
from etl.measures import Measures, measure_in_title
from etl.saved_columns import take_saved
from etl.titles import Titles, period_of, quantity_of, unit_of
from etl.units_across import take_units
from indicators.deployment import Deployment

PASSED_OVER = (Column.IGNORED, Column.NOTE)


@dataclass(frozen=True)
class Around:
    """What is known when a table is laid out: its sheet and file, the deployment, the sender."""

    sheet: Sheet
    file: str
    deployment: Deployment
    headings: HeadingMatcher
    hints: Hints

    @property
    def place(self) -> Place:
        """The sheet as a whole."""
        return Place(self.file, self.sheet.name)


def lay_out(
    rows: HeadingRows, stop: int, titles: Titles, around: Around, previous: Layout | None = None
) -> Layout:
    """The layout of the table below the heading rows; what it lacks is told by ``missing``.

    A table below another one of the same sheet takes from it what its own titles do not say.
    """
    layout = Layout(rows.first, rows.last + 1, dict(rows.columns), stop, rows.known_as)
    take_saved(layout, around.deployment.confirmed, _heading_row(layout, around))
    above = (text_at(row, c) for row in around.sheet.rows[: rows.first] for c in range(len(row)))
    layout.measure_above = measure_in_title(above)
    _assign(layout, around)
    found = period_of(titles, around.headings)
    hints = around.hints
    layout.period = hints.period or found or (previous.period if previous else None)
    day = layout.period.end if layout.period else hints.today
    name_columns(layout, around.sheet, around.headings, around.deployment, day)
    _take_quantity(layout, titles, around.headings)
    layout.kinds = _kinds(layout, around.deployment)
    take_units(layout, around.sheet, around.file, around.deployment, day)
    layout.findings.extend((*_told_otherwise(layout, around), *_unread(layout, around)))
    for column in labels_beside(layout, around.sheet, around.deployment, day):
        at = _at(layout, column, around)
        layout.findings.append(Finding("table-beside", at, layout.headings.get(column, "")))
    _note_sources(layout, hints, found is not None)
    if not layout.period_columns and not _own(layout, "period"):
        layout.findings.extend(titles.differences(found, hints.period))
    _take_unit(layout, titles, around, previous)
    return layout


def _heading_row(layout: Layout, around: Around) -> Place:
    return replace(around.place, row=_line(layout, around))


def _line(layout: Layout, around: Around) -> int | None:
    """The line of the lowest heading row; None where the sheet has no heading (line 0 is ours)."""
    return around.sheet.lines[layout.first_row - 1] or None


def _assign(layout: Layout, around: Around) -> None:
    """Give every column whose heading is known its meaning."""
    for column, heading in layout.columns.items():
        if not heading.is_known:
            continue
        if heading.role is not None:
            _assign_role(layout, heading.role, column, around)
        else:
            _assign_figures(layout, Meaning(heading.quantity, heading.period), column, around)


def _assign_role(layout: Layout, role: Column, column: int, around: Around) -> None:
    if role in PASSED_OVER:
        return
    if role in layout.roles:
        _say_twice(layout, column, layout.roles[role], around)
        return
    layout.roles[role] = column
    if role is Column.VALUE:
        layout.figure_columns[column] = Meaning()


def _assign_figures(layout: Layout, meaning: Meaning, column: int, around: Around) -> None:
    earlier = next((c for c, m in layout.figure_columns.items() if m == meaning), None)
    if earlier is not None:
        _say_twice(layout, column, earlier, around)
    layout.figure_columns[column] = meaning
    _compare_measure(layout, column, around)


def _say_twice(layout: Layout, column: int, earlier: int, around: Around) -> None:
    """Two columns that mean the same: which of them counts is not for us to choose."""
    text = layout.headings[column]
    at = _at(layout, column, around)
    other = replace(at, column=earlier + 1)
    facts = {"other": layout.headings[earlier], "other_cell": other.cell}
    layout.findings.append(Finding("column-twice", at, text, facts))


def _at(layout: Layout, column: int, around: Around) -> Place:
    """The lowest heading cell of a column."""
    line = _line(layout, around)
    return replace(around.place, row=line, column=column + 1, heading=layout.headings.get(column))


def _compare_measure(layout: Layout, column: int, around: Around) -> None:
    """Ask where the heading states another unit of measure than the catalogue: nghìn người."""
    heading = layout.columns[column]
    if heading.quantity is None or not heading.measure:
        return
    quantity = around.deployment.catalogue.quantities[heading.quantity]
    stated = heading.measure.removeprefix("ĐVT").strip(" :")
    measures = Measures.of_catalogue(around.deployment.catalogue)
    is_known = measures.factor_of_column(stated, quantity.unit_of_measure) is not None
    if is_known or around.headings.is_neutral(heading.measure):
        return  # what can be converted is said where the figures are read
    facts = {"quantity": quantity.name_vi, "measure": quantity.unit_of_measure}
    place = _at(layout, column, around)
    layout.findings.append(Finding("measure-differs", place, heading.measure, facts))


def _take_quantity(layout: Layout, titles: Titles, headings: HeadingMatcher) -> None:
    """The quantity of the whole table, where neither columns nor rows say one."""
    open_columns = any(m.quantity is None for m in layout.figure_columns.values())
    if layout.quantity_column is None and open_columns:
        layout.quantity = quantity_of(titles, headings)


def _kinds(layout: Layout, deployment: Deployment) -> tuple[str, ...]:
    """The kinds of unit that report every quantity of the headings."""
    quantities = [q for m in layout.figure_columns.values() if (q := m.quantity or layout.quantity)]
    if not quantities:
        return ()
    kinds = [set(deployment.catalogue.quantities[q].kinds) for q in quantities]
    return tuple(sorted(set.intersection(*kinds) or set.union(*kinds)))


def _unread(layout: Layout, around: Around) -> Iterator[Finding]:
    read = {*layout.roles.values(), *layout.figure_columns, *layout.total_columns}
    passed = {c for c, h in layout.columns.items() if h.role in PASSED_OVER}
    taken = {c for c in layout.columns if layout.columns[c].is_known} | read | passed
    place = _heading_row(layout, around)
    return unread_columns(around.sheet, layout, taken, around.headings, place)


def _told_otherwise(layout: Layout, around: Around) -> Iterator[Finding]:
    """Columns told by what stands in them, and columns that are totals of others."""
    roles = {column: role for role, column in layout.roles.items()}
    for column in sorted(layout.by_content):
        role = str(roles[column])
        yield Finding("column-by-content", _at(layout, column, around), role, {"role": role})
    for column in sorted(layout.total_columns):
        yield Finding("column-total", _at(layout, column, around), layout.headings[column])


def _note_sources(layout: Layout, hints: Hints, in_title: bool) -> None:
    """Where period and quantity of the whole table come from."""
    if layout.period is not None:
        from_sender = hints.period is not None and not in_title
        layout.sources["period"] = Source.SENDER if from_sender else Source.TITLE
    if layout.quantity is not None:
        layout.sources["quantity"] = Source.TITLE
    layout.asked_period, layout.asked_unit = hints.period, hints.unit


def _take_unit(layout: Layout, titles: Titles, around: Around, previous: Layout | None) -> None:
    """The unit of the whole table, where neither rows nor headings name units."""
    if layout.unit_column is not None or _own(layout, "unit"):
        return
    day = layout.period.end if layout.period else around.hints.today
    chosen = around.hints.unit
    unit, findings = unit_of(titles, around.deployment, day, layout.kinds, chosen)
    if unit is None and previous is not None and not titles.rows:
        unit = previous.unit  # the same table goes on below another heading
    layout.unit = unit
    layout.sources["unit"] = Source.SENDER if chosen else Source.TITLE
    layout.findings.extend(findings)


def _own(layout: Layout, part: str) -> bool:
    """Whether every column of figures says this part itself."""
    return all(getattr(meaning, part) for meaning in layout.figure_columns.values())


def missing(layout: Layout, around: Around) -> Finding | None:
    """What no row of the table can do without and nothing says."""
    if not layout.figure_columns:
        return Finding("heading-not-found", around.place)
    if not layout.period_columns and layout.period is None and not _own(layout, "period"):
        return Finding("period-missing", around.place)
    if layout.unit_column is None and layout.unit is None and not _own(layout, "unit"):
        return Finding("unit-missing", around.place)
    needs_quantity = any(m.quantity is None for m in layout.figure_columns.values())
    if needs_quantity and layout.quantity_column is None and layout.quantity is None:
        return Finding("quantity-missing", around.place)
    return None
