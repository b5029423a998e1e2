"""What somebody confirmed about the columns of a form, used again when the form comes back."""

from etl.findings import Finding, Place
from etl.headings import FIGURES, Heading
from etl.layout import Layout
from etl.match_headings import Column
from indicators.deployment import Confirmed, SavedColumn


def take_saved(layout: Layout, confirmed: Confirmed, heading_row: Place) -> None:
    """Give the columns the meanings saved for this heading block, and say so; else change nothing.

    A period in a heading stays what it says this time.
    """
    saved = [c for c in confirmed.columns if c.fingerprint == layout.fingerprint]
    changed = [column for column in saved if _take(layout, column)]
    if changed:
        facts = {
            "count": str(len(changed)),
            "by": saved[0].confirmed_by,
            "day": saved[0].confirmed_on,
        }
        layout.findings.append(Finding("mapping-used", heading_row, facts=facts))


def _take(layout: Layout, saved: SavedColumn) -> bool:
    """Whether the saved meaning differs from what the heading says by itself."""
    own = layout.columns.get(saved.column, Heading(()))
    role = None if saved.quantity else Column(saved.role)
    period = own.period if role in FIGURES else None
    if period:
        role = None  # a column of figures under a period: what it counts is said by the rows
    told = Heading(own.path, role, saved.quantity, period)
    same = (own.role, own.quantity) == (told.role, told.quantity) and not own.unknown
    if not same:
        layout.columns[saved.column] = told
    return not same
