"""The frame of an official letter: who writes, to whom, who signs, who receives (NĐ 30/2020/NĐ-CP)."""

from dataclasses import dataclass

from indicators.schema import Collector

FILE = "letters.toml"


@dataclass(frozen=True)
class Letter:
    """The frame of the documents of one issuer; ``id`` is the unit whose results they report."""

    id: str
    superior: str  # cơ quan chủ quản, "" where there is none
    issuer: str  # cơ quan ban hành, as in the head: "Sở Y tế"
    name_vi: str  # inside a sentence: "Sở Y tế Thanh Hóa"
    symbol: str  # after the number: "BC-SYT"
    place: str  # địa danh
    addressees: tuple[str, ...]  # kính gửi
    recipients: tuple[str, ...]  # nơi nhận, one a line, without dash and mark
    signer: tuple[str, ...] = ("GIÁM ĐỐC",)  # one a line


def check_letters(letters: dict[str, Letter], units: frozenset[str], collector: Collector) -> None:
    """Every letter is of a unit that there is."""
    for unit in sorted(letters.keys() - units):
        collector.add(FILE, unit, "không có đơn vị này trong thư mục units")


def letter_of_unit(unit: str, name: str, superior: Letter | None, place: str) -> Letter:
    """The frame for a unit without its own in the data folder: it reports to whoever plans."""
    above = superior.name_vi if superior else ""
    return Letter(
        id=unit,
        superior=above,
        issuer=name,
        name_vi=name,
        symbol="BC",
        place=superior.place if superior else place,
        addressees=(above,) if above else (),
        recipients=("Như trên", "Lưu: VT"),
        signer=("THỦ TRƯỞNG ĐƠN VỊ",),
    )
