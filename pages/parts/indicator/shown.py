"""What this page shows beyond the view: list, map or funnel, order, and the number taken apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indicators.ranking import Only, Order
from pages.parts.view import View

PAGE = "/chi-tieu"


class Form(StrEnum):
    """How the units behind a number are shown."""

    LIST = "list"
    MAP = "map"
    FUNNEL = "funnel"


@dataclass(frozen=True)
class Shown:
    """Kept in the address beside the view; an unknown word falls to the default."""

    form: Form = Form.LIST
    order: Order = Order.GAP
    backwards: bool = False
    only: Only = Only.ALL
    explain: str = ""  # the unit whose number is taken apart

    def kept_to(self, forms: Sequence[Form]) -> Shown:
        """The same, as a list where what is asked for is not to be had."""
        return self if self.form in forms else replace(self, form=Form.LIST)

    def link(self, view: View, **changes: object) -> str:
        """The address of this page with some of it changed; what is the default is left out."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        order = "-" * other.backwards + other.order
        more = {
            "show": other.form if other.form is not Form.LIST else "",
            "sort": order if order != Order.GAP else "",
            "only": other.only if other.only is not Only.ALL else "",
            "explain": other.explain,
        }
        return view.link(PAGE, more)


def shown_of(asked: Mapping[str, str]) -> Shown:
    """What the address asks for."""
    sort = asked.get("sort", "")
    order, form, only = sort.removeprefix("-"), asked.get("show", ""), asked.get("only", "")
    return Shown(
        Form(form) if form in list(Form) else Form.LIST,
        Order(order) if order in list(Order) else Order.GAP,
        sort.startswith("-") and order in list(Order),
        Only(only) if only in list(Only) else Only.ALL,
        asked.get("explain", ""),
    )
