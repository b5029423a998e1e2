"""The route that makes a table into a file, when it is asked for and not before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import cast
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from etl.context import look_from, opened
from etl.export.table_csv import table_csv
from etl.export.table_xlsx import table_xlsx
from etl.normalise import search_key
from indicators.people import Act
from indicators.table import Caption, Table
from pages.parts.gate.visit import VISIT
from pages.parts.take.asked import Asked
from pages.parts.take.caption import caption_of, made
from pages.parts.take.tables import NEEDS, TABLES
from pages.parts.view import view_of

Maker = Callable[[Asked], Table]
Writer = Callable[[Table, Caption, str], bytes]
WRITERS: dict[str, tuple[Writer, str]] = {
    "xlsx": (table_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (table_csv, "text/csv; charset=utf-8"),
}
LONGEST = 90  # characters of a file's name: some systems allow few more for the whole path


async def answer(request: Request) -> Response:
    """`/tai-ve/ranking.xlsx?plan=…`: the file; 404 for a table or kind that is not there."""
    name, _, kind = request.path_params["name"].partition(".")
    if name not in TABLES or kind not in WRITERS:
        raise HTTPException(404)
    if not request.scope[VISIT].may(NEEDS.get(name, Act.VIEW)):
        raise HTTPException(403)
    query = dict(request.query_params)
    content, file = await asyncio.to_thread(make, name, kind, query)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=WRITERS[kind][1], headers=headers)


def make(name: str, kind: str, query: Mapping[str, str]) -> tuple[bytes, str]:
    """The bytes of a table, and what its file is called."""
    view = view_of(dict(query), opened().deployment)
    look_from(view.moment)
    table = maker(name)(Asked(view, query))
    caption = caption_of(view)
    caption = replace(caption, lines=(*caption.lines, made(view.language)))
    writer, _ = WRITERS[kind]
    return writer(table, caption, view.language), f"{file_name(table.title, view.period)}.{kind}"


def maker(name: str) -> Maker:
    """The function behind a name of the list."""
    module, _, function = TABLES[name].partition(":")
    return cast(Maker, getattr(import_module(module), function))


def file_name(title: str, period: str) -> str:
    """Letters that every system takes: "bac-si-van-dan-2021-q3"."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in search_key(title)).split()
    return f"{'-'.join(words)[:LONGEST].rstrip('-')}-{period}"
