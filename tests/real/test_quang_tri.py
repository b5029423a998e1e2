"""Quảng Trị 2021 as its statistics office printed it: 33,9 beds and 10,5 doctors per 10,000."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.cli import DEPLOYMENTS, row_of, run

VIET_NAM = DEPLOYMENTS / "viet-nam"
EXACT = 1e-12

WIDE = """\
STT;Đơn vị;Giường bệnh;Bác sĩ;Dân số trung bình (người)
1;Tỉnh Quảng Trị;2.200;679;648.968
"""
LONG = """\
Đơn vị;Kỳ báo cáo;Số liệu;Giá trị
Quảng Trị;2021;Số giường bệnh;2.200
Quảng Trị;2021;Số bác sĩ;679
Quảng Trị;2021;Dân số trung bình;648.968
"""
PLAIN = """\
unit;period;quantity;value
45;2021;beds;2.200
45;2021;doctors;679
45;2021;population;648.968
"""
# The province office published one decimal; the exact figures are the quotients themselves.
PUBLISHED = {
    "beds_per_10k": (2200, 648968, "33,9"),
    "doctors_per_10k": (679, 648968, "10,5"),
}


def one_decimal(value: float) -> str:
    """As a Vietnamese yearbook prints it."""
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(rounded).replace(".", ",")


@pytest.mark.parametrize("text", [WIDE, LONG, PLAIN], ids=["wide", "long", "ids"])
def test_published_figures_come_back_from_vietnamese_numbers(tmp_path: Path, text: str) -> None:
    file, db = tmp_path / "quang-tri-2021.csv", tmp_path / "quang-tri.duckdb"
    file.write_text(text, encoding="utf-8-sig")
    run("etl", "init", data=VIET_NAM, db=db)
    run("etl", "load", file, "--period", "2021", data=VIET_NAM, db=db)
    asked = ("--plan", "bo-y-te-2020", "--period", "2021", "--unit", "quang-tri")
    document = run("indicators", "verdicts", *asked, data=VIET_NAM, db=db)
    for indicator, (numerator, denominator, printed) in PUBLISHED.items():
        row = row_of(document, indicator=indicator, scope="quang-tri")
        assert (row["numerator"], row["denominator"]) == (numerator, denominator)
        assert row["value"] == pytest.approx(numerator * 10000 / denominator, rel=EXACT)
        assert one_decimal(row["value"]) == printed


def test_the_number_explains_from_which_file_it_came(tmp_path: Path) -> None:
    file, db = tmp_path / "quang-tri-2021.csv", tmp_path / "quang-tri.duckdb"
    file.write_text(WIDE, encoding="utf-8-sig")
    run("etl", "init", data=VIET_NAM, db=db)
    run("etl", "load", file, "--period", "2021", data=VIET_NAM, db=db)
    asked = ("--indicator", "beds_per_10k", "--unit", "quang-tri", "--period", "2021")
    document = run("indicators", "explain", *asked, data=VIET_NAM, db=db)
    assert document["value"] == pytest.approx(2200 * 10000 / 648968, rel=EXACT)
    assert file.name in str(document)
