"""Who has not sent, as a table with the text to each unit."""

from indicators.formats import format_number
from indicators.report.material import Material
from indicators.report.reminder import reminders
from indicators.report.times import day_text, written
from indicators.table import Cell, Column, Figure, Table


def late_table(material: Material) -> Table:
    """One row a unit: what it owes, since when, the text of its reminder."""
    columns = (
        Column("Đơn vị"),
        Column("Mã đơn vị"),
        Column("Số báo cáo chưa gửi", is_number=True),
        Column("Báo cáo chưa gửi"),
        Column("Hạn sớm nhất"),
        Column("Quá hạn (ngày)", is_number=True),
        Column("Văn bản nhắc"),
    )
    rows: list[list[Cell]] = [
        [
            r.unit_name,
            r.unit,
            Figure(len(r.late)),
            "; ".join(report.form for report in r.late),
            min(report.due for report in r.late),
            Figure(r.days),
            r.text,
        ]
        for r in reminders(material)
    ]
    reporting = material.reporting
    done, due = format_number(reporting.units_done), format_number(reporting.units_due)
    notes = (
        f"{done}/{due} đơn vị đã gửi đủ báo cáo, tính đến ngày {day_text(material.stamp.day)}.",
    )
    return Table(f"Đơn vị chưa gửi đủ báo cáo {written(material.period)}", columns, rows, notes)
