"""The command line as people and scripts meet it: exit codes, documents, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from etl import cli
from tests.cli import ROOT, called
from tests.etl.tables import CENTRE, DATA, long

GOOD = long([f"{CENTRE},2021-Q3,doctors,12", f"{CENTRE},2021-Q3,stations,14"])
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def run(*words: str | Path, db: Path, data: Path = DATA) -> tuple[int, str, str]:
    """Exit code, standard output and error, within this process."""
    return called(*words, "--data", data, "--db", db)


def run_process(
    *words: str | Path, db: Path, data: Path = DATA, **more: Any
) -> tuple[int, str, str]:
    """The same of a process of its own; never a traceback."""
    command = [sys.executable, "-m", *map(str, words), "--data", str(data), "--db", str(db)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False, **more)
    out, said = (text.decode("utf-8").replace("\r\n", "\n") for text in (done.stdout, done.stderr))
    assert "Traceback" not in out + said, said
    return done.returncode, out, said


def ask(*words: str | Path, db: Path, code: int = 0, data: Path = DATA) -> Any:
    """The one JSON document of a command."""
    found, out, said = run(*words, "--json", db=db, data=data)
    assert found == code, (found, out, said)
    return json.loads(out)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one file."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.csv").write_bytes(GOOD)
    code, _, said = run_process("etl", "load", folder / "a.csv", db=folder / "a.duckdb")
    assert code == 0, said
    return folder / "a.duckdb"


EXPLAIN = ("indicators", "explain", "--indicator", "doctors_per_10k")
KEYS = {
    (
        "etl",
        "init",
    ): "ok db plans units deployment_version demo_submissions demo_records data_version",
    ("etl", "submissions"): "id unit period form revision received_at received_by file_name hash "
    "upload state simulated cells note",
    ("etl", "verify"): "ok submissions facts faults",
    ("etl", "reports"): "on unit summary_vi summary_en reports",
    ("indicators", "check"): "ok errors quantities indicators forms plans targets units",
    ("indicators", "plans"): "id document period targets tasks reporting units",
    ("indicators", "coverage"): "plan name_vi document rows totals",
    ("indicators", "verdicts", "--plan", "thanh-hoa-2021", "--period", "2021-Q3"): "target "
    "indicator scope comparator target_value numerator denominator value expected_now verdict "
    "coverage bounds gap projection evidence",
    (
        *EXPLAIN,
        "--unit",
        CENTRE,
        "--period",
        "2021-Q3",
    ): "indicator unit period numerator denominator value facts",
}


@pytest.mark.parametrize(("words", "keys"), KEYS.items(), ids=lambda v: "-".join(v[:2]))
def test_every_command_prints_one_document_with_stable_keys(
    loaded: Path, words: tuple[str, ...], keys: str
) -> None:
    document = ask(*words, db=loaded)
    first = document[0] if isinstance(document, list) else document
    assert set(keys.split()) <= first.keys()


@pytest.mark.parametrize(
    "words", [("etl", "verify"), (*EXPLAIN, "--unit", CENTRE, "--period", "2021-Q3")]
)
def test_a_process_of_its_own_prints_the_same(loaded: Path, words: tuple[str, ...]) -> None:
    alike = [how(*words, "--json", db=loaded)[:2] for how in (run, run_process)]
    assert alike[0] == alike[1] and alike[0][0] == 0


def test_load_prints_one_document(loaded: Path, tmp_path: Path) -> None:
    document = ask("etl", "load", loaded.with_name("a.csv"), "--dry-run", db=tmp_path / "b.duckdb")
    keys = "file hash refused committed submissions counts findings finding_counts changes flips"
    assert set(document) == {"ok", "dry_run", "files"} and document["dry_run"] is True
    assert set(keys.split()) <= document["files"][0].keys()


def test_rollback_prints_one_document(tmp_path: Path) -> None:
    db, file = tmp_path / "a.duckdb", tmp_path / "a.csv"
    file.write_bytes(GOOD)
    ask("etl", "load", file, db=db)
    document = ask("etl", "rollback", "1", "--reason", "nhầm", db=db)
    assert document == {
        "ok": True, "withdrawn": 1, "reason": "nhầm", "current": None, "carried": 0,
    }  # fmt: skip
    assert ask("etl", "rollback", "1", "--reason", "nhầm", db=db, code=1)["ok"] is False


def test_reports_are_one_row_per_unit_form_and_period(loaded: Path) -> None:
    words = ("etl", "reports", "--on", "2021-10-12", "--unit", CENTRE)
    document = ask(*words, db=loaded)
    assert (document["on"], document["unit"]) == ("2021-10-12", CENTRE)
    (row,) = [
        r for r in document["reports"] if (r["form"], r["period"]) == ("ttyt_quarter", "2021-Q3")
    ]
    # Loaded by this test, years after the day asked for: not known then.
    assert (row["state"], row["days"], row["due"], row["received"]) == (
        "late", 2, "2021-10-10", None,
    )  # fmt: skip
    assert (row["first_day"], row["last_day"]) == ("2021-07-01", "2021-09-30")
    assert (row["provisional"], row["tracked"], row["plan"], row["rule"]) == (
        False, True, None, None,
    )  # fmt: skip
    code, out, _ = run(*words, db=loaded)
    assert code == 0 and "chưa nộp, quá hạn 2 ngày (hạn 10/10/2021)" in out
    assert out.startswith("Ngày 12/10/2021: ") and "Như Thanh 2021-2025, mục V" in out


@pytest.mark.parametrize("code", ["2021", "2021-Q3", "2021-H1", "2021-9M", "2021-03"])
def test_periods_are_written_as_the_contract_says(loaded: Path, code: str) -> None:
    assert ask("indicators", "verdicts", "--plan", "thanh-hoa-2021", "--period", code, db=loaded)


def test_a_refused_file_exits_with_1_and_says_why(tmp_path: Path) -> None:
    file = tmp_path / "hỏng.csv"
    file.write_bytes(long([f"{CENTRE},2021-Q3,doctors,mười"]))
    code, out, _ = run("etl", "load", file, db=tmp_path / "a.duckdb")
    assert code == 1 and "mười" in out and "D2" in out and "hỏng.csv" in out


COMMANDS = {
    "etl": (
        "init",
        "load",
        "submissions",
        "rollback",
        "verify",
        "reports",
        "tasks",
        "task",
        "action",
    ),
    "indicators": ("plans", "coverage", "verdicts", "explain", "check"),
}
MISUSE: list[tuple[str, ...]] = [
    ("etl",),
    ("etl", "nonsense"),
    ("etl", "load"),
    ("etl", "load", "/no/such/file.csv"),
    ("etl", "load", "/"),
    ("etl", "rollback", "one", "--reason", "x"),
    ("etl", "rollback", "7", "--reason", "x"),
    ("etl", "rollback", "1"),
    ("etl", "submissions", "--unit", "nowhere"),
    ("etl", "reports", "--unit", "nowhere"),
    ("etl", "reports", "--on", "hôm qua"),
    ("etl", "reports", "--on", "9999-12-31"),
    ("indicators", "verdicts", "--plan", "none", "--period", "2021-Q3"),
    ("indicators", "verdicts", "--plan", "thanh-hoa-2021", "--period", "2021-Q7"),
    ("indicators", "verdicts", "--plan", "thanh-hoa-2021"),
    ("indicators", "explain", "--indicator", "x", "--unit", "y", "--period", "2021"),
]


@pytest.mark.parametrize("words", MISUSE[1:11:3], ids=" ".join)
def test_misuse_exits_with_2_and_one_sentence(loaded: Path, words: tuple[str, ...]) -> None:
    code, out, said = run(*words, db=loaded)
    assert code == 2 and (out or said).strip()


@pytest.mark.parametrize("words", MISUSE, ids=" ".join)
def test_misuse_is_a_document_or_a_usage(
    loaded: Path,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VANDAN_DATA", str(DATA))
    monkeypatch.setenv("VANDAN_DB", str(loaded))
    try:
        code = cli.main(COMMANDS[words[0]], [*words[1:], "--json"])
    except SystemExit as end:
        code = int(str(end.code))
    said = capsys.readouterr()
    assert code == 2
    assert json.loads(said.out)["ok"] is False if said.out else "usage:" in said.err


def test_a_path_that_is_no_database_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database " * 100)
    (tmp_path / "empty").touch()
    paths = (tmp_path, tmp_path / "text", tmp_path / "empty", tmp_path / "text" / "a.duckdb")
    for db in paths:
        assert ask("etl", "submissions", db=db, code=2)["ok"] is False


@pytest.mark.skipif(IS_ROOT or os.name == "nt", reason="may write anywhere")
def test_a_place_without_permission_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert ask("etl", "init", db=tmp_path / "closed" / "a.duckdb", code=2)["ok"] is False


@pytest.mark.skipif(os.name == "nt", reason="no devices there")
def test_a_device_is_no_place_for_a_database(tmp_path: Path) -> None:
    assert ask("etl", "init", db=Path("/proc/nowhere/a.duckdb"), code=2)["ok"] is False


def test_a_data_folder_with_errors_lists_them_all(tmp_path: Path) -> None:
    for words in (("indicators", "check"), ("etl", "init"), ("etl", "submissions")):
        document = ask(*words, db=tmp_path / "a.duckdb", data=tmp_path / "none", code=1)
        assert document["errors"] and document["ok"] is False
    code, out, _ = run("indicators", "check", db=tmp_path / "a.duckdb", data=tmp_path / "none")
    assert code == 1 and out.rstrip().endswith("lỗi.")


def test_a_reader_that_had_enough_is_no_error(loaded: Path) -> None:
    command = [sys.executable, "-m", "indicators", "plans", "--json", "--data", str(DATA)]
    process = subprocess.Popen(
        [*command, "--db", str(loaded)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read().decode("utf-8")
    process.stderr.close()
    assert process.wait(60) == 0 and said == ""


def test_a_closed_pipe_is_quiet_in_this_process_too(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        cli.write("submissions", [], as_json=True)
        cli.write("submissions", [], as_json=False)


def test_two_files_of_one_name_keep_their_paths(tmp_path: Path) -> None:
    paths = []
    for folder in ("một", "hai"):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "a.csv")
    paths[0].write_bytes(GOOD)
    paths[1].write_bytes(long([f"{CENTRE},2021-Q2,doctors,11"]))
    files = ask("etl", "load", *paths, paths[0], db=tmp_path / "a.duckdb")["files"]
    assert [file["file"] for file in files] == [str(path) for path in paths]
    assert all(file["committed"] for file in files)


def test_no_more_is_read_of_a_file_than_refusing_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "MAX_BYTES", 10)
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert len(cli.read_at_most(tmp_path / "a")) == 11


def test_the_environment_names_data_and_database(tmp_path: Path) -> None:
    environ = {**os.environ, "VANDAN_DATA": str(DATA), "VANDAN_DB": str(tmp_path / "e.duckdb")}
    done = subprocess.run(
        [sys.executable, "-m", "etl", "init", "--json"],
        cwd=ROOT, env=environ, capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["db"] == str(tmp_path / "e.duckdb")
    assert (tmp_path / "e.duckdb").is_file()


def test_what_is_printed_for_people_is_vietnamese_on_any_console(loaded: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    code, out, _ = run_process("etl", "submissions", db=loaded, env=environ)
    assert code == 0 and "hiện hành" in out


def test_main_in_this_process_answers_the_same(
    loaded: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANDAN_DATA", "")
    monkeypatch.setenv("VANDAN_DB", "")
    place = ["--data", str(DATA), "--db", str(loaded)]
    assert cli.main(["verify"], ["verify", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert cli.main(["load"], ["load", "/no/such/file", *place]) == 2
    assert str(Path("/no/such/file")) in capsys.readouterr().out
