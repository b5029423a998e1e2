"""Every code has a small file that raises it, and every code in the source has its sentences."""

import re
from base64 import b64decode
from datetime import date
from pathlib import Path
from zlib import decompress

import pytest

from etl.findings import describe, load_texts
from etl.store.connect import open_store
from tests.etl.tables import CENTRE, DATA, HOSPITAL, codes, deployment, hints, long, send

ETL = DATA.parent / "etl"


def fact(quantity: str, value: str, unit: str = CENTRE, period: str = "2021-Q3") -> bytes:
    return long([f"{unit},{period},{quantity},{value}"])


def wide(*lines: str) -> bytes:
    return "\n".join(lines).replace("|", ";").encode()


HEAD = "Đơn vị|Kỳ|Bác sĩ"
ROW = "TTYT Như Thanh|2021-Q3|12"
# An XLS workbook with one figure, as the office programs of 2003 write it.
XLS = decompress(
    b64decode(
        "eNrtWE1oE0EU/maTND+kaVJToRVKKFi1NmDTi5eaWtCeLK0eFBF02ywktGxq3AjxoNWaoyB4UrwUevFS9eIPetCbB6Gi"
        "B0EQEj16ElQ8tFnfvOyWVHtoQIvKfMu8ee/NvDez++bN7O6r5Vhl4X5XFT/hADyo2UG0NOgElaArREHtti1Ztw5QsRX+"
        "KQQDFMgWH560vvTLGMp4V6Hhnvc5UeADlVOYxVjeNBJbiBGegy7kHIaICtwmTQSdPKt2plNMtzG9yz2fMh1mzTWmQ9S3"
        "Ik5iOT3Wt99ZxSe0Hm6LQPp9yDbvWDOADryQq/jSdVHv68PBQk6f+Tsbur1hLILiNmqYRkGfqSBOAVzEVzsBfHEz9VlC"
        "6bdWL0D67+v1/g30NzQvMAf7DC/wMsL45pEtXozkjOIKjsnYcqF+RTNnUXbOGoVcPkNb7dmiblo5q+QDzuszRSMGWNmk"
        "ZZWspJktJq2sbmbJNLUvNZCcGCQuk5+y8oVzIbmLc9ZH12V9K2dDmGgGbczHOCeitK+v3Pn8+sjkePo0a+Z4p6+fBzvl"
        "LcDGZWlBxhFu0VC/DaCP+b1Mr7DXHcx3MY3TSqa6d7zDYQ7Pc5+r3NpL4wwy3qR3NfC7iS9/mnjUXf6Y3kP80mj1Qnzp"
        "bXoBPXQ+ZcheXvPoF/3i1k2Jx2m3Fs7e8Z5p5y/7SECLOnO3nUOvDasIMRtjWpfk0xFrkuY8q7rkIcnj+BIb+BLsy+v0"
        "F+zLtyZJXzIeFzUpSV8peR5r7XjAj3W44UQOQUFBQUFBQUFBQaEZCOdt3eO8r/ucrwG/819nlUpN/Sb5b3EUebos+jA9"
        "BJPqAkpNrZ/t8AnXl9ikjfu/UOI4jV7ANCZ5HtNNr1/6mhON97Npw+jvS6Fmx681M88/PP4PhmLVJQ=="
    )
)
CALM = (100, 101, 99, 100)
FOUR = [f"2020-Q{n}" for n in (1, 2, 3, 4)]
CENTRES = [
    f"th-ttyt-{name}"
    for name in ("nhu-thanh", "quang-xuong", "nga-son", "hau-loc", "yen-dinh", "vinh-loc")
]
TREE = deployment().units.at(date(2021, 9, 30))
STATIONS = [u.id for u in TREE.within("th-nhu-thanh") if u.kind == "commune_station"]


