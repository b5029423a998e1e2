"""The route of the calendar of a plan: made when asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from etl.context import opened
from indicators.people import Act
from pages.parts.gate.visit import VISIT
from pages.parts.named import action_told, show_people
from pages.parts.take.asked import stand_at
from pages.parts.view import view_of


async def calendar(request: Request) -> Response:
    """`/tai-ve/lich.ics?plan=…`: deadlines of reports, tasks, agreed actions, as known then."""
    show_people(request.scope[VISIT].may(Act.FOLLOW))
    name, content = await asyncio.to_thread(make, dict(request.query_params))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def make(query: Mapping[str, str]) -> tuple[str, bytes]:
    """What the file is called, and its bytes."""
    from etl.commands.exchange import plan_calendar

    view = view_of(dict(query), opened().deployment)
    stand_at(view)
    context = opened()
    plan = context.deployment.plans[view.plan]
    told = partial(action_told, language=view.language)
    made, _ = plan_calendar(context, plan, view.language, view.moment, told=told)
    return f"lich-{plan.id}.ics", made
