"""Charts of our own as files: well-formed, with the values of the page and the lines of origin."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from starlette.exceptions import HTTPException

from indicators.charts.plain import wrapped
from pages.parts.take.answer import drawn
from pages.parts.take.menu import take_drawn
from tests.pages.take.test_take import asked

SVG = "{http://www.w3.org/2000/svg}"
UNIT = {"period": "2021-Q3", "unit": "th-nhu-thanh"}
MAPPED = {"period": "2021-Q3", "indicator": "stations_with_doctor"}


def texts(content: bytes) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(content).iter(f"{SVG}text")]


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("name", "query"), [("spine", UNIT), ("map", MAPPED)])
def test_a_picture_says_what_it_is_and_where_it_comes_from(
    name: str, query: dict[str, str], lang: str
) -> None:
    content, file = drawn(name, {**query, "lang": lang})
    said = texts(content)
    assert file.endswith(".svg") and file.isascii()
    assert ("Số liệu mô phỏng" if lang == "vi" else "Simulated data") in said
    assert any(line.startswith("Nguồn:" if lang == "vi" else "Source:") for line in said)
    assert b"font-family:" in content and b"http" not in content.replace(SVG[1:-1].encode(), b"")


@pytest.mark.usefixtures("demo_db")
def test_the_spine_has_every_indicator_and_the_map_every_area_with_its_value() -> None:
    assert "Bao phủ BHYT" in texts(drawn("spine", UNIT)[0])
    said = texts(drawn("map", MAPPED)[0])
    assert said[said.index("Quan Sơn") + 1] == "50,0%"
    assert said[said.index("Mường Lát") + 1] == "…"
    assert said[0].startswith("Trạm y tế có bác sĩ: ")


@pytest.mark.usefixtures("demo_db")
def test_where_nothing_can_be_drawn_there_is_no_file() -> None:
    with pytest.raises(HTTPException):
        drawn("spine", {"period": "2021-Q3"})


@pytest.mark.usefixtures("demo_db")
def test_the_menu_gives_picture_and_table() -> None:
    html = take_drawn("spine", "spine", "Vị trí", asked(**UNIT).view)
    assert html.count("/tai-ve/spine.svg?") == 2 and html.count("data-png") == 1
    assert "/tai-ve/spine.xlsx?" in html


def test_lines_are_broken_between_words_only() -> None:
    assert wrapped("một hai ba", 7 * 10 * 0.57, 10) == ["một hai", "ba"]
    assert wrapped("dàidàidàidài", 10, 10) == ["dàidàidàidài"]
