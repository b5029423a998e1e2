"""Quản trị: accounts added and changed, one-time passwords shown once, sessions ended; only by who may."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.accounts import roster, sessions
from etl.accounts.log import access_entries
from etl.accounts.passwords import matches
from etl.accounts.roster import Wanted
from etl.web import ROOT
from indicators.people import Person, Role
from indicators.text import say
from pages.parts import person
from pages.parts.admin.live import browser_of
from pages.parts.html import as_written
from tests.html import html_of

PAGE = ROOT / "pages" / "admin.py"
ADMIN = Person("quantri", "Nguyễn Thị Quản", Role.ADMIN)
ONCE = re.compile(r"<code>([a-z0-9-]+)</code>")


def page(**query: str) -> AppTest:
    at = AppTest.from_file(PAGE, default_timeout=120)
    for name, text in query.items():
        at.query_params[name] = text
    at.run()
    assert not at.exception
    return at


def test_the_log_that_is_spoken_of_is_a_click_away(demo_db: Path) -> None:
    link = re.search(
        r'<a href="(/phe-duyet[^"#]*)#([^"]+)">Mở nhật\xa0ký\xa0→</a>', html_of(page())
    )
    assert link
    at = AppTest.from_file(ROOT / "pages" / "approval.py", default_timeout=120).run()
    assert f'id="{link[2]}"' in html_of(at)


@pytest.fixture
def admins(demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province with one administrator, who is at the screen."""
    roster.add(demo_copy, "quantri", Wanted("Nguyễn Thị Quản", Role.ADMIN), "", by="x", once=False)
    monkeypatch.setattr(person, "current_person", lambda: ADMIN)
    return demo_copy


def add(at: AppTest, login: str, role: Role | None, unit: str = "") -> AppTest:
    at.text_input(key="vd-p-login").set_value(login)
    at.text_input(key="vd-p-name").set_value("Trần Thị <b>Hoa</b>")
    at.selectbox(key="vd-p-role").set_value(role)
    at.selectbox(key="vd-p-unit").set_value(unit)
    return at.button(key="vd-p-add").click().run()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_accounts_it_says_how_to_begin(demo_copy: Path, language: str) -> None:
    shown = html_of(page(lang=language))
    assert say("admin.none", language) in shown
    assert not roster.has_accounts(demo_copy)


def test_the_first_account_is_an_administrator(demo_copy: Path) -> None:
    at = add(page(), "hoa", Role.LEADER)
    assert say("account.refused.first_admin") in [error.value for error in at.error]
    at = add(page(), "hoa", Role.ADMIN)
    assert roster.accounts(demo_copy)[0].role is Role.ADMIN


def test_a_new_account_gets_a_password_that_is_shown_once(admins: Path) -> None:
    at = add(page(), "Hoa", Role.ANALYST, "th-ttyt-nhu-thanh")
    assert not at.exception
    secret = ONCE.search(html_of(at))
    found = roster.account(admins, "hoa")
    assert secret and found and found.must_change and found.unit == "th-ttyt-nhu-thanh"
    assert matches(found.password, secret.group(1))
    again = html_of(at.run())
    assert not ONCE.search(again) and "&lt;b&gt;Hoa" in again and "<b>Hoa</b>" not in again
    assert say("admin.is.once") in again
    made = [e for e in access_entries(admins) if e.action == "account.added"][-1]
    assert made.actor == "Nguyễn Thị Quản (quantri)" and secret.group(1) not in made.detail


@pytest.mark.parametrize(
    ("login", "role", "why"),
    [
        ("quantri", Role.LEADER, "taken"),
        ("A B", Role.LEADER, "login"),
        ("hoa", None, "role"),
        ("hoa", Role.ANALYST, "analyst_unit"),
    ],
)
def test_what_is_refused_is_said(admins: Path, login: str, role: Role | None, why: str) -> None:
    at = add(page(), login, role)
    assert as_written(say(f"account.refused.{why}")) in [error.value for error in at.error]
    assert len(roster.accounts(admins)) == 1


def test_buttons_disable_enable_unlock_reset_and_save(admins: Path) -> None:
    roster.add(admins, "hoa", Wanted("Hoa", Role.LEADER), "h", by="x", once=False)
    at = page()
    at.selectbox(key="vd-p-who").set_value("hoa").run()
    at.button(key="vd-p-disable").click().run()
    assert roster.account(admins, "hoa").disabled  # type: ignore[union-attr]
    at.button(key="vd-p-enable").click().run()
    at.button(key="vd-p-unlock").click().run()
    found = roster.account(admins, "hoa")
    assert found and not found.disabled and found.unlocked_at
    at.button(key="vd-p-reset").click().run()
    assert ONCE.search(html_of(at)) and roster.account(admins, "hoa").must_change  # type: ignore[union-attr]
    at.selectbox(key="vd-p-role:hoa").set_value(Role.APPROVER)
    at.button(key="vd-p-save").click().run()
    assert roster.account(admins, "hoa").role is Role.APPROVER  # type: ignore[union-attr]


def test_the_last_administrator_stays(admins: Path) -> None:
    at = page()
    at.button(key="vd-p-disable").click().run()
    assert say("account.refused.last_admin") in [error.value for error in at.error]


def test_a_session_is_ended_by_its_button(admins: Path) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120"
    token = sessions.begin(admins, "quantri", address="10.0.0.7", agent=agent)
    at = page()
    assert "10.0.0.7 · Edge Windows" in html_of(at) and token not in html_of(at)
    at.button(key=f"vd-p-end-{sessions.sessions(admins)[0].id}").click().run()
    assert sessions.find(admins, token) is None
    assert say("admin.no_sessions") in html_of(at)
    assert browser_of("curl/8") == ""


def test_who_may_not_changes_nothing_with_a_page_he_had_open(
    admins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = page()
    monkeypatch.setattr(person, "current_person", lambda: Person("a", "A", Role.APPROVER))
    add(at, "hoa", Role.ADMIN)
    assert len(roster.accounts(admins)) == 1
    assert say("account.act.no_right") in [error.value for error in at.error]
