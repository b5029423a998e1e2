"""The one table of words: both languages, the same placeholders, every key used and there."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest

from indicators.text import LANGUAGES, say, texts

ROOT = Path(__file__).resolve().parents[1]
KEYS = sorted(texts())
SPEAKERS = ("say", "say_html")


def placeholders(sentence: str) -> set[str]:
    """The facts a sentence has room for."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_has_both_languages_with_the_same_placeholders(key: str) -> None:
    entry = texts()[key]
    assert set(entry) == set(LANGUAGES)
    assert placeholders(entry["vi"]) == placeholders(entry["en"])
    assert all(text.strip() for text in entry.values())


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.key")


def test_facts_are_filled_in() -> None:
    assert say("why.gap", gap="5 giường") == "còn thiếu 5 giường"
    assert say("why.gap", "en", gap="5 beds") == "5 beds short"


def test_words_go_with_the_number() -> None:
    assert say("approval.lacks", "en", count="1") == "1 unit still owes a report"
    assert say("approval.lacks", "en", count="12") == "12 units still owe a report"
    assert say("approval.lacks", count="1") == "1 đơn vị còn thiếu báo cáo"
    assert say("submit.say.same", "en", count=1).startswith("The one figure of the file agrees")
    assert say("submit.say.same", "en", count=3).startswith("All 3 figures of the file agree")


# A number and at once a word for several of something: the one that goes with it is missing.
SEVERAL = re.compile(r"\{(count|days|files|rows)\} (more |new |own )?[a-z]+s\b")
CHOICE = re.compile(r"\{\w+:(?:[^{}]|\{\w+\})*\}")
ALWAYS_MANY = {
    *("account.form.forced", "account.form.password_why", "own.available", "news.days", "news.span"),
    *("why.also", "submit.send_many", "quality.score.all"),
}  # fmt: skip


def test_english_has_the_words_for_one() -> None:
    several = {key for key in KEYS if SEVERAL.search(CHOICE.sub("", texts()[key]["en"]))}
    assert several - ALWAYS_MANY == set()


def files() -> list[Path]:
    """Every file of the product that may speak."""
    folders = ("indicators", "etl", "pages")
    return [
        ROOT / "app.py",
        *(p for folder in folders for p in sorted((ROOT / folder).rglob("*.py"))),
    ]


@cache
def strings() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Every literal of the code, and the (start, end) of every f-string."""
    literals, patterns = set(), set()
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add((fixed(node.values[0]), fixed(node.values[-1])))
    return frozenset(literals), frozenset(patterns)


def fixed(part: ast.expr) -> str:
    """The fixed text at one end of an f-string; "" where a value stands there."""
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""


def spoken() -> list[tuple[str, ast.expr]]:
    """The first argument of every call of ``say``, and where."""
    found = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in SPEAKERS
            ):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                found += [(where, value) for value in choices(node.args[0])] if node.args else []
    return found


def choices(argument: ast.expr) -> list[ast.expr]:
    """Both sides of ``a if x else b``; anything else is itself."""
    if isinstance(argument, ast.IfExp):
        return choices(argument.body) + choices(argument.orelse)
    return [argument]


def speaks_of_keys(path: str) -> bool:
    """Whether ``say`` there is the one of the text table (the installer has its own)."""
    return not path.startswith("etl/bootstrap.py")


def test_every_key_that_is_spoken_exists() -> None:
    unknown = []
    for where, argument in spoken():
        if not speaks_of_keys(where):
            continue
        if isinstance(argument, ast.Constant) and argument.value not in texts():
            unknown.append((where, argument.value))
        elif isinstance(argument, ast.JoinedStr):
            start, end = fixed(argument.values[0]), fixed(argument.values[-1])
            if not any(key.startswith(start) and key.endswith(end) for key in texts()):
                unknown.append((where, f"{start}…{end}"))
    assert unknown == []


def is_used(key: str) -> bool:
    """Whether some literal names the key, or some f-string may: it has to fix the section."""
    literals, patterns = strings()
    return key in literals or any(
        "." in start and key.startswith(start) and key.endswith(end) for start, end in patterns
    )


def test_every_key_is_used() -> None:
    assert [key for key in KEYS if not is_used(key)] == []
