"""Footnote marks: on headings, names and figures they point to a remark and say nothing else."""

import re
from functools import lru_cache

# "Bác sĩ (1)", "TTYT Như Thanh*", "12¹", "95,3 †"; never a number of two parts: "91.9 (92.0)".
_SIGNS = r"[*†‡§¹²³⁰⁴-⁹]+"
_MARK = re.compile(rf"(?P<text>.*\S)\s*(?P<mark>{_SIGNS}|\({_SIGNS}\)|\([1-9]\)|\([a-e]\))", re.S)
_SIGN = re.compile(rf"(?P<text>.*\S)\s*(?P<mark>{_SIGNS}|\({_SIGNS}\))", re.S)


@lru_cache(maxsize=16384)
def without_mark(text: str) -> str:
    """The text without a footnote mark at its end; the same text where it has none."""
    match = _MARK.fullmatch(text.strip())
    return match["text"] if match and match["text"].strip("*†‡§ ") else text


def split_sign(text: str) -> tuple[str, str]:
    """A figure and the sign behind it ("12*" is 12 and "*"); numbers in brackets are no signs."""
    match = _SIGN.fullmatch(text.strip())
    return (match["text"], match["mark"]) if match else (text, "")
