"""The table of plan results (biểu tổng hợp): one row a target, groups I, II, III, notes below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from indicators.assess import Assessment
from indicators.formats import decimals_of, format_number, rounded, telling_decimals
from indicators.judge import Verdict, direction
from indicators.measure import Measure, Status
from indicators.movement import possible
from indicators.period import Period, PeriodKind
from indicators.plans import Comparator
from indicators.report.blocks import Shown, text
from indicators.report.material import Material
from indicators.report.notes import Notes
from indicators.report.spans import Spans
from indicators.sentence import difference_unit, verdict_text
from indicators.target_words import target_text, unit_of

NIL = "-"  # nothing occurred
UNKNOWN = "…"  # it occurred, and the figure is not there
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
PERCENT_DECIMALS = 1
SIGN = re.compile("([<>≤≥]) ")  # stays on one line with its number


BLANK = Shown("")


class Figures(NamedTuple):
    """The numbers of a row; blank: does not apply."""

    before: Shown = BLANK  # last year
    plan: Shown = BLANK  # as written, and the value it is compared with
    last_year: Shown = BLANK  # same period last year
    in_period: Shown = BLANK  # what happened in the period alone
    to_date: Shown = BLANK  # since January, or as it stands at the end
    actual: Shown = BLANK  # the one of both that is judged
    projected: Shown = BLANK
    of_plan: Shown = BLANK  # per cent of the plan, or the difference where less is better
    of_last_year: Shown = BLANK


@dataclass(frozen=True)
class ResultRow:
    """One target of the table, before it is text or a formula."""

    number: str
    name: str
    measure: str  # đơn vị tính
    figures: Figures
    verdict: str
    notes: str
    assessment: Assessment | None = None
    is_part: bool = False
    by_period: bool = False  # judged by the period alone, not by what came together since January

    def cell(self, name: str) -> Shown:
        """What stands in a column: a number, or words."""
        if name in Figures._fields:
            return getattr(self.figures, name)  # type: ignore[no-any-return]
        return text(getattr(self, name))


@dataclass(frozen=True)
class Group:
    """A field with its targets."""

    number: str
    name: str
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True)
class Results:
    """The table: groups of rows, and the notes that their numbers point to."""

    groups: tuple[Group, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> list[ResultRow]:
        """All rows without the headings of groups."""
        return [row for group in self.groups for row in group.rows]


def results(
    material: Material, found: Sequence[Assessment], *, with_spans: bool = False
) -> Results:
    """The targets given, by field in the order of the screen; with both spans where asked."""
    notes, groups = Notes(material, with_spans=with_spans), []
    for number, (name, members) in enumerate(by_field(material, found)):
        rows = [
            row
            for at, a in enumerate(members, start=1)
            for row in rows_of(a, str(at), material, notes)
        ]
        groups.append(Group(ROMAN[number], name, tuple(rows)))
    return Results(tuple(groups), notes.texts)


def by_field(material: Material, found: Iterable[Assessment]) -> list[tuple[str, list[Assessment]]]:
    """Names of fields with their targets, those of the document in its order."""
    fields = material.deployment.catalogue.fields
    members: dict[str, list[Assessment]] = {}
    for a in found:
        members.setdefault(a.indicator.field, []).append(a)
    ordered = sorted(members, key=lambda name: fields[name].order)
    return [(fields[name].name_vi, members[name]) for name in ordered]


def rows_of(a: Assessment, number: str, material: Material, notes: Notes) -> list[ResultRow]:
    """The row of a target; of several measures that must all pass, one more for each."""
    if not a.also:
        return [row_of(a, number, material, notes)]
    head = ResultRow(number, a.target.name_vi, "", Figures(), verdict_text(a.verdict), "", a)
    parts = [row_of(part, NIL, material, notes, is_part=True) for part in a.also]
    return [head, *parts]


def row_of(
    a: Assessment, number: str, material: Material, notes: Notes, *, is_part: bool = False
) -> ResultRow:
    """One measure of a target."""
    name = a.indicator.name_vi if is_part else a.target.name_vi
    spans = notes.spans(a)
    figures = counted(a) if a.units else measured(a, material, spans)
    return ResultRow(
        number,
        name,
        "đơn vị" if a.units else unit_of(a.indicator, "vi"),
        figures,
        verdict_text(a.verdict),
        notes.of(a, spans),
        a,
        is_part,
        spans.by_period,
    )


def counted(a: Assessment) -> Figures:
    """What every unit must meet: how many of them do, of how many."""
    tally = a.tally
    if a.verdict is Verdict.NOT_DUE and not tally.good:
        return Figures(plan=Shown(written_plan(a)))
    done = Shown(f"{format_number(tally.good)}/{format_number(len(a.units))}", Fraction(tally.good))
    return Figures(plan=Shown(written_plan(a)), in_period=done, to_date=done, actual=done)


def measured(a: Assessment, material: Material, spans: Spans) -> Figures:
    """Last year, plan, same period, both spans, projected, against the plan, against last year."""
    level = a.rule.value if a.rule else None
    places = telling_decimals(a.measure.value, level, a.indicator.decimals)
    projected = None if a.projection is None else possible(a, a.projection.value)
    judged = value_shown(a.measure, a, places)
    in_period, to_date = (
        judged if span is a.measure else value_shown(span, a, a.indicator.decimals)
        for span in (spans.within, spans.to_date)
    )
    return Figures(
        known_by_now(last_year_end(a, material), a),
        Shown(written_plan(a), level, 0 if level is None else decimals_of(level)),
        known_by_now(a.last_year, a),
        in_period,
        to_date,
        judged,
        BLANK if projected is None else number(projected, a.indicator.decimals),
        against_plan(a),
        against_last_year(a, material),
    )


def known_by_now(value: Fraction | None, a: Assessment) -> Shown:
    """An earlier value; of what is not due nothing has to be there."""
    is_asked = value is not None or a.verdict is not Verdict.NOT_DUE
    return number(value, a.indicator.decimals) if is_asked else BLANK


def number(value: Fraction | None, decimals: int) -> Shown:
    """A number; "…" where it is not known."""
    return Shown(UNKNOWN if value is None else format_number(value, decimals), value, decimals)


def value_shown(found: Measure | None, a: Assessment, places: int) -> Shown:
    """The value; "-" where nothing occurred, "…" where it is not known yet, blank where none is."""
    if found is None:
        return BLANK
    if found.status is Status.NOTHING:
        return Shown(NIL)
    is_asked = found.value is not None or a.verdict is not Verdict.NOT_DUE
    return number(found.value, places) if is_asked else BLANK


def written_plan(a: Assessment) -> str:
    """The target as the document writes it, its unit left to the column of units."""
    words = target_text(a.target, a.indicator)
    words = words if a.units else words.removesuffix(unit_of(a.indicator, "vi")).strip()
    return SIGN.sub("\\1\u00a0", words)


def last_year_end(a: Assessment, material: Material) -> Fraction | None:
    """The value for the whole of last year: where the plan starts from, or of the series."""
    year = Period(a.period.year - 1, PeriodKind.YEAR)
    if a.period.previous_year() == year and a.last_year is not None:
        return a.last_year  # what the year is compared with
    if a.baseline is not None and a.baseline.period == year:
        return a.baseline.value
    if a.scope == material.scope and not (a.target.sites or a.target.average):
        return material.assessor.value(a.indicator, year)
    ended = [p.value for p in a.history if p.period.end == year.end]
    return ended[-1] if ended else None


def against_plan(a: Assessment) -> Shown:
    """Per cent of the plan where more is better, else the difference; never rounded to 100."""
    if a.rule is None or a.measure.value is None or a.difference is None or not_a_level(a):
        return BLANK
    if direction(a.test) > 0 and a.rule.value > 0:
        share = a.measure.value / a.rule.value * 100
        places = telling_decimals(share, Fraction(100), PERCENT_DECIMALS)
        return Shown(format_number(share, places), share, places)
    return difference(a.difference, a)


def not_a_level(a: Assessment) -> bool:
    """Done, none, as before: what is asked is no amount to take a share of."""
    return a.target.comparator in (Comparator.DONE, Comparator.NONE)


def difference(amount: Fraction, a: Assessment) -> Shown:
    """With its sign and, for shares, in points: "+0,5 điểm %"."""
    places = a.indicator.decimals
    if amount and not rounded(amount, places):
        places = telling_decimals(amount, Fraction(0), places)
    sign = "+" if amount > 0 else ""
    points = difference_unit(a.indicator) if unit_of(a.indicator, "vi") in ("%", "‰") else ""
    points = points.replace(" ", "\u00a0")  # "điểm %" stays on one line
    return Shown(f"{sign}{format_number(amount, places)} {points}".strip(), amount, places)


def against_last_year(a: Assessment, material: Material) -> Shown:
    """Per cent of the same period last year; the difference in points where it is a share itself."""
    found = material.last_year(a)
    if found.change is None or found.value is None:
        return BLANK
    if found.in_points or found.percent is None:
        return difference(found.change, a)
    share = 100 + found.percent
    places = telling_decimals(share, Fraction(100), PERCENT_DECIMALS)
    return Shown(format_number(share, places), share, places)
