"""Notes of the table of results: estimates, figures that are missing, breaks; each text once."""

from collections.abc import Mapping
from datetime import date

from indicators.assess import Assessment
from indicators.breaks import SeriesBreak, between
from indicators.formats import format_number
from indicators.judge import Verdict
from indicators.matching import Coverage
from indicators.measure import Measure
from indicators.period import Period, parse_period, period_inside
from indicators.report.material import Material
from indicators.report.spans import Spans, spans_of
from indicators.report.times import day_text
from indicators.text import lower_first

NAMED = 3  # units named in one note
ALONE, TO_DATE = "TH trong kỳ", "Lũy kế"
BY_PERIOD = "Chỉ tiêu đánh giá theo từng kỳ: so với KH, cùng kỳ và đánh giá theo số TH trong kỳ."


class Notes:
    """Collects the notes of a table and gives each row the numbers of its own."""

    def __init__(self, material: Material, *, with_spans: bool) -> None:
        self.material, self.with_spans = material, with_spans
        self.found: dict[str, int] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """ "[1] …", in the order of their numbers."""
        return tuple(f"[{at}] {note}" for note, at in self.found.items())

    def spans(self, a: Assessment) -> Spans:
        """The period alone and since January; only what is judged where no second column is."""
        return spans_of(a, self.material.assessor) if self.with_spans else Spans(None, a.measure)

    def of(self, a: Assessment, spans: Spans) -> str:
        """The numbers of the notes of one row: "[1], [3]"."""
        said = self.of_units(a) if a.units else self.notes(a, spans)
        numbers = [self.found.setdefault(note, len(self.found) + 1) for note in said]
        return ", ".join(f"[{at}]" for at in sorted(numbers))

    def notes(self, a: Assessment, spans: Spans) -> list[str]:
        """What must be said beside the figures of an assessment."""
        found = [*self.missing(a, spans), estimate(a, spans), late(a)]
        found.append(BY_PERIOD if spans.by_period else "")
        found += [changed(b) for b in between(a.breaks, shown_from(a), a.period.end)]
        return [note for note in found if note]

    def missing(self, a: Assessment, spans: Spans) -> list[str]:
        """What is missing in the value; where the two columns lack different things, in which."""
        names = self.material.names
        judged = missing_of(a.measure, names)
        other = judged if spans.other is None else missing_of(spans.other, names)
        if judged == other:
            return [judged]
        columns = (ALONE, TO_DATE) if spans.by_period else (TO_DATE, ALONE)
        both = zip(columns, (judged, other), strict=True)
        return [f"{column}: {lower_first(said)}" for column, said in both if said]

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


def missing_of(found: Measure, names: Mapping[str, str]) -> str:
    """Which units or parts of the period are missing in a value; "" where none is, or no value."""
    if found.value is None:
        return ""
    return gaps(found) if found.coverage.is_complete else partial(found.coverage, names)


def partial(coverage: Coverage, names: Mapping[str, str]) -> str:
    """How many units a value is made of, and which are missing."""
    missing = [names.get(unit, unit) for unit in coverage.missing]
    more = len(missing) - NAMED
    named = ", ".join(missing[:NAMED]) + (f" và {more} đơn vị khác" if more > 0 else "")
    of = f"{format_number(len(coverage.reported))}/{format_number(len(coverage.expected))}"
    return f"Số liệu của {of} đơn vị, chưa có {named}."


def gaps(found: Measure) -> str:
    """Which parts of the period have no figures; units that are missing lack their periods, too."""
    codes = [period_inside(parse_period(code)) for code in found.missing_periods]
    return f"Chưa đủ số liệu của {', '.join(codes)}." if codes else ""


def estimate(a: Assessment, spans: Spans) -> str:
    """That the units themselves marked figures as estimates."""
    estimated = a.measure.estimated or (spans.other is not None and spans.other.estimated)
    return "Có số ước thực hiện do đơn vị gửi." if estimated else ""


def late(a: Assessment) -> str:
    """That a task of a day was done after it."""
    return "Hoàn thành sau thời hạn." if a.done_late else ""
