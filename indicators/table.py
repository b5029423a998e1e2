"""A table to take away: what stands in it, as numbers and words, before it is any kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators.formats import Number


@dataclass(frozen=True)
class Figure:
    """A number in full, and with how many decimals it is shown."""

    value: Number
    decimals: int = 0


# None: the column does not apply to the row. What is not known is the text "…", never 0.
Cell = str | date | Figure | None


@dataclass(frozen=True)
class Column:
    """A column: its heading, its unit of measure where one holds for all rows, words or numbers."""

    name: str
    unit: str = ""
    is_number: bool = False

    @property
    def heading(self) -> str:
        """The name with its unit: "Giá trị (%)"."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Table:
    """Rows of cells under their columns; ``notes`` stand below. ValueError for a ragged row."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.title}: {len(row)} cells under {len(self.columns)} columns"
                )


@dataclass(frozen=True)
class Caption:
    """What every table and picture carries when it leaves: whose, of what, known when, from where."""

    lines: tuple[str, ...]
    simulated: str = ""  # the mark, where anything in it is simulated


def figure(value: Number | None, decimals: int = 0) -> Cell:
    """The number; "…" where it is not known."""
    return "…" if value is None else Figure(value, decimals)
