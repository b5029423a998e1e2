"""Reading without an account: what is public, and nothing else; nobody of the staff is named."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.attack.client import HTML, Guest, Live
from tests.attack.test_gate import kept_files, menu_of
from tests.serving import serving

PLAN = "plan=thanh-hoa-2021&period=2021-Q3"
UNIT = f"{PLAN}&unit=th-ttyt-nhu-thanh"
NUMBER = f"{PLAN}&unit=thanh-hoa&indicator=beds_per_10k"


def test_read_by_the_public_gives_reading_and_nothing_else(
    guarded_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = copy(guarded_db, tmp_path)
    people = actors(db)
    with serving(
        "tests/attack/started.py",
        "VANDAN_ACCESS=public",
        "--port",
        "{port}",
        "--db",
        str(db),
    ) as url:
        guest = Guest(url)
        assert guest.get("/", HTML).status == 200 and guest.get("/tai-ve/x.csv").status == 404
        sent, _ = kept_files(guarded_db)
        assert guest.get(f"/tai-ve/tep-goc/{sent[0]}").status == 403
        tab = guest.live()
        drawn = tab.run()
        assert "/dang-nhap?den=" in drawn and "/nop-so-lieu" not in menu_of(drawn)
        assert "vd-closed" in tab.run("nop-so-lieu") and "vd-closed" in tab.run("quan-tri")
        told = told_to(guest, tab)
        found = {what: name for what, text in told.items() for name in people if name in text}
        assert people and found == {}
        said = {what for what, text in told.items() if "Cán bộ" in text}
        assert said >= {what for what in told if not what.startswith("api ")}
        tab.close()
        assert guest.ask("PUT", "/_stcore/upload_file/a/b", body=b"x").status == 403
        assert guest.refused_live(origin="https://evil.example") == 403


def actors(db: Path) -> list[str]:
    """Everybody who did something in the database, as the acts are signed."""
    with closing(duckdb.connect(str(db), read_only=True)) as con:
        found = con.execute(
            "select distinct actor from audit where actor not in ('hệ thống', 'Văn phòng Sở (mô phỏng)')"
        ).fetchall()
    return [str(name) for (name,) in found]


def told_to(guest: Guest, tab: Live) -> dict[str, str]:
    """What pages, tables and the interface tell where somebody sent, approved or recorded."""
    number = re.search(r"explain=([\w.-]+)", html.unescape(tab.run("chi-tieu", NUMBER)))
    assert number
    explained = f"{NUMBER}&explain={number.group(1)}"
    pages = {"don-vi": UNIT, "chi-tieu": explained, "nhiem-vu": PLAN}
    told = {name: tab.run(name, query) for name, query in pages.items()}
    for name, query in {
        "lineage": explained,
        "tasks": PLAN,
        "agreed": PLAN,
        "reported": UNIT,
    }.items():
        answer = guest.get(f"/tai-ve/{name}.csv?{query}")
        assert answer.status == 200, (name, answer.text)
        told[name] = answer.text
    asked = {
        "explain": "period=2021-Q3&unit=thanh-hoa&indicator=beds_per_10k",
        "tasks": "plan=thanh-hoa-2021",
        "actions": "plan=thanh-hoa-2021",
    }
    for name, query in asked.items():
        answer = guest.get(f"/api/v1/{name}?{query}")
        assert answer.status == 200 and '"rows": [{' in answer.text, (name, answer.text)
        told[f"api {name}"] = answer.text
    return told


def copy(db: Path, folder: Path) -> Path:
    """The warehouse and its accounts, without what a running server wrote beside them."""
    for file in (db, *db.parent.glob("*.uploads")):
        to = folder / file.name
        shutil.copytree(file, to) if file.is_dir() else shutil.copy(file, to)
    before = sqlite3.connect(f"{db}.accounts")
    after = sqlite3.connect(f"{folder / db.name}.accounts")
    before.backup(after)
    before.close()
    after.close()
    return folder / db.name
