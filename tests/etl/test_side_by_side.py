"""Tables beside one another: each figure belongs to the label of its own table, or is refused."""

import pytest

from tests.etl.tables import CENTRE, codes, facts, recognised

OTHER = "th-ttyt-nga-son"
TWO = {(CENTRE, "2021-Q3", "doctors", "12"), (OTHER, "2021-Q3", "population", "151234")}


@pytest.mark.parametrize(
    "heading, row",
    [
        ("Đơn vị | Bác sĩ | | Đơn vị | Dân số", "TTYT Như Thanh | 12 | | TTYT Nga Sơn | 151234"),
        ("Đơn vị | Bác sĩ | Đơn vị | Dân số", "TTYT Như Thanh | 12 | TTYT Nga Sơn | 151234"),
        (
            "TT | Đơn vị | Bác sĩ | Ghi chú | TT | Đơn vị | Dân số",
            "1 | TTYT Như Thanh | 12 | | 1 | TTYT Nga Sơn | 151234",
        ),
    ],
)
def test_each_table_has_its_own_labels(heading: str, row: str) -> None:
    found = recognised(f"Quý III/2021\n{heading}\n{row}")
    assert facts(found) == TWO and not codes(found)
    assert len(found.tables) == 2


def test_the_places_are_those_of_the_sheet() -> None:
    found = recognised(
        "Quý III/2021\nĐơn vị | Bác sĩ | | Đơn vị | Dân số\nTTYT Như Thanh | 12 | | TTYT Nga Sơn | 151234"
    )
    assert list(zip(found.entries.row, found.entries.column, strict=True)) == [(3, 2), (3, 5)]


def test_a_title_over_one_table_is_of_that_table() -> None:
    found = recognised(
        "Quý II/2021 | | | Quý III/2021\nĐơn vị | Bác sĩ | | Đơn vị | Bác sĩ\n"
        "TTYT Như Thanh | 12 | | TTYT Như Thanh | 14"
    )
    assert facts(found) == {
        (CENTRE, "2021-Q2", "doctors", "12"),
        (CENTRE, "2021-Q3", "doctors", "14"),
    }


@pytest.mark.parametrize("word", ["Nơi", ""])
def test_names_between_figures_under_no_known_heading_are_refused(word: str) -> None:
    """Else the figures right of them would be those of the names on the left."""
    found = recognised(
        f"Quý III/2021\nĐơn vị | Bác sĩ | {word} | Dân số\nTTYT Như Thanh | 12 | TTYT Nga Sơn | 151234"
    )
    assert "table-beside" in codes(found)


def test_two_columns_of_names_of_one_table_are_no_two_tables() -> None:
    found = recognised(
        "Quý III/2021\nMã đơn vị | Tên đơn vị | Bác sĩ\nth-ttyt-nhu-thanh | TTYT Như Thanh | 12"
    )
    assert len(found.tables) == 1 and "column-twice" in codes(found)


def test_a_second_table_that_lacks_its_period_is_no_silent_half() -> None:
    found = recognised(
        "Quý II/2021 | | | Biểu khác\nĐơn vị | Bác sĩ | | Đơn vị | Dân số\n"
        "TTYT Như Thanh | 12 | | TTYT Nga Sơn | 151234"
    )
    assert "period-missing" in codes(found)
