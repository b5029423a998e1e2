"""Every table that a page offers: made from the address alone, equal to what the page shows."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.web import ROOT
from indicators.table import Figure, Table
from pages.parts.data import picture_of, ranking_of
from pages.parts.take.answer import WRITERS, drawn, file_name, make, maker
from pages.parts.take.asked import Asked
from pages.parts.take.caption import caption_of
from pages.parts.take.menu import take
from pages.parts.take.tables import TABLES
from pages.parts.view import view_of
from tests.html import html_of

DISTRICT = {"period": "2021-Q3", "unit": "th-nhu-thanh"}
LINKS = re.compile(r'<a download(?: data-png)? href="([^"]+)"')


def asked(**query: str) -> Asked:
    return Asked(view_of(query, opened().deployment), query)


def table(name: str, **query: str) -> Table:
    return maker(name)(asked(**query))


def column(found: Table, heading: str) -> list[Any]:
    at = [c.name for c in found.columns].index(heading)
    return [row[at] for row in found.rows]


def run(page: str, **query: str) -> str:
    at = AppTest.from_file(ROOT / "pages" / page, default_timeout=120)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return html_of(at)


PAGES = [
    ("overview.py", {"period": "2021-Q3"}),
    ("overview.py", {"period": "2021-Q3", "lang": "en", "verdict": "at_risk"}),
    ("indicator.py", {"period": "2021", "indicator": "full_immunisation_under_1"}),
    ("indicator.py", {"period": "2021-Q3", "indicator": "stations_with_doctor", "lang": "en"}),
    ("unit.py", DISTRICT),
    ("unit.py", {"period": "2021-Q3", "unit": "th-ttyt-nhu-thanh"}),
]


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize(("page", "query"), PAGES)
def test_every_link_of_a_page_gives_a_file(page: str, query: dict[str, str]) -> None:
    links = [urlsplit(unescape(link)) for link in LINKS.findall(run(page, **query))]
    assert links
    for link in links:
        name, kind = link.path.removeprefix("/tai-ve/").split(".")
        query = dict(parse_qsl(link.query))
        content, file = drawn(name, query) if kind == "svg" else make(name, kind, query)
        assert content and file.endswith(f".{kind}") and file.isascii()


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_table_can_be_made(name: str, language: str) -> None:
    found = table(name, **DISTRICT, lang=language, indicator="full_immunisation_under_1")
    assert found.title and all(c.name for c in found.columns)


@pytest.mark.usefixtures("empty_db")
@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_made_where_nothing_is_known(name: str) -> None:
    found = table(name, **DISTRICT)
    known = [
        c for c, head in enumerate(found.columns) if head.name in ("Thực hiện", "Ở đây", "Giá trị")
    ]
    assert all(row[c] in ("…", None) for row in found.rows for c in known)
    assert make(name, "xlsx", DISTRICT)[0]


@pytest.mark.usefixtures("demo_db")
def test_targets_are_those_of_the_sentence_and_a_filter_keeps_its_verdict() -> None:
    everything = table("targets", period="2021-Q3")
    counted = [a for a in picture_of(asked(period="2021-Q3").view).assessments if a.target.headline]
    assert len(everything.rows) == len(counted) + sum(len(a.also) for a in counted)
    at_risk = table("targets", period="2021-Q3", verdict="at_risk")
    assert set(column(at_risk, "Đánh giá")) == {"Nguy cơ không đạt"}
    assert 0 < len(at_risk.rows) < len(everything.rows)


@pytest.mark.usefixtures("demo_db")
def test_numbers_are_kept_in_full_and_gaps_as_the_words_beside_them() -> None:
    query = {"period": "2021-Q3", "indicator": "stations_with_doctor"}
    found = table("ranking", **query)
    view = asked(**query).view
    whole = next(a for a in picture_of(view).assessments if a.indicator.id == query["indicator"])
    exact = [r.assessment.measure.value for r in ranking_of(view, whole).ranks]
    cells = column(found, "Thực hiện")
    assert [c.value if isinstance(c, Figure) else None for c in cells] == exact
    assert cells[-1] == "…"
    for amount, words in zip(
        column(found, "Còn thiếu hoặc vượt mức"), column(found, "Khoảng cách"), strict=True
    ):
        if isinstance(amount, Figure) and amount.value > 0:
            assert words == f"thiếu {amount.value} trạm"


@pytest.mark.usefixtures("demo_db")
def test_a_course_leaves_gaps_open_and_the_future_empty() -> None:
    found = table("trend", period="2021-Q3", indicator="stations_with_doctor")
    actual = column(found, "Thực hiện")
    assert isinstance(actual[0], Figure) and actual[-1] is None
    assert isinstance(column(found, "Dự báo đến hạn")[-1], Figure)


@pytest.mark.usefixtures("demo_db")
def test_the_caption_says_plan_period_unit_source_version_and_the_moment_looked_from() -> None:
    caption = caption_of(asked(**DISTRICT, known="2021-10-05").view)
    text = "\n".join(caption.lines)
    for words in (
        "Kế hoạch: ",
        "Quý III/2021; Huyện Như Thanh",
        "Theo số liệu đã nhận đến ",
        "Nguồn: báo cáo của các đơn vị, Sở Y tế Thanh Hóa",
        "phiên bản số liệu ",
    ):
        assert words in text
    assert caption.simulated == "Số liệu mô phỏng"
    assert "Theo số liệu" not in "\n".join(caption_of(asked(**DISTRICT).view).lines)


@pytest.mark.usefixtures("demo_db")
def test_a_file_carries_the_mark_and_the_moment_it_was_made() -> None:
    text = make("forms", "csv", {"period": "2021-Q3"})[0].decode("utf-8-sig")
    assert "Số liệu mô phỏng" in text and re.search(r"Tải về lúc \d\d:\d\d \d\d/\d\d/\d{4}", text)


@pytest.mark.usefixtures("demo_db")
def test_a_menu_names_its_table_to_a_screen_reader_and_escapes_it() -> None:
    html = take("forms", 'A "B" <c>', asked(period="2021-Q3").view, verdict="met")
    assert 'aria-label="Tải về XLSX: A &quot;B&quot; &lt;c&gt;"' in html
    assert (
        "&amp;verdict=met" in html
        and "<c>" not in html
        and len(LINKS.findall(html)) == len(WRITERS)
    )


def test_a_file_name_is_what_every_system_takes() -> None:
    assert file_name("Bác sĩ/vạn dân: 10,8 ≤ «đủ»", "2021-Q3") == "bac-si-van-dan-10-8-du-2021-Q3"
    assert len(file_name("dài " * 100, "2021")) < 100
