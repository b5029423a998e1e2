"""Our server behind nginx and Caddy as `deploy/` sets them up, over TLS, in a real browser."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from etl.accounts.log import access_entries
from tests.attack.conftest import PASSWORD, guarded
from tests.attack.proxies import DEPLOY, NAME, PROXIES, Proxy, program_of, proxied
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ONCE = (
    "content-security-policy", "strict-transport-security", "x-frame-options",
    "x-content-type-options", "referrer-policy",
)  # fmt: skip
FORGED = {
    "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http", "Forwarded": "for=6.6.6.6",
    "X-Real-IP": "6.6.6.6",
}  # fmt: skip
MEGABYTE = 1024 * 1024
WAIT = 20_000  # ms; a loaded machine is no failure


@dataclass(frozen=True)
class Behind:
    """A server that trusts the proxies of this machine; its accounts."""

    url: str
    db: Path


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    db = guarded(tmp_path_factory)
    words = ("tests/attack/started.py", "VANDAN_PROXY=127.0.0.1", "--port", "{port}", "--no-demo")
    with serving(*words, "--db", str(db)) as url:
        yield Behind(url, db)


@pytest.fixture(scope="module", params=PROXIES)
def proxy(
    request: pytest.FixtureRequest, behind: Behind, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    for program in (request.param, "openssl"):
        if program_of(program) is None:
            pytest.skip(f"no {program} on this machine (apt-get install {program})")
    folder = tmp_path_factory.mktemp(request.param)
    with proxied(request.param, folder, behind.url) as started:
        yield started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser to which the name of the configuration is this machine."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    from playwright.sync_api import sync_playwright

    from tests.__main__ import find_browser
    from tests.browser.walking import ARGUMENTS

    path = find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine; name one in VANDAN_CHROMIUM")
    with sync_playwright() as driver:
        named = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
        started = driver.chromium.launch(executable_path=path, args=[*ARGUMENTS, named])
        yield started
        started.close()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(ignore_https_errors=True, locale="vi-VN")
    context.set_default_timeout(WAIT)
    yield context
    context.close()


def come_in(page: Page, proxy: Proxy, login: str, wanted: str) -> None:
    """Log in as a person does, and see the page that was wanted."""
    from playwright.sync_api import expect

    page.goto(f"{proxy.url}{wanted}")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("form button").click()
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible(timeout=WAIT)


def test_a_person_comes_in_sees_a_page_and_takes_a_table_away(
    proxy: Proxy, visitor: BrowserContext, tmp_path: Path
) -> None:
    page, wrong = visitor.new_page(), list[str]()
    page.on("console", lambda m: m.type == "error" and wrong.append(m.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    come_in(page, proxy, "lanhdao", "/chi-tieu?period=2021-Q3&indicator=stations_with_doctor")
    # What is drawn came over the websocket: the page itself is an empty frame.
    session = {c["name"]: c for c in visitor.cookies()}["__Host-vd_phien"]
    assert (session["secure"], session["httpOnly"], session["sameSite"]) == (True, True, "Lax")
    assert (session["path"], session["domain"]) == ("/", NAME)
    card = page.locator(".st-key-vd-card-units .vd-take")
    card.locator("summary").first.click()
    with page.expect_download(timeout=WAIT) as waiting:
        card.get_by_text("XLSX", exact=True).click()
    waiting.value.save_as(tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    probes = re.compile(r"Failed to load resource.*404")  # of Streamlit, for its own base address
    assert [text for text in wrong if not probes.match(text)] == []


def test_twenty_megabytes_arrive_whole(proxy: Proxy, visitor: BrowserContext) -> None:
    from playwright.sync_api import expect

    page, sent = visitor.new_page(), list[int]()
    page.on("response", lambda r: "upload_file" in r.url and sent.append(r.status))
    come_in(page, proxy, "nhuthanh", "/nop-so-lieu")
    # The heading is known, the length is right, the rest is of no use: it is refused for what it is.
    text = b"unit,period,quantity,value\n" + b"x" * (20 * MEGABYTE)
    file = {"name": "lon.csv", "mimeType": "text/csv", "buffer": text}
    page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    expect(page.get_by_text("lon.csv").first).to_be_visible(timeout=WAIT)
    expect(page.locator(".vd-is-blocked").first).to_be_visible(timeout=WAIT)
    assert [status for status in sent if status >= 400] == [] and sent


def test_what_no_upload_can_be_is_refused_by_the_proxy(proxy: Proxy) -> None:
    with proxy.client() as client:
        length = {"Content-Length": str(65 * MEGABYTE)}
        body = (b"x" * MEGABYTE for _ in range(65))
        try:
            status = client.put("/_stcore/upload_file/a/b", content=body, headers=length)
        except httpx.TransportError:
            return  # closed while we were still sending: refused as well
        assert status.status_code in {401, 413}


@pytest.mark.parametrize("path", ["/dang-nhap", "/", "/healthz", "/static/x.js", "/fonts/none"])
def test_each_header_comes_once(proxy: Proxy, path: str) -> None:
    with proxy.client() as client:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert {name: len(answer.headers.get_list(name)) for name in ONCE} == dict.fromkeys(ONCE, 1)
        assert "," not in answer.headers["strict-transport-security"]


def test_before_a_login_there_is_nothing_but_the_login(proxy: Proxy) -> None:
    with proxy.client() as client:
        assert client.get("/").status_code == 401
        answer = client.get("/dang-nhap", headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie


def test_what_is_for_this_machine_stays_inside(proxy: Proxy) -> None:
    with proxy.client() as client:
        for path in ("/metrics", "/api/command", "/%6detrics", "//metrics"):
            for method in ("GET", "POST"):
                assert client.request(method, path).status_code in {401, 403}, (method, path)
        # As written it is the proxy that refuses, before anybody is asked who he is.
        assert [client.get(path).status_code for path in ("/metrics", "/api/command")] == [403, 403]


def test_without_tls_one_is_sent_to_tls(proxy: Proxy) -> None:
    answer = httpx.get(f"{proxy.plain}/chi-tieu?a=b", headers={"Host": NAME})
    assert answer.status_code in {301, 308}
    assert re.fullmatch(rf"https://{NAME}(:\d+)?/chi-tieu\?a=b", answer.headers["location"])


def test_caddy_understands_its_file_as_it_stands() -> None:
    program = program_of("caddy")
    if program is None:
        pytest.skip("no caddy on this machine (apt-get install caddy)")
    command = [program, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def noted(behind: Behind, login: str) -> set[str]:
    """The addresses from which a login was tried."""
    found = access_entries(behind.db)
    return {e.address for e in found if e.action == "login.failed" and login in (e.actor, e.detail)}


def try_to_come_in(client: httpx.Client, login: str) -> None:
    """A wrong password, with headers that lie."""
    form = re.search(r'name="form" value="([^"]+)"', client.get("/dang-nhap").text)
    assert form
    fields = {"form": form.group(1), "login": login, "password": "sai hoan toan day nhe"}
    assert client.post("/dang-nhap", data=fields, headers=FORGED).status_code == 403


def test_the_log_has_the_address_of_the_client_as_the_proxy_saw_it(
    proxy: Proxy, behind: Behind
) -> None:
    with proxy.client("127.0.0.9") as client:
        try_to_come_in(client, f"la-{proxy.kind}")
    assert noted(behind, f"la-{proxy.kind}") == {"127.0.0.9"}


def test_nobody_but_the_proxy_is_believed(behind: Behind) -> None:
    direct = httpx.HTTPTransport(local_address="127.0.0.8")
    with httpx.Client(transport=direct, base_url=behind.url) as client:
        try_to_come_in(client, "la-thang")
        assert "strict-transport-security" not in client.get("/dang-nhap", headers=FORGED).headers
    assert noted(behind, "la-thang") == {"127.0.0.8"}
