"""Verdicts that would change, as lines of a page: one for all periods that turn alike."""

from dataclasses import replace
from pathlib import Path

from etl.flips import Flip
from indicators.judge import Verdict
from pages.parts.submit.words import flip_rows

FIRST = Flip("thanh-hoa-2021", "2021-Q2", "doctors", "Số bác sĩ", Verdict.MET, Verdict.AT_RISK)


def test_periods_that_turn_alike_share_a_line(demo_db: Path) -> None:
    others = [replace(FIRST, period="2021-Q3"), replace(FIRST, period="2021")]
    worse = replace(FIRST, period="2021-Q4", new=Verdict.NOT_MET)
    shown = flip_rows([FIRST, worse, *others], "vi")
    assert shown.count('class="vd-flip"') == 2
    assert "Thanh Hóa 2021 · Quý II/2021, Quý III/2021, Năm 2021<" in shown
    assert "Thanh Hóa 2021 · Quý IV/2021<" in shown


def test_what_turns_otherwise_or_elsewhere_has_a_line_of_its_own(demo_db: Path) -> None:
    others = [replace(FIRST, target="beds"), replace(FIRST, plan="nhu-thanh-2021-2025")]
    assert flip_rows([FIRST, *others], "en").count('class="vd-flip"') == 3
