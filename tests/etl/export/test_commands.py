"""``template``, ``load --marked``, ``alias`` and ``aliases``: documents, files made, refusals."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from etl import cli, context
from etl.commands import answer
from etl.console import lines_of
from etl.store.mappings import ColumnMeaning, Mapping, PeriodFrom, remember_mapping
from tests.etl.tables import CENTRE, DATA, long
from tests.etl.workbooks import colours, fill, forms, opened

GOOD = long([f"{CENTRE},2021-Q2,doctors,12"])
BAD = long([f"{CENTRE},2021-Q3,doctors,ba"])


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "a.duckdb"))
    yield tmp_path
    context.close()


def ask(
    command: str, files: dict[str, bytes] | None = None, code: int = 0, **arguments: Any
) -> Any:
    """The whole answer of a command, which can also be printed for people."""
    done = answer(command, arguments, files or {})
    assert done["exit_code"] == code, done
    assert lines_of(command, done["document"])
    return done


def made(done: Any, name: str) -> bytes:
    """A file that came with an answer."""
    return b64decode(done["files"][name])


def form(output: str, code: int = 0, **other: str) -> Any:
    return ask(
        "template", code=code, **{"unit": CENTRE, "period": "2021-Q3", **other}, output=output
    )


def test_a_form_is_a_workbook_with_what_was_sent_before() -> None:
    ask("load", {"a.csv": GOOD})
    done = form("a.xlsx")
    document = done["document"]
    assert (document["unit"], document["period"], document["file"]) == (CENTRE, "2021-Q3", "a.xlsx")
    assert "Biểu quý của trung tâm y tế" in document["forms"]
    book = opened(made(done, "output"))
    assert 12 in [c.value for row in forms(book)[0].iter_rows() for c in row]
    loaded = ask("load", {"b.xlsx": fill(book, [1])}, dry_run=True, reason="thử")["document"][
        "files"
    ][0]
    assert loaded["counts"]["added"] == document["quantities"]
    assert {f["code"] for f in loaded["findings"]} == {"stock-jumps"}  # 1 where 12 doctors were


def test_a_form_is_text_where_the_name_says_so() -> None:
    content = made(form("mẫu.CSV"), "output").decode("utf-8-sig")
    assert content.startswith("Đơn vị;Kỳ báo cáo;Số liệu;")


@pytest.mark.parametrize(
    ("output", "other"),
    [
        ("a.ods", {}),
        ("a", {}),
        ("a.xlsx", {"unit": "khong-co"}),
        ("a.xlsx", {"period": "quý 3"}),
        ("a.xlsx", {"period": "2021-03"}),
        ("a.xlsx", {"unit": "thanh-hoa"}),
        ("a.xlsx", {"period": "1990-Q1", "unit": "th-tyt-nhu-thanh-phu-nhuan"}),
    ],
)
def test_a_form_that_there_is_not_is_misuse(output: str, other: dict[str, str]) -> None:
    done = form(output, code=2, **other)
    assert done["document"]["ok"] is False and "files" not in done


def test_findings_come_back_in_the_file() -> None:
    done = ask("load", {"a.csv": BAD}, code=1, dry_run=True, marked="m.xlsx")
    book = load_workbook(BytesIO(made(done, "marked")))
    assert set(colours(book.worksheets[1])) == {"D2"}
    assert "files" not in ask("load", {"a.csv": BAD}, code=1, dry_run=True)


def test_only_one_file_at_a_time_is_marked() -> None:
    done = ask("load", {"a.csv": BAD, "b.csv": GOOD}, code=2, marked="m.xlsx")
    assert "từng tệp" in done["document"]["error"]


def test_the_command_line_writes_only_where_it_was_asked_to(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = place / "biểu.xlsx"
    words = ["template", "--unit", CENTRE, "--period", "2021-Q3", "-o", str(target)]
    assert cli.main(["template"], words) == 0 and target.read_bytes().startswith(b"PK")
    assert "Đã ghi" in capsys.readouterr().out
    assert cli.main(["template"], [*words[:-1], str(place / "x" / "a.xlsx")]) == 2
    assert "Không ghi được tệp" in capsys.readouterr().out


def test_a_spelling_is_confirmed_listed_and_taken_back() -> None:
    assert ask("aliases")["document"] == []
    done = ask("alias", quantity="doctors", text="BS hiện có", by="Lan")["document"]["alias"]
    assert (done["id"], done["kind"], done["text"]) == (1, "quantity", "BS hiện có")
    assert (done["meaning"], done["meaning_name"]) == ("doctors", "Số bác sĩ")
    assert done["confirmed_by"] == "Lan" and done["revoked_at"] is None
    taken = ask("alias", code=1, quantity="beds", text="bs hiện có", by="Hoa")["document"]["error"]
    assert "Lan" in taken and "số 1" in taken
    ask("alias", revoke=1, by="Hoa", reason="nhầm")
    ask("alias", code=1, revoke=1, by="Hoa")
    (row,) = ask("aliases")["document"]
    assert row["revoked_by"] == "Hoa" and row["revoked_at"]


def test_a_way_of_reading_is_listed_and_taken_back() -> None:
    assert ask("mappings")["document"] == []
    columns = (ColumnMeaning(0, "Nơi làm", "unit"), ColumnMeaning(1, "Anh em", "value", "doctors"))
    mapping = Mapping("a" * 64, columns, PeriodFrom.ASKED)
    remember_mapping(context.opened().store, mapping, by="Lan", at=datetime(2022, 1, 5))
    (row,) = ask("mappings")["document"]
    assert row["confirmed_by"] == "Lan" and row["revoked_at"] is None
    assert row["columns"][1] == {"column": "B", "heading": "Anh em", "meaning": "doctors"}
    ask("mapping", code=2, revoke=1, by="Hoa", reason=" ")
    ask("mapping", code=2, revoke=9, by="Hoa", reason="nhầm")
    done = ask("mapping", revoke=1, by="Hoa", reason="nhầm")["document"]["mapping"]
    assert (done["revoked_by"], done["reason"]) == ("Hoa", "nhầm")
    ask("mapping", code=1, revoke=1, by="Hoa", reason="nhầm")
    shown = " ".join(lines_of("mappings", ask("mappings")["document"]))
    assert "Hoa đã thu hồi: nhầm" in shown and "B «Anh em» = doctors" in shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, 2),
        ({"unit": CENTRE, "quantity": "doctors", "text": "x"}, 2),
        ({"unit": CENTRE, "text": "TTYT Bến Sung", "by": ""}, 2),
        ({"revoke": 9}, 2),
        ({"unit": "khong-co", "text": "TTYT Bến Sung"}, 1),
        ({"unit": CENTRE, "text": "Như Thanh"}, 1),
        ({"unit": CENTRE}, 1),
    ],
)
def test_what_cannot_be_confirmed_is_said(arguments: dict[str, Any], code: int) -> None:
    done = ask("alias", code=code, **{"by": "Lan", **arguments})
    assert done["document"]["error"]
