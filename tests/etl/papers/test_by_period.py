"""A target judged by the quarter alone: cashless payment of Bắc Giang, month by month."""

import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from etl import context
from etl.commands import answer
from etl.papers_made import Papers
from tests.etl.papers.conftest import papers
from tests.etl.papers.test_workbook import by_heading, worked_out

UNIT, PLAN = "bg-so-y-te", "bac-giang-2023"
# Of 1 000 transactions a month so many were cashless: 30, 32, … 46 % from January to September.
SHARES = {month: 28 + 2 * month for month in range(1, 10)}
NAME = "Tỷ lệ giao dịch không dùng tiền mặt theo số lượng"
ALONE, TO_DATE = "TH quý III/2023", "Lũy kế đến hết quý III/2023"


def file_of(shares: dict[int, int]) -> bytes:
    """The figures as a unit sends them."""
    lines = ["unit,period,quantity,value"]
    for month, share in shares.items():
        figures = {
            "transactions": 1000,
            "cashless_transactions": 10 * share,
            "transaction_value": 1000,
            "cashless_value": 10 * share,
        }
        lines += [f"{UNIT},2023-{month:02d},{name},{n}" for name, n in figures.items()]
    return "\n".join([*lines, ""]).encode()


@pytest.fixture
def made(empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Papers:
    """The papers of the third quarter, as known long after."""
    context.close()
    shutil.copytree(empty_file.parent, tmp_path / "copy")
    file = tmp_path / "copy" / empty_file.name
    monkeypatch.setenv("VANDAN_DB", str(file))
    said = {"by": "Lan", "reason": "kiểm tra"}
    done = answer("load", said, {"a.csv": file_of(SHARES)})
    assert done["exit_code"] == 0, done["document"]
    later = context.opened().store.cursor().execute("select max(received_at) from submission")
    ((moment,),) = later.fetchall()
    return papers(file, monkeypatch, plan=PLAN, period="2023-Q3", moment=moment)


def test_both_columns_are_true_and_what_is_worked_out_follows_the_quarter(made: Papers) -> None:
    content = made.xlsx()
    values, formulas = (
        openpyxl.load_workbook(BytesIO(content), data_only=only)["Kết quả"]
        for only in (True, False)
    )
    shown = {row["Chỉ tiêu"]: row for row in by_heading(values)}[NAME]
    quarter, whole = [SHARES[m] for m in (7, 8, 9)], list(SHARES.values())
    assert shown[ALONE] == pytest.approx(sum(quarter) / 3) == 44
    assert shown[TO_DATE] == pytest.approx(sum(whole) / 9) == 38
    of_plan = "% so KH (hoặc chênh lệch)"
    assert shown[of_plan] == pytest.approx(100 * 44 / 50)
    formula = {row["Chỉ tiêu"]: row for row in by_heading(formulas)}[NAME][of_plan]
    assert worked_out(formula, values) == pytest.approx(88)
    notes = [str(row[0].value) for row in values.iter_rows()]
    said = [note for note in notes if "Chỉ tiêu đánh giá theo từng kỳ" in note]
    assert len(said) == 1 and said[0].split()[0] in shown["Ghi chú"]
    context.close()
