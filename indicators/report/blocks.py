"""What a paper is made of: headings, paragraphs, items, tables, drawings, room for own text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from indicators.judge import Verdict
from indicators.letter import Letter


@dataclass(frozen=True)
class Heading:
    """A heading with its number: level 1 "I.", level 2 "1.", level 3 "a)"."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``lead``: its first words, in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Items:
    """A list, one dash a line."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Own:
    """Room for a person's own paragraphs, which outlive a new making of the paper."""

    id: str
    hint: str


@dataclass(frozen=True)
class Shown:
    """A cell: as it is read, and the number behind it where it is one."""

    text: str
    value: Fraction | None = None
    decimals: int = 0


@dataclass(frozen=True)
class GridColumn:
    """A column: heading, share of the width, whether numbers stand in it."""

    heading: str
    width: int
    is_number: bool = False
    formula: str = ""  # under the number of the column: "(9)=(7)/(5)×100"
    id: str = ""  # which number of a row it shows, where columns come and go


@dataclass(frozen=True)
class GridRow:
    """A row; a group has its number and name and nothing else, a part stands under its row."""

    cells: tuple[Shown, ...]
    kind: str = "row"  # "group", "row", "part"


@dataclass(frozen=True)
class Grid:
    """A table with its notes; numbered: a row of column numbers under the heading."""

    id: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[str, ...] = ()
    is_numbered: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the bar of verdicts."""

    verdict: Verdict
    label: str
    count: int


@dataclass(frozen=True)
class Bar:
    """A unit in the picture of who lacks most: its name, how much, in words."""

    name: str
    amount: int
    text: str


@dataclass(frozen=True)
class Line:
    """A small picture of one target: values and the way to the plan, by place on its axis."""

    title: str
    subtitle: str
    verdict: Verdict
    ticks: tuple[str, ...]
    values: tuple[float | None, ...]
    broken: tuple[int, ...]  # places before which the line is broken
    needed: tuple[tuple[int, float], ...]
    level: float | None
    last: str  # the newest value in words
    plan: str


@dataclass(frozen=True)
class Drawing:
    """A figure of the report; exactly one of the three kinds of content is there."""

    id: str
    caption: str
    alt: str
    parts: tuple[Part, ...] = ()
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()


Block = Heading | Paragraph | Items | Own | Grid | Drawing


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, laid on their side."""

    number: str  # "I"
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """An official report: the frame, what it says, its annexes, and what every page carries."""

    letter: Letter
    year: int
    title: str  # trích yếu
    body: tuple[Block, ...]
    closing: str
    annexes: tuple[Annex, ...] = ()
    mark: str = ""  # "Số liệu mô phỏng" where any figure is
    source: str = ""  # plan, moment, version: small, at the foot

    @property
    def own(self) -> tuple[Own, ...]:
        """Every place for own text, in order."""
        return tuple(block for block in self.body if isinstance(block, Own))


@dataclass(frozen=True)
class Kept:
    """What persons wrote into an earlier paper, by the id of the place."""

    paragraphs: dict[str, tuple[str, ...]] = field(default_factory=dict)


def text(words: str) -> Shown:
    """A cell of words."""
    return Shown(words)


def group_row(number: str, name: str, columns: Sequence[GridColumn]) -> GridRow:
    """A row that only heads those below it."""
    rest = (Shown(""),) * (len(columns) - 2)
    return GridRow((Shown(number), Shown(name), *rest), "group")
