"""Formulas as MathML, which browsers draw themselves: no script, no typeface from elsewhere."""

from __future__ import annotations

import re

from pages.parts.html import e

TOKEN = re.compile(r"\s*(frac|sqrt|[{}()]|\d+(?:[.,]\d+)?|\w[̄]?_?\w?|[^\s\w])")
OPERATORS = frozenset("=+−·±/→≥≤<>")


def formula_html(text: str) -> str:
    """One formula on a line of its own: ``frac{a}{b}``, ``sqrt{a}``, ``x_i``, Σ, Δ, p̄."""
    tokens = TOKEN.findall(text)
    inside = "".join(_parts(tokens))
    return (
        f'<math class="vd-formula" display="block" role="math" aria-label="{e(text)}">'
        f"<mrow>{inside}</mrow></math>"
    )


def _parts(tokens: list[str]) -> list[str]:
    """Consumes tokens up to a closing brace or the end."""
    found = []
    while tokens and tokens[0] != "}":
        found.append(_part(tokens))
    return found


def _part(tokens: list[str]) -> str:
    token = tokens.pop(0)
    if token == "frac":
        return f"<mfrac>{_group(tokens)}{_group(tokens)}</mfrac>"
    if token == "sqrt":
        return f"<msqrt>{_group(tokens)}</msqrt>"
    if token in OPERATORS or token in "()":
        return f'<mo stretchy="false">{e(token)}</mo>'
    if token[0].isdigit():
        return f"<mn>{e(token)}</mn>"
    return _symbol(token)


def _group(tokens: list[str]) -> str:
    """What stands between braces; ValueError where there is none."""
    if not tokens or tokens.pop(0) != "{":
        raise ValueError("a formula lacks {")
    inside = "".join(_parts(tokens))
    if not tokens:
        raise ValueError("a formula lacks }")
    tokens.pop(0)
    return f"<mrow>{inside}</mrow>"


def _symbol(token: str) -> str:
    """A letter, with a bar over it and an index where it has them; Σ is an operator."""
    name, _, index = token.partition("_")
    if name == "Σ":
        return "<mo>Σ</mo>"
    base = f"<mi>{e(name[0])}</mi>"
    if name.endswith("̄"):
        base = f"<mover>{base}<mo>¯</mo></mover>"
    return f"<msub>{base}<mi>{e(index)}</mi></msub>" if index else base
