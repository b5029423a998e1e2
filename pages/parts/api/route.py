"""The routes of the read API; what answers them is loaded when somebody asks."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ADDRESS = "/api/v1"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def allowed(request: Request) -> bool:
    """Whether this request may read. What the gate in front has let through may."""
    return True


def routes() -> list[Route]:
    """Everything below the address of the API, also what is not there: it answers in its own way."""
    paths = (ADDRESS, f"{ADDRESS}/{{name:path}}")
    return [Route(path, api, methods=METHODS) for path in paths]


async def api(request: Request) -> Response:
    """One request."""
    from pages.parts.api.reply import reply

    return await reply(request, allowed)
