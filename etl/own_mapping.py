"""What to save of a form so that it is understood the next time: its columns with one corrected."""

from etl.entries import ColumnRead, Recognition, Source, Untold
from etl.match_headings import Column
from etl.store.mappings import ColumnMeaning, Mapping, PeriodFrom


def mapping_with(
    table: Recognition, column: int, role: Column | None, quantity: str | None
) -> Mapping:
    """The columns that are understood by their heading, and ``column`` (from 1) as it is told.

    What the title or the sender said of a whole table is not saved: next time they say another.
    """
    told = {
        c.column: ColumnMeaning(c.column - 1, " / ".join(c.path), c.role, c.quantity)
        for c in table.columns
        if c.role and not c.is_total and _says_itself(c)
    }
    path = next((c.path for c in table.columns if c.column == column), ())
    told[column] = ColumnMeaning(column - 1, " / ".join(path), str(role or Column.VALUE), quantity)
    columns = tuple(told[number] for number in sorted(told))
    return Mapping(table.fingerprint, columns, _period_from(table))


def _says_itself(column: ColumnRead) -> bool:
    return column.quantity is None or ("quantity", Source.HEADING) in column.sources


def _period_from(table: Recognition) -> PeriodFrom:
    """Where the table has its period."""
    sources = {source for c in table.columns for part, source in c.sources if part == "period"}
    known = (
        (Source.ROW, PeriodFrom.COLUMN),
        (Source.HEADING, PeriodFrom.HEADING),
        (Source.SENDER, PeriodFrom.ASKED),
    )
    return next((place for source, place in known if source in sources), PeriodFrom.TITLE)


def mapping_told(
    untold: Untold, heading: int, meanings: dict[int, tuple[Column, str | None]]
) -> Mapping:
    """What a person said of a sheet: the line of its heading (0: it has none) and its columns.

    ``meanings`` has role and quantity by column (from 1); a column left out is not read, which is
    kept as said.
    """
    texts = dict(untold.rows).get(heading, ())
    width = max([len(row) for _, row in untold.rows], default=0)
    columns = []
    for number in range(1, width + 1):
        role, quantity = meanings.get(number, (Column.IGNORED, None))
        text = texts[number - 1] if number <= len(texts) else ""
        columns.append(ColumnMeaning(number - 1, text.strip(), str(role), quantity))
    in_rows = any(role is Column.PERIOD for role, _ in meanings.values())
    period_from = PeriodFrom.COLUMN if in_rows else PeriodFrom.ASKED
    return Mapping(untold.prints[heading], tuple(columns), period_from)
