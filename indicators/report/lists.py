"""Lists of a report: their punctuation, how many entries they show, and room for the writer."""

from collections.abc import Iterable, Sequence

from indicators.report.blocks import Block, Items, Own

LISTED = 6  # entries of a list before it points to the annex


def listed(lines: Iterable[str]) -> Items:
    """A list whose entries end with ";", the last with "."."""
    found = [line.rstrip(".;") for line in lines]
    return Items(tuple(f"{line}{'.' if line is found[-1] else ';'}" for line in found))


def some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" và {more} đơn vị khác" if more > 0 else "")


def own_part(name: str, about: str) -> list[Block]:
    """Room for the writer."""
    return [Own(name, f"Nội dung bổ sung của đơn vị soạn thảo về {about} (nếu có).")]
