"""The words of a deployment's files are read as strictly as its catalogue."""

from pathlib import Path

from indicators.wording import FILE, Wording
from tests.indicators.small import faults, files, load, world


def test_without_the_file_there_are_no_words() -> None:
    assert world().wording == Wording()


def test_words_are_read_from_the_file(tmp_path: Path) -> None:
    contents = files()
    contents[FILE] = {
        "headings": {"unit": ["Trạm"], "neutral": ["Nhân lực"]},
        "marks": {"not_available": ["*"]},
        "periods": [{"written": "FY20_Q1", "period": "2020-Q2"}],
        "totals": ["Cả vùng"],
    }
    wording = load(tmp_path, contents).wording
    assert wording.headings.unit == ("Trạm",) and wording.marks.not_available == ("*",)
    assert wording.periods[0].period == "2020-Q2" and wording.totals == ("Cả vùng",)


def test_every_fault_of_the_file_is_named(tmp_path: Path) -> None:
    contents = files()
    contents[FILE] = {
        "marks": {"nil": ["*"], "not_available": ["*"]},
        "periods": [{"written": "FY20_Q1", "period": "2020-Q5"}],
    }
    assert {e.key for e in faults(tmp_path, contents)} == {"periods.FY20_Q1", "marks.*"}
    contents[FILE] = {"mark": {}}
    assert [(e.file, e.key) for e in faults(tmp_path, contents)] == [(FILE, "-.mark")]
