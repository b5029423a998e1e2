"""A deployment: one data folder with catalogue, plans and units, read strictly and as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from indicators.atlas import MAP, Atlas, TileRow, shapes_of, tiles_of
from indicators.catalogue import Catalogue, Field, Form, Indicator, Quantity, UnitKind
from indicators.crosscheck import crosscheck
from indicators.dhis2 import FILE as DHIS2
from indicators.dhis2 import Mapping, check_mapping
from indicators.letter import FILE as LETTERS
from indicators.letter import Letter, check_letters
from indicators.plans import OutlineRow, Plan
from indicators.regimes import CALENDAR, Regime
from indicators.roster import Rosters
from indicators.rules import Measure, Rule
from indicators.schema import Collector, build, read_csv, read_json, read_toml
from indicators.units import AliasRow, CodeRow, EventRow, NameRow, ParentRow, UnitRegistry
from indicators.wording import FILE as WORDING
from indicators.wording import Wording, check_wording
from indicators.working_days import WorkingDays

T = TypeVar("T")

OUTLINE = ".outline.csv"


@dataclass(frozen=True)
class Settings:
    """What this deployment is called and what its first screen shows."""

    name_vi: str
    name_en: str
    default_plan: str
    default_period: str
    exceeded_margin_percent: int
    """How far beyond the target, in per cent of it, counts as exceeded (*vượt*)."""
    simulated: bool = False
    """Whether every submission of this folder is simulated and must be marked so."""
    people: str | None = None
    """The quantity that counts the people of an area: how many live where all was reported."""
    own_approval: bool = False
    """Whether who sent a report may approve it too (a department with one analyst)."""


@dataclass(frozen=True)
class SavedColumn:
    """What one column (from 0) of a unit's own form means, as somebody confirmed it."""

    fingerprint: str  # of the heading block
    column: int
    role: str
    quantity: str | None
    confirmed_by: str
    confirmed_on: str  # dd/mm/yyyy


@dataclass(frozen=True)
class Confirmed:
    """What people confirmed beyond the data folder: (text, id) each, and columns of own forms."""

    units: tuple[tuple[str, str], ...] = ()
    quantities: tuple[tuple[str, str], ...] = ()
    columns: tuple[SavedColumn, ...] = ()


@dataclass(frozen=True)
class Deployment:
    """Everything that is known before any figure is reported."""

    settings: Settings
    catalogue: Catalogue
    plans: dict[str, Plan]
    units: UnitRegistry
    wording: Wording = field(default_factory=Wording)
    confirmed: Confirmed = Confirmed()
    atlas: Atlas = field(default_factory=Atlas)
    dhis2: Mapping = field(default_factory=Mapping)
    letters: dict[str, Letter] = field(default_factory=dict)

    @cached_property
    def rosters(self) -> Rosters:
        """Who must report what, worked out once: nothing that is reported changes it."""
        return Rosters(self.catalogue, self.units)

    @cached_property
    def first_day(self) -> date:
        """The first day on which any dated unit row begins."""
        days = [row.valid_from for row in self.units.names if row.valid_from]
        return min(days, default=date(2000, 1, 1))


def load_deployment(folder: Path) -> Deployment:
    """Read a data folder. Raises DataErrors with every fault of every file at once."""
    collector = Collector()
    if not folder.is_dir():
        collector.add(folder.name, "-", "không có thư mục này")
        collector.raise_if_any()
    settings = _settings(folder, collector)
    catalogue = _catalogue(folder, collector)
    plans = _plans(folder, collector)
    units = _units(folder, catalogue, collector)
    wording = _one(folder, WORDING, Wording, collector)
    dhis2 = _one(folder, DHIS2, Mapping, collector)
    atlas = _atlas(folder, units, collector)
    letters = _letters(folder, units, collector)
    crosscheck(settings, catalogue, plans, units, collector)
    check_wording(wording, collector)
    check_mapping(dhis2, catalogue.quantities, collector)
    collector.raise_if_any()
    if settings is None:
        raise AssertionError("no settings and no error")
    return Deployment(
        settings, catalogue, plans, units, wording, atlas=atlas, dhis2=dhis2, letters=letters
    )


