"""What leaves for the public: without who sent, recorded or agreed it, and without their words."""

from collections.abc import Iterable
from dataclasses import replace

from etl.export.rows import Row
from indicators.actions import Action
from indicators.report.material import Material
from indicators.tasks import TaskStanding
from indicators.text import say


def record_unnamed(standing: TaskStanding) -> TaskStanding:
    """A task with how far it is and since when."""
    if standing.record is None:
        return standing
    return replace(standing, record=replace(standing.record, evidence="", note=""))


def action_unnamed(action: Action, language: str = "vi") -> Action:
    """An agreed action without its owner, whom a word for any of the staff stands for."""
    owner = say("account.staff", language) if action.owner else ""
    return replace(action, owner=owner, reason="")


def material_unnamed(found: Material) -> Material:
    """What papers are made from."""
    return replace(
        found,
        tasks=tuple(record_unnamed(standing) for standing in found.tasks),
        actions=tuple(action_unnamed(action) for action in found.actions),
    )


def rows_unnamed(rows: Iterable[Row]) -> list[Row]:
    """Figures: a word for whoever sent them, another for the file."""
    unsaid = {"received_by": say("account.staff"), "file": say("account.file")}
    return [{**row, **unsaid} for row in rows]
