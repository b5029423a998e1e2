"""What a page shows of a long table: its beginning, and the rows that were not understood."""

from etl.store.connect import open_store
from tests.etl.tables import send

HEAD = "Đơn vị;Kỳ;Bác sĩ"


def rows(*names: str) -> bytes:
    return "\n".join(["Báo cáo", "", HEAD, *(f"{n};2021-Q3;12" for n in names)]).encode()


def test_the_first_rows_and_the_unknown_ones_are_shown() -> None:
    names = ["TTYT Như Thanh"] * 40 + ["Trạm Lạ"] + ["TTYT Như Thanh"] * 10
    loaded = send(open_store(None), rows(*names), dry_run=True)
    (excerpt,) = loaded.excerpts
    lines = [line for line, _ in excerpt.rows]
    assert lines == [*range(1, 16), 44] and excerpt.total == 51
    assert excerpt.rows[0][1][0] == "Báo cáo" and excerpt.rows[-1][1][0] == "Trạm Lạ"


def test_figures_are_shown_as_they_stand() -> None:
    loaded = send(open_store(None), rows("TTYT Như Thanh").replace(b"12", b"1.234"), dry_run=True)
    assert loaded.excerpts[0].rows[-1][1] == ("TTYT Như Thanh", "2021-Q3", "1.234")
