"""Which unit a file means: by id, code or name, through the abbreviations people use."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from etl.normalise import key, search_key
from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.units import Unit, UnitRegistry, UnitTree

# Longer forms first; each is how the same words are written in forms (domain.md 5.6).
ABBREVIATIONS = (
    ("trung tâm kiểm soát bệnh tật", ("cdc", "ttksbt", "trung tâm ksbt", "tt ksbt")),
    ("trung tâm y tế", ("ttyt", "tt y tế", "tt yt")),
    ("bệnh viện đa khoa khu vực", ("bvđkkv", "bvđk khu vực", "bvđk kv")),
    ("bệnh viện đa khoa", ("bvđk", "bv đk", "bv đa khoa")),
    ("bệnh viện", ("bv",)),
    ("trạm y tế", ("tyt", "tyt xã", "trạm yt")),
    ("phòng khám đa khoa", ("pkđk",)),
    ("sở y tế", ("syt",)),
)
PLACE_WORDS = r"huyện|thị xã|thành phố|xã|phường|thị trấn|tỉnh|quận"
PLACE_SHORT = (
    (re.compile(r"\bh (?=\w)"), "huyện "),
    (re.compile(r"\btx (?=\w)"), "thị xã "),
    (re.compile(r"\btp (?=\w)"), "thành phố "),
    (re.compile(r"\btt (?!y tế|yt|ksbt|kiểm)(?=\w)"), "thị trấn "),
)
SUGGESTIONS = 3
CLOSE_ENOUGH = 70
# Words (as search keys) that nearly every unit has: alike in them is not alike.
COMMON = frozenset(["trung", "tam", "y", "te", "benh", "vien", "da", "khoa", "tram", "huyen"])


@lru_cache(maxsize=65536)
def unit_key(text: str) -> str:
    """The comparison key of a unit's name, abbreviations written out."""
    words = key(text)
    for full, shorts in ABBREVIATIONS:
        for short in shorts:
            words = re.sub(rf"(?<!\w){short}(?!\w)", full, words)
    for pattern, full in PLACE_SHORT:
        words = pattern.sub(full, words)
    return words


@lru_cache(maxsize=65536)
def without_place_word(name: str) -> str:
    """ "trung tâm y tế huyện như thanh" as "trung tâm y tế như thanh"; a bare place stays whole."""
    head, _, tail = re.sub(rf"(?<!\w)(?:{PLACE_WORDS}) ", "|", name, count=1).partition("|")
    return f"{head}{tail}" if head.strip() and tail else name


def _proper(name: str) -> str:
    """The words of a name that tell it from others of its kind; all of them where none is left."""
    words = [word for word in name.split() if word not in COMMON]
    return " ".join(words) or name


@dataclass(frozen=True)
class Match:
    """What a text was taken to mean: one unit, or none with the nearest candidates."""

    unit: str | None
    candidates: tuple[str, ...] = ()
    by_area: bool = False  # the text names an area; the unit is the one that reports for it
    areas: tuple[str, ...] = ()  # areas that the text names, where it means no one unit


