"""``coverage``: per document and section what was taken from it, and what was left and why."""

from typing import Any

from etl.commands.answer import Answer, deployment_asked, plan_named
from indicators.outline import Cites, Passage, left_by_reason, passages
from indicators.plans import Plan


def coverage(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every plan, or the one named, row by row of its outline; no database is needed for today."""
    deployment = deployment_asked(arguments)
    name = arguments.get("plan")
    plans = [plan_named(deployment, str(name))] if name else [*deployment.plans.values()]
    return Answer(0, [coverage_document(plan) for plan in plans])


def coverage_document(plan: Plan) -> dict[str, Any]:
    """One plan as JSON: the rows of its outline in order, and their totals."""
    found = passages(plan)
    return {
        "plan": plan.id,
        "name_vi": plan.name_vi,
        "document": plan.document,
        "rows": [_row(passage) for passage in found],
        "totals": _totals(found),
    }


def _row(passage: Passage) -> dict[str, Any]:
    """A row; ``section`` of what was taken is the citation, which may name a whole section."""
    row = passage.row
    return {
        "section": row.section,
        "title_vi": row.title_vi,
        "lines": row.lines,
        "targets": [_chosen(t, "name_vi") for t in passage.targets],
        "tasks": [_chosen(t, "title_vi") for t in passage.tasks],
        "reporting": [_chosen(r, "reporter", "frequency") for r in passage.reporting],
        "goals": [_chosen(g, "summary_vi", "reason_vi") for g in passage.goals],
        "left_vi": row.left_vi,
    }


def _chosen(item: Cites, *names: str) -> dict[str, str]:
    return {name: getattr(item, name) for name in ("id", "section", *names)}


def _totals(found: list[Passage]) -> dict[str, Any]:
    """Rows, not items: a row from which a target and a task were taken counts under both."""
    return {
        "rows": len(found),
        "taken": sum(p.is_taken for p in found),
        "targets": sum(bool(p.targets) for p in found),
        "tasks": sum(bool(p.tasks) for p in found),
        "reporting": sum(bool(p.reporting) for p in found),
        "goals": sum(bool(p.goals) for p in found),
        "left": [
            {"reason_vi": reason, "rows": rows}
            for reason, rows in left_by_reason(found).most_common()
        ],
    }
