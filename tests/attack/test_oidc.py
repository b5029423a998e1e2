"""The login of the organisation, against a provider on this machine that also lies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from etl.accounts import roster
from etl.accounts.log import access_entries
from etl.accounts.roster import Wanted
from indicators.people import Role
from tests.attack import provider as providers
from tests.attack.client import HTML, Guest
from tests.attack.provider import CLIENT, Provider
from tests.serving import serving

BACK = "/dang-nhap/oidc/ve"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("oidc") / "x.duckdb"
    roster.add(path, "quantri", Wanted("Q", Role.ADMIN), "", by="thử", once=False)
    roster.add(path, "lanhdao", Wanted("Lê Văn Lãnh", Role.LEADER), "", by="thử", once=False)
    roster.add(path, "nghi", Wanted("Đã nghỉ", Role.ADMIN), "", by="thử", once=False)
    roster.disable(path, "nghi", by="thử")
    return path


@pytest.fixture(scope="module")
def site(provider: Provider, db: Path) -> Iterator[str]:
    with trusting(provider.url, db) as url:
        yield url


@contextmanager
def trusting(issuer: str, db: Path) -> Iterator[str]:
    """Our server, whose people log in there."""
    settings = db.with_name("oidc.toml")
    settings.write_text(
        f'name = "Cổng của tỉnh"\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\n'
        'client_secret = "s"\nredirect_uri = "http://127.0.0.1/dang-nhap/oidc/ve"\n',
        "utf-8",
    )
    words = (
        "tests/attack/started.py",
        f"VANDAN_OIDC={settings}",
        "--port",
        "{port}",
        "--db",
        str(db),
    )
    with serving(*words, "--no-demo") as url:
        yield url


@pytest.fixture(autouse=True)
def honest(provider: Provider) -> None:
    provider.login, provider.lies, provider.key = "lanhdao", {}, providers.KEY


def test_a_provider_that_others_wrote_lets_its_people_in(tmp_path: Path) -> None:
    """Its metadata, keys, nonce and PKCE as they are."""
    own = tmp_path / "y.duckdb"
    roster.add(own, "quantri", Wanted("Q", Role.ADMIN), "", by="thử", once=False)
    roster.add(own, "lanhdao", Wanted("Lê Văn Lãnh", Role.LEADER), "", by="thử", once=False)
    people = [
        f'--user-claims={{{{"sub": "{number}", "preferred_username": "{login}"}}}}'
        for number, login in ((7, "lanhdao"), (8, "nobody"))
    ]
    theirs = ("-W", "ignore", "-m", "oidc_provider_mock", "--require-nonce", "--port", "{port}")
    with (
        serving(*theirs, *people, health="/.well-known/openid-configuration") as issuer,
        trusting(issuer, own) as url,
    ):
        guest = Guest(url)
        answer = guest.get(back_from(there(guest), "7"))
        guest.keep(answer)
        assert (answer.status, answer.headers["location"]) == (303, "/chi-tieu")
        assert guest.get("/", HTML).status == 200
        other = Guest(url)
        refused = other.get(back_from(there(other), "8"))
        assert refused.headers["location"].startswith("/dang-nhap?loi=")


def back_from(address: str, subject: str) -> str:
    """Where the provider sends the browser of somebody who agrees, below our own address."""

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_words: Any) -> None:
            """Not followed: the test is the browser."""

    body = urlencode({"sub": subject}).encode()
    with pytest.raises(HTTPError) as moved:
        build_opener(Stay).open(Request(address, body), timeout=20)
    with moved.value as answer:
        return f"{BACK}?{urlsplit(answer.headers['Location']).query}"


def there(guest: Guest, den: str = "/chi-tieu") -> str:
    """The address that our server sends the browser to."""
    answer = guest.get(f"/dang-nhap/oidc?den={den}")
    guest.keep(answer)
    assert answer.status == 303
    return answer.headers["location"]


def test_who_is_known_there_and_has_an_account_here_is_in(
    site: str, provider: Provider, db: Path
) -> None:
    guest = Guest(site)
    assert "Cổng của tỉnh" in guest.get("/dang-nhap").text
    answer = guest.get(f"{BACK}?{provider.authorize(there(guest))}")
    guest.keep(answer)
    assert (answer.status, answer.headers["location"]) == (303, "/chi-tieu")
    assert guest.get("/", HTML).status == 200
    tab = guest.live()
    assert "vd-closed" in tab.run("quan-tri")
    tab.close()
    assert ("lanhdao", "login", "oidc") in {
        (e.actor, e.action, e.detail) for e in access_entries(db)
    }


@pytest.mark.parametrize("login", ["nobody", "nghi", "", "quantri' or 1=1"])
def test_without_an_account_here_nobody_is_in(site: str, provider: Provider, login: str) -> None:
    provider.login = login
    guest = Guest(site)
    answer = guest.get(f"{BACK}?{provider.authorize(there(guest))}")
    assert answer.headers["location"].startswith("/dang-nhap?loi=")
    assert not any(c.startswith("vd_phien") for c in answer.cookies)
    assert 'role="alert"' in guest.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "lies",
    [
        {"aud": "other"},
        {"iss": "https://evil.example"},
        {"nonce": "x"},
        {"exp": 1},
        {"key": "other"},
    ],
    ids=lambda lies: next(iter(lies)),
)
def test_a_token_that_is_not_theirs_for_us_and_now_is_refused(
    site: str, provider: Provider, lies: dict[str, Any]
) -> None:
    provider.lies = {k: v for k, v in lies.items() if k != "key"}
    provider.key = providers.OTHER_KEY if "key" in lies else providers.KEY
    guest = Guest(site)
    answer = guest.get(f"{BACK}?{provider.authorize(there(guest))}")
    assert answer.headers["location"].startswith("/dang-nhap?loi=oidc")
    assert not any(c.startswith("vd_phien") for c in answer.cookies)


def test_the_way_back_belongs_to_one_browser_and_is_gone_once(
    site: str, provider: Provider
) -> None:
    own = Guest(site)
    back = provider.authorize(there(own))
    assert "loi=oidc" in Guest(site).get(f"{BACK}?{back}").headers["location"]
    thief = Guest(site)
    there(thief)
    assert "loi=oidc" in thief.get(f"{BACK}?{back}").headers["location"]
    assert own.get(f"{BACK}?{back}").headers["location"] == "/chi-tieu"
    assert "loi=oidc" in own.get(f"{BACK}?{back}").headers["location"]
    for query in ("", "?state=x", "?code=x", "?error=denied", "?state=%C3%A9"):
        assert "loi=oidc" in own.get(f"{BACK}{query}").headers["location"]


def test_one_comes_back_only_inside_this_application(site: str, provider: Provider) -> None:
    guest = Guest(site)
    answer = guest.get(f"{BACK}?{provider.authorize(there(guest, '//evil.example'))}")
    assert answer.headers["location"] == "/"