def year(quantity: str, last: int, unit: str = CENTRE, calm: tuple[int, ...] = CALM) -> list[str]:
    """Four calm quarters and a last one."""
    values = zip([*FOUR, "2021-Q1"], [*calm, last], strict=True)
    return [f"{unit},{period},{quantity},{value}" for period, value in values]


def rising(*values: int) -> bytes:
    """New infections of six centres, quarter by quarter alike."""
    quarters = [f"2021-Q{n + 1}" for n in range(len(values))]
    return long(
        f"{unit},{quarter},new_hiv_infections,{value + n}"
        for n, unit in enumerate(CENTRES)
        for quarter, value in zip(quarters, values, strict=True)
    )


SHIFTED = (
    "2021-Q1|1000|20|300|50000", "2021-Q2|1001|21|301|50001", "2021-Q3|1000|20|300|50000",
    "2021-Q4|700|1000|20|300",
)  # fmt: skip
# Code to the content of a file that raises it.
EXAMPLES: dict[str, bytes] = {
    "choice-differs": wide("BÁO CÁO QUÝ II/2021", "Đơn vị|Bác sĩ", "TTYT Như Thanh|12"),
    "column-by-content": wide("|2021-Q3", "Bác sĩ|12", "Dân số|95.000"),
    "column-empty": wide(f"{HEAD}|Lạ", f"{ROW}|"),
    "column-ignored": wide(f"{HEAD}|Phụ trách", f"{ROW}|Lan"),
    "column-total": wide("2021-Q3", "Chỉ tiêu|TTYT Như Thanh|Tổng cộng", "Bác sĩ|12|12"),
    "column-twice": wide(f"{HEAD}|Số bác sĩ", f"{ROW}|12"),
    "column-unknown": wide(f"{HEAD}|Lạ", f"{ROW}|5"),
    "heading-not-understood": wide("Đơn vị|Kỳ|Lạ", "TTYT Như Thanh|2021-Q3|5"),
    "column-without-heading": wide(HEAD, f"{ROW}|5"),
    "dates-reversed": wide("Đơn vị|Từ ngày|Đến ngày|Bác sĩ", f"{CENTRE}|30/9/2021|1/7/2021|5"),
    "duplicate-different": long([f"{CENTRE},2021-Q3,doctors,{n}" for n in (12, 13)]),
    "duplicate-equal": long([f"{CENTRE},2021-Q3,doctors,12"] * 2),
    "encoding-mixed": "đơn vị;số bác sĩ\nBệnh viện Phổi;1\n".encode()
    + b"B\xd6nh vi\xd6n M\xbe;2\nGi\xad\xeang;3\n",
    "encoding-old": b"\xae\xacn v\xde;s\xe8 gi\xad\xeang b\xd6nh\nB\xd6nh vi\xd6n;2\nTr\xb9m Y t\xd5;3\n",
    "encoding-unknown": b"unit,period\n\xff\xe1\xba",
    "file-empty": b"",
    "file-kind-unsupported": b"%PDF-1.7",
    "footnote-mark": wide(HEAD, "TTYT Như Thanh (1)|2021-Q3|12*"),
    "heading-not-found": b"a;b\n1;2",
    "heading-repeated": wide(HEAD, ROW, HEAD, "TTYT Nga Sơn|2021-Q3|20"),
    "measure-differs": wide("unit|period|ĐVT|quantity|value", f"{CENTRE}|2021-Q3|x|doctors|1"),
    "no-figures": fact("doctors", ""),
    "nul-bytes": b"unit,period\x00,quantity,value\na,b,c,1\n",
    "number-above-maximum": fact("population_growth_rate", "11", period="2021"),
    "number-ambiguous": fact("waste_generated", "1.234", period="2021"),
    "number-not-whole": fact("doctors", "1.5"),
    "number-percent": fact("insured", "95%"),
    "number-range": fact("doctors", "10-12"),
    "number-too-large": fact("doctors", "999999999999999"),
    "number-too-precise": fact("doctors", "1.123456"),
    "number-too-small": fact("doctors", "-1"),
    "number-unit-word": fact("doctors", "12 giường"),
    "number-unreadable": fact("doctors", "mười"),
    "digit-slip": long(year("doctors", 1000)),
    "measure-converted": wide(
        "ĐVT: nghìn người", "unit|period|quantity|value", f"{CENTRE}|2021-Q3|insured|80"
    ),
    "number-by-band": fact("medicine_lot_lowest", "91.250", unit=HOSPITAL),
    "number-converted": fact("insured", "80 nghìn"),
    "number-two-values": fact("doctors", "91 (92)"),
    "total-differs": wide(HEAD, ROW, "Tổng cộng||13"),
    "levels-differ": long(
        f"{unit},2021-Q3,insured,{99 if unit == CENTRE else 10}" for unit in (CENTRE, *STATIONS)
    ),
    "looks-cumulative": rising(50, 105),
    "looks-single": rising(50, 105, 52),
    "measure-slip": long(year("population", 100_000)),
    "number-implausible": fact("medicine_lot_lowest", "135", unit=HOSPITAL, period="2021-Q3"),
    "row-shifted": wide(
        "Đơn vị|Kỳ|population|doctors|children_weighed|insured",
        *[f"TTYT Như Thanh|{row}" for row in SHIFTED],
    ),
    "series-far": long(year("new_hiv_infections", 500, calm=(100, 100, 100, 100))),
    "series-unusual": long(year("doctors", 120)),
    "stock-jumps": long(year("doctors", 150)),
    "units-missing": long(
        f"{unit},{period},doctors,12"
        for period, units in (("2021-Q2", CENTRES), ("2021-Q3", CENTRES[1:]))
        for unit in units
    ),
    "part-above-whole": long([f"{CENTRE},2021-Q3,population,1", f"{CENTRE},2021-Q3,insured,2"]),
    "period-missing": wide("Đơn vị|Bác sĩ", "TTYT Như Thanh|12"),
    "period-not-of-form": fact("doctors", "1", period="2021"),
    "period-not-over": fact("doctors", "1", period="2030-Q1"),
    "period-unknown": fact("doctors", "1", period="hôm qua"),
    "quantity-missing": wide("Đơn vị|Quý III/2021", "TTYT Như Thanh|12"),
    "quantity-not-of-unit": fact("beds", "1"),
    "quantity-unknown": fact("Số phù thủy", "1"),
    "quote-misplaced": b'unit,period,quantity,value\n"th" x,2021-Q3,doctors,1\n',
    "quote-unterminated": b'unit,period,quantity,value\n"th-ttyt,2021-Q3,doctors,1\nb,c,d,2\n',
    "row-ignored": wide(HEAD, ROW, "Người lập biểu"),
    "row-numbers": wide(HEAD, "(1)|(2)|(3)", ROW),
    "row-total": wide(HEAD, ROW, "Tổng cộng||12"),
    "text-old-font": wide(
        HEAD, ROW, "Trung t©m Y tÕ|2021-Q3|1", "BÖnh viÖn|2021-Q3|1", "D©n sè|2021-Q3|1"
    ),
    "unit-by-area": wide("Huyện|Kỳ|communes", "Như Thanh|2021-Q3|14"),
    "unit-missing": wide("Kỳ|Bác sĩ", "2021-Q3|12"),
    "unit-unknown": fact("doctors", "1", unit="TTYT Atlantis"),
    "only-totals": wide("Đơn vị|Kỳ|Bác sĩ", "Tổng cộng|2021-Q3|12"),
    "table-beside": wide(
        "Đơn vị|Kỳ|Bác sĩ|Nơi|Dân số", "TTYT Như Thanh|2021-Q3|12|TTYT Nga Sơn|151234"
    ),
    "workbook-old-format": XLS,
}
# Raised by files that only a library can make, by limits, by the words or units of a deployment:
# shown in test_read.py, test_recognise.py, test_tables.py or test_table_rows.py.
IN_TEST_READ = {
    "columns-hidden", "rows-hidden", "row-set-aside", "sheet-ignored", "number-rounded",
    "unit-not-in-period",
    "archive-suspicious", "cell-error", "cell-too-long", "columns-too-many", "file-name-mismatch",
    "file-too-large", "formula-not-calculated", "rows-too-many", "sheet-hidden", "sheet-too-large",
    "workbook-encrypted", "workbook-text-too-long", "workbook-too-large", "workbook-unreadable",
}  # fmt: skip
# Only a unit that ends between recognising and validating can raise it: see test_validate.py.
IN_TEST_VALIDATE = {"unit-not-valid"}
# Of two files, of a rule or a figure that the folder as delivered has none of, or of how a cell is
# read: shown where the rule is tested.
OF_DHIS2 = (
    "dhis2-attribute-unknown", "dhis2-deleted", "dhis2-element-ignored", "dhis2-element-unknown",
    "dhis2-period-unknown", "dhis2-simulated", "dhis2-unit-unknown", "dhis2-value-missing",
    "dhis2-value-unreadable", "json-not-values", "json-unreadable",
)  # fmt: skip
OF_PROGRESS = (
    "action-unknown", "day-missing", "day-to-come", "day-unreadable", "day-unused", "empty",
    "plan-missing", "plan-unknown", "state-missing", "state-unknown", "task-unknown", "too-long",
    "twice", "why-missing", "target-unknown", "unit-unknown", "content-missing", "owner-missing",
    "due-missing", "new-state",
)  # fmt: skip
IN_TEST_RULES = {
    **dict.fromkeys(OF_DHIS2, "dhis2_in"),
    **dict.fromkeys((f"progress-{code}" for code in OF_PROGRESS), "followup"),
    "figures-revised": "load", "file-again": "load", "number-thousands": "figure_of",
    "parts-not-total": "rules_sides", "rate-differs": "rules_rates",
    "mapping-used": "saved_columns", "period-chosen": "load", "unit-chosen": "load",
    "period-closed": "decisions", "change-after-approval": "decisions",
}  # fmt: skip


