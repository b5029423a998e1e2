"""A sheet nobody knows: the person's own rows, and saying by clicks how they are to be read."""

from __future__ import annotations

import streamlit as st

from etl.context import opened
from etl.entries import Untold
from etl.findings import column_letters
from etl.match_headings import Column
from etl.own_mapping import mapping_told
from etl.store.connect import now
from etl.store.mappings import remember_mapping
from etl.told import NO_HEADING
from indicators.formats import format_number
from indicators.people import Act
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import as_written, e
from pages.parts.label import label_above
from pages.parts.links import show
from pages.parts.person import may
from pages.parts.submit.choose import HINT_PERIOD, HINT_UNIT, periods_of, reporters_of
from pages.parts.submit.correct import meaning_text
from pages.parts.submit.sending import PREVIEWS, SENDER, Preview, ask_name, sender
from pages.parts.view import View

PROBLEM = "vd-tell-problem"
ROLES = (
    Column.UNIT, Column.PERIOD, Column.YEAR, Column.MONTH, Column.QUANTITY, Column.VALUE,
)  # fmt: skip
SHORT = 40  # characters of a cell in a label


def tell(seen: Preview, view: View, *, number: int) -> None:
    """One fold for each sheet of which no table was read; open where nothing of it is known."""
    known = {table.sheet for table in seen.loaded.tables}
    for index, sheet in enumerate(seen.loaded.untold):
        is_known = sheet.sheet in known
        title = say("tell.title_again" if is_known else "tell.title", view.language)
        name = f"{sheet.sheet} · " if sheet.sheet else ""
        with st.expander(as_written(name + title), expanded=not is_known):
            _ask(sheet, view, f"{number}-{index}")


def _ask(sheet: Untold, view: View, key: str) -> None:
    language = view.language
    st.html(f'<p class="vd-quiet">{e(say("tell.lead", language))}</p>')
    heading = _ask_heading(sheet, language, key)
    show(_rows(sheet, heading, language), key=f"tell-{key}")
    with st.container(horizontal=True, key=f"vd-tell-columns-{key}"):
        for column in _filled(sheet):
            _ask_column(sheet, heading, column, language, key)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"vd-tell-rest-{key}"):
        _ask_hints(view, key)
        hint = say("submit.name_hint", language)
        ask_name(say("submit.correct.name", language), hint, key=f"vd-tell-name-{key}")
        label = say("tell.save", language)
        args = (sheet, heading, key, language)
        st.button(label, key=f"vd-tell-save-{key}", type="primary", on_click=_save, args=args)
    problem = st.session_state.pop(PROBLEM, "")
    if problem:
        st.error(as_written(problem))


def _ask_heading(sheet: Untold, language: str, key: str) -> int:
    lines = [NO_HEADING, *(line for line, _ in sheet.rows)]
    texts = dict(sheet.rows)
    return st.selectbox(
        say("tell.heading", language),
        lines,
        index=lines.index(sheet.suggested),
        format_func=lambda n: _line_text(n, texts.get(n, ()), language),
        key=f"vd-tell-heading-{key}",
    )


def _line_text(line: int, texts: tuple[str, ...], language: str) -> str:
    if line == NO_HEADING:
        return say("tell.none", language)
    text = " · ".join(text for text in texts if text)
    return say("tell.line", language, line=line, text=text)


def _rows(sheet: Untold, heading: int, language: str) -> str:
    """The rows as they are, with the letters and numbers of the spreadsheet."""
    width = max(len(texts) for _, texts in sheet.rows)
    letters = "".join(f"<th>{column_letters(n)}</th>" for n in range(1, width + 1))
    rows = []
    for line, texts in sheet.rows:
        cells = "".join(f"<td>{e(text)}</td>" for text in (*texts, *[""] * (width - len(texts))))
        kind = "vd-heading" if line == heading else "vd-skipped" if line < heading else ""
        rows.append(f'<tr class="{kind}"><th>{line}</th>{cells}</tr>')
    numbers = {"shown": len(sheet.rows), "total": sheet.total}
    facts = {name: format_number(n, 0, language) for name, n in numbers.items()}
    return (
        f'<p class="vd-quiet">{e(say("tell.rows", language, **facts))}</p><div class="vd-wide">'
        f'<table class="vd-sheet vd-read vd-told"><thead><tr><th></th>{letters}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _filled(sheet: Untold) -> list[int]:
    """The columns (from 1) in which anything stands."""
    found = {n for _, texts in sheet.rows for n, text in enumerate(texts, 1) if text}
    return sorted(found)


def _ask_column(sheet: Untold, heading: int, column: int, language: str, key: str) -> None:
    texts = dict(sheet.rows)
    below = (row for line, row in sheet.rows if line > heading)
    named = texts[heading] if heading in texts else next(below, ())
    text = (named[column - 1] if column <= len(named) else "")[:SHORT]
    letters = column_letters(column)
    with st.container(width=230, gap=None):
        label = label_above(say("tell.column", language, letters=letters, text=text or "…"))
        st.selectbox(
            label,
            [*map(str, ROLES), *opened().deployment.catalogue.quantities],
            index=None,
            placeholder=say("tell.open", language),
            format_func=lambda m: meaning_text(m, language),
            key=_column_key(key, column),
            label_visibility="collapsed",
        )


def _column_key(key: str, column: int) -> str:
    return f"vd-tell-{key}-{column}"


def _ask_hints(view: View, key: str) -> None:
    """Period and unit of the whole sheet, where it does not say them."""
    language, names = view.language, opened().deployment.units.latest_names
    from_file = say("tell.from_file", language)
    st.selectbox(
        say("tell.period", language),
        ["", *periods_of(view)],
        format_func=lambda c: period_label(parse_period(c), language) if c else from_file,
        key=f"vd-tell-period-{key}",
    )
    st.selectbox(
        say("tell.unit", language),
        ["", *reporters_of(view)],
        format_func=lambda u: names[u].name if u else from_file,
        key=f"vd-tell-unit-{key}",
    )


def _save(sheet: Untold, heading: int, key: str, language: str) -> None:
    """Keep what was said with who said it; the file is then read by it."""
    meanings = _chosen(sheet, key)
    by = sender(f"vd-tell-name-{key}")
    problem = _problem(meanings, by)
    if problem:
        st.session_state[PROBLEM] = say(problem, language)
        return
    st.session_state[SENDER] = by
    remember_mapping(opened().store, mapping_told(sheet, heading, meanings), by=by, at=now())
    for hint, said in ((HINT_PERIOD, "period"), (HINT_UNIT, "unit")):
        chosen = st.session_state.get(f"vd-tell-{said}-{key}")
        if chosen:
            st.session_state[hint] = chosen
    st.session_state[PREVIEWS] = {}


def _problem(meanings: dict[int, tuple[Column, str | None]], by: str) -> str:
    """Why it may not be kept just now, as the key of a text; "" when it may."""
    if not may(Act.SEND):
        return "account.act.no_right"
    if not any(role is Column.VALUE for role, _ in meanings.values()):
        return "tell.no_figures"
    return "" if by else "submit.name_needed"


def _chosen(sheet: Untold, key: str) -> dict[int, tuple[Column, str | None]]:
    """Role and quantity of the columns that were told."""
    quantities = opened().deployment.catalogue.quantities
    said = {c: st.session_state.get(_column_key(key, c)) for c in _filled(sheet)}
    return {
        c: (Column.VALUE, m) if m in quantities else (Column(m), None) for c, m in said.items() if m
    }