def _one(folder: Path, name: str, cls: type[T], collector: Collector) -> T:
    """A file that a folder may do without: then everything is as the class says by itself."""
    if not (folder / name).exists():
        return cls()
    raw = read_toml(folder / name, name, collector) or {}
    return build(cls, raw, file=name, key="-", collector=collector) or cls()


def _letters(folder: Path, units: UnitRegistry, collector: Collector) -> dict[str, Letter]:
    """Without the file documents are headed with the name of whoever made the plan."""
    if not (folder / LETTERS).exists():
        return {}
    raw = read_toml(folder / LETTERS, LETTERS, collector) or {}
    items = {
        key: _item(Letter, key, table, (LETTERS, key), collector) for key, table in raw.items()
    }
    found = {key: item for key, item in items.items() if item is not None}
    check_letters(found, units.ids, collector)
    return found


def _atlas(folder: Path, units: UnitRegistry, collector: Collector) -> Atlas:
    """Without either file units are listed and not mapped."""
    tiles = tiles_of(_rows(folder, "tiles.csv", TileRow, collector), units, collector)
    if not (folder / MAP).exists():
        return Atlas(tiles)
    raw = read_json(folder / MAP, MAP, collector)
    return Atlas(tiles, {} if raw is None else shapes_of(raw, units.ids, collector))


def _settings(folder: Path, collector: Collector) -> Settings | None:
    name = "deployment.toml"
    raw = read_toml(folder / name, name, collector)
    if raw is None:
        return None
    return build(Settings, raw, file=name, key="-", collector=collector)


def _catalogue(folder: Path, collector: Collector) -> Catalogue:
    return Catalogue(
        kinds=_keyed(folder, "kinds", UnitKind, collector),
        fields=_keyed(folder, "fields", Field, collector),
        quantities=_keyed(folder, "quantities", Quantity, collector),
        forms=_keyed(folder, "forms", Form, collector),
        indicators=_keyed(folder, "indicators", Indicator, collector),
        regimes={CALENDAR.id: CALENDAR, **_optional(folder, "regimes", Regime, collector)},
        working_days=_working_days(folder, collector),
        rules=_optional(folder, "rules", Rule, collector),
        measures=_optional(folder, "measures", Measure, collector),
    )


def _optional(folder: Path, part: str, cls: type[T], collector: Collector) -> dict[str, T]:
    """A part that a folder may do without: regimes (then calendar periods only), rules, measures."""
    if not (folder / "catalogue" / f"{part}.toml").exists():
        return {}
    return _keyed(folder, part, cls, collector)


def _working_days(folder: Path, collector: Collector) -> WorkingDays:
    """Without the file there is what the package of holidays knows."""
    name = "catalogue/working_days.toml"
    if not (folder / name).exists():
        return WorkingDays()
    raw = read_toml(folder / name, name, collector) or {}
    built = build(WorkingDays, raw, file=name, key="-", collector=collector)
    return built or WorkingDays()


def _keyed(folder: Path, part: str, cls: type[T], collector: Collector) -> dict[str, T]:
    """One dataclass per table; the table's name is the id.

    A part of the catalogue is one file (``quantities.toml``) and, where it grows, further files in
    a folder of its name (``quantities/hospital.toml``).
    """
    found: dict[str, T] = {}
    home = folder / "catalogue"
    for path in [home / f"{part}.toml", *sorted((home / part).glob("*.toml"))]:
        name = path.relative_to(folder).as_posix()
        for key, table in (read_toml(path, name, collector) or {}).items():
            if (part, key) in collector.origins:
                collector.add(name, key, f"mã đã có ở {collector.file_of(part, key)}")
                continue
            collector.origins[part, key] = name
            item = _item(cls, key, table, (name, key), collector)
            if item is not None:
                found[key] = item
    return found


