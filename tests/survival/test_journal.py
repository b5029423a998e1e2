"""The journal beside the uploads: in step with the log, whatever became of the last line."""

import errno
import json
import os
import stat
from pathlib import Path

import duckdb
import pytest

from etl.store import journal as journals
from etl.store.audit import entries
from etl.store.connect import CannotOpen, open_store
from etl.store.journal import NAME, NotJournaled, entry_of, whole_lines
from etl.store.places import uploads_of
from etl.store.verify import faults
from tests.etl.tables import CENTRE, send
from tests.survival.acts import QUARTER, digest_of, moment


def path_of(db: Path) -> Path:
    return uploads_of(db) / NAME


def in_step(db: Path) -> bool:
    """Whether journal and log say the same."""
    store = open_store(db)
    log = entries(store.cursor())
    store.close()
    return [entry_of(line) for line in whole_lines(path_of(db))] == log


def test_every_act_is_in_both_and_only_this_account_reads_it(db: Path) -> None:
    assert in_step(db)
    if os.name != "nt":  # there the rights of the folder hold
        assert stat.S_IMODE(path_of(db).stat().st_mode) == 0o600
    first = json.loads(path_of(db).read_text("utf-8").splitlines()[1])
    assert json.loads(first["arguments"])["file"] == "tep.csv" and first["actor"] == "thử"


def test_a_dry_run_leaves_no_line(db: Path) -> None:
    before = path_of(db).read_bytes()
    store = open_store(db)
    send(store, [f"{CENTRE},{QUARTER},doctors,99"], dry_run=True, reason="thử")
    store.close()
    assert path_of(db).read_bytes() == before


@pytest.mark.parametrize("left", [0.0, 0.5, 0.99])
def test_a_line_that_was_being_written_is_written_again(db: Path, left: float) -> None:
    content = path_of(db).read_bytes()
    last = content[:-1].rfind(b"\n") + 1
    path_of(db).write_bytes(content[: last + int((len(content) - last) * left)])
    assert in_step(db) and path_of(db).read_bytes() == content


def test_without_a_journal_it_is_written_from_the_log(db: Path) -> None:
    content = path_of(db).read_bytes()
    path_of(db).unlink()
    assert in_step(db) and path_of(db).read_bytes() == content


def test_a_database_that_lacks_acts_of_the_journal_is_not_opened(db: Path) -> None:
    with duckdb.connect(str(db)) as con:
        con.execute("delete from audit where id > 20")
    with pytest.raises(CannotOpen, match=r"việc số \d+ mà cơ sở dữ liệu không có.*rebuild"):
        open_store(db)


def test_a_database_that_is_gone_is_not_made_anew(db: Path) -> None:
    db.unlink()
    with pytest.raises(CannotOpen, match=r"không còn.*rebuild.*restore"):
        open_store(db)
    assert not db.exists()


def test_a_last_line_of_rubbish_is_said(db: Path) -> None:
    with path_of(db).open("ab") as file:
        file.write(b"rubbish\n")
    with pytest.raises(CannotOpen, match="hỏng ở dòng cuối"):
        open_store(db)


def test_a_line_put_in_or_changed_is_found(db: Path) -> None:
    lines = path_of(db).read_bytes().split(b"\n")
    lines[3] = lines[3].replace("thử".encode(), "khác".encode())
    path_of(db).write_bytes(b"\n".join(lines))
    store = open_store(db)
    assert faults(store) == ["journal-differs: 4"]
    store.close()


def test_what_the_disk_refused_is_caught_up_with(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, before = open_store(db), path_of(db).read_bytes()

    def full(_file: object, _content: bytes) -> None:
        os.write(handle, b"half a li")
        raise OSError(errno.ENOSPC, "No space left on device")

    handle = os.open(path_of(db), os.O_WRONLY | os.O_APPEND)
    monkeypatch.setattr(journals, "_write_all", full)
    with pytest.raises(NotJournaled):
        send(store, [f"{CENTRE},{QUARTER},doctors,77"], at=moment(50), reason="thử")
    os.close(handle)
    # Half a line would hide the next one.
    assert path_of(db).read_bytes() == before
    monkeypatch.undo()
    send(store, [f"{CENTRE},{QUARTER},doctors,78"], at=moment(51), reason="thử")
    assert faults(store) == []
    store.close()
    assert in_step(db)


def test_the_hash_does_not_depend_on_the_journal(db: Path) -> None:
    before = digest_of(db)
    path_of(db).unlink()
    assert digest_of(db) == before
