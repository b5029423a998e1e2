"""The route that gives an edited report back to who may write into it, as it was sent."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from etl.context import opened
from etl.store.originals import fault_of
from etl.store.own_texts import OwnText, versions
from indicators.people import NOBODY
from pages.parts.gate.visit import VISIT
from pages.parts.papers.data import WORD, papers_of
from pages.parts.papers.own_right import may_write
from pages.parts.view import View, view_of

SENT = "phan-tu-viet.docx"


async def sent(request: Request) -> Response:
    """`/tai-ve/phan-tu-viet.docx?hash=…`: the bytes of a version; 404 for one of another report."""
    query = dict(request.query_params)
    view = view_of(query, opened().deployment)
    if not may_write(view, request.scope[VISIT].person or NOBODY):
        raise HTTPException(403)
    text, content = await asyncio.to_thread(found, view, query.get("hash", ""))
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(text.file, safe='')}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=WORD, headers=headers)


def found(view: View, digest: str) -> tuple[OwnText, bytes]:
    """The version of this report with that hash; 404 where there is none or its file is damaged."""
    store = opened().store
    named = {text.hash: text for text in versions(store.cursor(), papers_of(view).paper)}
    if digest not in named or store.uploads is None or fault_of(store.uploads, digest):
        raise HTTPException(404)
    return named[digest], (store.uploads / digest).read_bytes()
