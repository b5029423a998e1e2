"""The one table of words: every sentence of the product in Vietnamese and English, by key."""

import tomllib
from functools import cache
from pathlib import Path
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


def say(key: str, language: str = "vi", /, **facts: object) -> str:
    """The sentence for ``key`` with its facts filled in; KeyError for an unknown key."""
    return texts()[key][language].format(**facts)
