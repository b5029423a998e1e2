"""A button of somebody else, pressed by hand over the websocket: the act asks again who is there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from etl.accounts import passwords, roster, sessions
from etl.accounts.roster import Wanted
from indicators.people import Role
from pages.parts.links import PAGES
from tests.attack.client import Guest, Live
from tests.attack.conftest import PASSWORD, PEOPLE
from tests.serving import app, serving

PAGE, QUERY = "phe-duyet", "plan=thanh-hoa-2021&period=2021-Q3"
BUTTON = re.compile(r'id: "(\$\$ID[^"]*vd-approve_all-[^"]*)"')


@pytest.fixture(scope="module")
def own_db(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province where everything waits for approval, with the accounts and a second approver."""
    folder = tmp_path_factory.mktemp("acts") / "db"
    shutil.copytree(demo_file.parent, folder)
    db, kept = folder / demo_file.name, passwords.hashed(PASSWORD)
    with duckdb.connect(str(db)) as con:
        con.execute("delete from submission_event where event = 'approved'")
        con.execute("delete from period_event")
    for login, wanted in {**PEOPLE, "duyet2": Wanted("Hai", Role.APPROVER)}.items():
        roster.add(db, login, wanted, kept, by="thử", once=False)
    return db


@pytest.fixture(scope="module")
def place(own_db: Path) -> Iterator[str]:
    """The address of its server."""
    with serving(*app(own_db)) as url:
        yield url


def press(tab: Live, button: str, page: str = PAGE) -> str:
    """What is drawn after a message that says: this button was pressed."""
    ask = BackMsg()
    ask.rerun_script.query_string, ask.rerun_script.page_name = QUERY, page
    pressed = ask.rerun_script.widget_states.widgets.add()
    pressed.id, pressed.trigger_value = button, True
    return tab.answer(ask)


def waiting(guest: Guest) -> int:
    """How many lines the table of what waits has."""
    return len(guest.get(f"/tai-ve/waiting.csv?{QUERY}").text.splitlines())


def opened(url: str, login: str) -> tuple[Live, str]:
    """A tab on the page of decisions, and what it drew."""
    tab = Guest(url).logged_in(login, PASSWORD).live()
    return tab, tab.run(PAGE, QUERY)


def test_no_button_is_pressed_by_who_may_not(place: str, own_db: Path) -> None:
    admin = Guest(place).logged_in("quantri", PASSWORD)
    before = waiting(admin)
    assert before > 200
    approver, drawn = opened(place, "duyet")
    (button,) = set(BUTTON.findall(drawn))
    # Of another role, with the very message that the browser of an approver sends.
    for login in ("lanhdao", "nhuthanh"):
        tab, seen = opened(place, login)
        assert not BUTTON.findall(seen)
        press(tab, button)
        assert waiting(admin) == before
        tab.close()
    # An approver once, whose tab still shows the button.
    tab, seen = opened(place, "duyet2")
    assert BUTTON.findall(seen)
    roster.change(own_db, "duyet2", Wanted("Hai", Role.LEADER), by="quantri")
    press(tab, button)
    assert waiting(admin) == before
    tab.close()
    # A session that the administrator ended: every page leads to the login.
    tab, _ = opened(place, "duyet")
    sessions.revoke(own_db, login="duyet", by="quantri")
    for page in PAGES:
        left = press(tab, button, page.path.lstrip("/"))
        assert "vandan.leave" in left and "vandan.links" not in left, page.path
    assert waiting(admin) == before
    tab.close()
    approver.close()
    # The same message of who may does it: what was refused above was not refused for its form.
    tab, _ = opened(place, "duyet")
    press(tab, button)
    assert waiting(admin) < before // 2
    tab.close()
