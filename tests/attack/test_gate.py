"""The gate, attacked over raw HTTP and the websocket on a real server."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest

from etl import owner as owners
from etl.accounts import roster
from etl.accounts.log import access_entries
from etl.accounts.roster import Wanted
from etl.store.places import uploads_of
from indicators.people import Role
from pages.parts.gate.forms import safe_path
from pages.parts.gate.quiet import PER_HOUR
from tests.attack.client import HTML, Guest
from tests.attack.conftest import PASSWORD
from tests.serving import app, serving

CLOSED = (
    "/_stcore/host-config", "/_stcore/metrics", "/_stcore/health", "/_stcore/upload_file/a/b",
    "/static/js/index.js", "/media/abc.png", "/app/static/x", "/component/x/index.html",
    "/tai-ve/targets.xlsx", "/tai-ve/targets.csv", "/_stcore/agent/mcp", "/x.map",
    f"/tai-ve/tep-goc/{'0' * 64}",
)  # fmt: skip
PAGES = ("/", "/chi-tieu", "/don-vi", "/nop-so-lieu", "/quan-tri", "/nothing", "/../../etc/passwd")
FORGED = {
    "X-Auth-User": "quantri", "X-Forwarded-User": "quantri", "Remote-User": "quantri",
    "X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "X-Real-IP": "127.0.0.1",
}  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS"])
def test_nothing_answers_without_a_session(site: str, path: str, method: str) -> None:
    answer = Guest(site).ask(method, path, FORGED)
    assert answer.status == 401 and "VLDB" not in answer.text and len(answer.body) < 100


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_a_session_is_the_login(site: str, path: str) -> None:
    answer = Guest(site).get(path, {**HTML, **FORGED})
    assert answer.status == 303 and answer.headers["location"].startswith("/dang-nhap?den=%2F")


@pytest.mark.parametrize(
    "path", ["//healthz", "/healthz/../tai-ve/targets.csv", "/fonts/../media/x"]
)
def test_an_address_that_only_looks_open_gives_nothing(site: str, path: str) -> None:
    assert Guest(site).get(path).status in {401, 404}


def test_health_tells_that_it_lives_and_nothing_else(site: str) -> None:
    assert json.loads(Guest(site).get("/healthz").body) == {"ok": True}


@pytest.mark.parametrize("login", ["quantri", "duyet", "nhuthanh", "lanhdao"])
def test_who_is_logged_in_gets_pages_and_downloads(people: dict[str, Guest], login: str) -> None:
    assert people[login].get("/", HTML).status == 200
    assert people[login].get("/tai-ve/targets.csv").status == 200
    assert people[login].refused_live() == 101


@pytest.mark.parametrize(
    ("login", "status"), [("", 401), ("lanhdao", 403), ("nhuthanh", 403), ("duyet", 200)]
)
def test_the_log_is_taken_away_only_by_who_may_read_it(
    people: dict[str, Guest], login: str, status: int
) -> None:
    for name in ("log.csv", "log.xlsx", "log.csv?plan=x", "access.csv?known=0001-01-01"):
        assert people[login].get(f"/tai-ve/{name}").status == status


def kept_files(db: Path) -> tuple[list[str], list[str]]:
    """The hashes of files of figures that were sent, and of data files kept beside them."""
    files = [p for p in uploads_of(db).iterdir() if len(p.name) == 64]
    starts = {p.name: p.read_bytes()[:2] for p in files}
    inner = [name for name, start in starts.items() if start == b'{"']
    return sorted(set(starts) - set(inner)), inner


def test_files_are_given_as_they_were_sent_to_who_may_follow(
    people: dict[str, Guest], guarded_db: Path
) -> None:
    sent, inner = kept_files(guarded_db)
    for digest in sent[:3]:
        answer = people["lanhdao"].get(f"/tai-ve/tep-goc/{digest}")
        assert answer.status == 200 and hashlib.sha256(answer.body).hexdigest() == digest
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert people[""].get(f"/tai-ve/tep-goc/{digest}").status == 401
    # What else is kept there, what was never sent and what is no hash is given to nobody.
    assert inner
    for name in (inner[0], "0" * 64, sent[0].upper(), "journal.jsonl", "..%2fvan-dan.duckdb"):
        assert people["quantri"].get(f"/tai-ve/tep-goc/{name}").status in {400, 404}


@pytest.mark.parametrize("headers", [{}, FORGED, {"Cookie": "vd_phien=x; __Host-vd_phien=y"}])
def test_no_websocket_without_a_session_whatever_the_headers_say(
    site: str, headers: dict[str, str]
) -> None:
    assert Guest(site).refused_live(headers) == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://127.0.0.1", "http://127.0.0.1.evil:80"]
)
def test_no_websocket_from_another_site_even_with_the_cookie(
    people: dict[str, Guest], origin: str | None
) -> None:
    assert people["lanhdao"].refused_live(origin=origin) == 403


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(site: str) -> None:
    answer = Guest(site).log_in("lanhdao", PASSWORD)
    line = next(c for c in answer.cookies if c.startswith("vd_phien="))
    assert "HttpOnly" in line and "SameSite=lax" in line and "Path=/" in line


def test_a_stolen_cookie_is_worth_nothing_after_logout(site: str) -> None:
    own = Guest(site).logged_in("lanhdao", PASSWORD)
    thief = Guest(site, dict(own.cookies))
    tab = own.live()
    assert "vandan.links" in tab.run() and thief.get("/tai-ve/x.csv").status == 404
    token = own.form_token("/dang-xuat")
    assert own.post("/dang-xuat", {"form": token}).headers["location"].startswith("/dang-nhap")
    assert thief.get("/tai-ve/x.csv").status == 401 and thief.refused_live() == 403
    assert thief.get("/", HTML).status == 303
    # The tab that is still open draws nothing but the way to the login.
    drawn = tab.run("don-vi")
    assert "vandan.leave" in drawn and "vandan.links" not in drawn
    tab.close()


def test_logging_out_needs_what_only_this_session_knows(site: str) -> None:
    own = Guest(site).logged_in("lanhdao", PASSWORD)
    for fields in ({}, {"form": ""}, {"form": "x" * 64}):
        assert own.post("/dang-xuat", fields).status == 403
    token = own.form_token("/dang-xuat")
    evil = {"Origin": "https://evil.example"}
    assert own.post("/dang-xuat", {"form": token}, evil).status == 403
    assert own.get("/", HTML).status == 200


@pytest.mark.parametrize("cookie", [None, "other"])
def test_a_login_form_from_elsewhere_logs_nobody_in(site: str, cookie: str | None) -> None:
    guest = Guest(site)
    token = guest.form_token("/dang-nhap")
    guest.cookies = {"vd_bieu": cookie} if cookie else {}
    answer = guest.post("/dang-nhap", {"form": token, "login": "lanhdao", "password": PASSWORD})
    assert answer.status == 403 and not any("vd_phien" in c for c in answer.cookies)


def test_a_session_somebody_prepared_is_not_taken_over(site: str) -> None:
    victim = Guest(site, {"vd_phien": "prepared"})
    victim.log_in("lanhdao", PASSWORD)
    assert victim.cookies["vd_phien"] != "prepared"
    assert Guest(site, {"vd_phien": "prepared"}).get("/tai-ve/x.csv").status == 401


WANTED = [
    ("/chi-tieu?lang=en&unit=x", "/chi-tieu?lang=en&unit=x"), ("//evil.example", "/"),
    ("https://evil.example/", "/"), ("/\\evil.example", "/"), ("/%0d%0aSet-Cookie:x", None),
    ("/a\r\nSet-Cookie: x=1", "/"), ("javascript:alert(1)", "/"), ("", "/"), ("/dang-xuat", "/"),
]  # fmt: skip


@pytest.mark.parametrize(("den", "to"), WANTED)
def test_the_login_goes_on_inside_this_application_only(
    site: str, den: str, to: str | None
) -> None:
    assert safe_path(den) == (den if to is None else to)
    answer = Guest(site).log_in("lanhdao", PASSWORD, den)
    assert answer.headers["location"] == (den if to is None else to)
    assert not any(c.startswith("x=") for c in answer.cookies)


def test_what_was_typed_comes_back_as_text(site: str) -> None:
    answer = Guest(site).log_in('"><script>alert(1)</script>', "sai", '/"><script>x</script>')
    assert answer.status == 403 and "<script" not in answer.text and "&lt;script" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_one_time_password_opens_only_its_own_change(site: str, guarded_db: Path) -> None:
    own = Guest(site)
    assert own.log_in("molan", PASSWORD).headers["location"] == "/doi-mat-khau"
    assert own.get("/", HTML).headers["location"] == "/doi-mat-khau"
    assert own.get("/tai-ve/x.csv").status == 403 and own.refused_live() == 403
    token, old = own.form_token("/doi-mat-khau"), dict(own.cookies)
    new = "ba ngày nữa trời sẽ mưa"
    fields = {"form": token, "current": PASSWORD, "new": new, "again": new}
    for wrong in ({"new": "ngắn"}, {"again": "khác"}, {"current": "sai rồi nhé bạn"}):
        assert own.post("/doi-mat-khau", {**fields, **wrong}).status == 403
    changed = own.post("/doi-mat-khau", fields)
    own.keep(changed)
    assert changed.status == 303 and own.get("/", HTML).status == 200
    assert Guest(site, old).get("/tai-ve/x.csv").status == 401
    assert Guest(site).log_in("molan", PASSWORD).status == 403


def test_guessing_is_stopped_and_said_in_words(site: str, guarded_db: Path) -> None:
    roster.add(guarded_db, "dich", Wanted("x", Role.LEADER), "", by="thử", once=False)
    answers = [Guest(site).log_in("dich", f"đoán lần {n}") for n in range(7)]
    assert all(a.status == 403 and not any("vd_phien" in c for c in a.cookies) for a in answers)
    assert "không đúng" in answers[0].text and "tạm khóa" in answers[6].text
    nobody = [Guest(site).log_in("khongco", f"đoán lần {n}") for n in range(7)]
    assert [("tạm khóa" in a.text) for a in nobody] == [("tạm khóa" in a.text) for a in answers]
    started = time.monotonic()
    Guest(site).log_in("dich", "x")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("login", "page", "is_open"),
    [
        ("lanhdao", "nop-so-lieu", False), ("lanhdao", "quan-tri", False),
        ("nhuthanh", "quan-tri", False), ("duyet", "quan-tri", False),
        ("nhuthanh", "nop-so-lieu", True), ("quantri", "quan-tri", True),
    ],
)  # fmt: skip
def test_a_page_of_another_role_says_so_and_shows_nothing(
    people: dict[str, Guest], login: str, page: str, is_open: bool
) -> None:
    tab = people[login].live()
    drawn = tab.run(page)
    tab.close()
    assert ("vd-closed" not in drawn) is is_open
    assert ("file_uploader" in drawn) is (is_open and page == "nop-so-lieu")
    assert ("vd-people" in drawn) is (is_open and page == "quan-tri")
    assert (f"/{page}" in menu_of(drawn)) is is_open


def menu_of(drawn: str) -> str:
    """The links of the menu in what a run sent."""
    return drawn.split("<nav")[1].split("</nav>")[0]


def test_the_name_of_an_account_is_text(people: dict[str, Guest]) -> None:
    tab = people["quantri"].live()
    drawn = tab.run("quan-tri")
    tab.close()
    assert "&lt;b&gt;Qu" in drawn
    # The choice of an account is a widget of Streamlit's, whose options are text.
    raw = [line.strip() for line in drawn.splitlines() if "<b>Qu" in line]
    assert [line for line in raw if not line.startswith("options: ")] == []


def test_uploads_are_for_who_may_send(people: dict[str, Guest]) -> None:
    path = "/_stcore/upload_file/00000000-0000-0000-0000-000000000000/1"
    assert people["lanhdao"].ask("PUT", path, body=b"x").status == 403
    assert people["lanhdao"].ask("DELETE", path).status == 403
    # Streamlit itself wants its own token too, whoever it is.
    assert people["nhuthanh"].ask("PUT", path, body=b"x").status in {400, 403}


@pytest.mark.parametrize("login", ["", "lanhdao", "quantri"])
def test_the_route_of_commands_takes_no_session(
    people: dict[str, Guest], guarded_db: Path, login: str
) -> None:
    body = json.dumps({"command": "submissions", "arguments": {}, "files": {}}).encode()
    for token in ("", "x", "quantri"):
        headers = {owners.TOKEN_HEADER: token, "Content-Type": "application/json"}
        assert people[login].ask("POST", "/api/command", headers, body).status == 403


def test_the_command_line_still_reaches_its_server(site: str, guarded_db: Path) -> None:
    owner = owners.find_owner(guarded_db)
    assert owner is not None
    assert owners.call(owner, "tasks", {"plan": "x"}, {})["exit_code"] == 2


def test_what_happened_is_in_the_log(people: dict[str, Guest], guarded_db: Path) -> None:
    people["lanhdao"].get("/tai-ve/targets.csv?plan=x")
    # More than are written down of one stranger, and the lines of others are still written.
    for _ in range(PER_HOUR + 5):
        people[""].get("/tai-ve/targets.csv")
    people["lanhdao"].ask("PUT", "/_stcore/upload_file/a/b", body=b"x")
    told = {(e.actor, e.action) for e in access_entries(guarded_db)}
    acts = {"login", "refused", "download"}
    assert {("lanhdao", act) for act in acts} | {("", "refused")} <= told
    strangers = [e for e in access_entries(guarded_db) if (e.actor, e.action) == ("", "refused")]
    assert len(strangers) == PER_HOUR
    assert all(e.address == "127.0.0.1" for e in access_entries(guarded_db) if e.action == "login")


@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/tai-ve/x.csv", "/healthz", "/fonts/x"])
@pytest.mark.parametrize("login", ["", "lanhdao"])
def test_headers_of_every_answer(people: dict[str, Guest], path: str, login: str) -> None:
    headers = people[login].get(path, HTML).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "http" not in policy and "*" not in policy
    assert headers["x-frame-options"] == "DENY" and headers["x-content-type-options"] == "nosniff"
    assert (
        headers["referrer-policy"] == "same-origin" and "camera=()" in headers["permissions-policy"]
    )
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers and "x-powered-by" not in headers


def test_open_is_for_this_machine_alone(tmp_path: Path) -> None:
    with serving(*app(tmp_path / "x.duckdb", "--no-demo")) as url:
        guest = Guest(url)
        assert guest.get("/", HTML).status == 200 and guest.refused_live(origin=None) == 101
        assert guest.refused_live(origin="https://evil.example") == 403
        for headers in ({"Host": "evil.example"}, {"X-Forwarded-For": "10.0.0.1"}):
            assert guest.get("/", {**HTML, **headers}).status == 403
            assert guest.get("/healthz", headers).status == 200
        # From the moment there is an account nobody is in without one.
        wanted = Wanted("x", Role.ADMIN)
        roster.add(tmp_path / "x.duckdb", "quantri", wanted, "", by="thử", once=False)
        assert guest.get("/", HTML).status == 303 and guest.refused_live() == 403
