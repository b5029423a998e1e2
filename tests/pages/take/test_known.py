"""*As known on*: no act that comes later changes a table, a page, an answer or a command of then."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import __main__ as etl_main
from etl.api.resources import RESOURCES
from etl.cli import parser
from etl.commands import answer, judged, looking
from etl.context import look_from, opened, today
from etl.export.table_csv import table_csv
from etl.results import assessor
from indicators import __main__ as indicators_main
from indicators.assess import Assessor
from pages.parts.api.reply import answer as api_answer
from pages.parts.links import FOLDER, PAGES
from pages.parts.take.answer import maker
from pages.parts.take.asked import Asked
from pages.parts.take.calendar import make as calendar
from pages.parts.take.caption import caption_of
from pages.parts.take.tables import TABLES
from pages.parts.view import view_of
from tests.pages.opening import page_html

PLAN, PERIOD, UNIT = "thanh-hoa-2021", "2021-Q3", "th-ttyt-hau-loc"
KNOWN = "2022-03-01T03:00"
TENTH = date(2021, 10, 10)
QUERY = {"plan": PLAN, "period": PERIOD, "known": KNOWN, "indicator": "stations_with_doctor"}
PRINTED = re.compile(r"In lúc \d\d:\d\d \d\d/\d\d/\d{4}")
# What a command that looks is asked here; each takes --as-known-on.
LOOKING: dict[str, dict[str, Any]] = {
    "aliases": {}, "mappings": {}, "submissions": {}, "waiting": {}, "closings": {}, "audit": {},
    "draft": {}, "reports": {}, "tasks": {"plan": PLAN}, "action": {"what": "list"},
    "own-text": {"what": "list", "plan": PLAN, "period": PERIOD}, "plans": {}, "coverage": {},
    "verdicts": {"plan": PLAN, "period": PERIOD},
    "explain": {"indicator": "doctors_per_10k", "unit": "thanh-hoa", "period": PERIOD},
    "export": {"kind": "facts", "output": "a.csv", "plan": PLAN, "period": PERIOD},
}  # fmt: skip
# Acts, and what is about this database file, this data folder or a form yet to be filled in.
OF_NOW = {
    "init", "load", "template", "alias", "mapping", "rollback", "approve", "return", "close",
    "reopen", "verify", "backup", "restore", "rebuild", "task", "account", "sessions", "check",
    "stop", "start", "private",
}  # fmt: skip
EXPORTS = (
    ("verdicts", "a.csv"), ("facts", "a.csv"), ("dhis2", "a.json"), ("org-units", "a.json"),
    ("calendar", "a.ics"), ("late", "a.xlsx"),
)  # fmt: skip


def of_tables() -> dict[str, object]:
    """Every table to take away, and the calendar."""
    view = view_of(QUERY, opened().deployment)
    look_from(view.moment)
    asked, caption = Asked(view, QUERY), caption_of(view)
    found: dict[str, object] = {
        f"table {name}": table_csv(maker(name)(asked), caption, "vi") for name in TABLES
    }
    look_from(None)
    return {**found, "calendar": calendar(QUERY)}


def of_interface() -> dict[str, object]:
    """Every answer of the interface."""
    mine = {**QUERY, "unit": UNIT, "limit": "50"}
    found: dict[str, object] = {}
    for name, resource in RESOURCES.items():
        asked = {part: mine[part] for part in resource.takes.all if part in mine}
        assert asked["known"] == KNOWN
        look_from(view_of(QUERY, opened().deployment).moment)
        found[f"api {name}"] = api_answer(name, asked, "application/json", True).content
    look_from(None)
    return found


def of_commands() -> dict[str, object]:
    """Every command that looks, and every kind of export."""
    asked = [(name, more) for name, more in LOOKING.items()]
    asked += [
        ("export", {**LOOKING["export"], "kind": kind, "output": file, "approved": only})
        for kind, file in EXPORTS
        for only in (False, True)
    ]
    found = [
        (f"{name} {more}", answer(name, {**more, "as_known_on": KNOWN}, {})) for name, more in asked
    ]
    assert all(done["exit_code"] == 0 for _, done in found)
    return dict(found)


def of_pages() -> dict[str, object]:
    """What every page shows that can be looked at from an earlier moment."""
    return {
        page.path: PRINTED.sub("", page_html(FOLDER / page.file, **QUERY))
        for page in PAGES
        if not page.always_now
    }


def act(command: str, files: dict[str, bytes] | None = None, **said: Any) -> Any:
    done = answer(command, {"by": "Hà", **said}, files or {})
    assert done["exit_code"] == 0, done["document"]
    return done["document"]


def later_acts() -> None:
    """Something of every kind that changes what is shown now."""
    rows = "".join(
        f"{unit},{PERIOD},doctors,{n}\n" for unit, n in ((UNIT, 99), ("th-bv-noi-tiet", 5))
    )
    content = f"unit,period,quantity,value\n{rows}".encode()
    sent = act("load", {"a.csv": content}, by="Lan", reason="sửa")["files"][0]["submissions"]
    act("approve", ids=sent)
    held = [s for s in act("submissions", period=PERIOD) if s["state"] == "current"]
    act("rollback", id=held[40]["id"], reason="sai")
    act("return", ids=[held[50]["id"]], reason="xem lại")
    act("approve", ids=[act("waiting")["reports"][0]["id"]])
    task = act("tasks", plan=PLAN)["tasks"][0]["id"]
    act("task", plan=PLAN, task=task, state="done", done_on="2021-06-30", evidence="QĐ 1")
    due = {"owner": "Lan", "due": "2026-12-31"}
    act("action", what="add", plan=PLAN, target="beds", text="bổ sung", **due)
    act("alias", unit=UNIT, text="tt hậu lộc mới")
    act("draft", {"b.csv": content.replace(b"99", b"98")})


@pytest.mark.usefixtures("demo_copy")
def test_no_later_act_changes_what_was_known() -> None:
    made = (of_tables, of_interface, of_commands, of_pages)
    before = {name: seen for make in made for name, seen in make().items()}
    later_acts()
    after = {name: seen for make in made for name, seen in make().items()}
    assert [name for name in before if before[name] != after[name]] == []
    # The acts do change what is seen now: the comparison above can fail.
    assert (
        answer("explain", LOOKING["explain"], {})["document"]["numerator"]
        != (
            answer("explain", {**LOOKING["explain"], "as_known_on": KNOWN}, {})["document"][
                "numerator"
            ]
        )
    )


def test_every_command_looks_from_a_moment_or_is_about_now() -> None:
    every = {*etl_main.COMMANDS, *indicators_main.COMMANDS}
    assert LOOKING.keys() | OF_NOW == every and not LOOKING.keys() & OF_NOW
    assert LOOKING.keys() == looking.LOOKING.keys()
    options = parser(sorted(every))
    for name in LOOKING:
        (under,) = [a for a in options._actions if a.dest == "command"]
        flags = under.choices[name]._option_string_actions  # type: ignore[index, union-attr]
        assert "--as-known-on" in flags, name


@pytest.mark.usefixtures("demo_db")
def test_a_day_in_other_words_is_the_same_day() -> None:
    for name, more in (("tasks", {"plan": PLAN}), ("action", {"what": "list"}), ("reports", {})):
        on = answer(name, {**more, "on": "2021-12-05"}, {})
        assert on == answer(name, {**more, "as_known_on": "2021-12-05"}, {})


@pytest.mark.usefixtures("demo_db")
@pytest.mark.parametrize("only", [False, True])
@pytest.mark.parametrize(("known", "day"), [({}, today()), ({"as_known_on": "2021-10-10"}, TENTH)])
def test_verdicts_are_judged_on_the_day_looked_from(
    monkeypatch: pytest.MonkeyPatch, only: bool, known: dict[str, str], day: date
) -> None:
    days: list[date] = []

    def kept(*given: Any, **named: Any) -> Assessor:
        days.append(named["today"])
        return assessor(*given, **named)

    monkeypatch.setattr(judged, "assessor", kept)
    asked = {"plan": PLAN, "period": PERIOD, "unit": "th-nhu-thanh", "approved": only}
    assert answer("verdicts", {**asked, **known}, {})["exit_code"] == 0 and days == [day]


def test_who_approved_is_who_had_done_so_by_then(demo_copy: Path) -> None:
    asked = {"indicator": "doctors_per_10k", "unit": "thanh-hoa", "period": PERIOD}
    then = {**asked, "as_known_on": KNOWN}
    before = answer("explain", then, {})["document"]["facts"]
    number = next(f["submission"] for f in before if f["approved_by"])
    act("return", ids=[number], reason="xem lại")
    act("approve", ids=[number])
    assert answer("explain", then, {})["document"]["facts"] == before
    found = answer("explain", asked, {})["document"]["facts"]
    assert {f["approved_by"] for f in found if f["submission"] == number} == {"Hà"}
