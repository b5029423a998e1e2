"""How DHIS2 writes periods and identifiers, and what a mapping may say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.dhis2 import Element, Mapping, check_mapping, period_from, period_to, plain, uid_of
from indicators.period import Period, PeriodKind, periods_of
from indicators.schema import Collector

KINDS = [kind for kind in PeriodKind if kind is not PeriodKind.NINE_MONTHS]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2021", "2021"), ("202101", "2021-01"), ("202112", "2021-12"), ("2021Q3", "2021-Q3"),
        ("2021S1", "2021-H1"), ("2021S2", "2021-H2"), ("2021-Q3", "2021-Q3"), ("2017-01", "2017-01"),
    ],
)  # fmt: skip
def test_a_period_of_dhis2_is_one_of_ours(written: str, code: str) -> None:
    assert period_from(written).code == code


@pytest.mark.parametrize(
    "written",
    ["2021W5", "20210101", "2021April", "2021AprilS1", "202100", "202113", "2021Q5", "2021S3", "",
     "202101B", "2021Q", "٢٠٢١"],
)  # fmt: skip
def test_what_is_no_period_here_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        period_from(written)


@given(st.integers(1900, 2100), st.sampled_from(KINDS), st.data())
def test_every_period_but_nine_months_goes_there_and_back(
    year: int, kind: PeriodKind, data: st.DataObject
) -> None:
    period = data.draw(st.sampled_from(periods_of(year, kind)))
    assert period_from(period_to(period) or "") == period


def test_dhis2_has_no_nine_months() -> None:
    assert period_to(Period(2021, PeriodKind.NINE_MONTHS)) is None


@given(st.text(max_size=30), st.text(max_size=30))
def test_identifiers_look_as_dhis2_makes_them_and_differ(one: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{10}", uid_of(one))
    assert (uid_of(one) == uid_of(other)) == (one == other)


def test_identifiers_are_the_same_for_ever() -> None:
    # Written down once: a system that has imported the units must find them again.
    assert uid_of("organisationUnit:bac-giang") == "GpBulBLfIGP"


def test_every_way_of_writing_the_default_combination_is_one() -> None:
    assert {plain(c) for c in ("", "default", "HllvX50cXC0")} == {""} and plain("abc") == "abc"


def test_without_a_table_every_quantity_goes_under_its_id_and_with_one_only_those_in_it() -> None:
    assert Mapping().element("beds") == Element("beds", "beds")
    mapping = Mapping(elements=(Element("beds", "f7n9E0hX8qk"),))
    assert mapping.element("beds") == mapping.elements[0] and mapping.element("doctors") is None


def test_faults_of_a_mapping_are_all_told() -> None:
    rows = (Element("beds", "a"), Element("beds", "b"), Element("x", "a", "default"))
    collector = Collector()
    check_mapping(Mapping(elements=rows), {"beds"}, collector)
    assert [(e.key, e.message) for e in collector.errors] == [
        ("elements[1]", "«beds» có hai dòng"),
        ("elements[2].quantity", "«x» không có trong danh mục"),
        ("elements[2]", "«a» có hai dòng"),
    ]
