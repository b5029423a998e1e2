"""What the rows of a progress file have in common: days, and rows that cannot be used."""

from contextlib import suppress
from datetime import date, datetime

from etl.grid import Value

FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class Wrong(Exception):
    """A row that cannot be used; ``code`` of the finding that says so."""

    def __init__(self, code: str, got: str = "") -> None:
        super().__init__(code)
        self.code, self.got = code, got


def day_of(found: Value) -> date | None:
    """The day of a cell: a date, or a text such as 30/06/2021. Raises Wrong."""
    if isinstance(found, datetime):
        return found.date()
    if found is None or isinstance(found, date):
        return found
    for form in FORMS:
        with suppress(ValueError):
            return datetime.strptime(str(found).strip(), form).date()
    raise Wrong("progress-day-unreadable", str(found))
