"""What each role may do on the pages: asked again at the act itself, whatever was drawn before."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.context import opened
from etl.history import uploads
from etl.store.actions import actions
from etl.store.tasks import in_force
from etl.web import ROOT
from indicators.people import NOBODY, VISITOR, Act, Person, Role
from indicators.text import say
from pages.parts import person
from pages.parts.who import who
from tests.html import html_of
from tests.pages.test_submit import CLEAN, choose

ANALYST = Person("hoa", "Trần Thị Hoa", Role.ANALYST, "th-bv-noi-tiet")
OTHER = Person("mai", "Mai", Role.ANALYST, "th-ttyt-nhu-thanh")
PROVINCE = "thanh-hoa-2021"
LEADER = Person("lanh", "Lê Văn Lãnh", Role.LEADER)


def become(monkeypatch: pytest.MonkeyPatch, who: Person) -> None:
    monkeypatch.setattr(person, "current_person", lambda: who)


def page(name: str, **query: str) -> AppTest:
    at = AppTest.from_file(ROOT / "pages" / name, default_timeout=120)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def count() -> int:
    context = opened()
    return len(uploads(context.store.cursor(), context.deployment))


def test_who_has_an_account_signs_with_it(demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, ANALYST)
    at = choose(page("submit.py"), ("a.csv", CLEAN)).run()
    assert "vd-name" not in {field.key for field in at.text_input}
    at.button(key="vd-send-button").click().run()
    assert not at.exception
    context = opened()
    newest = uploads(context.store.cursor(), context.deployment)[0]
    assert (newest.file_name, newest.received_by) == ("a.csv", "Trần Thị Hoa (hoa)")


@pytest.mark.parametrize(
    ("then", "why"),
    [(OTHER, "not_yours"), (LEADER, "no_right"), (VISITOR, "no_right"), (NOBODY, "no_right")],
)
def test_a_file_is_not_sent_by_who_may_not_at_that_moment(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch, then: Person, why: str
) -> None:
    become(monkeypatch, ANALYST)
    at = choose(page("submit.py"), ("a.csv", CLEAN)).run()
    before = count()
    become(monkeypatch, then)
    at.button(key="vd-send-button").click().run()
    assert count() == before
    assert say(f"account.act.{why}") in [error.value for error in at.error]


def test_only_ones_own_files_can_be_taken_back(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = opened()
    theirs = next(
        u for u in uploads(context.store.cursor(), context.deployment)
        if u.can_be_withdrawn and OTHER.unit not in u.units
    )  # fmt: skip
    become(monkeypatch, OTHER)
    at = page("submit.py", withdraw=str(theirs.id))
    assert "vd-withdraw-yes" not in {b.key for b in at.button}
    become(monkeypatch, Person("quan", "Quản", Role.ADMIN))
    at = page("submit.py", withdraw=str(theirs.id))
    at.text_input(key="vd-withdraw-reason").set_value("nhầm")
    become(monkeypatch, OTHER)
    at.button(key="vd-withdraw-yes").click().run()
    assert not at.exception
    state = next(
        u for u in uploads(context.store.cursor(), context.deployment) if u.id == theirs.id
    )
    assert state.can_be_withdrawn


@pytest.mark.parametrize(
    ("who", "plan", "offered"),
    [
        (LEADER, PROVINCE, False),
        (VISITOR, PROVINCE, False),
        (ANALYST, PROVINCE, False),  # the tasks of the province are not those of a hospital
        (OTHER, PROVINCE, False),
        (OTHER, "nhu-thanh-2021-2025", True),
        (Person("so", "Sở", Role.ANALYST, "th-so-y-te"), PROVINCE, True),
        (Person("so", "Sở", Role.ANALYST), PROVINCE, True),
    ],
)
def test_progress_is_recorded_by_who_may(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch, who: Person, plan: str, offered: bool
) -> None:
    become(monkeypatch, who)
    at = page("tasks.py", plan=plan)
    assert ("vd-t-save" in {b.key for b in at.button}) is offered
    if offered:
        before = opened().store.version()
        become(monkeypatch, LEADER)
        at.button(key="vd-t-save").click().run()
        assert not at.exception and opened().store.version() == before


@pytest.mark.parametrize(("who", "offered"), [(ANALYST, True), (LEADER, False), (VISITOR, False)])
def test_forms_of_progress_are_offered_to_who_may_record(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch, who: Person, offered: bool
) -> None:
    become(monkeypatch, who)
    shown = html_of(page("tasks.py", plan=PROVINCE))
    assert ("/tai-ve/progress.xlsx" in shown) is offered and "/tai-ve/lich.ics" in shown


def test_open_is_only_where_the_server_listens_to_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VANDAN_DB", str(tmp_path / "x.duckdb"))
    monkeypatch.setattr(person.st, "get_option", lambda name: "0.0.0.0")
    assert person.current_person() == NOBODY and not person.may(Act.VIEW)
    monkeypatch.setattr(person.st, "get_option", lambda name: "127.0.0.1")
    found = person.current_person()
    assert found.is_open and person.signature() == ""


def test_a_progress_file_of_others_is_not_taken(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The buttons are gone, and the server asks again when somebody presses one all the same."""
    head = "Mã kế hoạch;Mã nhiệm vụ;Tình trạng;Ghi chú"
    rows = f"{head}\n{PROVINCE};action-plans;Đang thực hiện;theo Quyết định 1"
    become(monkeypatch, OTHER)
    at = page("submit.py")
    at.file_uploader[0].set_value([("tiến độ.csv", rows.encode(), "text/csv")]).run()
    before = opened().store.version()
    at.button(key="vd-send-button").click().run()
    assert opened().store.version() == before
    assert say("account.act.not_yours", "vi") in {e.value for e in at.error}
    become(monkeypatch, Person("so", "Sở", Role.ANALYST))
    at.button(key="vd-send-button").click().run()
    assert not at.exception and opened().store.version() > before


