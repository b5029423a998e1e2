"""The shell of the page, which Streamlit serves as one HTML file: our language, title and typeface.

What it would load for nothing is left out (its own typeface, 170 kB; a typeface of icons, 375 kB, for
a bar that is hidden a moment later), and what every page needs is asked for at once, not one after
the other: on a line of 4 Mbit/s that is more than a second of a first visit (`python -m tests.bench`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts.packed import Answer

# Scripts that the first element of each kind on a page would ask for, by their names before the hash.
NEEDED = (
    *("Html", "purify.es", "BidiComponent", "serialization", "recordbatch", "_arrayReduce"),
    *("Selectbox", "useMenuTrigger", "Autocomplete", "useLoadMoreSentinel", "useCollator", "Input"),
    *("useSyncComboBoxEnterTargetFocus", "sortBy", "_baseMap", "useFormValidation", "useFormReset"),
    *("useTextField", "useField", "useFilter", "ErrorOutline.esm", "Cancel.esm", "WidgetLabel"),
    *("WidgetLabelHelpIcon", "useBasicWidgetState", "requiredField"),
)
LATER = ("PlotlyChart",)  # fetched when the first page has long been read (page.js)
FACES = ("Regular", "Medium", "SemiBold")
# Hidden by styles/base.css too, but those come with the first run of the script.
HIDDEN = ("stHeader", "stSidebarHeader", "stStatusWidget", "stToolbar", "stSkipToContent")
WITHOUT_SCRIPT = "Trang này cần JavaScript; hãy bật JavaScript trong trình duyệt rồi tải lại trang."
# Streamlit's own typeface would be fetched for the moment before the first run sets ours.
OURS = (
    '@font-face{font-family:"Source Sans";font-weight:100 900;'
    'src:url("/fonts/BeVietnamPro-Regular.ttf")}'
)
# Streamlit fetches its icons at the start, needed or not; an element that shows one still does.
NO_ICONS_AHEAD = (
    "const load=document.fonts.load.bind(document.fonts);document.fonts.load=(font,...rest)=>"
    'font.includes("Material Symbols")?Promise.resolve([]):load(font,...rest)'
)
PATTERNS = (
    (re.compile(r'<html lang="en">'), '<html lang="vi">'),
    (re.compile(r"<title>.*?</title>"), "<title>Vạn Dân</title>"),
    (re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>'), ""),
    (re.compile(r'<link\s+rel="service-desc"[^>]*>'), ""),
    (re.compile(r"<noscript>.*?</noscript>", re.DOTALL), f"<noscript>{WITHOUT_SCRIPT}</noscript>"),
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
)


class Front:
    """Changes the shell on its way out; everything else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_page(scope):
            await self.app(scope, receive, send)
            return
        answer = Answer()
        await self.app(plain(scope), receive, answer.send)
        headers = MutableHeaders(scope=answer.start)
        if answer.start["status"] == 200 and is_shell(headers):
            answer.body = bytearray(ours(answer.body.decode("utf-8")).encode("utf-8"))
            # Its tag and date would still say Streamlit's file after we have changed ours.
            for name in ("ETag", "Last-Modified", "Accept-Ranges"):
                del headers[name]
        await answer.pass_on(send)


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


def is_shell(headers: MutableHeaders) -> bool:
    """Whether this is Streamlit's page; ours (the login) bring a policy of their own."""
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and "content-security-policy" not in headers


def plain(scope: Scope) -> Scope:
    """The same request as by somebody who has nothing yet and cannot unpack."""
    dropped = (b"if-", b"range", b"accept-encoding")
    kept = [(name, value) for name, value in scope["headers"] if not name.startswith(dropped)]
    return {**scope, "headers": kept}


@cache
def ours(html: str) -> str:
    """Streamlit's shell with our language and title, without what is not needed."""
    for pattern, text in PATTERNS:
        html = pattern.sub(text, html)
    return html.replace("</head>", f"{head()}</head>", 1)


def head() -> str:
    """What stands in the head besides: hidden bars, typefaces and scripts asked for at once."""
    hidden = ",".join(f"[data-testid={name}]" for name in HIDDEN)
    faces = "".join(
        f'<link rel="preload" as="font" type="font/ttf" crossorigin '
        f'href="/fonts/BeVietnamPro-{face}.ttf">'
        for face in FACES
    )
    scripts = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in files(NEEDED)
    )
    style = f"<style>{hidden}{{display:none!important}}{OURS}</style>"
    later = "".join(f'<link rel="vd-later" href="./static/js/{name}">' for name in files(LATER))
    return f"{style}<script>{{{NO_ICONS_AHEAD}}}</script>{faces}{scripts}{later}"


def files(names: Iterable[str]) -> list[str]:
    """Scripts by their full names; one that a newer Streamlit no longer has is left out."""
    import streamlit

    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    return [file.name for name in names for file in sorted(folder.glob(f"{name}.????????.js"))]
