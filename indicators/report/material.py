"""What a paper is made from: the same assessments that the pages show, and what stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from indicators.actions import Action
from indicators.assess import Assessment, Assessor
from indicators.deployment import Deployment
from indicators.evidence import LastYear, evidence, last_year_of
from indicators.footing import Beside
from indicators.letter import Letter
from indicators.period import Period
from indicators.plans import Plan
from indicators.ranking import Ranking, rank
from indicators.report.blocks import Line
from indicators.report.times import moment_text
from indicators.tasks import TaskStanding


@dataclass(frozen=True)
class FormLine:
    """One form: how many reports were asked for, came, came in time."""

    name: str
    due: date
    expected: int
    received: int
    on_time: int


@dataclass(frozen=True)
class Late:
    """One report that is owed and has not come."""

    unit: str
    unit_name: str
    form: str
    period: Period
    due: date
    days: int  # since the deadline, 0 before it
    source: str  # the document that asks for it


@dataclass(frozen=True)
class Reporting:
    """What was asked for and came."""

    units_due: int
    units_done: int
    forms: tuple[FormLine, ...]
    late: tuple[Late, ...]
    incomplete: tuple[str, ...]  # names of units whose reports came with figures missing
    latest: date | None  # the newest report
    waiting: int = 0  # reports that nobody has approved yet
    only_approved: bool = False  # those are then not in the figures


@dataclass(frozen=True)
class Stamp:
    """Which data: known when (in Vietnam), their version."""

    known: str  # "14:05 ngày 25/11/2026"
    day: date
    version: int


@dataclass(frozen=True)
class Material:
    """Everything about one plan, period and unit that papers say."""

    deployment: Deployment
    plan: Plan
    period: Period
    scope: str
    scope_name: str
    letter: Letter
    assessor: Assessor
    judged: tuple[Assessment, ...]  # what the sentence counts
    others: tuple[Assessment, ...]  # requirements to units, works, events
    beside: tuple[Beside, ...]  # of a unit: its values beside those of the whole
    reporting: Reporting
    tasks: tuple[TaskStanding, ...]
    actions: tuple[Action, ...]
    lines: Mapping[str, Line]  # the course of targets that have one, by target
    names: Mapping[str, str]
    stamp: Stamp
    simulated: bool
    ranked: dict[str, Ranking] = field(default_factory=dict)

    def ranking(self, a: Assessment) -> Ranking:
        """Who makes up the gap of a target, worked out once."""
        if a.target.id not in self.ranked:
            self.ranked[a.target.id] = rank(self.assessor, a.target, a.indicator, a)
        return self.ranked[a.target.id]

    def last_year(self, a: Assessment) -> LastYear:
        """The change against the same period last year, of the units that have both."""
        if a.scope != self.scope:
            return last_year_of(a)
        return evidence(a, self.assessor).last_year

    @property
    def is_whole(self) -> bool:
        """Whether it is about the plan's own unit."""
        return self.scope == self.plan.unit

    @property
    def mark(self) -> str:
        """What stands on every page where any figure is simulated."""
        return "Số liệu mô phỏng" if self.simulated else ""

    @property
    def only_approved_text(self) -> str:
        """What is said on the face of a paper of approved figures alone; "" of any other."""
        if not self.reporting.only_approved:
            return ""
        return (
            "Chỉ tính số liệu đã duyệt; số liệu đã gửi nhưng chưa duyệt không được tính trong văn "
            "bản này."
        )

    @property
    def source(self) -> str:
        """One line: from what, known when."""
        return moment_text(self.stamp.known, self.stamp.version)
