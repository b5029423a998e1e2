"""The body of the report, section by section, in the order of NĐ 30's common form."""

from collections.abc import Iterable, Sequence

from indicators.assess import Assessment
from indicators.formats import format_number
from indicators.headline import headline, rest
from indicators.judge import BAD, GOOD, SLOW, UNJUDGED, WORST_FIRST, Verdict
from indicators.outlook import outlook, outlook_text
from indicators.report.blocks import (
    Block,
    Drawing,
    Heading,
    Own,
    Paragraph,
)
from indicators.report.completeness import figures
from indicators.report.drawings import bars_drawing, lines_drawing, split_drawing
from indicators.report.lists import LISTED, listed, own_part
from indicators.report.material import Material
from indicators.report.results import by_field
from indicators.report.sentences import (
    causes_line,
    course_line,
    demand_line,
    lead_of,
    need_line,
    pair_of,
    reason_of,
    short_line,
    task_line,
)
from indicators.report.times import day_text, following, written
from indicators.report.work import work
from indicators.sentence import verdict_text
from indicators.tasks import TaskState
from indicators.text import lower_first

WORRYING = BAD | SLOW


def body(material: Material) -> tuple[Block, ...]:
    """Every section."""
    parts = (opening, situation, fields, achieved, lacking, causes, figures, work, ahead, asked)
    found = [block for part in parts for block in part(material)]
    return tuple(found)


def opening(material: Material) -> list[Block]:
    """On what ground the report is made; of approved figures alone, that it is so."""
    plan, when = material.plan.name_vi, written(material.period)
    lines = (
        f"Thực hiện {plan}, {material.letter.name_vi} báo cáo kết quả thực hiện các chỉ tiêu "
        f"kế hoạch {when} như sau:",
        material.only_approved_text,
    )
    return [Paragraph(line) for line in lines if line]


def situation(material: Material) -> list[Block]:
    """I.1: the sentence, the picture of it, and what it leaves out."""
    blocks: list[Block] = [Heading(1, "Kết quả thực hiện"), Heading(2, "Tình hình chung")]
    counted, own = material.judged, own_part("chung", "tình hình chung")
    if not counted:
        return [*blocks, Paragraph(nothing_counted(material)), *own]
    sentences = [f"Đến hết {written(material.period)}, {lower_first(headline(counted))}"]
    sentences += [f"Còn lại: {rest(counted)}"] if rest(counted) else []
    sentences.append(outlook_text(outlook(counted)))
    blocks += [Paragraph(" ".join(filter(None, sentences))), split_drawing(counted)]
    return [*blocks, Paragraph(basis(material)), *own]


def nothing_counted(material: Material) -> str:
    """In the place of the sentence where no target is counted."""
    if material.is_whole:
        return (
            "Kế hoạch không có chỉ tiêu định lượng được tổng hợp; kết quả được theo dõi theo "
            "nhiệm vụ (mục III)."
        )
    return (
        f"Kế hoạch không giao chỉ tiêu riêng cho {lower_first(material.scope_name)}; các giá trị "
        "tại Phụ lục I được đặt cạnh mức chung, không kèm đánh giá."
    )


def basis(material: Material) -> str:
    """How many reports the figures rest on, and until when."""
    reporting = material.reporting
    done, due = format_number(reporting.units_done), format_number(reporting.units_due)
    return (
        f"Số liệu tổng hợp từ báo cáo của các đơn vị: {done}/{due} đơn vị đã gửi đủ báo cáo của kỳ; "
        f"báo cáo mới nhất nhận ngày {day_text(reporting.latest)}. Chi tiết từng chỉ tiêu tại "
        "Phụ lục I kèm theo."
    )


def fields(material: Material) -> list[Block]:
    """I.2: by field, one line a target."""
    grouped = by_field(material, material.judged)
    if not grouped:
        return []
    blocks: list[Block] = [Heading(2, "Kết quả theo từng lĩnh vực (Phụ lục I kèm theo)")]
    for name, members in grouped:
        good = sum(a.verdict in GOOD for a in members)
        blocks.append(Heading(3, f"{name}: {good}/{len(members)} chỉ tiêu đạt và vượt kế hoạch"))
        blocks.append(Paragraph(by_verdict(members)))
    return [*blocks, *own_part("linh-vuc", "kết quả theo từng lĩnh vực")]


def by_verdict(members: Sequence[Assessment]) -> str:
    """The targets of a field in short, worst first: "Nguy cơ không đạt: … . Đạt: … ."."""
    said = []
    for verdict in WORST_FIRST:
        found = [pair_of(a) for a in members if a.verdict is verdict]
        if found:
            said.append(f"{verdict_text(verdict)}: {'; '.join(found)}.")
    return " ".join(said)


