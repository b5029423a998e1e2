"""A request to the read API: who may, whether anything is new, the answer, or one sentence."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from etl.api.answer import Made, make
from etl.api.asked import Asked, Problem
from etl.api.openapi import document
from etl.context import look_from, opened, parse_moment, today
from etl.results import Picture
from indicators.people import Act
from pages.parts.api.page import page
from pages.parts.data import picture_of
from pages.parts.gate.visit import VISIT
from pages.parts.view import View

READING = ("GET", "HEAD")
PROBLEM = "application/problem+json; charset=utf-8"
HTML = "text/html; charset=utf-8"
log = logging.getLogger(__name__)


async def reply(request: Request, allowed: Callable[[Request], bool]) -> Response:
    """The answer to one request, if it may ask; never a traceback."""
    try:
        check(request, allowed)
        return await asyncio.to_thread(respond, request)
    except Problem as problem:
        return refusal(problem)
    except Exception:
        log.exception("API: %s", request.url.path)
        return refusal(Problem(500, "failed"))


def check(request: Request, allowed: Callable[[Request], bool]) -> None:
    """Reading only, and only for those who may. Raises Problem."""
    if request.method not in READING:
        raise Problem(405, "method")
    if not allowed(request):
        raise Problem(401, "denied")


def refusal(problem: Problem) -> Response:
    """The sentence, in both languages."""
    body = json.dumps(problem.document(), ensure_ascii=False)
    headers = {"Cache-Control": "no-store"}
    if problem.status == 405:
        headers["Allow"] = ", ".join(READING)
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(body, problem.status, headers, PROBLEM)


def respond(request: Request) -> Response:
    """The answer, or that there is nothing new."""
    query, accept = dict(request.query_params), request.headers.get("accept", "")
    look_from(moment_of(query.get("known", "")))
    name = request.path_params.get("name", "").rstrip("/")
    people = request.scope[VISIT].may(Act.FOLLOW)
    tag = etag(name, sorted(query.items()), accept, people)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    if tag in [t.strip() for t in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    made = answer(name, query, accept, people)
    return Response(made.content, headers=headers | dict(made.headers), media_type=made.type)


def moment_of(known: str) -> datetime | None:
    """The moment whose definitions hold; a fault in it is told later."""
    try:
        return parse_moment(known) if known else None
    except ValueError:
        return None


def etag(*asked: object) -> str:
    """Of the data, the data folder and the day, for one request. Weak: it may be sent compressed."""
    context = opened()
    state = (context.store.version(), context.stamp, today().isoformat(), asked)
    return f'W/"{context.store.version()}-{hashlib.sha256(repr(state).encode()).hexdigest()[:16]}"'


def answer(name: str, query: dict[str, str], accept: str, people: bool) -> Made:
    """A resource, the document about all of them, or the page for people. Raises Problem."""
    special: dict[str, Callable[[], Made]] = {
        "": lambda: Made(page(query.get("lang", "vi")).encode("utf-8"), HTML),
        "openapi.json": lambda: Made(described(), "application/json; charset=utf-8"),
    }
    if name in special:
        return special[name]()
    return make(name, query, accept, opened(), assessed, people=people)


def assessed(asked: Asked) -> Picture:
    """The very results that the pages show."""
    unit = asked.unit or asked.the_plan.unit
    return picture_of(
        View(
            asked.the_plan.id,
            asked.the_period.code,
            unit,
            known=asked.known or "",
            figures=asked.figures or "",
        )
    )


def described() -> bytes:
    """The OpenAPI document."""
    settings = opened().deployment.settings
    found = document({"vi": settings.name_vi, "en": settings.name_en})
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8")
