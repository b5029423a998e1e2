"""The reminder to a unit that has not sent: ready to be copied into a letter or a message."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.period import period_inside
from indicators.report.material import Late, Material
from indicators.report.times import day_text, overdue_text


@dataclass(frozen=True)
class Reminder:
    """One unit with everything it owes, and the text."""

    unit: str
    unit_name: str
    late: tuple[Late, ...]
    text: str

    @property
    def days(self) -> int:
        """Days since the first deadline."""
        return max(report.days for report in self.late)


def reminders(material: Material) -> list[Reminder]:
    """One a unit, the longest overdue first."""
    units: dict[str, list[Late]] = {}
    for report in material.reporting.late:
        units.setdefault(report.unit, []).append(report)
    found = [
        Reminder(unit, late[0].unit_name, tuple(late), text_of(late, material))
        for unit, late in units.items()
    ]
    return sorted(found, key=lambda r: (-r.days, r.unit_name))


def text_of(late: Iterable[Late], material: Material) -> str:
    """To whom, what, by when, on what ground; what is asked for."""
    late = list(late)
    lines = [f"Kính gửi: {late[0].unit_name}."]
    sources = "; ".join(grounds(report.source for report in late))
    today = day_text(material.stamp.day)
    lines.append(
        f"Theo quy định về chế độ báo cáo ({sources}), tính đến ngày {today} "
        f"{material.letter.name_vi} chưa nhận được của đơn vị:"
    )
    # Not a hyphen: behind the end of a line a spreadsheet would run what begins with one.
    lines += [f"– {line_of(report)}" for report in late]
    lines.append(
        "Đề nghị đơn vị gửi ngay các báo cáo trên; trường hợp không phát sinh số liệu, vẫn gửi biểu "
        "và ghi “-” vào ô tương ứng."
    )
    return "\n".join(lines)


def grounds(sources: Iterable[str]) -> list[str]:
    """Each ground once: "KH 2021, mục IV.3" goes where "KH 2021, mục IV.3 (ngày 10)" says it too."""
    found = list(dict.fromkeys(sources))
    return [s for s in found if not any(t != s and t.startswith(s) for t in found)]


def line_of(report: Late) -> str:
    """ "Biểu quý của bệnh viện, quý III/2021: hạn 10/10/2021, đã quá hạn 12 ngày."."""
    overdue = f", đã {overdue_text(report.days)}" if report.days else ""
    return f"{report.form}, {period_inside(report.period)}: hạn {day_text(report.due)}{overdue}."
