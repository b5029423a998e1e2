"""One page for a meeting: a plan's results for a province, or where one unit stands."""

from dataclasses import dataclass

from indicators.assess import Assessment
from indicators.formats import format_number
from indicators.headline import headline, rest
from indicators.judge import BAD, SLOW, Verdict, direction
from indicators.measure import Status
from indicators.outlook import outlook, outlook_text
from indicators.ranking_text import amount_text
from indicators.report.blocks import Drawing
from indicators.report.body import worst_first
from indicators.report.drawings import split_drawing
from indicators.report.material import Material
from indicators.report.times import day_text, overdue_text, written
from indicators.sentence import POINT_UNITS, difference_text, gap_text, short_value, verdict_text
from indicators.target_words import target_text, unit_of
from indicators.text import lower_first, upper_first

MOST_ROWS = 30  # what a page holds
MOST_LISTED = 6
CAUSES = 2


@dataclass(frozen=True)
class SheetRow:
    """One line of the page: name, value, plan or whole, verdict, a remark."""

    name: str
    value: str
    plan: str
    verdict: Verdict
    word: str
    remark: str
    track: float | None  # how far of the plan, where more is better: 1 is met


@dataclass(frozen=True)
class Listed:
    """A short list beside the rows."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The page."""

    owner: str
    title: str
    sentence: str
    more: str
    split: Drawing | None
    heads: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    left_out: str
    lists: tuple[Listed, ...]
    mark: str
    source: str


def sheet(material: Material) -> Sheet:
    """The page of the plan's own unit, or of another."""
    counted = worst_first(material.judged)
    waiting = [a for a in counted if is_waiting(a)]
    rows = [row_of(a, material) for a in counted if a not in waiting]
    rows += [] if material.is_whole else beside_rows(material)
    hidden = len(rows) - MOST_ROWS
    return Sheet(
        owner=material.letter.name_vi if material.is_whole else material.scope_name,
        title=f"{material.plan.short_vi} · {upper_first(written(material.period))}",
        sentence=sentence(material),
        more=more(counted, material),
        split=split_drawing(counted) if counted else None,
        heads=heads(material),
        rows=tuple(rows[:MOST_ROWS]),
        left_out=left_out(len(waiting), hidden),
        lists=tuple(found for found in lists(material) if found.lines),
        mark=material.mark,
        source=material.source,
    )


def more(counted: list[Assessment], material: Material) -> str:
    """What stands below the sentence: the rest, where it is heading, which figures count."""
    ahead = outlook_text(outlook(counted))
    return " ".join(filter(None, (upper_first(rest(counted)), ahead, material.only_approved_text)))


def sentence(material: Material) -> str:
    """The answer in one sentence."""
    if material.judged:
        return headline(material.judged)
    if material.is_whole:
        return "Kế hoạch không có chỉ tiêu định lượng được tổng hợp."
    better = sum(b.is_better is True for b in material.beside)
    told = sum(b.is_better is not None or b.difference == 0 for b in material.beside)
    return (
        f"Kế hoạch không giao chỉ tiêu riêng cho {lower_first(material.scope_name)}; "
        f"{better}/{told} chỉ tiêu so được tốt hơn mức chung."
    )


def heads(material: Material) -> tuple[str, ...]:
    """The headings of the rows."""
    beside = "Kế hoạch" if material.is_whole else "Kế hoạch, mức chung"
    return "Chỉ tiêu", "Thực hiện", beside, "Đánh giá", "Còn thiếu, đơn vị kéo lại"


def row_of(a: Assessment, material: Material) -> SheetRow:
    """A target that is judged."""
    beside = a.rule.value if a.rule else None
    value = short_value(a.measure.value, a.indicator, beside=beside)
    if a.units:
        value = f"{format_number(a.tally.good)}/{format_number(len(a.units))} đơn vị"
    return SheetRow(
        a.indicator.short_vi,
        value,
        short_plan(a),
        a.verdict,
        verdict_text(a.verdict),
        remark(a, material),
        track(a),
    )


