"""Names by which data files refer to each other."""

import re
from collections.abc import Iterable

from indicators.schema import Collector

ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def must_exist(
    names: Iterable[str | None], known: Iterable[str], *, at: tuple[str, str], c: Collector
) -> None:
    """Note every name that is not known; one whose own entry is faulty was told of there."""
    present = {*known, *c.refused}
    if not present and c.errors:
        return  # the whole file could not be read
    for name in names:
        if name is not None and name not in present:
            c.add(at[0], at[1], f"«{name}» không có trong danh mục")
