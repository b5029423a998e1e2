"""What people confirm is kept, used by the next load, open to question, and taken back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from etl.fingerprint import fingerprint_of
from etl.match_headings import HeadingMatcher
from etl.match_units import UnitMatcher, matcher_for
from etl.memory import CannotConfirm, confirm, confirmed_of, informed
from etl.store.aliases import (
    AliasKind,
    AlreadyRevoked,
    NoSuchAlias,
    aliases,
    remember_alias,
    revoke_alias,
)
from etl.store.connect import Store, open_store
from etl.store.mappings import (
    ColumnMeaning,
    Mapping,
    PeriodFrom,
    mapping_for,
    remember_mapping,
)
from etl.store.verify import faults
from indicators.period import parse_period
from indicators.text import say
from tests.etl.tables import CENTRE, HOSPITAL, codes, current, deployment, send

DAY = parse_period("2021-Q3").end
AT = datetime(2022, 2, 1, 9)
UNIT, QUANTITY = AliasKind.UNIT, AliasKind.QUANTITY
OWN = "Đơn vị;Kỳ;BS hiện có\nTTYT Bến Sung;2021-Q3;12\n".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "a.duckdb")


def teach(store: Store, kind: AliasKind, text: str, meaning: str, by: str = "Lan") -> int:
    return confirm(store, deployment(), kind, text, meaning, by=by, at=AT).id


def test_a_confirmed_spelling_is_understood_by_the_next_load(store: Store) -> None:
    assert send(store, OWN).refused
    teach(store, QUANTITY, "BS hiện có", "doctors")
    assert codes(send(store, OWN)) == ["unit-unknown"]
    teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    done = send(store, OWN)
    assert done.findings == [] and done.committed and current(store) == {("doctors", "12")}


def test_any_writing_of_the_spelling_counts(store: Store) -> None:
    teach(store, QUANTITY, "BS hiện có", "doctors")
    teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    other = "Đơn vị;Kỳ;bs  HIỆN CÓ\nTrung tâm y tế  Bến Sung;2021-Q3;12\n"
    assert send(store, other.encode()).committed


def test_a_title_is_understood_too(store: Store) -> None:
    teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    content = "Đơn vị báo cáo: TTYT Bến Sung;\nQuý III/2021;\nSố liệu;Giá trị\nSố bác sĩ;12\n"
    assert send(store, content.encode()).units == [CENTRE]


def test_a_spelling_that_was_taken_back_decides_nothing(store: Store) -> None:
    teach(store, QUANTITY, "BS hiện có", "doctors")
    number = teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    gone = revoke_alias(store, number, reason="nhầm", by="Hoa", at=AT)
    assert (gone.revoked_by, gone.revoked_at, gone.is_valid) == ("Hoa", AT, False)
    assert codes(send(store, OWN)) == ["unit-unknown"]
    with pytest.raises(AlreadyRevoked):
        revoke_alias(store, number, reason="", by="Hoa", at=AT)
    with pytest.raises(NoSuchAlias):
        revoke_alias(store, 99, reason="", by="Hoa", at=AT)


def test_nothing_is_deleted_and_who_confirmed_stays_on_record(store: Store) -> None:
    first = teach(store, UNIT, "TTYT  Bến Sung", CENTRE)
    revoke_alias(store, first, reason="nhầm", by="Hoa", at=AT)
    second = teach(store, UNIT, "TTYT Bến Sung", HOSPITAL, by="Minh")
    found = aliases(store.cursor())
    assert [(a.id, a.spelling, a.meaning, a.confirmed_by, a.is_valid) for a in found] == [
        (first, "TTYT Bến Sung", CENTRE, "Lan", False),
        (second, "TTYT Bến Sung", HOSPITAL, "Minh", True),
    ]
    actions = store.cursor().execute("select action, actor from audit order by id").fetchall()
    assert actions[-3:] == [("alias", "Lan"), ("alias-revoked", "Hoa"), ("alias", "Minh")]
    assert faults(store) == []


def test_confirming_again_writes_nothing(store: Store) -> None:
    first = teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    version = store.version()
    assert teach(store, UNIT, "tt y tế Bến Sung", CENTRE, by="Minh") == first
    assert store.version() == version


def test_two_people_who_disagree_have_to_see_it(store: Store) -> None:
    first = teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    with pytest.raises(CannotConfirm) as taken:
        teach(store, UNIT, "ttyt bến sung", HOSPITAL, by="Minh")
    said = say(taken.value.key, **taken.value.facts)
    name = deployment().units.latest_names[CENTRE].name
    assert said.startswith(f"«TTYT Bến Sung» đã được Lan xác nhận là {name} (số {first})")


@pytest.mark.parametrize(
    ("kind", "text", "meaning"),
    [
        (UNIT, "TTYT huyện Như Xuân", CENTRE),  # the name of another
        (UNIT, "TTYT Như Thanh", CENTRE),  # needs no confirming
        (UNIT, "Như Thanh", CENTRE),  # a place alone is never a unit, nor was it later
        (UNIT, "Huyện Như Thanh", CENTRE),
        (UNIT, HOSPITAL, CENTRE),
        (UNIT, "TTYT Bến Sung", "khong-co"),
        (UNIT, " ", CENTRE),
        (UNIT, "x" * 201, CENTRE),
        (QUANTITY, "Dân số", "doctors"),
        (QUANTITY, "Số bác sĩ", "doctors"),
        (QUANTITY, "Đơn vị", "doctors"),
        (QUANTITY, "Quý III/2021", "doctors"),
        (QUANTITY, "BS hiện có", "khong-co"),
    ],
)
def test_what_says_something_already_cannot_be_made_to_say_more(
    store: Store, kind: AliasKind, text: str, meaning: str
) -> None:
    with pytest.raises(CannotConfirm) as refused:
        teach(store, kind, text, meaning)
    for language in ("vi", "en"):
        assert say(refused.value.key, language, **refused.value.facts)
    assert aliases(store.cursor()) == []


def test_nobody_confirms_without_a_name(store: Store) -> None:
    with pytest.raises(CannotConfirm):
        teach(store, UNIT, "TTYT Bến Sung", CENTRE, by=" ")


def test_a_name_that_several_bear_is_settled_only_for_those_that_may_report(store: Store) -> None:
    shared = "Bệnh viện Phổi"
    provincial = ("provincial_hospital",)
    plain = UnitMatcher(deployment(), DAY)
    bearers = plain.match(shared, provincial).candidates
    assert len(bearers) > 1
    teach(store, UNIT, shared, bearers[0])
    taught = informed(deployment(), store.cursor())
    matcher = matcher_for(taught, DAY)
    assert matcher.match(shared, provincial).unit == bearers[0]
    assert matcher.match(shared, ("health_centre",)).unit is None
    assert plain.match(shared, provincial).unit is None


def test_matchers_know_nothing_of_it_unless_they_are_told() -> None:
    pair = (("BS hiện có", "doctors"),)
    assert HeadingMatcher(deployment().catalogue).quantity("BS hiện có") is None
    assert (
        HeadingMatcher(deployment().catalogue, confirmed=pair).quantity("bs hiện có") == "doctors"
    )
    assert UnitMatcher(deployment(), DAY).match("TTYT Bến Sung").unit is None
    told = UnitMatcher(deployment(), DAY, (("TTYT Bến Sung", CENTRE),))
    assert told.match("TTYT Bến Sung").unit == CENTRE


def test_a_heading_of_the_catalogue_is_never_overruled() -> None:
    pair = (("Dân số", "doctors"),)
    assert HeadingMatcher(deployment().catalogue, confirmed=pair).quantity("Dân số") == "population"


def test_what_the_data_folder_no_longer_has_is_left_out(store: Store) -> None:
    remember_alias(store, UNIT, "TTYT Bến Sung", "da-mat", by="Lan", at=AT)
    remember_alias(store, QUANTITY, "BS hiện có", "da-mat", by="Lan", at=AT)
    assert informed(deployment(), store.cursor()) is deployment()
    teach(store, UNIT, "TTYT Sông Mực", CENTRE)
    assert confirmed_of(store.cursor(), deployment()).units == (("TTYT Sông Mực", CENTRE),)


def test_the_same_memory_is_the_same_deployment(store: Store) -> None:
    teach(store, UNIT, "TTYT Bến Sung", CENTRE)
    first = informed(deployment(), store.cursor())
    assert informed(deployment(), store.cursor()) is first
    assert matcher_for(first, DAY) is matcher_for(first, DAY)
    assert informed(first, store.cursor()) is first
    teach(store, UNIT, "TTYT Sông Mực", CENTRE)
    assert informed(deployment(), store.cursor()) is not first
    assert first.units is deployment().units and deployment().confirmed.units == ()


COLUMNS = (
    ColumnMeaning(0, "Tên", "unit"),
    ColumnMeaning(2, "BS hiện có", "value", "doctors"),
)
OF_CENTRE = Mapping("f1", COLUMNS, PeriodFrom.TITLE, CENTRE)


def test_a_mapping_is_offered_again(store: Store) -> None:
    assert mapping_for(store.cursor(), "f1") is None
    saved = remember_mapping(store, OF_CENTRE, by="Lan", at=AT)
    assert mapping_for(store.cursor(), "f1") == saved
    assert (saved.mapping, saved.confirmed_by, saved.confirmed_at) == (OF_CENTRE, "Lan", AT)
    assert mapping_for(store.cursor(), "f2") is None and faults(store) == []


def test_the_newest_mapping_counts_and_the_earlier_stays(store: Store) -> None:
    first = remember_mapping(store, OF_CENTRE, by="Lan", at=AT)
    version = store.version()
    assert remember_mapping(store, OF_CENTRE, by="Minh", at=AT) == first
    assert store.version() == version
    other = replace(OF_CENTRE, unit=None, period_from=PeriodFrom.HEADING)
    second = remember_mapping(store, other, by="Minh", at=AT)
    assert mapping_for(store.cursor(), "f1") == second and second.id == first.id + 1
    rows = store.cursor().execute("select count(*) from mapping").fetchall()
    assert rows == [(2,)]


def test_a_mapping_without_columns_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without columns"):
        remember_mapping(store, replace(OF_CENTRE, columns=()), by="Lan", at=AT)


def test_the_same_form_of_another_quarter_has_the_same_fingerprint() -> None:
    block = [["TT", "Đơn vị", "Quý III/2021", ""], ["", "", "Kế hoạch", "Thực hiện"]]
    later = [["TT", "ĐƠN VỊ ", "Quý IV/2021"], ["", "", "kế hoạch", "Thực hiện", "", ""]]
    assert fingerprint_of(block) == fingerprint_of(later)
    assert fingerprint_of([*block, ["", ""]]) == fingerprint_of(block)


@pytest.mark.parametrize(
    "other",
    [
        [["TT", "Đơn vị", "Dân số"]],
        [["TT", "Đơn vị", "", "Quý III/2021"]],
        [["Đơn vị", "TT", "Quý III/2021"]],
        [["TT", "Đơn vị"], ["Quý III/2021"]],
    ],
)
def test_another_layout_has_another_fingerprint(other: list[list[str]]) -> None:
    assert fingerprint_of(other) != fingerprint_of([["TT", "Đơn vị", "Quý III/2021"]])
