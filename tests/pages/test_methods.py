"""Phương pháp & thuật ngữ: anchors, search without marks, formulas, the catalogue, no tag gets in."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.documents import methods
from etl.web import ROOT
from pages.parts.methods.asked import matches
from pages.parts.methods.formula import formula_html
from pages.parts.methods.markdown import inline, markdown
from tests.html import html_of
from tests.pages.opening import open_page

PAGE = ROOT / "pages" / "methods.py"


def run(**query: str) -> AppTest:
    """The page as opened with this address."""
    return open_page(PAGE, **query)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_section_is_there_with_its_formulas(empty_db: Path, language: str) -> None:
    html = html_of(run(lang=language))
    for section in methods(language):
        assert f'id="{section.anchor}"' in html
    assert html.count("<math ") >= 8 and "<mfrac>" in html
    assert html.count("<details") == html.count("open>") == len(methods(language))


def test_a_link_opens_its_section_alone_and_marks_the_stretch(empty_db: Path) -> None:
    html = html_of(run(muc="funnel"))
    assert html.count(" open>") == 1 and html.count('aria-current="location"') == 1
    assert 'id="funnel" aria-current="location"' in html
    assert " open>" in html_of(run(muc="nonsense<b>"))  # an unknown one: everything


def test_words_are_found_without_marks_in_every_part(empty_db: Path) -> None:
    html = html_of(run(q="pheu", phan="terms"))
    assert "Phễu" in html and "Tile map" not in html and "1 thuật ngữ" in html
    assert matches("bac si", ["Số bác sĩ"]) and not matches("bác xe", ["Số bác sĩ"])
    assert "Không tìm thấy" in html_of(run(q="xyzzy"))


def test_typing_puts_the_words_into_the_address(empty_db: Path) -> None:
    at = run(muc="funnel")
    at.text_input[0].set_value("giường").run()
    assert at.query_params["q"] == "giường" and "muc" not in at.query_params
    assert "“giường”" in html_of(at)


def test_the_catalogue_tells_everything_of_an_indicator(empty_db: Path) -> None:
    html = html_of(run(muc="doctors_per_10k"))
    own = html.split('id="doctors_per_10k"')[1].split("</details>")[0]
    found = opened().deployment.catalogue.indicators["doctors_per_10k"]
    assert found.definition_vi in own and "÷" in own and "cao hơn là tốt" in own
    assert "Như Thanh 2021-2025, Thanh Hóa 2021" in own and "bản 1" in own
    assert html.count('<details class="vd-fold"') == len(opened().deployment.catalogue.indicators)
    broken = html.split('id="communes_at_standard"')[1].split("</details>")[0]
    assert "đổi cách tính từ 09/03/2023" in broken


def test_tags_in_a_document_stay_text() -> None:
    assert "<script>" not in markdown("a <script>alert(1)</script> **b**")
    assert "&lt;script&gt;" in markdown("a <script>alert(1)</script>")
    assert 'href="javascript' not in markdown("[x](javascript:alert(1))")
    assert inline("3. Đạt hay không") == "3. Đạt hay không"


def test_formulas_become_mathml() -> None:
    html = formula_html("v = k · frac{Σ x_i}{n} ± sqrt{p̄}")
    assert "<mfrac><mrow><mo>Σ</mo><msub><mi>x</mi><mi>i</mi></msub></mrow><mrow>" in html
    assert "<msqrt><mrow><mover><mi>p</mi><mo>¯</mo></mover></mrow></msqrt>" in html
    with pytest.raises(ValueError, match="lacks"):
        formula_html("frac{a}")
    with pytest.raises(ValueError, match="lacks"):
        formula_html("sqrt{a")


@pytest.mark.parametrize(("language", "word"), [("vi", "hệ thống khác"), ("en", "other systems")])
def test_other_systems_are_shown_the_way(empty_db: Path, language: str, word: str) -> None:
    html = html_of(run(lang=language))
    assert f'href="/api/v1?lang={language}"' in html and word in html
