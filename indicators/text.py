"""The one table of words: every sentence of the product in Vietnamese and English, by key."""

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

FOLDER = Path(__file__).with_name("texts")  # a file for each part of the product
LANGUAGES = ("vi", "en")


@cache
def texts() -> dict[str, dict[str, str]]:
    """Key ("verdict.met") to language to sentence; ValueError where two files give one key."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        entries = dict(_flatten(tomllib.loads(file.read_text(encoding="utf-8"))))
        if twice := found.keys() & entries.keys():
            raise ValueError(f"{file.name}: {sorted(twice)}")
        found |= entries
    return found


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        if set(value) <= set(LANGUAGES):
            found.append((name, value))
        else:
            found.extend(_flatten(value, f"{name}."))
    return found


def upper_first(text: str) -> str:
    """As a sentence begins."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """As a name stands inside a sentence: "tỉnh Thanh Hóa", "vụ dịch"; "TTYT", "Q3 2021" stay."""
    is_short_form = text[1:2].isupper() or text[1:2].isdigit()
    return text if is_short_form else text[:1].lower() + text[1:]


class Numbered(Formatter):
    """Fills in "{count} {count:unit has|units have}": the words for one, and those for any other."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, is_choice, many = format_spec.partition("|")
        if is_choice:
            return one if str(value) == "1" else many
        return str(super().format_field(value, format_spec))


NUMBERED = Numbered()


def say(key: str, language: str = "vi", /, **facts: object) -> str:
    """The sentence for ``key`` with its facts filled in; KeyError for an unknown key.

    A number may be given as it is written ("1").
    """
    sentence = texts()[key][language]
    # The quick way for the many that choose no words by a number.
    return NUMBERED.vformat(sentence, (), facts) if "|" in sentence else sentence.format(**facts)
