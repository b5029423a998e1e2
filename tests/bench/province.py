"""A synthetic province: 300 units, 60 indicators, ten years; a folder, a long file, a database."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import xlsxwriter

from etl.entries import Hints
from etl.load import Sending, load
from etl.store.connect import Store
from indicators.deployment import Deployment

DISTRICTS, CENTRES, STATIONS = 25, 25, 275
INDICATORS = 60
QUANTITIES = 17  # of one form; the other form has the rest
FIRST, LAST = 2016, 2025
NOISE = 100  # people around the level of a unit
TODAY = date(2026, 6, 30)
SETTINGS = """name_vi = "Tỉnh thử"
name_en = "Synthetic province"
default_plan = "ke-hoach"
default_period = "2025-Q4"
exceeded_margin_percent = 5
simulated = true
"""
KINDS = """[province]
name_vi = "Tỉnh"
name_en = "Province"
order = 1
area = true
[district]
name_vi = "Huyện"
name_en = "District"
order = 2
area = true
[health_centre]
name_vi = "Trung tâm y tế"
name_en = "Health centre"
order = 3
[commune_station]
name_vi = "Trạm y tế"
name_en = "Commune station"
order = 4
"""
FIELD = '[field]\nname_vi = "Nhóm"\nname_en = "Field"\norder = 1\n'
PLAN = """name_vi = "Kế hoạch mười năm"
short_vi = "Kế hoạch"
document = "Kế hoạch tổng hợp"
issuer = "Sở Y tế"
unit = "tinh"
first_year = 2025
last_year = 2025
"""


def quantity_ids() -> list[str]:
    """A numerator for each indicator, and the population."""
    return ["population", *(f"q{n:02d}" for n in range(INDICATORS))]


def units() -> Iterator[tuple[str, str, str, str]]:
    """(id, kind, name, parent) of every unit that reports, with the areas they stand in."""
    for d in range(DISTRICTS):
        yield f"h{d:02d}", "district", f"Huyện Số {d:02d}", "tinh"
        yield f"tt{d:02d}", "health_centre", f"Trung tâm Y tế huyện Số {d:02d}", f"h{d:02d}"
    for s in range(STATIONS):
        yield f"tr{s:03d}", "commune_station", f"Trạm Y tế xã Số {s:03d}", f"h{s % DISTRICTS:02d}"


def make_folder(folder: Path) -> None:
    """Write the data files of the synthetic deployment."""
    for name in ("catalogue", "plans", "units"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, text in _files().items():
        (folder / name).write_text(text, "utf-8")


def _files() -> dict[str, str]:
    rows = ["tinh,province,Tỉnh Thử,Thử,thử"]
    rows += [f"{unit},{kind},{name},{name},thử" for unit, kind, name, _ in units()]
    parents = [f"{unit},administrative,{parent},thử" for unit, _, _, parent in units()]
    return {
        "deployment.toml": SETTINGS,
        "catalogue/kinds.toml": KINDS,
        "catalogue/fields.toml": FIELD,
        "catalogue/quantities.toml": "".join(map(_quantity, quantity_ids())),
        "catalogue/forms.toml": _form(),
        "catalogue/indicators.toml": "".join(map(_indicator, quantity_ids()[1:])),
        "plans/ke-hoach.toml": PLAN + "".join(map(_target, quantity_ids()[1:])),
        "units/names.csv": "\n".join(["unit,kind,name,short_name,source", *rows]),
        "units/parents.csv": "\n".join(["unit,relation,parent,source", *parents]),
        "units/codes.csv": "unit,system,code,source\n",
        "units/aliases.csv": "unit,alias,source\n",
    }


def _quantity(name: str) -> str:
    return f"""[{name}]
name_vi = "Số liệu {name}"
name_en = "Quantity {name}"
unit_of_measure = "người"
unit_of_measure_en = "people"
behaviour = "stock"
whole_number = true
reported_by = ["health_centre", "commune_station"]
minimum = 0
"""


def quoted(name: str) -> str:
    """The id as TOML has it."""
    return f'"{name}"'


def _form() -> str:
    return f"""[form]