@pytest.mark.parametrize(("code", "content"), EXAMPLES.items())
def test_a_small_file_raises_it_and_it_can_be_said(code: str, content: bytes) -> None:
    given = hints("2021-Q3") if code == "choice-differs" else hints()
    done = send(open_store(None), content, given=given)
    assert code in codes(done)
    for finding in done.findings:
        for language in ("vi", "en"):
            said = describe(finding, language)
            assert "{" not in str(said["sentence"]) and said["remedy"]


def test_every_code_has_an_example() -> None:
    elsewhere = IN_TEST_READ | IN_TEST_VALIDATE | IN_TEST_RULES.keys()
    assert load_texts().keys() == EXAMPLES.keys() | elsewhere
    assert not EXAMPLES.keys() & elsewhere


def test_codes_left_to_another_test_are_named_there() -> None:
    tests = Path(__file__).parent
    read = "".join(
        (tests / f"test_{n}.py").read_text("utf-8")
        for n in ("read", "recognise", "tables", "table_rows")
    )
    assert [code for code in sorted(IN_TEST_READ) if f'"{code}"' not in read] == []
    assert all(code in (tests / "test_validate.py").read_text("utf-8") for code in IN_TEST_VALIDATE)
    for code, name in IN_TEST_RULES.items():
        assert f'"{code}"' in (tests / f"test_{name}.py").read_text("utf-8")


def test_every_code_in_the_source_has_its_sentences() -> None:
    used = set()
    for path in ETL.rglob("*.py"):
        text = path.read_text("utf-8")
        used |= set(re.findall(r'Finding\(\s*"([a-z-]+)"', text))
        used |= set(re.findall(r'(?:note|_unknown_once|finding|_say|Remark)\(\s*"([a-z-]+)"', text))
    assert used - load_texts().keys() == set()
    assert len(used) > 30
