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

from etl.context import opened
from etl.export.fill_in import Form, form_xlsx
from etl.export.picture_svg import picture_svg
from etl.export.table_csv import table_csv
from etl.export.table_xlsx import table_xlsx
from etl.normalise import search_key
from etl.own_text import lost_said
from etl.store.own_texts import OwnTextLost
from indicators.people import Act
from indicators.table import Caption, Table
from pages.parts.gate.visit import VISIT, Visit
from pages.parts.kept import one_run
from pages.parts.named import file_told, named, show_people
from pages.parts.papers.data import FILES, paper_of
from pages.parts.take.asked import Asked, stand_at
from pages.parts.take.caption import caption_of, caption_of_acts, made
from pages.parts.take.own_text import SENT, sent
from pages.parts.take.pictures import PICTURES, faces
from pages.parts.take.tables import ACTS, FORMS, NEEDS, TABLES
from pages.parts.view import View, view_of

Writer = Callable[[Table, Caption, str], bytes]
WRITERS: dict[str, Writer] = {"xlsx": table_xlsx, "csv": table_csv}
SVG = "svg"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    SVG: "image/svg+xml",
}
LONGEST = 90  # characters of a file's name: some systems allow few more for the whole path


async def answer(request: Request) -> Response:
    """`/tai-ve/ranking.xlsx?plan=…`: the file; 404 for a table or kind that is not there."""
    whole = request.path_params["name"]
    visit: Visit = request.scope[VISIT]
    show_people(visit.may(Act.FOLLOW))
    if whole in FILES:
        return await paper(whole, dict(request.query_params))
    if whole == SENT:
        return await sent(request)
    name, _, kind = whole.partition(".")
    if not visit.may(NEEDS.get(name, Act.VIEW)):
        raise HTTPException(403)
    query = dict(request.query_params)
    if kind == SVG and name in PICTURES:
        content, file = await asyncio.to_thread(drawn, name, query)
    elif name in TABLES and kind in WRITERS:
        content, file = await asyncio.to_thread(make, name, kind, query)
    else:
        raise HTTPException(404)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=TYPES[kind], headers=headers)


async def paper(name: str, query: dict[str, str]) -> Response:
    """`/tai-ve/bao-cao.docx?plan=…`: a paper as a file; the picture of the page is shown, not kept."""
    view = view_of(query, opened().deployment)
    try:
        content = await asyncio.to_thread(written, view, name)
    except OwnTextLost as lost:
        who = named(lost.text.by, view.language)
        file = file_told(lost.text.file, view.language)
        raise HTTPException(409, lost_said(lost, view.language, who, file)) from None
    stem, _, ending = name.partition(".")
    file = f"{stem}-{view.unit}-{view.period}.{ending}"
    how = "inline" if ending == "png" else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file)}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=FILES[name][1], headers=headers)


@one_run()
def written(view: View, name: str) -> bytes:
    """The bytes of a paper, with the definitions of the moment looked from."""
    stand_at(view)
    return paper_of(view, name)


@one_run()
def make(name: str, kind: str, query: Mapping[str, str]) -> tuple[bytes, str]:
    """The bytes of a table, and what its file is called."""
    view = view_of(dict(query), opened().deployment)
    stand_at(view)
    asked, caption = Asked(view, query), dated(caption_for(name, view), view)
    if kind == "xlsx" and name in FORMS:
        form = cast(Form, function_of(FORMS[name])(asked))
        content = form_xlsx(form, caption, view.language)
        return content, f"{file_name(form.table.title, view.period)}.{kind}"
    table = maker(name)(asked)
    content = WRITERS[kind](table, caption, view.language)
    of = f"{view.today:%Y-%m-%d}" if name in ACTS else view.period
    return content, f"{file_name(table.title, of)}.{kind}"


def caption_for(name: str, view: View) -> Caption:
    """The caption of a table: of the figures it shows, or of a log."""
    return caption_of_acts(name, view) if name in ACTS else caption_of(view)


@one_run()
def drawn(name: str, query: Mapping[str, str]) -> tuple[bytes, str]:
    """The bytes of a picture, and what its file is called; 404 where there is nothing to draw."""
    view = view_of(dict(query), opened().deployment)
    stand_at(view)
    picture = PICTURES[name](Asked(view, query))
    if picture is None:
        raise HTTPException(404)
    content = picture_svg(picture, dated(caption_of(view), view), faces())
    return content, f"{file_name(picture.title, view.period)}.{SVG}"


def dated(caption: Caption, view: View) -> Caption:
    """The caption with the moment at which the file is made."""
    return replace(caption, lines=(*caption.lines, made(view.language)))


def maker(name: str) -> Callable[[Asked], Table]:
    """The function behind a name of the list."""
    return cast(Callable[[Asked], Table], function_of(TABLES[name]))


def function_of(place: str) -> Callable[[Asked], object]:
    """The function of "module:name"."""
    module, _, function = place.partition(":")
    return cast(Callable[[Asked], object], getattr(import_module(module), function))


def file_name(title: str, of: str) -> str:
    """Title and period (of a log: the day) in letters that every system takes: "bac-si-van-dan-2021-q3"."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in search_key(title)).split()
    return f"{'-'.join(words)[:LONGEST].rstrip('-')}-{of}"
