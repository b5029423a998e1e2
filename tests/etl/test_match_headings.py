"""What a heading means: a role or a quantity, in any spelling; near misses are only suggested."""

import pytest

from etl.match_headings import HEADINGS, Column, HeadingMatcher
from etl.normalise import key
from tests.etl.tables import deployment

MATCHER = HeadingMatcher(deployment().catalogue)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("unit", Column.UNIT), ("ĐƠN VỊ", Column.UNIT), ("Tên  đơn vị", Column.UNIT),
        ("Huyện, thị xã, thành phố", Column.UNIT), ("Kỳ báo cáo", Column.PERIOD),
        ("kì báo cáo", Column.PERIOD), ("Chỉ tiêu", Column.QUANTITY), ("value", Column.VALUE),
        ("Thực hiện", Column.VALUE), ("Ghi chú", Column.NOTE), ("STT", Column.IGNORED),
        ("ĐVT", Column.MEASURE), ("Ước", Column.ESTIMATE),
    ],
)  # fmt: skip
def test_a_role_is_known_in_any_spelling(text: str, role: Column) -> None:
    assert MATCHER.role(text) is role


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("beds", "beds"), ("Số giường bệnh", "beds"), ("GIƯỜNG BỆNH", "beds"),
        ("Số giường bệnh (giường)", "beds"), ("Tổng số bác sỹ", "doctors"), ("DS", "population"),
    ],
)  # fmt: skip
def test_a_quantity_is_known_by_id_name_or_listed_heading(text: str, quantity: str) -> None:
    assert MATCHER.quantity(text) == quantity


@pytest.mark.parametrize("text", ["", "(", "(giường)", "Giường", "So giuong benh", "Kế hoạch"])
def test_anything_else_is_no_quantity(text: str) -> None:
    assert MATCHER.quantity(text) is None


def test_a_near_miss_is_suggested() -> None:
    assert "Số giường bệnh" in MATCHER.suggest("So giuong benh")
    assert MATCHER.suggest("###") == []


def test_no_heading_has_two_roles() -> None:
    keys = [key(text) for texts in HEADINGS.values() for text in texts]
    assert len(keys) == len(set(keys))


def test_no_role_hides_a_quantity() -> None:
    assert not MATCHER.roles.keys() & MATCHER.quantities.keys()
