"""How the files of one deployment are written: what no catalogue can know (``reading.toml``)."""

from dataclasses import dataclass, field

from indicators.crosscheck_plans import is_period
from indicators.schema import Collector

FILE = "reading.toml"


@dataclass(frozen=True)
class HeadingWords:
    """Headings beside those of the catalogue, by the part their column plays.

    ``neutral`` words add nothing to the heading they stand over or under ("Nhân lực").
    """

    unit: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    first_day: tuple[str, ...] = ()
    last_day: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marks:
    """Cells that state an absence: nothing happened, or the figure is not known or not shown."""

    nil: tuple[str, ...] = ()
    not_available: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeriodWord:
    """A period as these files write it ("FY2018_19_Q1") and the period it is ("2018-Q2")."""

    written: str
    period: str


@dataclass(frozen=True)
class Wording:
    """The words of a deployment's files; without the file there are none."""

    headings: HeadingWords = field(default_factory=HeadingWords)
    marks: Marks = field(default_factory=Marks)
    periods: tuple[PeriodWord, ...] = ()
    totals: tuple[str, ...] = ()
    """Labels of rows that are the total of others."""
    rows_ignored: tuple[str, ...] = ()
    """Labels of rows that are no unit here, as an area that others report for."""
    sheets_ignored: tuple[str, ...] = ()
    """Sheets that hold no figures of this deployment, by name."""


def check_wording(wording: Wording, collector: Collector) -> None:
    """Periods must be periods, and a mark can mean one thing only."""
    for word in wording.periods:
        if not is_period(word.period):
            collector.add(FILE, f"periods.{word.written}", f"«{word.period}» không phải kỳ báo cáo")
    for mark in sorted(set(wording.marks.nil) & set(wording.marks.not_available)):
        collector.add(FILE, f"marks.{mark}", "một ký hiệu chỉ có một nghĩa")
