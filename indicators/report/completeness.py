"""Section II.4 of the report: how complete the figures are."""

from indicators.formats import format_number
from indicators.report.blocks import Block, Heading, Paragraph
from indicators.report.lists import listed, some
from indicators.report.material import Material
from indicators.report.times import day_text


def figures(material: Material) -> list[Block]:
    """II.4: how complete the figures are."""
    forms = material.reporting.forms
    blocks: list[Block] = [Heading(2, "Mức độ đầy đủ của số liệu")]
    if not forms:
        return [*blocks, Paragraph("Kỳ này không có báo cáo nào phải nộp.")]
    counts = [sum(getattr(f, name) for f in forms) for name in ("received", "expected", "on_time")]
    received, expected, on_time = (format_number(count) for count in counts)
    lead = (
        f"Đã nhận {received}/{expected} báo cáo theo {len(forms)} biểu, trong đó {on_time} báo cáo "
        "đúng hạn."
    )
    lines = [
        f"{form.name}: nhận {form.received}/{form.expected} báo cáo (hạn {day_text(form.due)})"
        for form in forms
        if form.received < form.expected
    ]
    blocks.append(Paragraph(f"{lead} Biểu chưa nhận đủ:" if lines else lead))
    blocks += [listed(lines)] if lines else []
    return [*blocks, *(Paragraph(line) for line in completeness(material))]


def completeness(material: Material) -> list[str]:
    """What is missing: reports, figures of reports, whole values."""
    reporting, found = material.reporting, []
    late = list(dict.fromkeys(r.unit_name for r in reporting.late))
    if late:
        found.append(f"Đơn vị chưa gửi đủ báo cáo: {some(late)}.")
    if reporting.incomplete:
        named = some(reporting.incomplete)
        found.append(f"Đơn vị đã gửi báo cáo nhưng còn thiếu số liệu: {named}.")
    if reporting.waiting:
        counted = "chưa" if reporting.only_approved else "đã"
        found.append(
            f"Có {format_number(reporting.waiting)} báo cáo chờ duyệt; số liệu của các báo cáo này "
            f"{counted} được tính."
        )
    partial = [a for a in material.judged if a.measure.value is not None and not a.measure.is_whole]
    if partial:
        found.append(
            f"Có {len(partial)} chỉ tiêu tính trên số liệu chưa đủ đơn vị (cột Ghi chú, Phụ lục I); "
            "đánh giá chỉ đưa ra khi số còn thiếu không làm thay đổi kết quả."
        )
    return found