HEAD = "Mã kế hoạch;Mã việc;Chỉ tiêu;Đơn vị;Nội dung;Phụ trách;Hạn;Tình trạng;Ghi chú"
HOSPITAL, CENTRE = "Bệnh viện Nội tiết", "Trung tâm Y tế huyện Như Thanh"


def new_action(unit: str) -> str:
    return f"{PROVINCE};;Số bác sĩ/vạn dân;{unit};Tuyển bác sĩ;Phòng TCCB;31/12/2026;;"


@pytest.mark.parametrize(
    ("who", "rows", "why"),
    [
        (ANALYST, [new_action(CENTRE)], "not_yours"),  # of another unit
        (ANALYST, [new_action("")], "not_yours"),  # of the whole province
        (ANALYST, [new_action(HOSPITAL), new_action(CENTRE)], "not_yours"),  # one row is enough
        (OTHER, [new_action(HOSPITAL)], "not_yours"),
        (LEADER, [new_action(HOSPITAL)], "no_right"),
        (VISITOR, [new_action(HOSPITAL)], "no_right"),
        (NOBODY, [new_action(HOSPITAL)], "no_right"),
        (ANALYST, [new_action(HOSPITAL)], ""),
        (OTHER, [new_action(CENTRE)], ""),
        (Person("so", "Sở", Role.ANALYST, "th-so-y-te"), [new_action(CENTRE)], ""),
    ],
)
def test_actions_by_file_are_agreed_by_whose_unit_it_is(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch, who: Person, rows: list[str], why: str
) -> None:
    become(monkeypatch, Person("quan", "Quản", Role.ADMIN))
    at = page("submit.py")
    content = "\n".join([HEAD, *rows]).encode()
    at.file_uploader[0].set_value([("việc.csv", content, "text/csv")]).run()
    before = opened().store.version()
    become(monkeypatch, who)
    at.button(key="vd-send-button").click().run()
    assert not at.exception and (opened().store.version() > before) is not bool(why)
    if why:
        assert say(f"account.act.{why}") in {error.value for error in at.error}


def test_an_action_of_others_is_not_moved_by_file(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = next(a for a in actions(opened().store.cursor(), PROVINCE) if a.is_open)
    row = f"{PROVINCE};{theirs.id};;;;;;Đã hủy;không cần nữa"
    become(monkeypatch, OTHER)
    at = page("submit.py")
    at.file_uploader[0].set_value([("việc.csv", f"{HEAD}\n{row}".encode(), "text/csv")]).run()
    before = opened().store.version()
    at.button(key="vd-send-button").click().run()
    assert opened().store.version() == before
    assert say("account.act.not_yours") in {error.value for error in at.error}


def test_a_record_of_the_province_is_not_taken_back_by_a_unit(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(monkeypatch, Person("quan", "Quản", Role.ADMIN))
    task = next(iter(in_force(opened().store.cursor(), PROVINCE, None)))
    at = page("tasks.py", plan=PROVINCE, task=task)
    at.text_input(key="vd-t-reason").set_value("nhầm").run()
    before = opened().store.version()
    become(monkeypatch, OTHER)
    at.button(key="vd-t-take-back").click().run()
    assert not at.exception and opened().store.version() == before


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_menu_says_who_one_is(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("pages.parts.who.logout_token", lambda: "abc")
    shown = who(ANALYST, language, here="/don-vi?lang=en")
    assert "Trần Thị Hoa" in shown and say("role.analyst", language) in shown
    assert 'method="post" action="/dang-xuat"' in shown and 'value="abc"' in shown
    visitor = who(VISITOR, language, here="/don-vi?lang=en")
    assert 'href="/dang-nhap?den=%2Fdon-vi%3Flang%3Den"' in visitor and "/dang-xuat" not in visitor