@dataclass(frozen=True)
class UnitMatcher:
    """Finds units valid on one day; ``kinds`` says who may report, so that a place is never enough.

    ``confirmed``: (text, unit) that somebody vouched for. It decides between units of one name,
    but only among those that may report.
    """

    deployment: Deployment
    day: date
    confirmed: tuple[tuple[str, str], ...] = ()

    @property
    def tree(self) -> UnitTree:
        """The units of that day."""
        return self.deployment.units.at(self.day)

    @cached_property
    def index(self) -> dict[str, frozenset[str]]:
        """Comparison key to the units it may mean."""
        found: dict[str, set[str]] = {}
        for unit in self.tree.units.values():
            for name in self._names(unit):
                found.setdefault(name, set()).add(unit.id)
        for alias in self.deployment.units.aliases:
            if alias.unit in self.tree.units:
                found.setdefault(unit_key(alias.alias), set()).add(alias.unit)
        return {name: frozenset(units) for name, units in found.items()}

    @cached_property
    def exact(self) -> dict[str, str]:
        """Ids and codes, where a code means one unit only."""
        codes: dict[str, set[str]] = {}
        for unit in self.tree.units.values():
            codes.setdefault(unit.id, set()).add(unit.id)
            for _, code in unit.codes:
                codes.setdefault(code, set()).add(unit.id)
        return {code: next(iter(units)) for code, units in codes.items() if len(units) == 1}

    @cached_property
    def vouched(self) -> dict[str, str]:
        """Comparison key to the unit that somebody confirmed, where it is valid on that day."""
        return {unit_key(text): unit for text, unit in self.confirmed if unit in self.tree.units}

    def _names(self, unit: Unit) -> Iterator[str]:
        for name in (unit.name, unit.short_name):
            full = unit_key(name)
            yield full
            yield without_place_word(full)

    def match(self, text: str, kinds: Iterable[str] = (), forms: Iterable[Form] = ()) -> Match:
        """The unit that ``text`` means among those that may report; candidates where it is unclear.

        ``forms``, where known, tell apart units of one name in two provinces.
        """
        asked = tuple(forms)
        allowed = frozenset(kinds)
        told = self._told(text, allowed, asked)
        if told is not None:
            return Match(told)
        found = self._meant(text)
        fitting = [u for u in self._fitting(found, allowed) if self._fills(u, asked)]
        if len(fitting) == 1:
            return Match(fitting[0])
        reporters = [u for u in self._reporters(found, allowed) if self._fills(u, asked)]
        if not fitting and len(reporters) == 1:
            return Match(reporters[0], by_area=True)
        if text in self.exact and not reporters:
            return Match(self.exact[text])  # an id is beyond doubt: that it may not report is said
        nearest = sorted(fitting or reporters) or self.suggest(text, allowed)
        return Match(None, tuple(nearest[:SUGGESTIONS]), areas=self._areas(found, allowed))

    def _areas(self, units: Iterable[str], kinds: frozenset[str]) -> tuple[str, ...]:
        """Those that are areas and are not asked for themselves."""
        known, tree = self.deployment.catalogue.kinds, self.tree.units
        return tuple(
            sorted(u for u in units if known[tree[u].kind].area and tree[u].kind not in kinds)
        )

    def _told(self, text: str, allowed: frozenset[str], asked: tuple[Form, ...]) -> str | None:
        """The confirmed unit of this spelling, if it is one of those that may report."""
        unit = self.vouched.get(unit_key(text))
        fits = unit is not None and self._fitting([unit], allowed) and self._fills(unit, asked)
        return unit if fits else None

    def _meant(self, text: str) -> frozenset[str]:
        """Every unit that the text may mean on that day, of whatever kind."""
        if text in self.exact:
            return frozenset({self.exact[text]})
        name = unit_key(text)
        return self.index.get(name) or self.index.get(without_place_word(name)) or frozenset()

    def _fitting(self, units: Iterable[str], kinds: frozenset[str]) -> list[str]:
        return [u for u in units if not kinds or self.tree.units[u].kind in kinds]

    def _fills(self, unit: str, forms: tuple[Form, ...]) -> bool:
        """Whether the unit fills one of the forms; any unit does where none is named."""
        kind, path = self.tree.units[unit].kind, self.tree.path(unit)
        return not forms or any(kind in form.kinds and form.covers(path) for form in forms)

    def _reporters(self, areas: Iterable[str], kinds: frozenset[str]) -> list[str]:
        """Units of the kinds that stand directly in an area the text names."""
        catalogue = self.deployment.catalogue
        return [
            child
            for area in areas
            if catalogue.kinds[self.tree.units[area].kind].area
            for child in self.tree.children.get(area, ())
            if self.tree.units[child].kind in kinds
        ]

    def suggest(self, text: str, kinds: frozenset[str]) -> list[str]:
        """The nearest names, for a person to choose from; never used to decide."""
        names = {
            unit.id: _proper(search_key(unit.name))
            for unit in self.tree.units.values()
            if not kinds or unit.kind in kinds
        }
        found = process.extract(
            _proper(search_key(unit_key(text))),
            names,
            scorer=fuzz.token_sort_ratio,
            limit=SUGGESTIONS,
        )
        return [unit for _, score, unit in found if score >= CLOSE_ENOUGH]


_kept: dict[tuple[int, date], UnitMatcher] = {}
KEPT = 64


def matcher_for(deployment: Deployment, day: date) -> UnitMatcher:
    """One matcher per deployment and state of its units: the index of names is worth keeping."""
    asked = (id(deployment), _since(deployment.units, day))
    matcher = _kept.get(asked)
    if matcher is None or matcher.deployment is not deployment:
        if len(_kept) >= KEPT:
            _kept.clear()
        matcher = UnitMatcher(deployment, asked[1], deployment.confirmed.units)
        _kept[asked] = matcher
    return matcher


def _since(units: UnitRegistry, day: date) -> date:
    """The day from which the units have been as they are on ``day``: 120 months share few states."""
    return max((change for change in units.changes if change <= day), default=date.min)
