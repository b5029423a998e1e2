"""What is asked of a workbook before the fast reader sees it: that both of us read the same thing.

Calamine holds every sheet densely and every cell's text by itself. A file of a few kilobytes can ask
for more memory than there is, which ends the whole process; and a file that calamine reads otherwise
than the scan before it (names that differ by case or "..", attributes that hide others) would pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# What hardly any workbook has; where none of it is, nobody needs to look at every tag.
_UNUSUAL = (b"'", b":c", b":row")
_SIGN_INSIDE = re.compile(rb'=\s*"[^"]*[<>]')
_NO_SPACE = re.compile(rb'"[^\s"<>/?]+=')
_TAG = re.compile(rb"""<(?:[^\s<>/"'=]+:)?(?:c|row)[\s/>]""")
_PLAIN_TAG = re.compile(
    rb"""<(?:\w+:)?(?:c|row)(?:\s+[\w:.-]+\s*=\s*(?:"[^"'<>&]*"|'[^"'<>&]*'))*\s*/?>"""
)
_ANY_TAG = re.compile(
    rb"""<(?:/?[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?|\?xml\s[^<>]*\?)>"""
)
_STRING = re.compile(rb"<(?:[^\s<>/]+:)?si[\s/>]")
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
    """At most so many characters has each of the shared strings (XML of their parts)."""
    return [len(each) for xml in strings for each in _STRING.split(xml)[1:]]


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
