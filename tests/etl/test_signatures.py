"""Signatures below a table are passed over and said; nothing with a figure ever is."""

import pytest

from etl.match_units import matcher_for
from etl.store.connect import open_store
from tests.etl.tables import TODAY, codes, deployment, send

HEAD = "Đơn vị;Kỳ;Bác sĩ;Dược sĩ\nTTYT Như Thanh;2021-Q3;12;\n"


@pytest.mark.parametrize(
    "below",
    [
        "Người lập biểu;;Giám đốc;",
        ";;Như Thanh, ngày 5 tháng 10 năm 2021;\nNgười lập biểu;;THỦ TRƯỞNG ĐƠN VỊ;\n;;(Ký tên, đóng dấu);\nLê Hoa;;Nguyễn Văn An;",
        "Nơi nhận: Sở Y tế;;;\n- Lưu: VT;;;",
    ],
)
def test_signatures_do_not_stop_a_file(below: str) -> None:
    loaded = send(open_store(None), (HEAD + "\n" + below).replace(";Dược sĩ", "").encode())
    assert loaded.committed, codes(loaded)
    ignored = [f for f in loaded.findings if f.code == "row-ignored"]
    assert len(ignored) == len(below.splitlines())


def test_a_row_with_a_figure_is_no_signature() -> None:
    content = HEAD.replace(";Dược sĩ", "") + "Giám đốc;2021-Q3;3\n"
    loaded = send(open_store(None), content.encode())
    assert "unit-unknown" in codes(loaded)


def test_words_among_the_rows_are_not_the_end() -> None:
    content = HEAD.replace(";Dược sĩ", "") + "Giám đốc;;\nTTYT huyện Nga Sơn;2021-Q3;14\n"
    loaded = send(open_store(None), content.encode())
    assert loaded.committed and len(loaded.units) == 2


def test_a_short_place_is_suggested() -> None:
    matcher = matcher_for(deployment(), TODAY)
    found = matcher.match("TTYT Q. Xương", ("health_centre",))
    assert found.unit is None and found.candidates == ("th-ttyt-quang-xuong",)
    # Alike only in the words that every centre has: no name is nearer than another.
    assert matcher.match("TTYT Mới Lập", ("health_centre",)).candidates == ()
