"""The route of the files that were sent, as they came, to whom may see who sent what."""

from __future__ import annotations

import asyncio
import hashlib
import re
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from etl.context import opened
from etl.store.originals import name_of_sent
from indicators.people import Act
from pages.parts.gate.visit import VISIT

HASH = re.compile(r"[0-9a-f]{64}")
ADDRESS = "/tai-ve/tep-goc"


async def original(request: Request) -> Response:
    """`/tai-ve/tep-goc/<hash>`: the bytes; 404 for what was never sent or is no longer whole."""
    if not request.scope[VISIT].may(Act.FOLLOW):
        raise HTTPException(403)
    digest = request.path_params["digest"]
    name, content = await asyncio.to_thread(read, digest)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
    # Never a type that a browser would show: what is in it came from anybody.
    return Response(content, media_type="application/octet-stream", headers=headers)


def read(digest: str) -> tuple[str, bytes]:
    """What the file was called, and its bytes. Raises HTTPException 404."""
    store = opened().store
    name = name_of_sent(store.cursor(), digest) if HASH.fullmatch(digest) else None
    if name is None or store.uploads is None:
        raise HTTPException(404)
    try:
        content = (store.uploads / digest).read_bytes()
    except OSError:
        raise HTTPException(404) from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise HTTPException(404)
    return name, content
