"""What a heading means: a role of the column (unit, period, value) or a quantity."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz, process

from etl.marks import without_mark
from etl.normalise import key, search_key
from etl.periods import read_period
from indicators.catalogue import Catalogue
from indicators.period import Period, parse_period
from indicators.wording import Wording

SUGGESTIONS = 3
CLOSE_ENOUGH = 70


class Column(StrEnum):
    """The part a column plays that is not a quantity."""

    UNIT = "unit"
    PERIOD = "period"
    YEAR = "year"  # with MONTH beside it, one period from two columns
    MONTH = "month"
    FIRST_DAY = "first_day"  # with LAST_DAY, one period from two dates
    LAST_DAY = "last_day"
    QUANTITY = "quantity"
    VALUE = "value"
    NOTE = "note"
    ESTIMATE = "estimate"
    MEASURE = "measure"  # the unit of measure
    IGNORED = "ignored"


HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.UNIT: (
        "unit", "unit_id", "đơn vị", "tên đơn vị", "mã đơn vị", "đơn vị báo cáo", "cơ sở",
        "tên cơ sở", "cơ sở y tế", "địa phương", "huyện", "xã", "trạm y tế", "địa bàn",
        "xã, phường, thị trấn", "huyện, thị xã, thành phố",
    ),
    Column.PERIOD: ("period", "kỳ", "kỳ báo cáo", "thời kỳ", "quý"),
    Column.YEAR: ("năm", "year"),
    Column.MONTH: ("tháng", "month"),
    Column.FIRST_DAY: ("từ ngày", "ngày bắt đầu"),
    Column.LAST_DAY: ("đến ngày", "ngày kết thúc"),
    Column.QUANTITY: (
        "quantity", "số liệu", "tên số liệu", "chỉ tiêu", "nội dung", "tên chỉ tiêu", "mã số liệu",
    ),
    Column.VALUE: ("value", "giá trị", "thực hiện", "kết quả", "trị số"),
    Column.NOTE: ("note", "ghi chú"),
    Column.ESTIMATE: ("estimate", "ước", "ước tính", "là số ước"),
    Column.MEASURE: ("đơn vị tính", "đvt", "đv tính"),
    Column.IGNORED: ("stt", "tt", "số thứ tự"),
}  # fmt: skip
# Over or under another heading these words add nothing to it.
NEUTRAL = ("tổng số", "tổng cộng", "tổng", "total", "số lượng", "số liệu", "trong kỳ", "kỳ báo cáo")


@dataclass(frozen=True)
class HeadingMatcher:
    """Finds what headings mean in one catalogue, with the words of one deployment's files."""

    catalogue: Catalogue
    wording: Wording = field(default_factory=Wording)

    @cached_property
    def roles(self) -> dict[str, Column]:
        """Comparison key to column role."""
        own = {role: getattr(self.wording.headings, role, ()) for role in Column}
        return {
            key(text): role
            for words in (HEADINGS, own)
            for role, texts in words.items()
            for text in texts
        }

    @cached_property
    def quantities(self) -> dict[str, str]:
        """Comparison key to quantity id; ids, names and listed headings."""
        return {
            key(text): q.id
            for q in self.catalogue.quantities.values()
            for text in (q.id, q.name_vi, q.name_en, *q.headings)
        }

    @cached_property
    def neutral(self) -> frozenset[str]:
        """Keys of words that say nothing of their own: fields, forms and the deployment's list."""
        groups = [n for f in self.catalogue.fields.values() for n in (f.name_vi, f.name_en)]
        groups += [n for f in self.catalogue.forms.values() for n in (f.name_vi, f.name_en)]
        words = (*NEUTRAL, *HEADINGS[Column.VALUE], *groups, *self.wording.headings.neutral)
        return frozenset(key(text) for text in words) - self.quantities.keys()

    @cached_property
    def periods(self) -> dict[str, Period]:
        """Comparison key to period, for those that only this deployment's files write so."""
        return {key(word.written): parse_period(word.period) for word in self.wording.periods}

    def role(self, text: str) -> Column | None:
        """The part a column with this heading plays, or None."""
        return self.roles.get(key(text)) or self.roles.get(key(without_mark(text)))

    def quantity(self, text: str) -> str | None:
        """The quantity this text names, or None; a mark or a unit in brackets does not matter."""
        bare = without_mark(text)
        forms = (text, bare, _without_brackets(bare))
        return next((self.quantities[k] for k in map(key, forms) if k in self.quantities), None)

    def period(self, text: str) -> Period | None:
        """The period this text is, or None."""
        return self.periods.get(key(text)) or read_period(text) or read_period(without_mark(text))

    def is_neutral(self, text: str) -> bool:
        """Whether the text adds nothing to the headings around it."""
        return not key(text) or key(text) in self.neutral or key(without_mark(text)) in self.neutral

    def measure_in(self, text: str) -> str:
        """What stands in brackets behind the name of a quantity, "" where its name has it too."""
        bare = without_mark(text)
        if key(bare) in self.quantities:
            return ""
        return bare.partition("(")[2].strip(" ()")

    def suggest(self, text: str) -> list[str]:
        """The nearest names of quantities, for a person to choose from."""
        names = {q.id: search_key(q.name_vi) for q in self.catalogue.quantities.values()}
        found = process.extract(
            search_key(text), names, scorer=fuzz.token_set_ratio, limit=SUGGESTIONS
        )
        return [
            self.catalogue.quantities[q].name_vi for _, score, q in found if score >= CLOSE_ENOUGH
        ]


def _without_brackets(text: str) -> str:
    head, bracket, _ = text.partition("(")
    return head if bracket and head.strip() else text
