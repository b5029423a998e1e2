"""Papers of a view: made from the very pictures that the pages show, each once per data version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from etl.context import opened
from etl.papers import Asked, material_from
from etl.papers_made import Papers
from etl.store.connect import now
from etl.store.current import seen_like
from indicators.period import parse_period
from pages.parts.data import picture_of
from pages.parts.kept import kept
from pages.parts.named import are_people_shown
from pages.parts.view import View

# What each kind of file is made by, and what a browser calls it.
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = "bao-cao-khong-tu-viet.docx"
FILES: dict[str, tuple[Callable[[Papers], bytes], str]] = {
    "bao-cao.docx": (Papers.docx, WORD),
    PLAIN: (lambda papers: replace(papers, without_own=True).docx(), WORD),
    "bao-cao.pdf": (Papers.pdf, "application/pdf"),
    "ket-qua.xlsx": (Papers.xlsx, EXCEL),
    "mot-trang.pdf": (Papers.sheet, "application/pdf"),
    "mot-trang.png": (Papers.sheet_picture, "image/png"),
    "chua-gui.xlsx": (lambda papers: papers.late(".xlsx"), EXCEL),
    "tron-bo.zip": (Papers.bundle_zip, "application/zip"),
}


def papers_of(view: View) -> Papers:
    """The papers of a view, as known at its moment, or at the first look since the data changed."""
    return kept(key_of(view, "papers"), lambda: _papers(view), long=True)


def paper_of(view: View, name: str) -> bytes:
    """One file by its name, made when it is first asked for."""
    return kept(key_of(view, name), lambda: FILES[name][0](papers_of(view)), long=True)


def key_of(view: View, name: str) -> tuple[object, ...]:
    """All that a paper depends on, beside the data."""
    return (name, view.plan, view.period, view.unit, view.basis)


def _papers(view: View) -> Papers:
    context = opened()
    plan = context.deployment.plans[view.plan]
    moment = seen_like(view.moment or now(), view.known_on)
    asked = Asked(plan, parse_period(view.period), view.unit, moment)
    whole = picture_of(view.on(unit=plan.unit))
    made_from = material_from(context, asked, picture_of(view), whole)
    return Papers(context, asked, made_from=made_from, without_names=not are_people_shown())