def _item(
    cls: type[T], item_id: str, table: Any, at: tuple[str, str], collector: Collector
) -> T | None:
    """The dataclass of one table under the id that its name gives it, None where faulty."""
    file, key = at
    item = None
    if not isinstance(table, dict):
        collector.add(file, key, "phải là một bảng")
    elif "id" in table:
        collector.add(file, f"{key}.id", f"khóa lạ; mã đã là «{item_id}»")
    else:
        item = build(cls, {"id": item_id, **table}, file=file, key=key, collector=collector)
    if item is None:
        collector.refused.add(item_id)
    return item


def _plans(folder: Path, collector: Collector) -> dict[str, Plan]:
    plans: dict[str, Plan] = {}
    outlines = {path.name: path for path in sorted((folder / "plans").glob(f"*{OUTLINE}"))}
    for path in sorted((folder / "plans").glob("*.toml")):
        plan = _plan(path, collector)
        outline = outlines.pop(f"{path.stem}{OUTLINE}", None)
        rows = _outline(outline, collector) if outline is not None else ()
        if plan is not None:
            plans[plan.id] = replace(plan, outline=rows)
    for name in outlines:
        collector.add(f"plans/{name}", "-", "không có kế hoạch nào mang tên này")
    return plans


def _plan(path: Path, collector: Collector) -> Plan | None:
    name = f"plans/{path.name}"
    raw = read_toml(path, name, collector)
    if raw is None:
        collector.refused.add(path.stem)
        return None
    if raw.pop("outline", None) is not None:
        collector.add(name, "-.outline", f"khóa lạ; đề cương ghi ở tệp {path.stem}{OUTLINE}")
    return _item(Plan, path.stem, raw, (name, "-"), collector)


def _outline(path: Path, collector: Collector) -> tuple[OutlineRow, ...]:
    """The outline of a document; a file that is there must say something."""
    name = f"plans/{path.name}"
    read = [row for row, _ in _table(path, name, OutlineRow, collector)]
    if not read and not collector.is_faulty(name):
        collector.add(name, "-", "không có dòng nào")
    return tuple(row for row in read if row is not None)


def _units(folder: Path, catalogue: Catalogue, collector: Collector) -> UnitRegistry:
    return UnitRegistry(
        areas=frozenset(kind.id for kind in catalogue.kinds.values() if kind.area),
        names=_rows(folder, "names.csv", NameRow, collector),
        codes=_rows(folder, "codes.csv", CodeRow, collector),
        parents=_rows(folder, "parents.csv", ParentRow, collector),
        aliases=_rows(folder, "aliases.csv", AliasRow, collector),
        events=_rows(folder, "events.csv", EventRow, collector),
    )


def _rows(folder: Path, file: str, cls: type[T], collector: Collector) -> tuple[T, ...]:
    """The rows of every file of this name below ``units/``, one province a folder."""
    found: list[T] = []
    for path in sorted((folder / "units").rglob(file)):
        name = path.relative_to(folder).as_posix()
        for row, raw in _table(path, name, cls, collector):
            if row is not None:
                found.append(row)
            else:
                collector.refused.add(str(raw.get("unit")))
    return tuple(found)


def _table(
    path: Path, name: str, cls: type[T], collector: Collector
) -> Iterator[tuple[T | None, dict[str, Any]]]:
    """The rows of one CSV file, None where faulty, each with its cells."""
    known = {each.name for each in fields(cls)}  # type: ignore[arg-type]
    for key, raw in read_csv(path, name, collector):
        yield build(cls, _known(raw, known), file=name, key=key, collector=collector), raw


def _known(raw: dict[str, Any], known: set[str]) -> dict[str, Any]:
    # An unknown heading is reported by ``build``; a row longer than the heading has the key None.
    return {key if key in known or key != "None" else "cột thừa": v for key, v in raw.items()}
