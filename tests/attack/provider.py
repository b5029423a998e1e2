"""A small OpenID provider on this machine: it signs what a test tells it to say."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
CLIENT = "van-dan"


class Provider:
    """Its address, who is logged in there, and how it lies (claims that are said otherwise)."""

    def __init__(self) -> None:
        self.login, self.lies, self.key = "lanhdao", dict[str, Any](), KEY
        self.ways: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(provider.get(self.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(provider.token(first(parse_qs(body.decode()))))

            def answer(self, found: dict[str, Any] | None) -> None:
                self.send_response(200 if found is not None else 400)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

            def log_message(self, *_words: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def get(self, path: str) -> dict[str, Any] | None:
        """Its metadata and its keys."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
        return {"keys": [KEY.as_dict(private=False)]} if path == "/keys" else None

    def authorize(self, address: str) -> str:
        """What the browser of somebody logged in there brings back: code and state."""
        asked = first(parse_qs(urlsplit(address).query))
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = f"code{len(self.ways)}"
        self.ways[code] = asked
        return f"code={code}&state={asked['state']}"

    def token(self, fields: dict[str, str]) -> dict[str, Any] | None:
        """A code for a token, once, to who has its verifier."""
        asked = self.ways.pop(fields.get("code", ""), None)
        hashed = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return None
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": "1", "nonce": asked["nonce"],
            "exp": int(time.time()) + 300, "preferred_username": self.login, **self.lies,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


def first(fields: dict[str, list[str]]) -> dict[str, str]:
    """Each field once."""
    return {name: values[0] for name, values in fields.items()}
