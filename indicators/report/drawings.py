"""What the figures of a paper show, before they are drawn."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from indicators.assess import Assessment
from indicators.judge import WORST_FIRST
from indicators.ranking_text import amount_text, ranking_title, whole_of
from indicators.report.blocks import Bar, Drawing, Part
from indicators.report.material import Material
from indicators.sentence import verdict_text
from indicators.text import lower_first

MOST_LINES, MOST_BARS = 6, 10
ZERO = Fraction(0)


def split_drawing(counted: Sequence[Assessment]) -> Drawing:
    """All targets by verdict, the best on the left."""
    counts = Counter(a.verdict for a in counted)
    order = [v for v in reversed(WORST_FIRST) if counts[v]]
    parts = tuple(Part(v, verdict_text(v), counts[v]) for v in order)
    said = ", ".join(f"{part.count} {lower_first(part.label)}" for part in parts)
    caption = f"{len(counted)} chỉ tiêu kế hoạch theo đánh giá"
    return Drawing("danh-gia", caption, f"{caption}: {said}.", parts=parts)


def lines_drawing(material: Material, found: Sequence[Assessment]) -> Drawing | None:
    """The course of the worst targets; None where none has a series."""
    lines = [material.lines[a.target.id] for a in found if a.target.id in material.lines]
    if not lines:
        return None
    shown = tuple(lines[:MOST_LINES])
    caption = "Diễn biến các chỉ tiêu chưa đạt, có nguy cơ hoặc chậm so với lộ trình kế hoạch"
    said = "; ".join(f"{line.title} {line.last}, kế hoạch {line.plan}" for line in shown)
    return Drawing("dien-bien", caption, f"{caption}: {said}.", lines=shown)


def bars_drawing(material: Material, found: Sequence[Assessment]) -> Drawing | None:
    """The units that lack most in the first target whose gap units make up."""
    for a in found:
        ranking = material.ranking(a)
        if len(ranking.worst) > 1:
            bars = tuple(
                Bar(
                    material.names.get(r.unit, r.unit),
                    whole_of(r.gap or ZERO),
                    amount_text(r),
                )
                for r in ranking.worst[:MOST_BARS]
            )
            caption = f"{a.target.name_vi}: {ranking_title(ranking)}"
            said = "; ".join(f"{bar.name} {bar.text}" for bar in bars)
            return Drawing("don-vi", caption, f"{caption}: {said}.", bars=bars)
    return None
