"""What is asked of a workbook before the fast reader sees it: that both of us read the same thing.

Calamine holds every sheet densely and every cell's text by itself. A file of a few kilobytes can ask
for more memory than there is, which ends the whole process; and a file that calamine reads otherwise
than the scan before it (names that differ by case or "..", attributes that hide others) would pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# What hardly any workbook has; where none of it is, nobody needs to look at every tag.
_UNUSUAL = (b"'", b":c", b":row")
_SIGN_INSIDE = re.compile(rb'=\s*"[^"]*[<>]')
_NO_SPACE = re.compile(rb'"[^\s"<>/?]+=')
_ROOT = re.compile(rb"<(?:[^\s<>/]+:)?(?:work|chart|dialog|macro)sheet[\s/>]")
_TAG = re.compile(rb"""<(?:[^\s<>/"'=]+:)?(?:c|row)[\s/>]""")
_PLAIN_TAG = re.compile(
    rb"""<(?:\w+:)?(?:c|row)(?:\s+[\w:.-]+\s*=\s*(?:"[^"'<>&]*"|'[^"'<>&]*'))*\s*/?>"""
)
_ANY_TAG = re.compile(
    rb"""<(?:/?[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?|\?xml\s[^<>]*\?)>"""
)
_STRING = re.compile(rb"<(?:[^\s<>/]+:)?si(?:\s[^<>]*?)?(/?)>")
_PLAIN_STRING = re.compile(rb"""<si><t(?: xml:space="preserve")?>([^<]*)</t></si>""")
_STRING_END = re.compile(rb"</(?:[^\s<>/]+:)?si\s*>")
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)(\]\]>|\Z)", re.DOTALL)
_REFERENCE = re.compile(rb"&(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);")
_SIGNS = bytes.maketrans(b"<&", b"xx")
_CONTINUED = bytes(range(0x80, 0xC0))  # of UTF-8: no character begins with one of these
_VALUE = re.compile(rb"<(?:[^\s<>/]+:)?v[\s/>]")
_FORMULA = rb"(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f\s*>)\s*)?"
_CELL = re.compile(
    rb"<(?:\w+:)?c(\s[^>]*)?>\s*" + _FORMULA + rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<&]*)</(?:\w+:)?v"
)
_KIND = re.compile(rb"""\st\s*=\s*["']([^"']*)["']""")
_OWN = {b"n", b"b", b"e", b"d", b"str", b"inlineStr"}  # the text, if any, stands in the cell


def are_clear(names: Sequence[str]) -> bool:
    """Whether each part of an archive has one name, whoever looks for it."""
    parts = [name.replace("\\", "/").removesuffix("/").lower() for name in names]
    is_plain = all(step not in {"", ".", ".."} for part in parts for step in part.split("/"))
    return is_plain and len(set(parts)) == len(parts)


def is_sheet(xml: bytes) -> bool:
    """Whether a part is a sheet in letters that the fast reader knows; else it finds it empty."""
    return _ROOT.search(xml) is not None


def is_plain(xml: bytes) -> bool:
    """Whether the tags of rows and cells leave no doubt where a cell stands."""
    is_usual = not any(sign in xml for sign in _UNUSUAL)
    if is_usual and not _SIGN_INSIDE.search(xml) and not _NO_SPACE.search(xml):
        return True
    return len(_TAG.findall(xml)) == len(_PLAIN_TAG.findall(xml))


def has_only_tags(xml: bytes) -> bool:
    """Whether every sign that begins a tag does: no comment or CDATA hides or shows one."""
    return xml.count(b"<") == sum(1 for _ in _ANY_TAG.finditer(xml))


def lengths_of(strings: Iterable[bytes]) -> list[int]:
    """The characters of each of the shared strings (XML of their parts).

    Raises ValueError where the fast reader might part them otherwise.
    """
    return [length for xml in strings for length in _lengths(xml)]


def _lengths(xml: bytes) -> Iterator[int]:
    """The characters of each string of one part: its number is its place among them."""
    head, *rest = _PLAIN_STRING.split(xml)
    yield from _odd_lengths(head)
    for text, between in zip(rest[::2], rest[1::2], strict=True):
        yield _length(text)
        if between:
            yield from _odd_lengths(between)


def _odd_lengths(xml: bytes) -> Iterator[int]:
    """The same of strings in several parts, of no text or with other tags."""
    head, *rest = _STRING.split(xml)
    _bare(head)
    for closed, each in zip(rest[::2], rest[1::2], strict=True):
        if not (closed or _STRING_END.search(each)):
            raise ValueError("a string in a string")
        yield _length(_bare(each))


def _bare(xml: bytes) -> bytes:
    """The text of some XML without its tags."""
    if b"<![CDATA[" in xml:
        xml = _CDATA.sub(_as_text, xml)
    bare = _ANY_TAG.sub(b"", xml)
    if b"<" in bare:
        raise ValueError("a sign that begins no tag")
    return bare


def _as_text(found: re.Match[bytes]) -> bytes:
    """What a CDATA section shows: its signs begin neither tag nor reference."""
    if not found[2]:
        raise ValueError("a section without an end")
    return found[1].translate(_SIGNS)


def _length(text: bytes) -> int:
    """How many characters a text has; a reference is one."""
    if b"&" in text:
        text = _REFERENCE.sub(b"x", text)
    return len(text if text.isascii() else text.translate(None, _CONTINUED))


def shared_text(xml: bytes, lengths: Sequence[int]) -> int:
    """At most so many characters do the cells of a sheet take from the shared strings."""
    longest = max(lengths, default=0)
    found = _CELL.findall(xml)
    unclear = len(_VALUE.findall(xml)) - len(found)
    return unclear * longest + sum(_taken(cell, lengths, longest) for cell in found)


def _taken(cell: tuple[bytes, bytes], lengths: Sequence[int], longest: int) -> int:
    """The characters of one cell; the most there can be where it is not clear which string it is."""
    attributes, value = cell
    kinds = set(_KIND.findall(attributes))
    if kinds <= _OWN and b"&" not in attributes:
        return 0
    number = value.strip()
    if not number.isdigit() or len(number) > 9:
        return longest
    return lengths[int(number)] if int(number) < len(lengths) else 0
