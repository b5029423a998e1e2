"""Words that Streamlit puts on the screen by itself: pairs of what it writes and what is wanted."""

from __future__ import annotations

import re
import string
from functools import cache

from indicators.text import LANGUAGES, say, texts

MEANING_MORE = re.compile(r"([.*+?^${}()|\[\]\\/])")  # what must be escaped in such an expression


@cache
def own_words(language: str) -> list[tuple[str, str]]:
    """Pattern (a JavaScript regular expression) and replacement (``$1``) for each of its texts.

    Both ways, because the words stay where they are when a visitor changes the language.
    """
    (other,) = (each for each in LANGUAGES if each != language)
    names = [key.removeprefix("own.") for key in texts() if key.startswith("own.")]
    pairs = [(say_raw(name, other), say_raw(name, language)) for name in names]
    return [(pattern(old), replacement(old, new)) for old, new in pairs]


def say_raw(name: str, language: str) -> str:
    """The sentence with its places still open: each is filled with itself."""
    places = places_of(texts()[f"own.{name}"][language])
    return say(f"own.{name}", language, **{place: f"{{{place}}}" for place in places})


def places_of(sentence: str) -> list[str]:
    """The names of the places of a sentence, in order."""
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name]


def pattern(sentence: str) -> str:
    """What matches the whole sentence with anything in its places."""
    parts = re.split(r"\{\w+\}", sentence)
    return "^" + "(.+)".join(MEANING_MORE.sub(r"\\\1", part) for part in parts) + "$"


def replacement(old: str, new: str) -> str:
    """The wanted sentence, each place as the number it had in the old one."""
    order = places_of(old)
    return re.sub(r"\{(\w+)\}", lambda found: f"${order.index(found[1]) + 1}", new)
