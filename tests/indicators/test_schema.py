"""Strict reading: whatever does not fit its field is a fault with file and key, never a guess."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.catalogue import Polarity
from indicators.schema import Collector, DataErrors, build, read_csv, read_toml


@dataclass(frozen=True)
class Inner:
    """A table inside a table."""

    text: str


@dataclass(frozen=True)
class Sample:
    """One field of every type there is."""

    text: str
    flag: bool = False
    whole: int = 0
    number: Decimal | None = None
    day: date | None = None
    polarity: Polarity | None = None
    names: tuple[str, ...] = ()
    band: tuple[Decimal, Decimal] | None = None
    inner: Inner | None = None
    many: tuple[Inner, ...] = field(default_factory=tuple)


def made(**raw: object) -> tuple[Sample | None, list[str]]:
    """The instance and the keys of the faults."""
    collector = Collector()
    found = build(Sample, {"text": "x", **raw}, file="f", key="k", collector=collector)
    return found, [error.key for error in collector.errors]


def test_every_type_is_read() -> None:
    found, errors = made(
        text=" chữ ", flag=True, whole=3, number=Decimal("36.5"), day="2021-01-31", polarity="lower",
        names=["a"], band=[1, Decimal("2.5")], inner={"text": "y"}, many=[{"text": "z"}],
    )  # fmt: skip
    assert errors == []
    assert found == Sample(
        "chữ", True, 3, Decimal("36.5"), date(2021, 1, 31), Polarity.LOWER, ("a",),
        (Decimal(1), Decimal("2.5")), Inner("y"), (Inner("z"),),
    )  # fmt: skip


def test_what_is_left_out_has_its_default() -> None:
    assert made() == (Sample("x"), [])
    assert made(day=date(2021, 1, 31))[1] == []


@pytest.mark.parametrize(
    "text", ["", " ", "?", "...", "…", "TODO", "tbd", "xxx", "N/A", 5, None, True]
)
def test_a_placeholder_is_not_a_text(text: object) -> None:
    assert made(text=text) == (None, ["k.text"])
    assert made(names=["a", text]) == (None, ["k.names[1]"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flag", 1), ("flag", "true"), ("whole", True), ("whole", Decimal("1.0")), ("whole", "1"),
        ("number", "36.5"), ("number", True), ("number", Decimal("nan")), ("number", Decimal("inf")),
        ("day", "31/01/2021"), ("day", "2021-02-30"), ("day", 2021), ("polarity", "Higher"), ("polarity", 1),
        ("names", "a"), ("band", 5), ("inner", "y"),
    ],
)  # fmt: skip
def test_a_wrong_type_is_a_fault_at_its_key(name: str, value: object) -> None:
    assert made(**{name: value}) == (None, [f"k.{name}"])


def test_a_pair_has_two() -> None:
    assert made(band=[1])[1] == made(band=[1, 2, 3])[1] == ["k.band"]


def test_unknown_and_missing_keys_are_told_at_any_depth() -> None:
    assert made(colour="red", inner={}, many=[{"text": "a"}, {"txt": "b"}])[1] == [
        "k.colour", "k.inner.text", "k.many[1].txt", "k.many[1].text",
    ]  # fmt: skip


def test_every_fault_of_a_table_is_told_at_once() -> None:
    assert made(text="", whole="1", day="x")[1] == ["k.text", "k.whole", "k.day"]


def test_a_fault_says_what_was_found_and_what_is_needed() -> None:
    collector = Collector()
    build(Sample, {"text": "x", "polarity": "up"}, file="a.toml", key="k", collector=collector)
    with pytest.raises(DataErrors) as raised:
        collector.raise_if_any()
    line = "a.toml · k.polarity: giá trị 'up' không hợp lệ; cần một trong: higher, lower, neither"
    assert str(raised.value) == line


def test_faults_are_in_order_of_file_and_told_once() -> None:
    collector = Collector()
    for file in ("b", "a", "b"):
        collector.add(file, "k", "x")
    with pytest.raises(DataErrors) as raised:
        collector.raise_if_any()
    assert [error.file for error in raised.value.errors] == ["a", "b"]
    assert collector.is_faulty("a") and not collector.is_faulty("c")


def test_a_field_that_no_reader_knows_is_an_error_of_the_programmer() -> None:
    @dataclass(frozen=True)
    class Odd:
        """A float has two scales too many."""

        value: float

    with pytest.raises(TypeError, match="no reader"):
        build(Odd, {"value": 1.0}, file="f", key="k", collector=Collector())


@pytest.mark.parametrize("content", [b"a = ", b"a = 1\na = 2", b"\xff\xfe"])
def test_an_unreadable_toml_is_a_fault(tmp_path: Path, content: bytes) -> None:
    path, collector = tmp_path / "a.toml", Collector()
    path.write_bytes(content)
    assert read_toml(path, "a.toml", collector) is None
    assert [(e.file, e.key) for e in collector.errors] == [("a.toml", "-")]


def test_a_missing_toml_and_a_folder_in_its_place_are_faults(tmp_path: Path) -> None:
    collector = Collector()
    assert read_toml(tmp_path / "no.toml", "no.toml", collector) is None
    assert read_toml(tmp_path, "folder", collector) is None
    assert [e.file for e in collector.errors] == ["no.toml", "folder"]


def test_decimals_are_read_exactly(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("a = 0.1")
    assert read_toml(tmp_path / "a.toml", "a", Collector()) == {"a": Decimal("0.1")}


def test_csv_rows_have_the_number_of_their_line(tmp_path: Path) -> None:
    path, collector = tmp_path / "a.csv", Collector()
    path.write_bytes("\ufeffa,b\r\n1, x \r\n\r\n,y\r\n".encode())
    assert list(read_csv(path, "a.csv", collector)) == [
        ("dòng 2", {"a": "1", "b": "x"}), ("dòng 4", {"b": "y"}),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"a\n\xff\n", b'a\n"x\n', b'a\n"x"y\n'])
def test_an_unreadable_csv_is_a_fault(tmp_path: Path, content: bytes) -> None:
    path, collector = tmp_path / "a.csv", Collector()
    path.write_bytes(content)
    assert list(read_csv(path, "a.csv", collector)) == []
    assert collector.is_faulty("a.csv")
