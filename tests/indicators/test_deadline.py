"""Deadlines in words: one row for every phrase of the five documents, and for what must be refused."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from indicators.deadline import due_date_of
from indicators.deployment import load_deployment

DATA = Path(__file__).resolve().parents[2] / "data"
YEAR = 2022  # none of the plans' years: a phrase that uses it shows it

PHRASES = {
    # Bắc Giang 2023
    "trong tháng 01/2023": "2023-01-31",
    "trong tháng 02/2023": "2023-02-28",
    "trong tháng 3/2023": "2023-03-31",
    "tháng 3/2023": "2023-03-31",
    "trước 30/3/2023": "2023-03-29",
    "trước 15/4/2023": "2023-04-14",
    "tháng 4/2023": "2023-04-30",
    "tại phiên họp UBND tháng 4/2023": "2023-04-30",
    "trong tháng 5/2023": "2023-05-31",
    "trước tháng 6/2023": "2023-05-31",
    "trong tháng 6/2023": "2023-06-30",
    "trước tháng 7/2023": "2023-06-30",
    "trong tháng 8/2023": "2023-08-31",
    "trước tháng 9/2023": "2023-08-31",
    "trong tháng 9/2023": "2023-09-30",
    "trước tháng 10/2023": "2023-09-30",
    "trước tháng 11/2023": "2023-10-31",
    "trong tháng 11/2023": "2023-11-30",
    "trong tháng 12/2023": "2023-12-31",
    "sau khi có thông báo phân bổ vốn của Trung ương": None,
    "sau khi được Sở Y tế phê duyệt danh mục kỹ thuật": None,
    "trong thời gian quy định khi phát sinh gói thầu": None,
    "khi phát sinh tình huống": None,
    "khi triển khai thực hiện": None,
    # Bắc Giang 2024
    "trong tháng 01/2024": "2024-01-31",
    "Tháng 01/2024": "2024-01-31",
    "trong tháng 02/2024": "2024-02-29",
    "tháng 02/2024": "2024-02-29",
    "Tháng 02/2024": "2024-02-29",
    "Quý I/2024": "2024-03-31",
    "tháng 3/2024": "2024-03-31",
    "Tháng 3/2024": "2024-03-31",
    "tháng 4/2024": "2024-04-30",
    "Tháng 4/2024": "2024-04-30",
    "Tháng 5/2024": "2024-05-31",
    "trong tháng 06/2024": "2024-06-30",
    "Tháng 06/2024": "2024-06-30",
    "Tháng 6/2024": "2024-06-30",
    "6/2024": "2024-06-30",
    "dự kiến trong tháng 6/2024": "2024-06-30",
    "Tháng 7/2024": "2024-07-31",
    "Tháng 8/2024": "2024-08-31",
    "Tháng 9/2024": "2024-09-30",
    "Trước tháng 10/2024": "2024-09-30",
    "Tháng 10/2024": "2024-10-31",
    "dự kiến hoàn thành trong tháng 11/2024": "2024-11-30",
    "Cả năm 2024": "2024-12-31",
    "trong tháng 12/2024": "2024-12-31",
    "Tháng 12/2024": "2024-12-31",
    "trong 01 tháng kể từ khi Chính phủ ban hành Nghị định và các Bộ ngành ban hành Thông tư hướng dẫn": None,
    "trong thời gian được quy định khi phát sinh gói thầu": None,
    "sau khi được Giám đốc Sở Y tế phê duyệt": None,
    "Trong thời gian tới": None,
    # Thanh Hóa 2021
    "trước ngày 15/01/2020": "2020-01-14",
    "chậm nhất ngày 15/01/2021": "2021-01-15",
    "trong tháng 01 năm 2021": "2021-01-31",
    "Trong quý II năm 2021": "2021-06-30",
    "trong quý IV năm 2021": "2021-12-31",
    "năm 2021": "2021-12-31",
    "Năm 2021": "2021-12-31",
    "vào năm 2021": "2021-12-31",
    "tới năm 2024": "2024-12-31",
    "trước năm 2030": "2029-12-31",
    "thường xuyên hoặc đột xuất theo diễn biến dịch": None,
    "tối thiểu 1 buổi/tuần": None,
    "tối thiểu 01 tháng/năm": None,
    # Quảng Ninh 2019
    "trước 15/3/2019": "2019-03-14",
    "trong tháng 3/2019": "2019-03-31",
    "năm 2019": "2019-12-31",
    "trong năm": "2022-12-31",
    "sau khi được phê duyệt": None,
    "định kỳ hoặc đột xuất": None,
    "Định kỳ": None,
    "Thường xuyên": None,
    # Như Thanh 2021-2025
    "đến năm 2025": "2025-12-31",
    "Trong giai đoạn 2021 - 2025": "2025-12-31",
    # nothing in the document
    "không nêu": None,
}

OTHER_WORDS = {
    "Thời gian hoàn thành: trong tháng 9/2023.": "2023-09-30",
    "Thời gian hoàn thành gói thầu dự kiến trong tháng 6/2024": "2024-06-30",
    "hoàn thành trong trước 15/3/2019": "2019-03-14",
    "cả năm": "2022-12-31",
    "thường xuyên trong năm": "2022-12-31",
    "thường xuyên trong năm 2024": "2024-12-31",
    "tháng 2": "2022-02-28",
    "tháng 2 năm 2024": "2024-02-29",
    "Quý 3": "2022-09-30",
    "trước quý IV/2024": "2024-09-30",
    "quý iii năm 2024": "2024-09-30",
    "trước ngày 13/11 hàng năm": "2022-11-12",
    "trước 01/01/2024": "2023-12-31",
    "trước tháng 1/2024": "2023-12-31",
    "ngày 20 tháng 12 năm 2024": "2024-12-20",
    "đến hết ngày 30/6": "2022-06-30",
    "trong 6 tháng đầu năm 2024": "2024-06-30",
    "6 tháng cuối năm": "2022-12-31",
    "9 tháng năm 2024": "2024-09-30",
    "  TRƯỚC   tháng 10/2023 ": "2023-09-30",
    "khi phát sinh": None,
    "theo quy định": None,
    "hàng ngày": None,
    "trong 15 ngày kể từ ngày nhận hồ sơ": None,
}

REFUSED = {
    "": "không hiểu",
    "sớm": "không hiểu",
    "từ tháng 3 đến tháng 5/2024": "không hiểu",
    "trong tháng 9/2023, tháng 12/2023": "không hiểu",
    "sau khi được duyệt, trước 30/6/2024": "không hiểu",
    "thường xuyên, hoàn thành tháng 12/2024": "không hiểu",
    "quý V/2024": "không hiểu",
    "31/2/2024": "không có trong lịch",
    "29/02/2023": "không có trong lịch",
    "tháng 13/2024": "không có trong lịch",
    "quý 0/2024": "không hiểu",
    "trước năm 0001": "không có trong lịch",
    "năm 0000": "không có trong lịch",
}


@pytest.mark.parametrize(("words", "day"), [*PHRASES.items(), *OTHER_WORDS.items()])
def test_the_last_day_on_time(words, day):
    assert due_date_of(words, year=YEAR) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("words", "reason"), REFUSED.items())
def test_words_that_are_not_understood_are_refused(words, reason):
    with pytest.raises(ValueError, match=reason):
        due_date_of(words, year=YEAR)


def test_every_phrase_of_the_plans_is_in_the_table():
    plans = load_deployment(DATA).plans.values()
    assert {task.deadline for plan in plans for task in plan.tasks} == set(PHRASES)


def test_composed_and_decomposed_letters_read_alike():
    assert due_date_of(unicodedata.normalize("NFD", "trước tháng 10/2023"), year=YEAR) == date(
        2023, 9, 30
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_before_a_month_is_the_end_of_the_month_before(month):
    before = due_date_of(f"trước tháng {month}/2024", year=YEAR)
    earlier = f"tháng {month - 1}/2024" if month > 1 else "tháng 12/2023"
    assert before == due_date_of(earlier, year=YEAR)
