"""Old Vietnamese encodings: TCVN3 (ABC), VNI and Windows-1258, and how to tell them apart.

None of them names itself. What is decoded must therefore read as Vietnamese: nearly every word with
a mark must be a possible syllable, and under no second encoding. The tables are facts: TCVN3 is that
of glibc's iconv, VNI that of the VNI-Windows fonts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

# The byte of each letter in the order of "aăâ…" would hide mistakes; letter and byte stand together.
_TCVN3_PLAIN = dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))
_TCVN3_RUNS = (
    (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
# Capitals that the fonts lack and the standard (TCVN 5712-1) has.
_TCVN3_CAPITALS = dict(
    zip(
        b"\xaf\xba\xbf\xc0\xc1\xc2\xc3\xc4\xc5\xcd\xd9\xda\xdb\xe0\xf0",
        "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖ",
        strict=True,
    )
)
TCVN3 = (
    _TCVN3_PLAIN
    | _TCVN3_CAPITALS
    | {first + offset: letter for first, run in _TCVN3_RUNS for offset, letter in enumerate(run)}
)

# VNI writes a vowel and then its mark; a few letters have a place of their own.
_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_CIRCUMFLEX = dict(zip("àáåãä", "\u0300\u0301\u0309\u0303\u0323", strict=True)) | {"â": ""}
_BREVE = dict(zip("èéúüë", "\u0300\u0301\u0309\u0303\u0323", strict=True)) | {"ê": ""}
_VNI_ALONE = dict(zip("ñæóòîôöìí", "đỉĩịỵơưìí", strict=True))


def _vni_table() -> dict[str, str]:
    pairs = {base + mark: base + tone for base in "aeiouyôö" for mark, tone in _TONES.items()}
    pairs |= {b + m: b + "\u0302" + t for b in "aeo" for m, t in _CIRCUMFLEX.items()}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
    pairs |= _VNI_ALONE
    horned = {k: v.replace("ô", "ơ").replace("ö", "ư") for k, v in pairs.items() if k[0] in "ôö"}
    small = {k: normalize("NFC", v) for k, v in (pairs | horned).items()}
    large = {k.upper(): v.upper() for k, v in small.items()}
    first = {k[0].upper() + k[1:]: v[0].upper() + v[1:] for k, v in small.items()}
    return first | large | small


VNI = _vni_table()
_VNI_PIECE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

# TCVN3 has no capitals with tones: people wrote "Hµ" and, in a capital font, "Aµ" for À.
_CAPITAL_AND_TONE = re.compile("[AĂÂEÊIOÔƠUƯY][^\\W\\dA-Za-z_]")


def from_tcvn3(content: bytes) -> str | None:
    """The text of TCVN3 bytes; None where a byte has no letter."""
    letters = [chr(byte) if byte < 0x80 else TCVN3.get(byte) for byte in content]
    if None in letters:
        return None
    return _CAPITAL_AND_TONE.sub(_one_capital, "".join(filter(None, letters)))


def _one_capital(found: re.Match[str]) -> str:
    capital, toned = found[0][0], found[0][1]
    plain = normalize(
        "NFC", re.sub("[\u0300\u0301\u0309\u0303\u0323]", "", normalize("NFD", toned))
    )
    return toned.upper() if plain.upper() == capital else found[0]


def from_vni(content: bytes) -> str | None:
    """The text of VNI-Windows bytes; None where a byte has no letter."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return _VNI_PIECE.sub(lambda piece: VNI[piece[0]], text)


def from_cp1258(content: bytes) -> str | None:
    """The text of Windows-1258 bytes, composed; None where a byte has no letter."""
    try:
        return normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return None


ENCODINGS: dict[str, Callable[[bytes], str | None]] = {
    "Windows-1258": from_cp1258,
    "TCVN3 (ABC)": from_tcvn3,
    "VNI": from_vni,
}
ENOUGH = 0.95  # of the words with a mark must be possible syllables
APART = 0.75  # what a second encoding may reach at most, of what the first one does

_WORD = re.compile(r"[^\W\d_]+")
_ONSET = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x"
_VOWELS = (
    "iêu|yêu|ươu|ươi|oai|oay|oeo|uây|uôi|uya|uyê|uêu|uyu|uao|iê|yê|ươ|ưa|ưu|ưi|uô|uâ|uê|uơ|uy|ua|ui|uo|"
    "oa|oă|oe|oi|oo|ôi|ơi|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_VOWELS})(?:ch|c|k|ng|nh|n|m|p|t)?")
_TONE_MARKS = re.compile("[\u0300\u0301\u0309\u0303\u0323]")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word can be one Vietnamese syllable: one tone at most, known sounds."""
    apart = normalize("NFD", word.lower())
    bare, tones = _TONE_MARKS.subn("", apart)
    return tones <= 1 and _SYLLABLE.fullmatch(normalize("NFC", bare)) is not None


def fitness(text: str) -> float:
    """Of the words with a letter beyond ASCII, the share that can be Vietnamese; 0 without any."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    strange = sum(not char.isascii() and not char.isalpha() for char in text)
    return sum(map(is_syllable, marked)) / (len(marked) + strange) if marked else 0.0


def is_vietnamese(text: str) -> bool:
    """Whether every word of the text that has a letter beyond ASCII can be Vietnamese."""
    return fitness(text) == 1.0


@dataclass(frozen=True)
class Decoded:
    """The text and the encoding it was found to be in."""

    text: str
    encoding: str


def identify(content: bytes) -> Decoded | None:
    """The one old encoding under which the bytes read as Vietnamese; None where none or two do."""
    found = [
        (fitness(text), Decoded(text, name))
        for name, decode in ENCODINGS.items()
        if (text := decode(content)) is not None
    ]
    ordered = sorted(found, key=lambda pair: -pair[0])
    if not ordered or ordered[0][0] < ENOUGH:
        return None
    (best, decoded), *others = ordered
    return None if others and others[0][0] > APART * best else decoded


def first_line_apart(content: bytes) -> int | None:
    """Of bytes that are partly UTF-8 and partly an old encoding: the first line that is not UTF-8.

    None where they are one thing: where no line with marks is UTF-8, or those that are not read
    as no old encoding either.
    """
    lines = content.split(b"\n")
    strange = [number for number, line in enumerate(lines, start=1) if not _is_utf8(line)]
    known = [line for line in lines if not line.isascii() and _is_utf8(line)]
    if not strange or not known or fitness(b"\n".join(known).decode()) < ENOUGH:
        return None
    rest = b"\n".join(lines[number - 1] for number in strange)
    return strange[0] if identify(rest) else None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
