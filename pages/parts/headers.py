"""The headers that every answer carries, failures of our own included."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        # blob: is how Streamlit loads the inline script of a component.
        "script-src 'self' blob: 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OWN_POLICY = "content-security-policy"  # a page of ours may bring a stricter one
FAILED = "Máy chủ gặp lỗi; lỗi đã được ghi lại. (The server failed; the error is in its log.)"
LASTING = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers to every HTTP answer, Streamlit's own included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun: list[bool] = []

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(True)
                complete(message, is_secure=scope["scheme"] == "https")
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # The answer of the framework to a failure of ours would be without these headers.
            if not begun:
                await PlainTextResponse(FAILED, 500)(scope, receive, send_with_headers)
            raise


def complete(start: Message, *, is_secure: bool) -> None:
    """Put the headers into the beginning of an answer, which may bring a stricter policy of its own."""
    headers = MutableHeaders(scope=start)
    own = headers.get(OWN_POLICY)
    headers.update(HEADERS)
    if own:
        headers[OWN_POLICY] = own
    # Files that Streamlit hands out (a draft, a marked workbook) say nothing of it. Not `no-store`:
    # its script fetches each file to see whether it is there and reads nothing of it, and what
    # may not be kept then never ends, holding one of the few connections of a browser.
    headers.setdefault("Cache-Control", "private, no-cache")
    if is_secure:
        headers["Strict-Transport-Security"] = LASTING
