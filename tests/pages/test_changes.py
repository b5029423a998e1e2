"""The card of changes after approval: in one order, and only what is shown is worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from etl.approval import Approval
from etl.context import opened
from etl.numbers import Absence
from etl.store.awaiting import Difference, Sent
from etl.store.taken_off import TakenOff, Undone
from indicators.table import Figure
from pages.parts.approval import changes, data
from pages.parts.approval.changes import SHOWN, changes_card
from pages.parts.approval.rows import figures_text
from pages.parts.data import picture_of
from pages.parts.take.approval import before_and_after
from pages.parts.take.asked import Asked
from pages.parts.view import View
from tests.html import text_of

VIEW = View("thanh-hoa-2021", "2021-Q3", "thanh-hoa")


@pytest.fixture
def change(demo_db: object, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """The change of the demo province; whoever looks may see it."""
    monkeypatch.setattr(changes, "may", lambda act: True)
    return picture_of(VIEW).approval.changes[0]


def test_only_what_is_shown_is_asked_for(change: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    ask = data.differences

    def counting(cur: object, number: int, base: int | None) -> list[Difference]:
        asked.append(number)
        return ask(cur, number, base)  # type: ignore[arg-type]

    monkeypatch.setattr(data, "differences", counting)
    many = tuple(replace(change, id=-n) for n in range(40))
    html = changes_card(Approval(changes=many), VIEW)
    assert html.count("<li>") == SHOWN == len(set(asked)) == len(asked)
    text = text_of(html)
    assert "0 thay đổi đã được duyệt, 40 đang chờ" in text and "Xem thêm 34 thay đổi" in text


def test_what_was_undone_stands_among_the_changes_by_its_moment(change: Sent) -> None:
    def gone(moment: datetime) -> Undone:
        off = TakenOff("returned", "Hà", moment, f"lúc {moment:%d}")
        return Undone(0, change.unit, change.period, change.form, "Lan", moment, off)

    day, came = timedelta(days=1), change.received_at
    many = tuple(
        replace(change, id=-n, received_at=came - n * day, reason=f"sửa {n}")
        for n in range(9, 0, -1)
    )
    undone = (gone(came + day), gone(came - 2.5 * day), gone(came - 20 * day))
    found = Approval(changes=many, undone=undone)
    at = [event.happened_at for event in found.events]
    assert at == sorted(at, reverse=True) and len(at) == 12
    items = text_of(changes_card(found, VIEW))
    order = [f"lúc {came + day:%d}", "sửa 1", "sửa 2", f"lúc {came - 2.5 * day:%d}", "sửa 3"]
    places = [items.index(f"Lý do: {why}") for why in order]
    assert places == sorted(places) and "Xem thêm 6 thay đổi" in items
    assert f"lúc {came - 20 * day:%d}" not in items
    # The day of an approval counts, not that of the sending.
    late = replace(many[0], word="approved", decided_at=came + 3 * day)
    assert Approval(changes=(late, *many[1:]), undone=undone).events[0] is late


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize(
    ("found", "sides"),
    [
        (Difference("doctors", None, Absence.NIL, Decimal(2), None, True, True), ("-", "2")),
        (
            Difference("doctors", None, None, Decimal("1.5000"), None, False, True),
            ("không có", "1,5"),
        ),
        (
            Difference("doctors", Decimal(5), None, None, Absence.NOT_AVAILABLE, True, True),
            ("5", "…"),
        ),
        (Difference("doctors", Decimal(5), None, None, None, True, False), ("5", "không có")),
    ],
)
def test_card_and_table_say_alike_that_there_is_no_figure(
    found: Difference, sides: tuple[str, str]
) -> None:
    name, *cells = before_and_after(found, Asked(VIEW))
    assert opened().deployment.catalogue.quantities["doctors"].name_vi == name
    assert figures_text([found], "vi") == f"{name}: {' → '.join(sides)}"
    for cell, side in zip(cells, sides, strict=True):
        value = f"{cell.value:.{cell.decimals}f}" if isinstance(cell, Figure) else cell
        assert value == side.replace(",", ".")
