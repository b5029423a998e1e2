"""Notes of the table of results: estimates, figures that are missing, breaks; each text once."""

from datetime import date

from indicators.assess import Assessment
from indicators.breaks import SeriesBreak, between
from indicators.formats import format_number
from indicators.judge import Verdict
from indicators.period import Period, parse_period, period_inside
from indicators.report.material import Material
from indicators.report.times import day_text
from indicators.text import lower_first

NAMED = 3  # units named in one note


class Notes:
    """Collects the notes of a table and gives each row the numbers of its own."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.found: dict[str, int] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """ "[1] …", in the order of their numbers."""
        return tuple(f"[{at}] {note}" for note, at in self.found.items())

    def of(self, a: Assessment) -> str:
        """The numbers of the notes of one row: "[1], [3]"."""
        numbers = [self.found.setdefault(note, len(self.found) + 1) for note in self.notes(a)]
        return ", ".join(f"[{at}]" for at in sorted(numbers))

    def notes(self, a: Assessment) -> list[str]:
        """What must be said beside the figures of an assessment."""
        if a.units:
            return self.of_units(a)
        found = [partial(a, self.material), gaps(a), estimate(a), late(a)]
        found += [changed(b) for b in between(a.breaks, shown_from(a), a.period.end)]
        return [note for note in found if note]

    def of_units(self, a: Assessment) -> list[str]:
        """How many units of an "every unit" target are not known."""
        unknown = a.tally.unknown
        if not unknown or a.verdict is Verdict.NOT_DUE:
            return []
        return [f"{format_number(unknown)}/{format_number(len(a.units))} đơn vị chưa có số liệu."]


def shown_from(a: Assessment) -> date:
    """The end of the earliest period that stands beside the value in the table."""
    return Period(a.period.year - 1, a.period.kind, a.period.number).end


def changed(found: SeriesBreak) -> str:
    """From when on figures do not compare with those before, and why."""
    return (
        f"Từ ngày {day_text(found.day)}: {lower_first(found.reason_vi)}; số liệu trước và sau ngày "
        "này không so sánh trực tiếp được."
    )


def partial(a: Assessment, material: Material) -> str:
    """Which units are missing in the value; "" where none is, or where there is no value."""
    coverage = a.measure.coverage
    if coverage.is_complete or a.measure.value is None:
        return ""
    missing = [material.names.get(unit, unit) for unit in coverage.missing]
    more = len(missing) - NAMED
    named = ", ".join(missing[:NAMED]) + (f" và {more} đơn vị khác" if more > 0 else "")
    of = f"{format_number(len(coverage.reported))}/{format_number(len(coverage.expected))}"
    return f"Số liệu của {of} đơn vị, chưa có {named}."


def gaps(a: Assessment) -> str:
    """Which parts of the period have no figures."""
    if not a.measure.coverage.is_complete or a.measure.value is None:
        return ""  # units that are missing lack their periods, too
    if not a.measure.missing_periods:
        return ""
    codes = [period_inside(parse_period(code)) for code in a.measure.missing_periods]
    return f"Chưa đủ số liệu của {', '.join(codes)}."


def estimate(a: Assessment) -> str:
    """That the units themselves marked figures as estimates."""
    return "Có số ước thực hiện do đơn vị gửi." if a.measure.estimated else ""


def late(a: Assessment) -> str:
    """That a task of a day was done after it."""
    return "Hoàn thành sau thời hạn." if a.done_late else ""
