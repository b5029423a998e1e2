"""The login of the organisation (OpenID Connect), ending in the same session on our server.

Authorization code with PKCE, state bound to the browser, nonce, signature, issuer, audience and time
of the token checked. It says who somebody is; what he may do is said by his account here.
"""

from __future__ import annotations

import secrets
import tomllib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from etl.accounts.log import note
from etl.accounts.roster import Account, account, login_of
from pages.parts.gate.cookies import STATE_SECONDS

SETTINGS = "VANDAN_OIDC"  # the path of a TOML file that only the server's account may read
SECONDS, PENDING = 10, 500
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
PROBLEMS = {"oidc": "account.oidc.failed", "unknown": "account.oidc.unknown"}


@dataclass(frozen=True)
class Settings:
    """What the organisation gave us. ``claim``: which of its words is our login."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    claim: str = "preferred_username"


@dataclass(frozen=True)
class Way:
    """Somebody on the way there and back."""

    nonce: str
    verifier: str
    wanted: str
    begun: float


class Failed(Exception):
    """It did not come to a login; ``code`` is for the address of the form."""

    def __init__(self, why: str, code: str = "oidc") -> None:
        super().__init__(why)
        self.code = code


_ways: OrderedDict[str, Way] = OrderedDict()


def settings_of(environ: Mapping[str, str]) -> Settings | None:
    """The settings, None where no file is named; OSError, ValueError, TypeError for a faulty one."""
    file = environ.get(SETTINGS, "").strip()
    return Settings(**tomllib.loads(Path(file).read_text("utf-8"))) if file else None


def name(environ: Mapping[str, str]) -> str:
    """What the login of the organisation is called, "" where there is none."""
    settings = settings_of(environ)
    return settings.name if settings else ""


def problem_of(code: str) -> str:
    """The key of the text for a code of `Failed`; "" for anything else in the address."""
    return PROBLEMS.get(code, "")


async def begin(settings: Settings, wanted: str) -> tuple[str, str]:
    """The address to send the browser to, and the state to bind it to."""
    found = await metadata(settings)
    way = Way(secrets.token_urlsafe(24), secrets.token_urlsafe(48), wanted, monotonic())
    async with client_of(settings) as client:
        there, state = client.create_authorization_url(
            found["authorization_endpoint"], code_verifier=way.verifier, nonce=way.nonce
        )
    _ways[state] = way
    while len(_ways) > PENDING:
        _ways.popitem(last=False)
    return there, state


async def finish(settings: Settings, query: Mapping[str, str], kept: str) -> tuple[str, str]:
    """The login that the organisation names, and where he wanted to go; each way is gone once."""
    state = query.get("state", "")
    is_own = secrets.compare_digest(
        state.encode("utf-8", "replace"), kept.encode("utf-8", "replace")
    )
    way = _ways.pop(state, None) if state and is_own else None
    if way is None or monotonic() - way.begun > STATE_SECONDS:
        raise Failed("state is not that of this browser, or too old")
    if "code" not in query:
        raise Failed(f"no code: {query.get('error', '')}")
    claims = await claims_of(settings, query["code"], way)
    found = str(claims.get(settings.claim, ""))
    if not found:
        raise Failed(f"the token has no {settings.claim}")
    return found, way.wanted


async def claims_of(settings: Settings, code: str, way: Way) -> dict[str, Any]:
    """What the token says, once it is shown to be theirs, for us, for this way, and of now."""
    import httpx
    from authlib.integrations.base_client.errors import OAuthError
    from joserfc.errors import JoseError

    found = await metadata(settings)
    try:
        async with client_of(settings) as client:
            token = await client.fetch_token(
                found["token_endpoint"], code=code, code_verifier=way.verifier
            )
        keys = await document(found["jwks_uri"])
        return checked(settings, token["id_token"], keys, way.nonce)
    except (httpx.HTTPError, OAuthError, JoseError, KeyError, ValueError) as error:
        raise Failed(f"{type(error).__name__}: {error}") from error


def checked(settings: Settings, token: str, keys: Any, nonce: str) -> dict[str, Any]:
    """The claims of a token (`JoseError` where something of it is wrong)."""
    from joserfc import jwt
    from joserfc.jwk import KeySet

    decoded = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
    jwt.JWTClaimsRegistry(
        leeway=60,
        iss={"essential": True, "value": settings.issuer},
        aud={"essential": True, "value": settings.client_id},
        exp={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(decoded.claims)
    return dict(decoded.claims)


async def metadata(settings: Settings) -> dict[str, Any]:
    """Where the organisation's endpoints are, from the organisation itself."""
    address = f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
    found = await document(address)
    if found.get("issuer") != settings.issuer:
        raise Failed(f"{address} names another issuer")
    return found


async def document(address: str) -> dict[str, Any]:
    """A JSON document of the organisation."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            found: dict[str, Any] = (await client.get(address)).raise_for_status().json()
            return found
    except (httpx.HTTPError, ValueError) as error:
        raise Failed(f"{address}: {error}") from error


def client_of(settings: Settings) -> Any:
    """The client of Authlib with our settings."""
    from authlib.integrations.httpx_client import AsyncOAuth2Client

    return AsyncOAuth2Client(
        settings.client_id,
        settings.client_secret,
        scope="openid profile email",
        redirect_uri=settings.redirect_uri,
        code_challenge_method="S256",
        timeout=SECONDS,
        trust_env=False,
    )


def account_of(db: Path, claimed: str, address: str) -> Account:
    """The account of that login; Failed where there is none that may be used."""
    login = login_of(claimed)
    found = account(db, login)
    if found is None or found.disabled:
        note(db, "", "login.failed", f"oidc {login}", address)
        raise Failed(f"no account for {login}", "unknown")
    note(db, login, "login", "oidc", address)
    return found
