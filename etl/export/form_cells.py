"""The cells of a form: how they look, what may be entered, and what their notes say."""

from decimal import Decimal
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from indicators.catalogue import Behaviour, Catalogue, Quantity
from indicators.formats import format_plain
from indicators.text import say

# The dots are letters of the format, so that they are dots on every computer, set to Vietnamese
# or not. Decimals cannot be had that way: they show as the computer is set.
WHOLE = r"[>=1000000]0\.000\.000;[>=1000]0\.000;0"
MONEY = r"[>=1000000000]0\.000\.000\.000;[>=1000000]0\.000\.000;#,##0"
DONG = "đồng"
ABSENT = ("-", "…", "...")
MESSAGE, LINE, CHARACTER_ROWS = 255, 18, 46
GREY, RULE, PALE, BLUE, ORANGE = "#6B7280", "#B8BEC8", "#FFFBE0", "#E8EEF6", "#FFC98A"
BASE = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
BOX = {"border": 1, "border_color": RULE}
OPEN = {**BOX, "locked": False, "bg_color": PALE}
LOOKS: dict[str, dict[str, Any]] = {
    "office": {},
    "office_bold": {"bold": True},
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "title_left": {"bold": True, "font_size": 14},
    "centre": {"italic": True, "align": "center"},
    "legend": {"text_wrap": True, "font_size": 10.5, "font_color": "#374151", "valign": "top"},
    "quiet": {"font_size": 9, "font_color": GREY},
    "step": {"text_wrap": True, "valign": "top"},
    "heading": {**BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": BLUE},
    "number": {**BOX, "align": "center"},
    "name": {**BOX, "indent": 1, "text_wrap": True, "quote_prefix": True},
    "measure": {**BOX, "align": "center", "text_wrap": True, "quote_prefix": True},
    "mark": {**OPEN, "align": "center"},
    "note": {**OPEN, "text_wrap": True, "bg_color": "#FFFFFF"},
    "earlier": {**BOX, "align": "right", "indent": 1, "font_color": "#374151"},
    "machine": {"font_size": 9, "font_color": "#9CA3AF", "quote_prefix": True},
    "above": {"bg_color": ORANGE, "bold": True},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self._format(name, "General")

    def for_input(self, quantity: Quantity) -> Format:
        """An open cell for its numbers."""
        return self._format("input", number_format(quantity))

    def for_earlier(self, quantity: Quantity) -> Format:
        """A locked cell with a number sent before."""
        return self._format("earlier", number_format(quantity))

    def _format(self, name: str, digits: str) -> Format:
        if (name, digits) not in self._made:
            look = self._looks[name]
            self._made[name, digits] = self._book.add_format({**look, "num_format": digits})
        return self._made[name, digits]

    @cached_property
    def _looks(self) -> dict[str, dict[str, Any]]:
        cells = {name: {**BASE, **look} for name, look in LOOKS.items()}
        return {
            **cells,
            "input": {**BASE, **OPEN, "align": "right", "indent": 1},
            "above": LOOKS["above"],
        }


def number_format(quantity: Quantity) -> str:
    """Dots between thousands for whole numbers, as the computer is set for others."""
    if not quantity.whole_number:
        return "General"
    return MONEY if quantity.unit_of_measure == DONG else WHOLE


def validation(quantity: Quantity, cell: str, language: str) -> dict[str, Any]:
    """What a cell takes: numbers inside the hard bounds, the two absences, and written estimates."""
    text = allowed_text(quantity, language)
    said = {
        "input_message": text[:MESSAGE],
        "error_title": say("form.allowed.title", language),
        "error_message": text[:MESSAGE],
    }
    if is_yes_no(quantity):
        return {"validate": "list", "source": ["0", "1", *ABSENT[:2]], **said}
    return {"validate": "custom", "value": _formula(quantity, cell), **said}


def is_yes_no(quantity: Quantity) -> bool:
    """Whether only 0 and 1 are possible."""
    return quantity.whole_number and quantity.minimum == 0 and quantity.maximum == 1


def _formula(quantity: Quantity, cell: str) -> str:
    tests = [f"ISNUMBER({cell})"]
    if quantity.whole_number:
        tests.append(f"{cell}=INT({cell})")
    if quantity.minimum is not None:
        tests.append(f"{cell}>={quantity.minimum}")
    if quantity.maximum is not None:
        tests.append(f"{cell}<={quantity.maximum}")
    # In an "or" of a spreadsheet an error anywhere is the answer, and text compared is no error.
    words = ",".join(f'{cell}="{mark}"' for mark in ABSENT)
    return f'=OR(AND({",".join(tests)}),{words},LEFT({cell},3)="ước")'


def allowed_text(quantity: Quantity, language: str) -> str:
    """The same in words."""
    if is_yes_no(quantity):
        return say("form.allowed.yes_no", language)
    kind = "whole" if quantity.whole_number else "decimal"
    within = _range(quantity.minimum, quantity.maximum, language)
    return say(f"form.allowed.{kind}", language, range=within).replace(" ,", ",")


def _range(low: Decimal | None, high: Decimal | None, language: str) -> str:
    ends = {"low": format_plain(low, language), "high": format_plain(high, language)}
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return say("form.allowed.from" if high is None else "form.allowed.to", language, **ends)
    return say("form.allowed.between", language, **ends)


def comment(quantity: Quantity, catalogue: Catalogue, language: str) -> tuple[str, dict[str, Any]]:
    """The definition of a quantity as a cell note, and how large the note is drawn."""
    used = [i.name_vi for i in catalogue.indicators.values() if quantity.id in i.quantities]
    parts = [
        say("form.note.id", language, id=quantity.id, measure=quantity.unit_of_measure),
        say(f"form.note.{_over_time(quantity)}", language),
        allowed_text(quantity, language),
    ]
    if quantity.at_most:
        whole = catalogue.quantities[quantity.at_most].name_vi
        parts.append(say("form.note.at_most", language, name=whole))
    if used:
        parts.append(say("form.note.used", language, names="; ".join(used)))
    lines = [*parts, *([quantity.note] if quantity.note else [])]
    rows = sum(1 + len(line) // CHARACTER_ROWS for line in lines)
    size = {"author": "Vạn Dân", "x_scale": 2.4, "height": LINE * rows + 10, "font_size": 10}
    return "\n".join(lines), size


def _over_time(quantity: Quantity) -> str:
    return "stock" if quantity.behaviour is Behaviour.STOCK else "flow"
