"""The first screen made before anybody asks: at start, and again whenever the data change."""

from __future__ import annotations

import asyncio
import logging

from etl import web
from etl.context import is_open, opened
from pages.parts.aside import worsening
from pages.parts.data import picture_of, ranking_of
from pages.parts.kept import one_run
from pages.parts.view import view_of

PAUSE = 2.0  # seconds between looks at the version of the data; one look takes a millisecond


async def stay_warm() -> None:
    """Until cancelled: whoever opens the first page after a change does not wait for the sums."""
    seen: int | None = None
    while True:
        version = await asyncio.to_thread(web.data_version)
        if version != seen:
            seen = version
            await asyncio.to_thread(warm)
        await asyncio.sleep(PAUSE)


@one_run()
def warm() -> None:
    """What the first page shows of the plan and period it opens with."""
    try:
        view = view_of({}, opened().deployment)
        for a in worsening(picture_of(view).assessments):
            ranking_of(view, a)
    except Exception as error:  # a page says what is wrong to whoever opens it
        if not is_open():  # the server is ending
            return
        logging.getLogger(__name__).warning("not warmed: %s", str(error).partition("\n")[0])
