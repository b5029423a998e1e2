"""Which tasks the address asks for (state, lead, one task), and the links that ask for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.tasks import TaskStanding, TaskState
from pages.parts.view import View

PATH = "/nhiem-vu"


@dataclass(frozen=True)
class Asked:
    """A choice of tasks; empty parts choose all."""

    state: TaskState | None = None
    lead: str = ""
    task: str = ""

    def link(self, view: View, *, state: TaskState | None = None, task: str = "") -> str:
        """The page with the same lead, another state, and perhaps a task to record."""
        return view.link(PATH, {"state": state or "", "lead": self.lead, "task": task})

    def of_lead(self, found: Sequence[TaskStanding]) -> list[TaskStanding]:
        """The tasks of the chosen lead, whatever their state."""
        return [s for s in found if not self.lead or s.task.lead == self.lead]

    def of_state(self, found: Sequence[TaskStanding]) -> list[TaskStanding]:
        """The tasks of the chosen state."""
        return [s for s in found if self.state is None or s.state is self.state]


def asked_of(query: Mapping[str, str], found: Sequence[TaskStanding]) -> Asked:
    """What the query asks for; whatever is not there is not asked."""
    state, lead, task = (query.get(name, "") for name in ("state", "lead", "task"))
    return Asked(
        TaskState(state) if state in list(TaskState) else None,
        lead if any(s.task.lead == lead for s in found) else "",
        task if any(s.task.id == task for s in found) else "",
    )
