"""PDF of the report and the one-page sheets, read back."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from etl.papers_made import Papers
from indicators.headline import headline
from indicators.report.sheet import sheet
from indicators.sentence import value_text
from tests.etl.papers.conftest import papers, with_own
from tests.etl.papers.test_word import write_own


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    """All words, lines joined."""
    text = " ".join(page.extract_text() for page in read(content).pages)
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def made(full: Papers) -> bytes:
    return full.pdf()


def test_the_report_says_what_the_pages_say(made: bytes, full: Papers) -> None:
    text = words(made)
    assert headline(full.material.judged)[1:].rstrip(".") in text
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: /BC-SYT",
        "trân trọng báo cáo./.",
        "GIÁM ĐỐC",
    ):
        assert part in text
    for a in full.material.judged:
        if a.measure.value is not None and a.rule and not a.also:
            assert value_text(a.measure.value, a.indicator, beside=a.rule.value) in text


def test_pages_stand_upright_and_annexes_lie(made: bytes) -> None:
    pages = read(made).pages
    shapes = ["wide" if p.mediabox.width > p.mediabox.height else "tall" for p in pages]
    first = shapes.index("wide")
    assert 5 <= first <= 14 and len(shapes) <= 30
    assert set(shapes[:first]) == {"tall"} and set(shapes[first:]) == {"wide"}


def test_every_page_is_marked_and_numbered_but_the_first(made: bytes) -> None:
    pages = [page.extract_text() for page in read(made).pages]
    assert all("Số liệu mô phỏng" in page for page in pages)
    assert not pages[0].lstrip().startswith("1\n")
    assert pages[1].lstrip().startswith("2")


def test_typefaces_are_in_the_file(made: bytes) -> None:
    fonts = set()
    for page in read(made).pages:
        for font in page["/Resources"]["/Font"].values():
            fonts.add(font.get_object()["/BaseFont"].split("+")[-1].split("-")[0])
    assert fonts == {"Tinos"}


def test_own_text_of_the_word_file_is_printed(full: Papers) -> None:
    sent = write_own(full.docx(), "kien-nghi", "Đề nghị bổ sung biên chế bác sĩ.")
    assert "Đề nghị bổ sung biên chế bác sĩ." in words(with_own(full, sent).pdf())


def test_the_same_bytes_for_the_same_moment(full: Papers, made: bytes) -> None:
    assert full.pdf() == made


def test_the_sheet_is_one_page_with_every_value(full: Papers) -> None:
    made = full.sheet()
    assert len(read(made).pages) == 1
    text, shown = words(made), sheet(full.material)
    assert "Có 5/27 chỉ tiêu" in text or headline(full.material.judged) in text
    assert "Số liệu mô phỏng" in text
    for row in shown.rows:
        assert row.value in text
    assert full.sheet() == made


@pytest.mark.parametrize("unit", ["th-quan-son", "th-ttyt-quan-son", "th-bv-noi-tiet"])
def test_the_sheet_of_a_unit_is_one_page(full: Papers, unit: str) -> None:
    found = replace(full, asked=replace(full.asked, scope=unit))
    made = found.sheet()
    assert len(read(made).pages) == 1
    assert found.material.scope_name in words(made)


def test_a_plan_without_figures_has_a_report_too(full: Papers) -> None:
    plans = full.context.deployment.plans
    for name in ("quang-ninh-2019", "nhu-thanh-2021-2025"):
        plan = plans[name]
        found = replace(full, asked=replace(full.asked, plan=plan, scope=plan.unit))
        assert plan.name_vi in words(found.pdf())
        assert len(read(found.sheet()).pages) == 1


def test_a_year_and_nine_months_have_their_words(full: Papers) -> None:
    from indicators.period import parse_period

    for code, said in (("2021", "năm 2021"), ("2021-9M", "9 tháng"), ("2021-H1", "6 tháng đầu")):
        found = replace(full, asked=replace(full.asked, period=parse_period(code)))
        assert said in found.report.title


def test_without_any_figure(empty: Papers) -> None:
    assert "có 0/27 chỉ tiêu" in words(empty.pdf())
    assert len(read(empty.sheet()).pages) == 1


def test_papers_are_made_for_another_period(demo_file: object, patch: pytest.MonkeyPatch) -> None:
    found = papers(demo_file, patch, period="2021-Q2")  # type: ignore[arg-type]
    assert "Quý II, nhiệm vụ trọng tâm Quý III năm 2021" in found.report.title
