"""``template``: the form of one unit and period, to fill in."""

from pathlib import PurePath
from typing import Any

from etl import context
from etl.commands.answer import Answer, Misuse, period_of, unit_of
from etl.export.form import form_workbook
from etl.template import forms_of, template_csv

ENDINGS = (".xlsx", ".csv")


def template(arguments: dict[str, Any], files: dict[str, bytes]) -> Answer:
    """The form as XLSX, or as CSV where the name of the file ends so."""
    opened = context.opened()
    deployment = opened.deployment
    unit, period = unit_of(opened, str(arguments["unit"])), period_of(str(arguments["period"]))
    output = str(arguments["output"])
    ending = PurePath(output).suffix.lower()
    if ending not in ENDINGS:
        raise Misuse(f"Tên tệp phải kết thúc bằng {' hoặc '.join(ENDINGS)}: «{output}».")
    forms = forms_of(deployment, unit, period)
    if not forms:
        raise Misuse(f"Đơn vị «{unit}» không lập biểu nào cho kỳ {period.code}.")
    content = (
        template_csv(deployment, unit, period)
        if ending == ".csv"
        else form_workbook(opened.store.cursor(), deployment, unit, period)
    )
    document = {
        "ok": True,
        "file": output,
        "unit": unit,
        "period": period.code,
        "forms": [form.name_vi for form in forms],
        "quantities": sum(len(form.quantities) for form in forms),
    }
    return Answer(0, document, {"output": content})
