"""Numbers of headings: I., 1., a)."""

from indicators.report.blocks import Heading
from indicators.report.results import ROMAN

LETTERS = "abcdđeghiklmnopqrstuvxy"


class Numbers:
    """Counts headings level by level; a higher one begins the lower ones again."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0]

    def of(self, heading: Heading) -> str:
        """The heading with its number: "II. ĐÁNH GIÁ CHUNG", "1. Kết quả", "a) Dân số"."""
        at = heading.level - 1
        self.counts[at] += 1
        self.counts[at + 1 :] = [0] * (2 - at)
        count = self.counts[at]
        if at == 0:
            return f"{ROMAN[count - 1]}. {heading.text.upper()}"
        return f"{count}. {heading.text}" if at == 1 else f"{LETTERS[count - 1]}) {heading.text}"
