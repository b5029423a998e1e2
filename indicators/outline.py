"""What was taken from each paragraph of a plan document, and what was left and why."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from indicators.plans import Goal, OutlineRow, Plan, ReportingRule, Target, Task

LINES = re.compile(r"[0-9]+(?:-[0-9]+)?(?:,[0-9]+(?:-[0-9]+)?)*")


class Cites(Protocol):
    """Whatever says from which section of the document it was taken."""

    @property
    def id(self) -> str:
        """Its id in the plan."""

    @property
    def section(self) -> str:
        """The code of the section."""


C = TypeVar("C", bound=Cites)


@dataclass(frozen=True)
class Passage:
    """One row of the outline with everything that was taken from it."""

    row: OutlineRow
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    reporting: tuple[ReportingRule, ...]
    goals: tuple[Goal, ...]

    @property
    def is_taken(self) -> bool:
        """Whether anything was taken from it, be it only as a goal that cannot be tested."""
        return bool(self.targets or self.tasks or self.reporting or self.goals)


def passages(plan: Plan) -> list[Passage]:
    """The document in its order; empty for a plan without an outline."""
    targets, tasks = _by_row(plan, plan.targets), _by_row(plan, plan.tasks)
    reporting, goals = _by_row(plan, plan.reporting), _by_row(plan, plan.goals)
    return [
        Passage(
            row,
            targets=tuple(targets[row.section]),
            tasks=tuple(tasks[row.section]),
            reporting=tuple(reporting[row.section]),
            goals=tuple(goals[row.section]),
        )
        for row in plan.outline
    ]


def citing(plan: Plan) -> list[Cites]:
    """Everything that was taken from the document."""
    return [*plan.targets, *plan.tasks, *plan.reporting, *plan.goals]


def _by_row(plan: Plan, items: Iterable[C]) -> defaultdict[str, list[C]]:
    found: defaultdict[str, list[C]] = defaultdict(list)
    for item in items:
        for section in sections_of(plan, item.section):
            found[section].append(item)
    return found


def sections_of(plan: Plan, cited: str) -> list[str]:
    """The rows a citation means: the one with its code, else those below it that were not left.

    Empty where the outline knows neither. ``II.3`` means ``II.3/1`` to ``II.3/7`` in a document
    whose section II.3 is seven bullets and nothing else.
    """
    if any(row.section == cited for row in plan.outline):
        return [cited]
    below = (row for row in plan.outline if row.section.startswith(f"{cited}/"))
    return [row.section for row in below if row.left_vi is None]


def reason_kind(left_vi: str) -> str:
    """The kind of reason for leaving a row: what stands before the colon."""
    return left_vi.partition(":")[0].strip()


def left_by_reason(found: Iterable[Passage]) -> Counter[str]:
    """How many rows were left for each kind of reason."""
    return Counter(reason_kind(p.row.left_vi) for p in found if p.row.left_vi is not None)


def line_ranges(lines: str) -> list[tuple[int, int]]:
    """First and last line of every stretch, rising; ValueError where it is not so written."""
    if not LINES.fullmatch(lines):
        raise ValueError(lines)
    ends = [part.partition("-") for part in lines.split(",")]
    ranges = [(int(first), int(last or first)) for first, _, last in ends]
    before = 0
    for first, last in ranges:
        if not before < first <= last:
            raise ValueError(lines)
        before = last
    return ranges
