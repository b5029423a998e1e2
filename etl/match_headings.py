"""What a heading means: a role of the column (unit, period, value) or a quantity."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz, process

from etl.normalise import key, search_key
from indicators.catalogue import Catalogue

SUGGESTIONS = 3
CLOSE_ENOUGH = 70


class Column(StrEnum):
    """The part a column plays that is not a quantity."""

    UNIT = "unit"
    PERIOD = "period"
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
    Column.QUANTITY: (
        "quantity", "số liệu", "tên số liệu", "chỉ tiêu", "nội dung", "tên chỉ tiêu", "mã số liệu",
    ),
    Column.VALUE: ("value", "giá trị", "thực hiện", "kết quả", "trị số"),
    Column.NOTE: ("note", "ghi chú"),
    Column.ESTIMATE: ("estimate", "ước", "ước tính", "là số ước"),
    Column.MEASURE: ("đơn vị tính", "đvt", "đv tính"),
    # The last two stand in our own form, for comparison: figures of other periods, sent before.
    Column.IGNORED: (
        "stt", "tt", "số thứ tự", "đã báo cáo kỳ trước", "đã báo cáo cùng kỳ năm trước",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class HeadingMatcher:
    """Finds what headings mean in one catalogue; ``confirmed`` are further (text, quantity)."""

    catalogue: Catalogue
    confirmed: tuple[tuple[str, str], ...] = ()

    @cached_property
    def roles(self) -> dict[str, Column]:
        """Comparison key to column role."""
        return {key(text): role for role, texts in HEADINGS.items() for text in texts}

    @cached_property
    def quantities(self) -> dict[str, str]:
        """Comparison key to quantity id; ids, names, listed headings, and what was confirmed."""
        known = {
            key(text): q.id
            for q in self.catalogue.quantities.values()
            for text in (q.id, q.name_vi, q.name_en, *q.headings)
        }
        return {key(text): q for text, q in self.confirmed} | known

    def role(self, text: str) -> Column | None:
        """The part a column with this heading plays, or None.

        What is not read may say more in brackets: "Đã báo cáo kỳ trước (Quý II/2021)".
        """
        passed_over = self.roles.get(key(_without_brackets(text))) is Column.IGNORED
        return Column.IGNORED if passed_over else self.roles.get(key(text))

    def quantity(self, text: str) -> str | None:
        """The quantity this text names, or None; a trailing unit in brackets does not matter."""
        return self.quantities.get(key(text)) or self.quantities.get(key(_without_brackets(text)))

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
