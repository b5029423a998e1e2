"""What the rows of a progress file have in common: days, texts, and cells that cannot be used."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial

from etl.followup.sheet import TEXTS, Row
from etl.grid import Value
from etl.tasks import LONGEST

FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class Wrong(Exception):
    """A cell that cannot be used: ``code`` of the finding, what was there, which part of the row."""

    def __init__(self, code: str, got: str = "", part: str = "") -> None:
        super().__init__(code)
        self.code, self.got, self.part = code, got, part


class Unusable(Exception):
    """A row that cannot be used, with everything that is wrong in it."""

    def __init__(self, wrongs: Sequence[Wrong]) -> None:
        super().__init__(*(wrong.code for wrong in wrongs))
        self.wrongs = wrongs


def check_all(*checks: Callable[[], object]) -> None:
    """Run every check: a person is told of all wrong cells at once. Raises Unusable."""
    found: list[Wrong] = []
    for check in checks:
        try:
            check()
        except Wrong as wrong:
            found.append(wrong)
    if found:
        raise Unusable(found)


def day_of(found: Value, part: str) -> date | None:
    """The day of a cell: a date, or a text such as 30/06/2021. Raises Wrong."""
    if isinstance(found, datetime):
        return found.date()
    if found is None or isinstance(found, date):
        return found
    for form in FORMS:
        with suppress(ValueError):
            return datetime.strptime(str(found).strip(), form).date()
    raise Wrong("progress-day-unreadable", str(found), part)


def lengths(row: Row) -> list[Callable[[], None]]:
    """The checks that no text is longer than is kept."""

    def check(part: str) -> None:
        text: str = getattr(row, part)
        if len(text) > LONGEST:
            raise Wrong("progress-too-long", f"{text[:40]}…", part)

    return [partial(check, part) for part in TEXTS]
