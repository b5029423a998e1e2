"""``export verdicts`` and ``export facts``: rows as CSV, XLSX or Parquet, by the file's name."""

from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, basis_of, period_of, plan_of, refused, unit_of
from etl.commands.export import ending_of
from etl.commands.judged import verdicts as judged_rows
from etl.context import Context
from etl.export.rows import ENDINGS, Row, TooManyRows, write_rows
from etl.store.all_facts import COLUMNS, all_facts
from etl.unnamed import rows_unnamed
from indicators.period import codes_inside


def verdicts(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The rows of the command ``verdicts``, one column for each part of a row."""
    for name in ("plan", "period"):
        if not arguments.get(name):
            raise Misuse(f"Thiếu --{name}.")
    rows = [flat(row) for row in judged_rows(arguments, files).document]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return _written([{c: row.get(c) for c in columns} for row in rows], columns, arguments)


def flat(row: Row, prefix: str = "") -> Row:
    """Parts of parts become columns "coverage_expected"; lists are joined, lists of rows left out."""
    found: Row = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{name}_")
        elif not isinstance(value, list):
            found[prefix + name] = value
        elif value and all(isinstance(v, str) for v in value):
            found[prefix + name] = ", ".join(value)
    return found


def facts(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """Every current figure with its source cell; of a plan, a unit, a period where asked."""
    opened = context.opened()
    rows = all_facts(
        opened.store.cursor(),
        opened.deployment,
        units=_units(opened, arguments),
        periods=_periods(opened, arguments.get("period")),
        known_on=basis_of(arguments),
    )
    told = rows_unnamed(rows) if arguments.get("without_names") else rows
    return _written(told, list(COLUMNS), arguments)


def _units(opened: Context, arguments: dict[str, Any]) -> list[str] | None:
    """The unit and all that ever stood below it; None: every unit."""
    asked, plan = arguments.get("unit"), arguments.get("plan")
    if not asked and not plan:
        return None
    scope = unit_of(opened, str(asked)) if asked else plan_of(opened, str(plan)).unit
    period = arguments.get("period")
    registry = opened.deployment.units
    days = [period_of(str(period)).end] if period else [*registry.changes, context.today()]
    trees = (registry.at(day) for day in days)
    return sorted({unit.id for tree in trees if scope in tree.units for unit in tree.within(scope)})


def _periods(opened: Context, asked: str | None) -> list[str] | None:
    """The period and those that lie inside it; None: every period."""
    return None if not asked else codes_inside(period_of(str(asked)))


def _written(rows: list[Row], columns: list[str], arguments: dict[str, Any]) -> Answer:
    output = str(arguments["output"])
    try:
        content = write_rows(rows, columns, ending_of(output, ENDINGS), str(arguments["kind"]))
    except TooManyRows as error:
        return refused(f"{error} dòng là quá nhiều cho một trang tính: chọn .csv hoặc .parquet.")
    document = {"ok": True, "file": output, "rows": len(rows), "columns": columns}
    return Answer(0, document, {"output": content})
