"""What stands on paper: whose page, of what, known when; and nothing that breaks out of a style."""

from __future__ import annotations

import pytest

from etl.context import opened
from pages.parts.paper import paper, quoted
from pages.parts.view import view_of


def printed(**query: str) -> str:
    return paper(view_of(query, opened().deployment))


@pytest.mark.usefixtures("demo_db")
def test_a_print_says_plan_period_unit_and_when_it_was_printed() -> None:
    html = printed(period="2021-Q3", unit="th-nhu-thanh", known="2021-10-05")
    for words in (
        "Kế hoạch hành động",
        "Quý III/2021; Huyện Như Thanh",
        "Theo số liệu đã nhận",
        "In lúc ",
    ):
        assert words in html.split("</div>")[0]
    assert (
        "Số liệu mô phỏng" in html.split("<style>")[1] and 'content: "Trang " counter(page)' in html
    )


@pytest.mark.usefixtures("empty_db")
def test_english_pages_are_numbered_in_english() -> None:
    assert 'content: "Page " counter(page) " of " counter(pages)' in printed(lang="en")


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb", "</style>", "{x}"])
def test_no_text_ends_the_string_or_the_style(text: str) -> None:
    inside = quoted(text)[1:-1]
    assert not set(inside) & set('"\n<>{}') and "\\\\" not in inside