def achieved(material: Material) -> list[Block]:
    """II.1: what is met or on the way."""
    good = [a for a in material.judged if a.verdict in GOOD]
    going = [a for a in material.judged if a.verdict is Verdict.ON_TRACK]
    blocks: list[Block] = [Heading(1, "Đánh giá chung"), Heading(2, "Kết quả đạt được")]
    if not good and not going:
        blocks.append(Paragraph("Đến hết kỳ chưa có chỉ tiêu nào đạt kế hoạch hoặc đúng tiến độ."))
    if good:
        blocks.append(Paragraph(f"Có {len(good)} chỉ tiêu đạt và vượt kế hoạch:"))
        blocks.append(listed(short_line(a, material) for a in good))
    if going:
        blocks.append(Paragraph(f"Có {len(going)} chỉ tiêu đúng tiến độ, thời hạn chưa đến:"))
        blocks.append(listed(short_line(a, material) for a in going))
    return [*blocks, *own_part("dat-duoc", "kết quả đạt được")]


def lacking(material: Material) -> list[Block]:
    """II.2: what is missed or at risk, and who makes up the gap."""
    found = worst_first(a for a in material.judged if a.verdict in WORRYING)
    blocks: list[Block] = [Heading(2, "Tồn tại, hạn chế")]
    if not found:
        blocks.append(Paragraph("Không có chỉ tiêu nào không đạt, có nguy cơ không đạt hoặc chậm."))
    for a in found:
        lines = (reason_of(a, material), course_line(a), causes_line(a, material))
        blocks.append(Paragraph(" ".join(filter(None, lines)), lead_of(a)))
    blocks += drawings(material, found)
    return [*blocks, *other_lines(material), *unknown_lines(material)]


def drawings(material: Material, found: Sequence[Assessment]) -> list[Drawing]:
    """How the worst targets went, and who lacks most in the first that is counted."""
    candidates = [lines_drawing(material, found), bars_drawing(material, found)]
    return [drawing for drawing in candidates if drawing is not None]


def worst_first(found: Iterable[Assessment]) -> list[Assessment]:
    """In the order in which a leader must look at them; equals as in the document."""
    return sorted(found, key=lambda a: WORST_FIRST.index(a.verdict))


def other_lines(material: Material) -> list[Block]:
    """Requirements to single units, works and events that are missed."""
    found = worst_first(a for a in material.others if a.verdict in WORRYING)
    if not found:
        return []
    lead = f"Trong các yêu cầu đối với đơn vị và việc cụ thể, {len(found)} yêu cầu chưa bảo đảm:"
    lines = (demand_line(a, material) for a in found)
    return [Paragraph(lead), listed(lines)]


def unknown_lines(material: Material) -> list[Block]:
    """Targets on which no verdict is given, and which one that is."""
    found = [a for a in material.judged if a.verdict in UNJUDGED - {Verdict.NOT_DUE}]
    if not found:
        return []
    lines = (f"{a.target.name_vi} ({lower_first(verdict_text(a.verdict))})" for a in found)
    return [Paragraph(f"Có {len(found)} chỉ tiêu chưa đánh giá được:"), listed(lines)]


def causes(material: Material) -> list[Block]:
    """II.3: what no figure tells."""
    return [
        Heading(2, "Nguyên nhân"),
        Own("nguyen-nhan", "Nguyên nhân khách quan, chủ quan của các chỉ tiêu chưa đạt."),
    ]


def ahead(material: Material) -> list[Block]:
    """IV: what the next period must bring."""
    after = following(material.period)
    blocks: list[Block] = [Heading(1, f"Nhiệm vụ trọng tâm {written(after)}")]
    slow = worst_first(a for a in material.judged if a.verdict in WORRYING)
    if slow:
        blocks.append(Paragraph("Tập trung thực hiện các chỉ tiêu chưa đạt, có nguy cơ hoặc chậm:"))
        blocks.append(listed(need_line(a, material) for a in slow))
    due = [s for s in material.tasks if s.due and after.start <= s.due <= after.end]
    open_ = [s for s in due if not s.is_done and s.state is not TaskState.DROPPED]
    if open_:
        blocks.append(Paragraph(f"Hoàn thành các nhiệm vụ đến hạn trong {written(after)}:"))
        blocks.append(listed(task_line(s) for s in open_[:LISTED]))
    late = list(dict.fromkeys(r.unit_name for r in material.reporting.late))
    if late:
        blocks.append(
            Paragraph(f"Đôn đốc {len(late)} đơn vị gửi báo cáo còn thiếu để tổng hợp đủ số liệu.")
        )
    return [*blocks, Own("trong-tam", "Nhiệm vụ, giải pháp trọng tâm của kỳ tới.")]


def asked(material: Material) -> list[Block]:
    """V: what is asked of the higher body; only a person knows."""
    return [
        Heading(1, "Kiến nghị, đề xuất"),
        Own("kien-nghi", "Kiến nghị, đề xuất với cấp trên và các cơ quan liên quan."),
    ]