name_vi = "Biểu quý"
name_en = "Quarterly form"
kinds = ["health_centre", "commune_station"]
frequency = "quarter"
quantities = [{", ".join(map(quoted, quantity_ids()))}]
due_months = 1
due_day = 10
due_source = "thử"
"""


def _indicator(name: str) -> str:
    return f"""[share_{name}]
name_vi = "Tỷ lệ {name}"
short_vi = "Tỷ lệ {name}"
name_en = "Share of {name}"
field = "field"
kind = "ratio"
unit_of_measure = "%"
unit_of_measure_en = "%"
decimals = 1
polarity = "higher"
definition_vi = "Số liệu {name} trên dân số."
definition_en = "Figure {name} over the population."
legal_basis = "thử"
version = 1
source_kind = "administrative"
numerator = ["{name}"]
denominator = ["population"]
factor = 100
gap_unit = "người"
gap_unit_en = ["person", "people"]
"""


def _target(name: str) -> str:
    return f"""[[targets]]
id = "t-{name}"
name_vi = "Tỷ lệ {name}"
section = "I"
as_written = "Tỷ lệ {name} đạt 50% trở lên"
indicator = "share_{name}"
comparator = ">="
value = 50
unit_of_measure = "%"
path = "level"
"""


def periods() -> list[str]:
    """Forty quarters."""
    return [f"{year}-Q{n}" for year in range(FIRST, LAST + 1) for n in (1, 2, 3, 4)]


def reporters() -> list[str]:
    """The 300 units that report."""
    return [unit for unit, kind, _, _ in units() if kind != "district"]


def long_file(rows: int, *, quantities: int = QUANTITIES) -> bytes:
    """The simplest file there is, with about ``rows`` facts: 300 units, 40 quarters."""
    return "\n".join(["unit,period,quantity,value", *_rows(rows, quantities)]).encode()


def _rows(rows: int, quantities: int) -> Iterator[str]:
    """Every unit has its own level and moves little around it, as real stocks do."""
    chance, left = Random(1), rows
    levels: dict[tuple[str, str], int] = {}
    for period in periods():
        for unit in reporters():
            for quantity in quantity_ids()[:quantities]:
                low, high = (9000, 11000) if quantity == "population" else (3000, 7000)
                usual = levels.setdefault((unit, quantity), chance.randint(low, high))
                if left > 0:
                    yield f"{unit},{period},{quantity},{usual + chance.randint(-NOISE, NOISE)}"
                left -= 1


def fill(store: Store, deployment: Deployment) -> None:
    """Ten years of every quantity, year by year as a province would send them."""
    for year in range(FIRST, LAST + 1):
        rows = [r for r in _rows(10**9, INDICATORS + 1) if f",{year}-" in r]
        content = "\n".join(["unit,period,quantity,value", *rows]).encode()
        how = Sending("thử", datetime(year + 1, 1, 10), TODAY, compare=False, simulated=True)
        load(store, deployment, f"{year}.csv", content, hints=Hints(TODAY), how=how)


def unit_forms() -> Iterator[tuple[str, bytes, bytes]]:
    """A quarter's form of every unit: its name, as a workbook, and the same figures as long CSV."""
    chance, quantities = Random(2), quantity_ids()[:QUANTITIES]
    for unit in reporters():
        figures = [10_000 + chance.randint(-NOISE, NOISE) for _ in quantities]
        rows = zip(quantities, figures, strict=True)
        plain = ["unit,period,quantity,value", *(f"{unit},2025-Q4,{q},{v}" for q, v in rows)]
        yield unit, _workbook(unit, quantities, figures), "\n".join(plain).encode()


def _workbook(unit: str, quantities: list[str], figures: list[int]) -> bytes:
    """A title, a heading row, one row: as a unit would type it."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("Quý IV")
        sheet.write_row(0, 0, ["BÁO CÁO QUÝ IV NĂM 2025"])
        sheet.write_row(2, 0, ["STT", "Tên đơn vị", *quantities])
        sheet.write_row(3, 0, [1, unit, *figures])
        sheet.write_row(5, 1, ["Người lập biểu", "", "Thủ trưởng đơn vị"])
    return kept.getvalue()
