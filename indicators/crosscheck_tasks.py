"""What tasks and goals of a plan refer to must exist, and every deadline must be understood."""

from collections.abc import Iterable

from indicators.plans import Plan, Task
from indicators.references import must_exist
from indicators.schema import Collector


def check_tasks(plan: Plan, units: Iterable[str], file: str, c: Collector) -> None:
    """Note every fault of the tasks of a plan."""
    targets = [target.id for target in plan.targets]
    for task in plan.tasks:
        must_exist(task.units, units, at=(file, task.id), c=c)
        if task.target is not None and task.target not in targets:
            c.add(file, task.id, f"kế hoạch không có chỉ tiêu «{task.target}»")
        _check_due(task, plan, file, c)


def _check_due(task: Task, plan: Plan, file: str, c: Collector) -> None:
    """A day typed by hand needs a reason; without one the words must be understood."""
    if task.due is not None:
        if task.note is None:
            c.add(file, task.id, "due ghi tay phải có note nêu lý do")
        return
    try:
        plan.due(task)
    except ValueError as error:
        c.add(file, task.id, f"{error}; giữ nguyên chữ, ghi thêm due và note")
