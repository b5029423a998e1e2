"""What the fast workbook reader hides of an ODS file: see scan_sheet."""

from __future__ import annotations

from xml.parsers import expat

from etl.scan_sheet import BEYOND, Area, Scan


def scan_ods(xml: bytes) -> list[Scan]:
    """One scan for each table of a content.xml, in order; broken XML raises expat.ExpatError."""
    return _OdsScanner().scan(xml)


_UNSEEN = {"collapse", "filter"}


class _OdsScanner:
    """Follows rows and cells with their repetitions, as few events as possible."""

    def __init__(self) -> None:
        self.scans: list[Scan] = []
        self.row = self.column = self.passed = 0
        self.rows = self.columns = 1
        self.spaces = 0  # of the cell: one sign may stand for a thousand million
        self.attributes: dict[str, str] = {}
        self.text = ""

    def scan(self, xml: bytes) -> list[Scan]:
        """Run over the document once."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.add_text
        parser.Parse(xml, True)
        return self.scans

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A table, row or cell begins; anything else inside a cell does not matter."""
        if name == "table:table":
            self.scans.append(Scan(attributes.get("table:name", "")))
            self.row = self.passed = 0
        elif name == "table:table-column" and self.scans:
            self.start_column(attributes, self.scans[-1])
        elif name == "table:table-row":
            self.start_row(attributes)
        elif name == "text:s":
            self.spaces += _repeated(attributes, "text:c")
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.attributes, self.text, self.spaces = attributes, "", 0
            self.columns = _repeated(attributes, "table:number-columns-repeated")

    def start_row(self, attributes: dict[str, str]) -> None:
        """A row, or several alike: whether they are hidden."""
        self.column, self.rows = 0, _repeated(attributes, "table:number-rows-repeated")
        if attributes.get("table:visibility") in _UNSEEN and self.scans:
            self.scans[-1].hidden_rows.append(range(self.row, self.row + self.rows))

    def start_column(self, attributes: dict[str, str], scan: Scan) -> None:
        """A column, or several alike: whether they are hidden."""
        first = self.passed
        self.passed += _repeated(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _UNSEEN:
            scan.hidden_columns.append(range(first, self.passed))

    def add_text(self, text: str) -> None:
        """Collect what the cell shows; an error is named only there."""
        self.text += text.strip()

    def end(self, name: str) -> None:
        """A cell or row ends: move on by its repetitions."""
        if name == "table:table-row":
            self.row += self.rows
        elif name in {"table:table-cell", "table:covered-table-cell"} and self.scans:
            self.note_cell(self.scans[-1])
            self.column += self.columns

    def note_cell(self, scan: Scan) -> None:
        """Extent, error and missing result of the cell that has just ended."""
        area = Area(self.row, self.column, self.rows, self.columns)
        has_value = "office:value-type" in self.attributes or bool(self.text)
        is_error = self.attributes.get("calcext:value-type") == "error"
        if has_value or is_error or "table:formula" in self.attributes:
            scan.extend(area)
            scan.characters += (len(self.text) + self.spaces) * area.rows * area.columns
            self.note_merged(scan)
        if is_error:
            scan.errors.append((area, self.text or "#ERROR"))
        elif "table:formula" in self.attributes and not has_value:
            scan.uncalculated.append(area)

    def note_merged(self, scan: Scan) -> None:
        """The range that the cell spreads over, where it is merged."""
        rows = _repeated(self.attributes, "table:number-rows-spanned")
        columns = _repeated(self.attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            scan.merged.append(Area(self.row, self.column, rows, columns))


def _repeated(attributes: dict[str, str], name: str) -> int:
    """How many times a row or cell stands; nonsense counts as beyond any sheet."""
    written = attributes.get(name, "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else BEYOND
