"""Sentences: they say why, and never contradict themselves."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assess import Assessment
from indicators.headline import headline, rest
from indicators.judge import Rule, Verdict, meets
from indicators.measure import Bounds
from indicators.plans import Comparator
from indicators.sentence import (
    bounds_text,
    difference_text,
    gap_text,
    value_text,
    verdict_text,
    why,
)
from indicators.target_words import target_text
from tests.indicators.figures import LONG_AFTER, assess_facts, facts
from tests.indicators.small import world

CATALOGUE = world().catalogue
INSURANCE = CATALOGUE.indicators["insurance"]
ENGLISH_ONLY = re.compile("[đĐăâêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def assessed(
    target_id: str, text: str, period: str = "2021", *, today: date = LONG_AFTER, scope: str = "p"
) -> Assessment:
    """One target of the small plan."""
    assessor = assess_facts(world(), facts(text), period, today=today, scope=scope)
    return assessor.assess(assessor.plan.target(target_id))


def insured(share: int, people: int = 100, period: str = "2021-Q4") -> str:
    """The same insurance in the three districts."""
    return "\n".join(
        f"{t} {period} insured={share} population={people}" for t in ("t1", "t2", "t3")
    )


def said(
    target_id: str, text: str, period: str = "2021", *, today: date = LONG_AFTER, scope: str = "p"
) -> str:
    """Why its verdict is what it is."""
    return why(assessed(target_id, text, period, today=today, scope=scope), CATALOGUE)


def test_met_and_equal() -> None:
    assert said("insurance", insured(91)) == "Đạt: 91,0% so với kế hoạch 91%, bằng kế hoạch."


def test_missed_by_points_and_not_by_a_percentage_of_attainment() -> None:
    text = said("insurance", insured(89))
    assert text == "Không đạt: 89,0% so với kế hoạch 91%, thấp hơn 2,0 điểm %."


def test_90_96_is_not_said_to_be_91() -> None:
    text = said("insurance", insured(9096, 10000))
    assert text == "Không đạt: 90,96% so với kế hoạch 91%, thấp hơn 0,04 điểm %."


def test_beds_are_counted_in_beds() -> None:
    beds = "".join(f"h{n} 2021-Q4 beds=1\n" for n in range(4))
    people = "".join(f"t{n} 2021-Q4 population=1000\n" for n in (1, 2, 3))
    text = said("beds", beds + people)
    assert text.endswith("thấp hơn 6,7 giường/vạn dân, còn thiếu 2 giường.")


def test_too_many_where_less_is_better() -> None:
    found = assessed("beds", "".join(f"h{n} 2021-Q4 beds=3\n" for n in range(4)) + insured(1, 1000))
    lower = replace(found, test=Comparator.AT_MOST, verdict=Verdict.NOT_MET, gap=Fraction(5, 2))
    assert "vượt mức 3 giường" in why(lower, CATALOGUE)


def test_where_it_should_be_by_now() -> None:
    running = said(
        "insurance", insured(87, 100, "2020-Q4") + "\n" + insured(88, 100, "2021-Q3"), "2021-Q3"
    )
    assert "đến kỳ này cần 90,0%" in running


def test_at_risk_says_that_the_best_pace_is_not_enough() -> None:
    text = "\n".join(
        insured(84 + n, 100, p) for n, p in enumerate(("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"))
    )
    found = said("insurance", text + "\n" + insured(87, 100, "2021-Q3"), "2021-Q3")
    assert found.startswith("Nguy cơ không đạt:") and "mức cải thiện quý cao nhất" in found


def test_missing_units_and_what_they_may_still_do() -> None:
    lines = insured(95).splitlines()
    text = said("insurance", "\n".join(lines[:2]) + "\nt3 2021-Q4 population=100")
    assert text == (
        "Chưa đủ dữ liệu: 95,0% so với kế hoạch 91%, cao hơn 4,0 điểm %, thiếu 1/3 đơn vị, "
        "khi đủ số liệu có thể từ 63,3% đến 96,7%."
    )


def test_bounds_do_not_round_to_the_target_they_miss() -> None:
    bounds = Bounds(Fraction("80.29"), Fraction("90.96"))
    assert bounds_text(bounds, INSURANCE, beside=91) == "khi đủ số liệu có thể từ 80,29% đến 90,96%"
    assert bounds_text(Bounds(Fraction(5), None), INSURANCE) == "khi đủ số liệu ít nhất 5,0%"
    assert bounds_text(Bounds(None, Fraction(5)), INSURANCE) == "khi đủ số liệu nhiều nhất 5,0%"
    assert bounds_text(Bounds(None, None), INSURANCE) == ""


@pytest.mark.parametrize(
    ("target_id", "scope", "today", "sentence"),
    [
        ("insurance", "p", LONG_AFTER, "Chưa có số liệu: kế hoạch 91%, chưa đơn vị nào báo cáo đủ số liệu của kỳ này."),
        ("insurance", "o", LONG_AFTER, "Chưa có số liệu: kế hoạch 91%, không đơn vị nào trong phạm vi này báo cáo chỉ tiêu."),
        ("insurance", "p", date(2022, 1, 1), "Chưa đến hạn: kế hoạch 91%, số liệu có sau ngày 10/01/2022."),
        ("keep", "p", LONG_AFTER, "Chưa có số liệu: kế hoạch duy trì mức đã có, chưa đơn vị nào báo cáo đủ số liệu của kỳ này."),
    ],
)  # fmt: skip
def test_without_a_value_the_reason_is_given(
    target_id: str, scope: str, today: date, sentence: str
) -> None:
    assert said(target_id, "", scope=scope, today=today) == sentence


def test_without_a_baseline() -> None:
    beds = "".join(f"h{n} 2021-Q4 beds=10\n" for n in range(4))
    assert said("keep", beds) == "Chưa có mốc so sánh: 40,0 giường, chưa có số liệu làm mốc."


def test_both_are_told_with_their_own_verdicts() -> None:
    text = (
        insured(8999, 10000)
        + "\n"
        + "\n".join(
            f"t{n} 2021-Q{q} immunised=25 children=100" for n in (1, 2, 3) for q in (1, 2, 3, 4)
        )
    )
    assert said("both", text) == (
        "Không đạt: phải đạt cả 2 điều kiện: chỉ tiêu 89,99%, kế hoạch ≥ 90% (không đạt); "
        "chỉ tiêu 100,0%, kế hoạch ≥ 90% (vượt)."
    )


def test_every_district_counts_districts() -> None:
    text = insured(95).replace("t2 2021-Q4 insured=95", "t2 2021-Q4 insured=89")
    assert said("every-district", text) == "Không đạt: 2/3 loại district đạt mức ≥ 90%."
    running = said("every-district", text.replace("Q4", "Q3"), "2021-Q3")
    assert "2/3 loại district đúng tiến độ hoặc đạt mức ≥ 90%" in running


def test_a_district_that_is_not_known_is_neither_good_nor_bad() -> None:
    text = said("every-district", insured(95).splitlines()[0] + "\nt2 2021-Q4 population=100")
    assert text == "Chưa đủ dữ liệu: 1/3 loại district đạt mức ≥ 90%, 2 đơn vị chưa có số liệu."


def test_where_there_is_no_district_the_whole_does_not_speak_for_every_district() -> None:
    text = said("every-district", "t1 2021-Q4 insured=96 population=100", scope="t1")
    assert (
        text
        == "Chưa có số liệu: kế hoạch ≥ 90%, không đơn vị nào trong phạm vi này báo cáo chỉ tiêu."
    )


@pytest.mark.parametrize(
    ("comparator", "value", "read_as", "vi", "en"),
    [
        ("bare", "36.5", None, "36,5%", "36.5%"), ("<=", "14.2", None, "≤ 14,2%", "≤ 14.2%"),
        (">", "80", None, "> 80%", "> 80%"), ("=", "5", None, "= 5%", "= 5%"), ("<", "0.7", None, "< 0,7%", "< 0.7%"),
        ("maintain", "95", ">", "duy trì > 95%", "maintain > 95%"),
        ("maintain", None, ">=", "duy trì mức đã có", "maintain the level"),
    ],
)  # fmt: skip
def test_a_target_reads_as_in_the_document(
    comparator: str, value: str | None, read_as: str | None, vi: str, en: str
) -> None:
    target = replace(
        world().plans["plan"].targets[0],
        comparator=Comparator(comparator),
        value=None if value is None else Decimal(value),
        read_as=None if read_as is None else Comparator(read_as),
    )
    assert (target_text(target, INSURANCE), target_text(target, INSURANCE, "en")) == (vi, en)


def test_differences_of_percentages_are_points() -> None:
    assert difference_text(Fraction(-3, 2), INSURANCE) == "1,5 điểm %"
    assert difference_text(Fraction(-3, 2), INSURANCE, "en", 2) == "1.50 % points"
    assert difference_text(Fraction(3, 2), CATALOGUE.indicators["beds"]) == "1,5 giường"
    assert value_text(None, INSURANCE) == "…"


def test_no_gap_is_told_of_what_is_met_or_has_no_unit() -> None:
    beds = "".join(f"h{n} 2021-Q4 beds=9\n" for n in range(4)) + insured(1, 1000)
    assert gap_text(assessed("beds", beds)) is None
    assert gap_text(assessed("insurance", insured(10))) is None


def verdicts(text: str) -> list[Assessment]:
    """Assessments with these verdicts."""
    one = assessed("insurance", insured(91))
    return [replace(one, verdict=Verdict(word)) for word in text.split()]


def test_the_one_sentence_of_the_first_screen() -> None:
    found = verdicts("met exceeded at_risk not_met not_met no_data on_track behind partial")
    assert headline(found) == (
        "Có 2/9 chỉ tiêu đạt và vượt kế hoạch (trong đó 1 vượt), 1 có nguy cơ không đạt, "
        "2 không đạt, 1 chưa có số liệu."
    )
    assert rest(found) == "1 đúng tiến độ; 1 chậm tiến độ; 1 chưa đủ dữ liệu."
    assert rest(verdicts("met")) == ""


@given(st.lists(st.sampled_from(list(Verdict)), max_size=12))
def test_the_two_sentences_count_every_target_once(words: list[Verdict]) -> None:
    found = verdicts(" ".join(words))
    counts = [int(n) for n in re.findall(r"\d+", headline(found) + rest(found))]
    good, total, others = counts[0], counts[1], counts[2:]
    exceeded = others.pop(0) if Verdict.EXCEEDED in words else 0
    assert total == len(words) and exceeded <= good
    assert good + sum(others) == total


NUMBER = st.fractions(0, 100, max_denominator=10**6)


def number(text: str) -> Fraction:
    """A number as printed."""
    return Fraction(text.replace(".", "").replace(",", "."))


@given(
    NUMBER,
    st.decimals(0, 100, places=2),
    st.sampled_from([">=", ">", "<=", "<"]),
    st.none() | NUMBER,
)
def test_the_numbers_of_a_sentence_agree_with_its_verdict(
    value: Fraction, target: Decimal, test: str, expected: Fraction | None
) -> None:
    base = assessed("insurance", insured(90))
    comparator = Comparator(test)
    rule = Rule(comparator, Fraction(target))
    met = meets(value, comparator, rule.value)
    found = replace(
        base,
        target=replace(base.target, comparator=comparator, value=target),
        rule=rule,
        test=comparator,
        measure=replace(base.measure, value=value),
        difference=value - rule.value,
        verdict=Verdict.MET if met else Verdict.BEHIND,
        standing=replace(base.standing, expected=expected),
    )
    text = why(found, CATALOGUE)
    printed = [number(n) for n in re.findall(r"(\d[\d.]*(?:,\d+)?)%", text)]
    assert meets(printed[0], comparator, printed[1]) == met
    if expected is not None and not met:
        assert (printed[0] < printed[2]) == (value < expected)
        assert (printed[0] == printed[2]) == (value == expected)
    assert ("thấp hơn" in text) == (value < rule.value)


@pytest.mark.parametrize("target_id", [t.id for t in world().plans["plan"].targets])
@pytest.mark.parametrize("period", ["2021-Q3", "2021"])
def test_the_english_sentence_has_no_vietnamese_word(target_id: str, period: str) -> None:
    text = "\n".join(insured(88, 100, p) for p in ("2020-Q4", "2021-Q3", "2021-Q4"))
    found = why(assessed(target_id, text, period), CATALOGUE, "en")
    assert not ENGLISH_ONLY.search(found.replace("giường", "")), found


def test_every_verdict_has_a_word_of_its_own() -> None:
    for language in ("vi", "en"):
        assert len({verdict_text(v, language) for v in Verdict}) == len(Verdict)
