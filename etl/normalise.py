"""Text keys for matching headings, names and words: same meaning gives the same key."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, normalize

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"}
_QUOTES = {ord(mark): '"' for mark in "“”„‟«»″"} | {ord(mark): "'" for mark in "‘’‚‛′`´"}
# Old Vietnamese fonts write the Icelandic eth (U+00F0, U+00D0) or U+0189 where đ is meant.
_ETH = {0x00F0: "đ", 0x00D0: "Đ", 0x0189: "Đ"}
_CHARACTERS = _ZERO_WIDTH | _DASHES | _QUOTES | _ETH

# Kept because they tell headings apart: "<1 tuổi" from "≥1 tuổi", "Bác sĩ" from "Bác sĩ (%)".
_SIGN = re.compile(r"[%‰<>=≥≤+]")
_PUNCTUATION = re.compile(r"[^\w%‰<>=≥≤+]|_")

_MOVED = {
    old: new
    for plain, tones in (("oa", ("òóỏõọ", "àáảãạ")), ("oe", ("òóỏõọ", "èéẻẽẹ")))
    for old, new in zip(
        (plain[0] + mark for mark in tones[1]),
        (mark + plain[1] for mark in tones[0]),
        strict=True,
    )
} | dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True))
# In "qu" the u belongs to the consonant, so quý keeps its tone on the y.
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_MOVED)})(?!\w)")
_QUI = re.compile(r"\bqu([ìíỉĩị])(?!\w)")
_I_TO_Y = dict(zip("ìíỉĩị", "ỳýỷỹỵ", strict=True))

# Words written with either letter; i and y are not exchangeable elsewhere (tai, tay).
_WORDS = """
bác sỹ>bác sĩ|y sỹ>y sĩ|dược sỹ>dược sĩ|nha sỹ>nha sĩ|thạc sỹ>thạc sĩ|tiến sỹ>tiến sĩ
tỉ lệ>tỷ lệ|tỉ số>tỷ số|tỉ suất>tỷ suất|tỉ trọng>tỷ trọng|tỉ đồng>tỷ đồng
kĩ thuật>kỹ thuật|kĩ năng>kỹ năng|kĩ sư>kỹ sư
quản lí>quản lý|xử lí>xử lý|hợp lí>hợp lý|vật lí>vật lý|tâm lí>tâm lý|bệnh lí>bệnh lý
pháp lí>pháp lý|địa lí>địa lý|nguyên lí>nguyên lý|sinh lí>sinh lý|đại lí>đại lý|lí do>lý do
định kì>định kỳ|chu kì>chu kỳ|cùng kì>cùng kỳ|thai kì>thai kỳ|kì báo cáo>kỳ báo cáo
kì trước>kỳ trước|trong kì>trong kỳ|cuối kì>cuối kỳ|đầu kì>đầu kỳ|thời kì>thời kỳ
"""
_FOLDED = dict(pair.split(">") for pair in _WORDS.strip().replace("\n", "|").split("|"))
_TWO_SPELLINGS = re.compile(rf"\b(?:{'|'.join(_FOLDED)})\b")


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """The same text in NFC with plain dashes, quotes, đ and single spaces; case and marks kept."""
    return " ".join(normalize("NFC", text).translate(_CHARACTERS).split())


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The comparison key: lower case, one spelling of tones and i/y, no punctuation."""
    lowered = normalize("NFC", clean(text).lower())
    spaced = _SIGN.sub(r" \g<0> ", _PUNCTUATION.sub(" ", lowered))
    toned = _OLD_TONE.sub(lambda old: _MOVED[old[0]], spaced)
    toned = _QUI.sub(lambda old: "qu" + _I_TO_Y[old[1]], toned)
    return _TWO_SPELLINGS.sub(lambda old: _FOLDED[old[0]], " ".join(toned.split()))


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """The key without diacritics, for suggestions only: Thanh Hà and Thanh Hạ share one."""
    letters = normalize("NFD", key(text))
    return "".join(letter for letter in letters if category(letter) != "Mn").replace("đ", "d")
