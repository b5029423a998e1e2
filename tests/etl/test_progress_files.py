"""Files of progress in the history: what each put on record, its bytes, and verifying them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.followup.files import progress_files
from etl.load import Sending
from etl.receive import receive
from etl.store.connect import Store, open_store
from etl.store.originals import name_of_sent
from etl.store.verify import faults
from tests.etl.tables import CENTRE, TODAY, deployment, hints, long
from tests.etl.test_followup import DOING, DONE, FRESH, NEW, file

AT = datetime(2022, 1, 5, 8)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "a.duckdb")


def send(store: Store, name: str, content: bytes, by: str, at: datetime) -> str:
    done = receive(store, deployment(), name, content, hints=hints(), how=Sending(by, at, TODAY))
    assert done.committed
    return done.hash


def test_each_file_has_what_it_put_on_record_and_no_other_does(store: Store) -> None:
    # One moment for all, as the command line has it for the files of one call.
    first = send(store, "mot.csv", file(DONE, DOING), "An", AT)
    second = send(store, "hai.csv", file(FRESH, head=NEW), "An", AT)
    moved = file("1;Đang làm;đã họp", head="Mã việc;Tình trạng;Ghi chú")
    third = send(store, "ba.csv", moved, "Bình", AT + timedelta(hours=1))
    found = progress_files(store.cursor(), deployment(), None)
    assert [(f.name, f.hash, f.by) for f in found] == [
        ("ba.csv", third, "Bình"), ("hai.csv", second, "An"), ("mot.csv", first, "An")
    ]  # fmt: skip
    puts = [[(p.kind, p.state, p.is_new) for p in f.puts] for f in found]
    assert puts == [
        [("action", "doing", False)],
        [("action", "agreed", True)],
        [("task", "done", False), ("task", "doing", False)],
    ]
    assert found[0].puts[0].name == "Rà soát giường bệnh" and " " in found[2].puts[0].name
    earlier = progress_files(store.cursor(), deployment(), AT)
    assert [f.name for f in earlier] == ["hai.csv", "mot.csv"]


def test_bytes_are_given_of_what_was_sent_and_of_nothing_else(store: Store) -> None:
    progress = send(store, "mot.csv", file(DONE), "An", AT)
    figures = send(store, "so.csv", long([f"{CENTRE},2021-Q3,doctors,12"]), "An", AT)
    assert name_of_sent(store.cursor(), progress) == "mot.csv"
    assert name_of_sent(store.cursor(), figures) == "so.csv"
    assert name_of_sent(store.cursor(), "0" * 64) is None


def test_verify_reads_the_bytes_of_a_file_of_progress(store: Store) -> None:
    digest = send(store, "mot.csv", file(DONE), "An", AT)
    assert faults(store) == [] and store.uploads
    (store.uploads / digest).write_bytes(b"khac")
    assert faults(store) == [f"upload-changed: {digest}"]
    (store.uploads / digest).unlink()
    assert faults(store) == [f"upload-missing: {digest}"]
