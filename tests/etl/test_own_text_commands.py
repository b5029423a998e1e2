"""``own-text``: a file kept, listed, used again and left out; ``export`` with it and without."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from etl import context
from etl.commands import answer
from etl.console import lines_of
from tests.etl.papers.test_word import plain_texts, write_own
from tests.pages.conftest import demo_copy, demo_file  # noqa: F401

PLAN = {"plan": "thanh-hoa-2021", "period": "2021-Q3"}


@pytest.fixture(autouse=True)
def database(demo_copy: Path) -> Any:  # noqa: F811
    yield
    context.close()


def run(command: str, code: int = 0, files: dict[str, bytes] | None = None, **more: Any) -> Any:
    found = answer(command, {**PLAN, **more}, files or {})
    assert found["exit_code"] == code, found
    assert code or lines_of(command, found["document"])
    return found


def ask(what: str, code: int = 0, files: dict[str, bytes] | None = None, **more: Any) -> Any:
    return run("own-text", code, files, what=what, **more)["document"]


def report(**more: Any) -> bytes:
    return b64decode(run("export", kind="report", output="a.docx", **more)["files"]["output"])


def bundle(**more: Any) -> dict[str, bytes]:
    found = run("export", kind="bundle", output="kq", **more)["files"]
    return {name: b64decode(content) for name, content in found.items()}


def test_a_file_is_kept_used_again_and_left_out() -> None:
    assert ask("list")["versions"] == []
    texts = {"a.docx": "Bản một.", "b.docx": "Bản hai."}
    sent = {name: write_own(report(without_own=True), "kien-nghi", t) for name, t in texts.items()}
    for name, content in sent.items():
        done = ask("keep", files={name: content}, keep=name, by="Lan")
        assert done["places"] == ["kien-nghi"] and done["changes"] == []
    b, a = ask("list")["versions"]
    assert (a["file"], a["in_force"], b["in_force"]) == ("a.docx", False, True)
    assert plain_texts(report())["kien-nghi"] == ("Bản hai.",)
    assert plain_texts(report(without_own=True)) == {}
    done = run("export", kind="report", output="a.docx")["document"]
    assert done["own_text"] == b["hash"] and "Lan" in done["notes"][0]
    ask("use", hash=a["hash"][:10], by="Hòa")
    assert plain_texts(report())["kien-nghi"] == ("Bản một.",)
    assert ask("drop", by="Lan")["in_force"] is None
    assert plain_texts(report()) == {}
    ask("drop", 1, by="Lan")


def test_a_bundle_is_made_again_with_the_text_of_then() -> None:
    content = write_own(report(), "kien-nghi", "Bản một.")
    ask("keep", files={"a.docx": content}, keep="a.docx", by="Lan")
    first = bundle()
    manifest = json.loads(first["output/manifest.json"])
    other = write_own(report(without_own=True), "kien-nghi", "Bản hai.")
    ask("keep", files={"b.docx": other}, keep="b.docx", by="Lan")
    assert bundle(as_known_on=manifest["as_known_on"]) == first
    assert bundle()["output/bao-cao.docx"] != first["output/bao-cao.docx"]
    without = json.loads(bundle(without_own=True)["output/manifest.json"])
    assert without["own_text"] is None and "--without-own" in without["again"]


def test_what_is_missing_or_no_report_is_refused() -> None:
    ask("keep", 2)
    ask("other", 2)
    ask("keep", 2, files={"a.docx": b"x"}, keep="a.docx")
    ask("use", 2, hash="abc", by="Lan")
    assert "Word" in ask("keep", 1, files={"a.docx": b"x"}, keep="a.docx", by="Lan")["error"]
    empty = {"a.docx": report()}
    assert "Chưa khung" in ask("keep", 1, files=empty, keep="a.docx", by="Lan")["error"]


def kept_one() -> Path:
    """The place on disk of an edited report that is in force."""
    content = write_own(report(), "kien-nghi", "Bản một.")
    kept = ask("keep", files={"a.docx": content}, keep="a.docx", by="Lan")["kept"]
    uploads = context.opened().store.uploads
    assert uploads is not None
    return uploads / kept["hash"]


def damage(file: Path, kind: str) -> None:
    """Lost, cut short or turned into what cannot be read."""
    content = file.read_bytes()
    file.unlink()
    if kind == "changed":
        file.write_bytes(content[:-1])
    elif kind == "unreadable":
        file.mkdir()


SAID = {"missing": "Mất tệp phần tự viết", "changed": "bị hỏng", "unreadable": "Không đọc được tệp"}


@pytest.mark.parametrize("kind", SAID)
def test_a_lost_original_is_a_finding_and_no_failure(kind: str) -> None:
    file = kept_one()
    whole = file.read_bytes()
    damage(file, kind)
    papers = [("report", "a.docx"), ("report", "a.pdf"), ("bundle", "kq"), ("bundle", "kq.zip")]
    for name, output in papers if kind == "missing" else papers[:1]:
        said = run("export", 1, kind=name, output=output)["document"]["error"]
        parts = (SAID[kind], "a.docx", "Lan", "restore", "--without-own", file.name[:12])
        assert all(part in said for part in parts)
    (listed,) = ask("list")["versions"]
    assert listed["fault"] == kind and listed["in_force"]
    assert "Mã tệp" in ask("use", 1, hash=file.name[:10], by="Lan")["error"]
    found = run("verify", 1)["document"]
    assert [fault.split(" (")[0] for fault in found["faults"]] == [f"upload-{kind}: {file.name}"]
    assert [(lost["hash"], lost["action"]) for lost in found["lost"]] == [(file.name, "own-text")]
    printed = "\n".join(lines_of("verify", found))
    assert "Lưu phần tự viết của báo cáo: thanh-hoa-2021 · 2021-Q3" in printed
    if kind != "changed":
        return
    ask("keep", files={"a.docx": whole}, keep="a.docx", by="Lan")
    assert plain_texts(report())["kien-nghi"] == ("Bản một.",)
    assert run("verify")["document"]["faults"] == []
