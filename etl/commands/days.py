"""The day a list is about: how it is written, and from which moment it is looked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from etl import context
from etl.commands.answer import YEARS, Misuse, moment_of

READERS: tuple[Callable[[str], date], ...] = (
    date.fromisoformat,
    lambda text: datetime.strptime(text, "%Y-%m-%d").date(),  # 2021-6-3 too
    lambda text: datetime.strptime(text, "%d/%m/%Y").date(),
)


def day_of(text: str) -> date:
    """A day as 2021-06-30 or 30/06/2021; Misuse for anything else."""
    for read in READERS:
        with suppress(ValueError):
            day = read(text)
            if context.is_told_of(day):
                return day
    raise Misuse(f"«{text}» không phải ngày dạng 2021-06-30 hoặc 30/06/2021, {YEARS}.")


def day_asked(arguments: dict[str, Any]) -> tuple[date, datetime | None]:
    """The day a list is about, and the moment up to which records count (None: now).

    ``as_known_on`` names a moment, ``on`` a day and with it its end; definitions are those of then.
    """
    on, moment = arguments.get("on"), moment_of(arguments.get("as_known_on"))
    if on is not None and moment is not None:
        raise Misuse("Chọn một trong --on, --as-known-on.")
    if on is not None:
        moment = moment_of(day_of(str(on)).isoformat())
    context.look_from(moment)
    return (context.today() if moment is None else context.local(moment).date()), moment
