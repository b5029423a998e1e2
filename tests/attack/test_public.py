"""Reading without an account: what is public, and nothing else; nobody of the staff is named."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from pypdf import PdfReader

from etl.api.resources import RESOURCES
from etl.context import close, opened, today
from etl.entries import Hints
from etl.load import Sending, load
from etl.store.actions import Agreement
from etl.store.connect import now
from etl.store.tasks import Report
from etl.tasks import agree, move, report
from indicators.actions import ActionState
from indicators.tasks import Progress
from pages.parts.links import PAGES
from pages.parts.papers.data import FILES
from pages.parts.take.tables import FORMS, TABLES
from tests.attack.client import HTML, Guest, Live
from tests.attack.conftest import PASSWORD
from tests.attack.test_gate import kept_files, menu_of
from tests.serving import serving

PLAN = "plan=thanh-hoa-2021&period=2021-Q3"
CENTRE = "th-ttyt-nhu-thanh"
UNIT = f"{PLAN}&unit={CENTRE}"
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


MARKS = ("TEP-A.csv", "LY-DO-A", "NGUOI-A", "MINH-CHUNG-A", "GHI-CHU-A", "PHU-TRACH-A", "KET-QUA-A")
DOCTORS = "unit,period,quantity,value\nth-ttyt-nhu-thanh,2021-Q3,doctors,177\n"


def test_what_people_wrote_is_not_told_to_the_public(
    guarded_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = copy(guarded_db, tmp_path)
    write_everywhere(db, monkeypatch)
    started = ("tests/attack/started.py", "VANDAN_ACCESS=public", "--port", "{port}", "--db")
    with serving(*started, str(db)) as url:
        told = dict(everything(Guest(url)))
        inside = {
            mark
            for text in everything(Guest(url).logged_in("lanhdao", PASSWORD))
            for mark in found_in(text[1])
        }
    found = {name: found_in(text) for name, text in told.items() if found_in(text)}
    assert found == {}
    # Whoever follows the work sees all of it, so that there was something to hide.
    assert inside == set(MARKS)


def found_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


def write_everywhere(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with a reason, a task with evidence and a note, an action with its owner and result."""
    monkeypatch.setenv("VANDAN_DB", str(db))
    close()
    context, day = opened(), today()
    store, plan = context.store, context.deployment.plans["thanh-hoa-2021"]
    file, reason, by, evidence, note, owner, result = MARKS
    hints, how = Hints(day, None, None), Sending(by, now(), day, reason)
    sent = load(store, context.deployment, file, DOCTORS.encode(), hints=hints, how=how)
    assert sent.committed
    for task in plan.tasks[:5]:
        said = Report(plan.id, task.id, Progress.DOING, None, evidence, note)
        report(store, plan, said, by=by, at=now())
    target = plan.targets[0]
    agreed = Agreement(plan.id, target.id, target.indicator, None, "Việc", owner, day)
    action = agree(store, plan, agreed, by=by, at=now())
    move(store, action.id, ActionState.DONE, reason=result, by=by, at=now())
    close()


QUERIES = tuple(f"{PLAN}&unit={unit}&indicator=doctors_per_10k" for unit in (CENTRE, "thanh-hoa"))
ASKED = {
    "facts": "period=2021-Q3&unit=th-ttyt-nhu-thanh",
    "tasks": "plan=thanh-hoa-2021",
    "explain": "period=2021-Q3&unit=thanh-hoa&indicator=doctors_per_10k",
}


def everything(guest: Guest) -> Iterator[tuple[str, str]]:
    """Every page, table, paper, answer of the interface and the calendar, as text."""
    # A workbook of a table holds what its CSV does; a form is made by itself.
    tables = [*(f"{name}.csv" for name in TABLES), *(f"{name}.xlsx" for name in FORMS)]
    for name, query in product((*tables, *FILES, "lich.ics"), QUERIES):
        yield name, text_of(guest.get(f"/tai-ve/{name}?{query}").body)
    for name, kind in product(RESOURCES, ("json", "csv")):
        yield name, guest.get(f"/api/v1/{name}?{ASKED.get(name, '')}&format={kind}").text
    tab = guest.live()
    for page, query in product(PAGES, QUERIES):
        yield page.path, tab.run(page.path.strip("/"), query)
    number = re.search(r"explain=([\w.-]+)", html.unescape(tab.run("chi-tieu", QUERIES[0])))
    assert number
    yield "explained", tab.run("chi-tieu", f"{QUERIES[0]}&explain={number.group(1)}")
    tab.close()


def text_of(content: bytes) -> str:
    """What is to be read in a file, archives inside archives too."""
    if content.startswith(b"%PDF"):
        pages = PdfReader(BytesIO(content)).pages
        return "".join(page.extract_text() for page in pages)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with ZipFile(BytesIO(content)) as archive:
        return "".join(text_of(archive.read(name)) for name in archive.namelist())
