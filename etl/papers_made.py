"""Papers as files: each kind from the same material, in the data folder's own template."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from etl.context import Context
from etl.export.report.own_drawn import drawn_texts
from etl.export.report.pdf import pdf
from etl.export.report.repack import zipped
from etl.export.report.sheet_pdf import sheet_pdf
from etl.export.report.template import template_bytes
from etl.export.report.word import word
from etl.export.report.workbook import workbook
from etl.export.rows import Row, write_rows
from etl.export.table_csv import table_csv
from etl.export.table_xlsx import table_xlsx
from etl.papers import Asked, material
from etl.store.all_facts import COLUMNS, all_facts
from etl.store.own_texts import OwnText, Paper, content_of, own_text_of
from etl.unnamed import material_unnamed, rows_unnamed
from indicators.period import codes_inside
from indicators.report.blocks import Own, Report
from indicators.report.late import late_table
from indicators.report.material import Material
from indicators.report.paper import report
from indicators.report.sheet import sheet
from indicators.table import Caption

FOLDERS = ("*.toml", "catalogue/**/*.toml", "plans/*", "units/**/*.csv", "templates/*")


@dataclass(frozen=True)
class Papers:
    """Every paper of one plan, period, unit and moment.

    ``kept``: an edited Word report whose own text is taken, instead of the one sent last.
    ``without_own``: no own text at all. ``without_names``: who sent, recorded or agreed
    what, in which file and words (`etl.unnamed`).
    """

    context: Context
    asked: Asked
    kept: bytes | None = None
    made_from: Material | None = None  # where the pages have it already
    without_own: bool = False
    without_names: bool = False  # for the public

    @cached_property
    def material(self) -> Material:
        """What they are made from."""
        found = self.made_from or material(self.context, self.asked)
        return material_unnamed(found) if self.without_names else found

    @cached_property
    def report(self) -> Report:
        """The report before it is a file."""
        return report(self.material)

    @property
    def paper(self) -> Paper:
        """Which report own text belongs to."""
        return Paper(self.asked.plan.id, self.asked.period.code, self.asked.scope)

    @cached_property
    def own_text(self) -> OwnText | None:
        """The edited report in force, if there was one by then and it is wanted."""
        if self.without_own:
            return None
        return own_text_of(self.context.store.cursor(), self.paper, self.asked.moment)

    @cached_property
    def own(self) -> bytes | None:
        """The bytes that own text is taken from. Raises OwnTextLost."""
        uploads = self.context.store.uploads
        if self.kept is not None or self.own_text is None or uploads is None:
            return self.kept
        return content_of(uploads, self.own_text)

    @property
    def moment(self) -> datetime:
        """The moment written into files, whole seconds."""
        return self.asked.moment.replace(microsecond=0)

    @cached_property
    def facts(self) -> list[Row]:
        """Every figure of the unit and what lies below it, of the period and its parts."""
        tree = self.context.deployment.units.at(self.asked.period.end)
        units = [unit.id for unit in tree.within(self.asked.scope)]
        found = all_facts(
            self.context.store.cursor(),
            self.context.deployment,
            units=units,
            periods=codes_inside(self.asked.period),
            known_on=self.asked.moment,
        )
        return rows_unnamed(found) if self.without_names else found

    def docx(self) -> bytes:
        """The report as Word."""
        template = template_bytes(self.context.place.data)
        return word(self.report, template, self.moment, self.own)

    def pdf(self) -> bytes:
        """The report as PDF, with what persons wrote into the Word file."""
        order = [block.id for block in self.report.body if isinstance(block, Own)]
        own = drawn_texts(self.own, order) if self.own else None
        return pdf(self.report, self.moment, own)

    def xlsx(self) -> bytes:
        """The results workbook."""
        return workbook(self.material, self.report, self.facts, self.moment)

    def sheet(self) -> bytes:
        """The page for a meeting."""
        return sheet_pdf(sheet(self.material), self.moment)

    def sheet_picture(self) -> bytes:
        """The page for a meeting as a picture, to be looked at before it is taken."""
        return sheet_pdf(sheet(self.material), self.moment, "png")

    def rows(self, ending: str) -> bytes:
        """The figures with their cells."""
        return write_rows(self.facts, COLUMNS, ending, "facts")

    def late(self, ending: str) -> bytes:
        """Who has not sent, with the text to each."""
        table = late_table(self.material)
        lines = (f"Kế hoạch: {self.asked.plan.document}", f"{self.material.source}.")
        caption = Caption(lines, self.material.mark)
        if ending == ".csv":
            return table_csv(table, caption)
        return table_xlsx(table, caption, created=self.moment)

    def bundle(self) -> dict[str, bytes]:
        """Every paper by its name, and the manifest by which it is made again identical."""
        makers: dict[str, Callable[[], bytes]] = {
            "bao-cao.docx": self.docx,
            "bao-cao.pdf": self.pdf,
            "ket-qua.xlsx": self.xlsx,
            "mot-trang.pdf": self.sheet,
            "so-lieu.csv": lambda: self.rows(".csv"),
            "so-lieu.parquet": lambda: self.rows(".parquet"),
            "chua-gui.xlsx": lambda: self.late(".xlsx"),
        }
        files = {name: make() for name, make in makers.items()}
        return {**files, "manifest.json": self.manifest(files)}

    def manifest(self, files: dict[str, bytes]) -> bytes:
        """What the files were made from: moment, data version, plan, catalogue, template."""
        flags = {
            "--approved": self.asked.only_approved,
            "--without-own": self.without_own,
            "--without-names": self.without_names,
        }
        options = "".join(f" {name}" for name, is_set in flags.items() if is_set)
        document = {
            "plan": self.asked.plan.id,
            "period": self.asked.period.code,
            "unit": self.asked.scope,
            "as_known_on": self.asked.moment.isoformat(),
            "only_approved": self.asked.only_approved,
            "data_version": self.material.stamp.version,
            "simulated": self.material.simulated,
            "own_text": self.own_text.hash if self.own_text else None,
            "without_names": self.without_names,
            "data_files": folder_hashes(self.context.place.data),
            "files": {name: digest(content) for name, content in files.items()},
            "again": (
                f"python -m etl export bundle --plan {self.asked.plan.id} "
                f"--period {self.asked.period.code} --unit {self.asked.scope} "
                f"--as-known-on {self.asked.moment.isoformat()}{options} -o THƯ-MỤC"
            ),
        }
        return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")

    def bundle_zip(self) -> bytes:
        """The bundle as one file."""
        return zipped(self.bundle())


def folder_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of the data folder that papers depend on, by path."""
    found = sorted({path for pattern in FOLDERS for path in folder.glob(pattern) if path.is_file()})
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in found}


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
