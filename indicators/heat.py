"""The heat table: every area below a scope under every indicator, beside the level of the plan.

The level is the plan's for the whole; a cell beside it is no verdict on the area.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from indicators.assessment import Assessment
from indicators.breakdown import Breakdown, Part
from indicators.catalogue import Indicator, IndicatorKind
from indicators.judge import Verdict, direction, meets
from indicators.measure import Measure, Status, is_too_few
from indicators.plans import Comparator, Path

BEYOND = Fraction(5, 100)  # of the level: beyond it a difference is more than slight
FAR = Fraction(15, 100)


class Step(IntEnum):
    """How a value stands to the level, in parts of the level."""

    FAR_WORSE = -3  # by 15 % or more
    WORSE = -2  # by 5 % to 15 %
    SLIGHTLY_WORSE = -1
    REACHES = 1
    BETTER = 2  # by 5 % or more


@dataclass(frozen=True)
class Level:
    """The test of a column: what the plan asks of the whole by now."""

    test: Comparator
    value: Fraction
    so_far: bool  # grows from January on: what is needed by the end of the period


@dataclass(frozen=True)
class Cell:
    """One area under one indicator. ``step`` is None where nothing can be said, or not yet."""

    measure: Measure | None
    step: Step | None
    too_few: bool
    verdict: Verdict | None  # only where the plan sets a target for each area

    @property
    def value(self) -> Fraction | None:
        """The value, not rounded."""
        return self.measure.value if self.measure else None

    @property
    def is_partial(self) -> bool:
        """Whether there is a value while some of its figures are missing."""
        return self.value is not None and self.measure is not None and not self.measure.is_whole

    @property
    def is_asked(self) -> bool:
        """Whether anybody in the area reports it at all."""
        return self.measure is not None and self.measure.status is not Status.NOT_APPLICABLE


@dataclass(frozen=True)
class Column:
    """One indicator with its level, None where the plan gives none that can be compared."""

    indicator: Indicator
    level: Level | None
    worse: int  # areas on the worse side of the level
    told: int  # areas of which that can be told


@dataclass(frozen=True)
class Row:
    """One area: its cells in the order of the columns."""

    unit: str
    size: Fraction | None
    cells: tuple[Cell, ...]

    @property
    def told(self) -> int:
        """Cells that can be told."""
        return sum(cell.step is not None for cell in self.cells)

    @property
    def worse(self) -> int:
        """Cells on the worse side of the level."""
        return sum(_is_worse(cell) for cell in self.cells)


@dataclass(frozen=True)
class Heat:
    """Areas and indicators, the worst of each first; those of which nothing is known last."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: str | None


def heat(found: Breakdown, assessments: Sequence[Assessment]) -> Heat:
    """The areas of a breakdown beside the levels of the assessments it was made with."""
    levels = {i.id: level_of(i.id, assessments) for i in found.indicators}
    cells = {
        p.unit: {i.id: cell_of(p, i, levels[i.id]) for i in found.indicators} for p in found.parts
    }
    columns = [
        _column(i, levels[i.id], [own[i.id] for own in cells.values()]) for i in found.indicators
    ]
    columns.sort(key=lambda c: _share(c.worse, c.told), reverse=True)
    rows = [_row(part, cells[part.unit], columns) for part in found.parts]
    rows.sort(key=badness, reverse=True)
    return Heat(tuple(columns), tuple(rows), found.size)


def level_of(indicator: str, assessments: Iterable[Assessment]) -> Level | None:
    """What the plan asks of the whole by now: of what grows from January on, the part needed yet.

    None for counts, and for what the whole must do against its own earlier value: neither says
    anything of an area.
    """
    own = [a for a in assessments if a.indicator.id == indicator and not a.target.is_relative]
    a = next((a for a in own if a.rule and a.indicator.kind is not IndicatorKind.COUNT), None)
    if a is None or a.rule is None or not direction(a.rule.test):
        return None
    so_far = a.target.path is Path.CUMULATIVE and a.standing.expected is not None
    value = a.standing.expected if so_far and a.standing.expected is not None else a.rule.value
    return Level(a.rule.test, value, so_far)


def cell_of(part: Part, indicator: Indicator, level: Level | None) -> Cell:
    """One cell; no step while figures are missing or the denominator is too small."""
    measure = part.measures.get(indicator.id)
    too_few = measure is not None and is_too_few(measure, indicator)
    known = measure is not None and measure.is_whole and not too_few
    value = measure.value if measure is not None and known else None
    step = step_of(value, level) if value is not None and level is not None else None
    return Cell(measure, step, too_few, part.verdicts.get(indicator.id))


def step_of(value: Fraction, level: Level) -> Step:
    """How far a value is from the level, on its own side of the test."""
    ahead = direction(level.test) * (value - level.value)
    part = ahead / abs(level.value) if level.value else None
    if meets(value, level.test, level.value):
        return Step.BETTER if part is not None and part >= BEYOND else Step.REACHES
    if part is None or part <= -FAR:
        return Step.FAR_WORSE
    return Step.WORSE if part <= -BEYOND else Step.SLIGHTLY_WORSE


def badness(row: Row) -> tuple[bool, Fraction, Fraction]:
    """Orders areas: by the share of cells on the worse side, then by how far; little known last."""
    steps = [cell.step for cell in row.cells if cell.step is not None]
    far = Fraction(sum(-step for step in steps if step < 0), len(steps)) if steps else Fraction(0)
    return 2 * row.told >= len(row.cells), _share(row.worse, row.told), far


def _is_worse(cell: Cell) -> bool:
    return cell.step is not None and cell.step < 0


def _column(indicator: Indicator, level: Level | None, cells: Sequence[Cell]) -> Column:
    told = sum(cell.step is not None for cell in cells)
    return Column(indicator, level, sum(map(_is_worse, cells)), told)


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(-1)


def _row(part: Part, cells: Mapping[str, Cell], columns: Iterable[Column]) -> Row:
    size = Fraction(part.size) if part.size is not None else None
    return Row(part.unit, size, tuple(cells[column.indicator.id] for column in columns))
