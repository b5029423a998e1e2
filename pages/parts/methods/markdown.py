"""Markdown of our own documents as HTML; tags in the text stay text."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from pages.parts.html import e
from pages.parts.methods.formula import formula_html


class Renderer(RendererHTML):
    """Blocks of the language ``formula`` are drawn as formulas, tables can be scrolled."""

    def fence(self, tokens: list[Token], idx: int, _options: object, _env: object) -> str:
        """A formula, or code as it is."""
        block = tokens[idx]
        text = block.content.strip()
        return formula_html(text) if block.info == "formula" else f"<pre>{e(text)}</pre>"

    def table_open(self, _tokens: list[Token], _idx: int, _options: object, _env: object) -> str:
        """A table in a box of its own width."""
        return '<div class="vd-wide"><table class="vd-sheet">'

    def table_close(self, _tokens: list[Token], _idx: int, _options: object, _env: object) -> str:
        """The end of both."""
        return "</table></div>"


@cache
def _made() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer).enable("table")


@cache
def markdown(text: str) -> str:
    """HTML of a piece of Markdown."""
    return str(_made().render(text))


@cache
def inline(text: str) -> str:
    """HTML of a title: "3. Đạt hay không" is no list."""
    return str(_made().renderInline(text))