def is_waiting(a: Assessment) -> bool:
    """Nothing is expected yet, and nothing is there."""
    known = a.tally.good if a.units else a.measure.value
    return a.verdict is Verdict.NOT_DUE and not known


def left_out(waiting: int, hidden: int) -> str:
    """What the rows do not show."""
    said = [f"{waiting} chỉ tiêu chưa đến hạn, chưa có số liệu"] if waiting else []
    said += [f"{hidden} dòng khác"] if hidden > 0 else []
    return f"Không liệt kê: {', '.join(said)}." if said else ""


def short_plan(a: Assessment) -> str:
    """The target; of its unit only a sign stays, as beside a value."""
    words, unit = target_text(a.target, a.indicator), unit_of(a.indicator, "vi")
    return words if unit in POINT_UNITS else words.removesuffix(unit).strip()


def track(a: Assessment) -> float | None:
    """The share of the plan that is there, for a bar; what is printed comes from elsewhere."""
    if a.rule is None or a.measure.value is None or a.units or a.also:
        return None
    if direction(a.test) <= 0 or a.rule.value <= 0:
        return None
    return float(a.measure.value / a.rule.value)


def remark(a: Assessment, material: Material) -> str:
    """What is lacking, and who lacks most."""
    if a.verdict not in BAD | SLOW:
        return ""
    amount = gap_text(a) if not a.units and not a.also else None
    said = [f"thiếu {amount}" if direction(a.test) >= 0 else f"vượt {amount}"] if amount else []
    found = material.ranking(a).worst[:CAUSES]
    units = ", ".join(f"{material.names[r.unit]} ({amount_text(r)})" for r in found)
    return "; ".join([*said, *([units] if units else [])])


def beside_rows(material: Material) -> list[SheetRow]:
    """Values of a unit beside the whole: no verdict, only better or worse."""
    rows = []
    for found in material.beside:
        a, whole = found.here, found.whole.measure.value
        if a.measure.status is not Status.VALUE:
            continue
        difference = found.difference
        words = ""
        if difference:
            side = "cao hơn" if difference > 0 else "thấp hơn"
            words = f"{side} {difference_text(difference, a.indicator)}"
        good = {True: " (tốt hơn)", False: " (kém hơn)", None: ""}[found.is_better]
        rows.append(
            SheetRow(
                a.indicator.short_vi,
                short_value(a.measure.value, a.indicator, beside=whole),
                short_value(whole, a.indicator, beside=a.measure.value),
                Verdict.NO_TARGET,
                verdict_text(Verdict.NO_TARGET),
                words + good,
                None,
            )
        )
    return rows


def lists(material: Material) -> list[Listed]:
    """What is getting worse, who has not sent, which tasks are late."""
    reporting = material.reporting
    worse = [a for a in material.judged if a.is_getting_worse and a.verdict in BAD | SLOW]
    late = list(dict.fromkeys(f"{r.unit_name}, {overdue_text(r.days)}" for r in reporting.late))
    if not material.is_whole:
        late = [f"{r.form}, hạn {day_text(r.due)}" for r in reporting.late]
    tasks = [s for s in material.tasks if s.state == "overdue"]
    return [
        Listed("Đang xấu đi", tuple(a.indicator.short_vi for a in worse[:MOST_LISTED])),
        Listed("Chưa gửi đủ báo cáo", shortened(late)),
        Listed(
            f"Nhiệm vụ quá hạn ({len(tasks)})",
            tuple(s.task.title_vi for s in tasks[: MOST_LISTED - 2]),
        ),
    ]


def shortened(lines: list[str]) -> tuple[str, ...]:
    """As many as fit, and how many more there are."""
    more = len(lines) - MOST_LISTED
    rest_ = (f"và {more} báo cáo, đơn vị khác",) if more > 0 else ()
    return (*lines[:MOST_LISTED], *rest_)
