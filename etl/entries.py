"""What recognition gives: one entry per figure, with unit, period, quantity and source cell."""

from dataclasses import dataclass, field
from datetime import date

from etl.findings import Finding
from etl.numbers import Figure
from indicators.period import Period


@dataclass(frozen=True)
class Hints:
    """What is known about the file besides the file itself."""

    today: date
    period: Period | None = None
    unit: str | None = None


@dataclass
class Entries:
    """Figures column by column (lists of equal length: a file may have 200 000 of them)."""

    unit: list[str] = field(default_factory=list)
    period: list[str] = field(default_factory=list)
    quantity: list[str] = field(default_factory=list)
    figure: list[Figure] = field(default_factory=list)
    sheet: list[str | None] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.unit)

    def extend(self, other: "Entries") -> None:
        """Take in the entries of another sheet."""
        for name in self.__dataclass_fields__:
            getattr(self, name).extend(getattr(other, name))


@dataclass
class Recognised:
    """The entries of a file with everything that was unclear on the way."""

    entries: Entries = field(default_factory=Entries)
    findings: list[Finding] = field(default_factory=list)
