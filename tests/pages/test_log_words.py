"""The log in words: no id, no state in English on the page, nothing lost, what is stored unchanged."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from etl.context import opened
from etl.replay import REPLAY
from etl.store.aliases import Alias, AliasKind
from etl.store.audit import Entry, broken, entries
from etl.store.referred import Referred, referred
from etl.web import ROOT
from indicators.actions import Action, ActionState
from pages.parts.approval.log_words import WORDS, detail_texts
from pages.parts.take.approval import log
from pages.parts.take.asked import Asked
from pages.parts.view import view_of
from tests.html import html_of, text_of
from tests.pages.opening import open_page

DAY = datetime(2022, 1, 5, 8, tzinfo=UTC).replace(tzinfo=None)
TH, CENTRE = "thanh-hoa-2021", "th-ttyt-hau-loc"
ACTION = Action(
    13, TH, "online-booking", "facilities_with_online_booking", None, "Giao chỉ tiêu", "Văn phòng",
    date(2021, 12, 31), DAY, "Lan", ActionState.DOING, DAY, "Lan", "",
)  # fmt: skip
ALIAS = Alias(2, AliasKind.UNIT, "TT Hậu Lộc", CENTRE, DAY, "Lan", None, None)
KNOWN = Referred(
    {n: (CENTRE, "2021-Q3", "ttyt_quarter") for n in range(1, 6)}, {13: ACTION}, {2: ALIAS}
)
REPORT = "TTYT Hậu Lộc, Biểu quý của trung tâm y tế, Quý III/2021"
# Act, detail as it is written, what was asked for, in Vietnamese, in English.
CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    (
        *("action-moved", "13: doing", {"action": 13, "state": "doing", "reason": ""}),
        "KH Thanh Hóa 2021 · TARGET · Giao chỉ tiêu: Đang làm",
        "KH Thanh Hóa 2021 · TARGET · Giao chỉ tiêu: Under way",
    ),
    (
        *("action-moved", "13: done đủ", {"action": 13, "state": "done", "reason": "đủ"}),
        "KH Thanh Hóa 2021 · TARGET · Giao chỉ tiêu: Đã xong. Ghi chú: đủ",
        "KH Thanh Hóa 2021 · TARGET · Giao chỉ tiêu: Done. Note: đủ",
    ),
    (
        *("return", "1 báo cáo (1) sai", {"submissions": [1], "reason": "sai"}),
        f"{REPORT}. Lý do: sai",
        "TTYT Hậu Lộc, Quarterly form of the health centre, Q3 2021. Reason: sai",
    ),
    (
        *("approve", "5 báo cáo (1, …)", {"submissions": [1, 2, 3, 4, 5], "reason": ""}),
        f"5 báo cáo: {REPORT}; {REPORT}; {REPORT}; và 2 báo cáo khác",
        "",
    ),
    ("rollback", "1: nhầm", {"submission": 1, "reason": "nhầm"}, f"{REPORT}. Lý do: nhầm", ""),
    (
        *("close", "2021-Q1: đủ", {"period": "2021-Q1", "reason": "đủ"}),
        *("Quý I/2021. Lý do: đủ", "Q1 2021. Reason: đủ"),
    ),
    (
        *("load", "tep · b3.csv · b3a73b84a4ac · 12", {"file": "tep · b3.csv"}),
        *("tep · b3.csv: 12 báo cáo", "tep · b3.csv: 12 reports"),
    ),
    (
        "alias",
        f"unit: TT HL → {CENTRE}",
        {"kind": "unit", "spelling": "TT HL", "meaning": CENTRE},
        *("“TT HL” là TTYT Hậu Lộc", "“TT HL” is TTYT Hậu Lộc"),
    ),
    (
        "alias",
        "quantity: BS → doctors",
        {"kind": "quantity", "spelling": "BS", "meaning": "doctors"},
        *("“BS” là Số bác sĩ", ""),
    ),
    (
        *("alias-revoked", "2: sai", {"alias": 2, "reason": "sai"}),
        *("“TT Hậu Lộc” là TTYT Hậu Lộc. Lý do: sai", ""),
    ),
    (
        *("mapping", "4: 0123456789ab", {"columns": [{}, {}], "unit": CENTRE}),
        *("Cách đọc số 4: 2 cột · TTYT Hậu Lộc", "Reading no. 4: 2 columns · TTYT Hậu Lộc"),
    ),
    (
        *("mapping-revoked", "4: sai", {"mapping": 4, "reason": "sai"}),
        *("Cách đọc số 4. Lý do: sai", "Reading no. 4. Reason: sai"),
    ),
    (
        "task",
        f"{TH} · board-leads: done",
        {"plan": TH, "task": "board-leads", "progress": "done"},
        *("KH Thanh Hóa 2021 · TASK: Đã xong", "KH Thanh Hóa 2021 · TASK: Done"),
    ),
    (
        "task-withdrawn",
        "3: nhầm",
        {"plan": TH, "task": "board-leads", "record": 3, "reason": "nhầm"},
        *("KH Thanh Hóa 2021 · TASK. Lý do: nhầm", ""),
    ),
    (
        "own-text",
        f"{TH} · 2021-Q3 · {CENTRE} · a.docx",
        {"plan": TH, "period": "2021-Q3", "unit": CENTRE, "file": "a.docx", "hash": "0"},
        *("KH Thanh Hóa 2021 · Quý III/2021 · TTYT Hậu Lộc · a.docx", ""),
    ),
    (
        *("restore", "2022-01-05T01:30:00+00:00", {"digest": "0"}),
        *("Bản sao lưu lúc 08:30 05/01/2022", "Backup made at 08:30 05/01/2022"),
    ),
    (
        *("rebuild", "5 việc", {"acts": 5, "differences": 0}),
        *("Làm lại 5 việc", "Acts done again: 5"),
    ),
    ("migrate", "schema 5", {"schema": 5}, "Cấu trúc cơ sở dữ liệu, phiên bản 5", ""),
    ("deployment", "phiên bản 2", {"version": 2}, "Bộ danh mục phiên bản 2", ""),
    ("draft", "a.xlsx", {"file": "a.xlsx"}, "a.xlsx", "a.xlsx"),
]


def entry(action: str, detail: str, asked: dict[str, Any]) -> Entry:
    return Entry(1, DAY, "Lan", action, detail, json.dumps(asked) if asked else "", "")


def filled(text: str, language: str) -> str:
    """With the words of the documents as the data folder has them."""
    plan = opened().deployment.plans[TH]
    target = plan.target("online-booking")
    indicator = opened().deployment.catalogue.indicators[target.indicator]
    (task,) = (t.title_vi for t in plan.tasks if t.id == "board-leads")
    name = target.name_vi if language == "vi" else indicator.name_en
    said = {"KH Thanh Hóa 2021": plan.short_vi, "TARGET": name, "TASK": task}
    for word, own in said.items():
        text = text.replace(word, own)
    return text


@pytest.mark.parametrize(("action", "detail", "asked", "vi", "en"), CASES)
@pytest.mark.usefixtures("demo_db")
def test_each_act_in_words(
    action: str, detail: str, asked: dict[str, Any], vi: str, en: str
) -> None:
    line = entry(action, detail, asked)
    assert detail_texts([line], KNOWN, "vi") == [filled(vi, "vi")]
    (english,) = detail_texts([line], KNOWN, "en")
    assert english == filled(en, "en") or (not en and english)


@pytest.mark.parametrize("action", sorted(REPLAY))
@pytest.mark.usefixtures("demo_db")
def test_what_is_not_known_any_more_stays_as_it_is(action: str) -> None:
    for asked in ({}, {"plan": "gone", "task": "x", "target": "x", "action": 99, "kind": "unit"}):
        line = entry(action, "13: doing", asked)
        if action not in ("mapping",):
            assert detail_texts([line], Referred(), "vi") == ["13: doing"]


def test_words_are_for_acts_that_there_are() -> None:
    assert WORDS.keys() <= REPLAY.keys()
    own = {"draft", "draft-dropped", "progress-file"}  # names of files
    assert REPLAY.keys() - WORDS.keys() == own


@pytest.mark.usefixtures("demo_db")
def test_the_whole_log_of_the_demo_names_no_id_and_no_state() -> None:
    found = entries(opened().store.cursor())
    deployment = opened().deployment
    ids = {*deployment.plans, *(t.id for p in deployment.plans.values() for t in p.tasks)}
    ids |= {f" {state}" for state in ("doing", "done", "cancelled", "dropped")}
    known = referred(opened().store.cursor(), found)
    for language in ("vi", "en"):
        for line, text in zip(found, detail_texts(found, known, language), strict=True):
            said = text if line.action != "load" else ""  # names of files are as they are
            assert not [i for i in ids if i in said], text
            assert line.action == "load" or "th-" not in said


@pytest.mark.usefixtures("demo_db")
def test_card_and_download_say_it_and_the_download_keeps_what_is_written() -> None:
    found = entries(opened().store.cursor())
    card = text_of(html_of(open_page(ROOT / "pages" / "approval.py", plan=TH, period="2021-Q3")))
    latest = sorted(found, key=lambda line: (line.occurred_at, line.id))[-8:]
    last = detail_texts(latest, referred(opened().store.cursor(), found), "vi")
    assert all(" ".join(text.split()) in card for text in last) and "13: doing" not in card
    for language in ("vi", "en"):
        table = log(Asked(view_of({"plan": TH, "lang": language}, opened().deployment)))
        heads = [c.name for c in table.columns]
        as_kept = heads.index("Nội dung như đã ghi" if language == "vi" else "Detail as kept")
        assert [row[as_kept] for row in table.rows] == [line.detail for line in found]
        assert "Đang làm" in str(table.rows) if language == "vi" else "Under way" in str(table.rows)
    assert broken(found) == []
