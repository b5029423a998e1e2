"""Strict reading of data files: the dataclass is the schema, every error is kept with file and key."""

import csv
import dataclasses
import json
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

# Words people leave behind when they mean to fill something in later; a catalogue that
# accepts them publishes them (style.md 5: "placeholder passes validation").
PLACEHOLDERS = frozenset({"", "?", "??", "...", "…", "todo", "tbd", "xxx", "n/a"})
MISSING = object()


@dataclass(frozen=True, order=True)
class DataError:
    """One fault in one data file: where it is, and in one Vietnamese sentence what is wrong."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} · {self.key}: {self.message}"


class DataErrors(Exception):
    """Every fault of every file at once; raised only after all files were read."""

    def __init__(self, errors: list[DataError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass
class Collector:
    """Gathers faults while files are read; nothing is raised until all of them are known."""

    errors: list[DataError] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Ids that are there but faulty: what refers to them is not at fault."""
    origins: dict[tuple[str, str], str] = field(default_factory=dict)
    """(part of the catalogue, id) to the file it stands in; a part may be split over files."""

    def file_of(self, part: str, item_id: str) -> str:
        """The file in which an item of the catalogue stands."""
        return self.origins.get((part, item_id), f"catalogue/{part}.toml")

    def files_of(self, part: str) -> set[str]:
        """Every file of a part of the catalogue."""
        found = {file for (named, _), file in self.origins.items() if named == part}
        return found or {f"catalogue/{part}.toml"}

    def add(self, file: str, key: str, message: str) -> None:
        """Note one fault."""
        self.errors.append(DataError(file, key, message))

    def is_faulty(self, file: str) -> bool:
        """Whether anything was noted about a file."""
        return any(error.file == file for error in self.errors)

    def raise_if_any(self) -> None:
        """Raise :class:`DataErrors` with all faults in file order, if there are any."""
        if self.errors:
            raise DataErrors(sorted(set(self.errors)))


def read_toml(path: Path, name: str, collector: Collector) -> dict[str, Any] | None:
    """The tables of a TOML file with exact decimals; None, and a fault, where it is unreadable."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        collector.add(name, "-", "không có tệp này")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        collector.add(name, "-", f"không đọc được: {error}")
    return None


def read_json(path: Path, name: str, collector: Collector) -> Any:
    """What a JSON file holds; None, and a fault, where it is unreadable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        collector.add(name, "-", f"không đọc được: {error}")
    return None


def read_csv(path: Path, name: str, collector: Collector) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of a UTF-8 CSV file with the key of each ("dòng 7"); empty cells are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        collector.add(name, "-", f"không đọc được: {error}")
        return
    for number, row in rows:
        yield f"dòng {number}", _filled(row)


def _filled(row: Mapping[str | None, Any]) -> dict[str, Any]:
    return {str(k): (v.strip() if isinstance(v, str) else v) for k, v in row.items() if v}


def build(
    cls: type[T], raw: Mapping[str, Any], *, file: str, key: str, collector: Collector
) -> T | None:
    """An instance of the dataclass ``cls`` from one table, or None with every fault noted."""
    before = len(collector.errors)
    hints, fields = _shape(cls)  # type: ignore[arg-type]
    for unknown in sorted(set(raw) - set(fields)):
        collector.add(file, f"{key}.{unknown}", f"khóa lạ; được dùng: {', '.join(fields)}")
    values: dict[str, Any] = {}
    for name, spec in fields.items():
        where = f"{key}.{name}"
        if name in raw:
            values[name] = _convert(hints[name], raw[name], file, where, collector)
        elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
            collector.add(file, where, "thiếu")
    return cls(**values) if len(collector.errors) == before else None


@cache
def _shape(cls: type) -> tuple[dict[str, Any], dict[str, dataclasses.Field[Any]]]:
    """The types and the fields of a dataclass: looking them up is half of reading a data folder."""
    return typing.get_type_hints(cls), {f.name: f for f in dataclasses.fields(cls)}


def _convert(hint: Any, value: Any, file: str, key: str, collector: Collector) -> Any:
    """``value`` as the type ``hint``; a fault is noted and the value returned as it is."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [a for a in arguments if a is not type(None)]
        return _convert(inner[0], value, file, key, collector)
    if origin is tuple:
        return _convert_tuple(arguments, value, file, key, collector)
    if dataclasses.is_dataclass(hint):
        if isinstance(value, Mapping):
            return build(hint, value, file=file, key=key, collector=collector)  # type: ignore[arg-type]
        collector.add(file, key, "phải là một bảng")
        return value
    converted = _convert_scalar(hint, value)
    if converted is MISSING:
        collector.add(file, key, f"giá trị {value!r} không hợp lệ; cần {describe_type(hint)}")
        return value
    return converted


def _convert_tuple(
    arguments: tuple[Any, ...], value: Any, file: str, key: str, collector: Collector
) -> tuple[Any, ...]:
    if not isinstance(value, list):
        collector.add(file, key, f"giá trị {value!r} không hợp lệ; cần một danh sách")
        return ()
    items = tuple(
        _convert(arguments[0], item, file, f"{key}[{i}]", collector) for i, item in enumerate(value)
    )
    if len(arguments) == 2 and arguments[1] is not Ellipsis and len(items) != 2:
        collector.add(file, key, f"cần đúng 2 giá trị, có {len(items)}")
    return items


def _convert_scalar(hint: Any, value: Any) -> Any:
    """The value as a plain type, or MISSING when it does not fit."""
    if hint is str:
        return _text(value)
    if hint is bool:
        return value if isinstance(value, bool) else MISSING
    if hint in (int, Decimal):
        return _number(hint, value)
    if hint is date:
        return _date(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value) if value in list(hint) else MISSING
    raise TypeError(f"schema has no reader for {hint!r}")


def _text(value: Any) -> Any:
    fits = isinstance(value, str) and value.strip().lower() not in PLACEHOLDERS
    return value.strip() if fits else MISSING


def _number(hint: type, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return MISSING
    if hint is int:
        return value if isinstance(value, int) else MISSING
    number = Decimal(value)
    return number if number.is_finite() else MISSING  # TOML has inf and nan


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return MISSING
    return value if type(value) is date else MISSING


def describe_type(hint: Any) -> str:
    """What a field accepts, in Vietnamese, for the sentence of a fault."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "một trong: " + ", ".join(hint)
    words = {str: "chữ có nghĩa", bool: "true hoặc false", int: "số nguyên", Decimal: "số"}
    return words.get(hint, "ngày dạng 2021-01-31")
