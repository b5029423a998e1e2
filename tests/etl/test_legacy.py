"""Old Vietnamese encodings: converted where beyond doubt, refused where not, never mojibake."""

import shutil
import subprocess
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.grid import Reading
from etl.legacy import (
    ENCODINGS,
    TCVN3,
    first_line_apart,
    fitness,
    from_tcvn3,
    from_vni,
    identify,
    is_syllable,
)
from etl.read import read
from tests.etl.test_read import codes, refused, rows
from tests.shared import shared

TABLE = (
    "đơn vị;số bác sĩ;ghi chú\nTTYT huyện Như Thanh;12;Đã kiểm tra\nBệnh viện Phổi;30;ước tính\n"
)
TO_TCVN3 = {letter: bytes([byte]) for byte, letter in TCVN3.items()}
VNI_TEXT = (
    "Ñôn vò;Soá baùc só;Ghi chuù\nTrung taâm Y teá huyeän Nhö Thanh;12;\nBeänh vieän Phoåi;30;\n"
)


def tcvn3(text: str) -> bytes:
    """Text as TCVN3 writes it; capitals with a tone have no code of their own."""
    return b"".join(
        TO_TCVN3.get(c, TO_TCVN3.get(c.lower(), c.encode("ascii", "ignore"))) for c in text
    )


def cp1258(text: str) -> bytes:
    """Text as Windows-1258 writes it: the tone after its letter."""
    out = b""
    for letter in normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = normalize("NFD", letter)
            base, tone = normalize("NFC", apart.replace(apart[-1], "")), apart[-1]
            if tone not in "\u0300\u0301\u0309\u0303\u0323":
                tone = next(c for c in apart if c in "\u0300\u0301\u0309\u0303\u0323")
                base = normalize("NFC", apart.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (tcvn3(TABLE), "TCVN3 (ABC)"),
        (cp1258(TABLE), "Windows-1258"),
        (VNI_TEXT.encode("cp1252"), "VNI"),
    ],
)
def test_an_old_encoding_is_recognised_converted_and_said(content: bytes, encoding: str) -> None:
    reading = read("a.csv", content)
    assert reading.encoding == encoding
    assert codes(reading) == ["encoding-old"]
    assert [str(cell).lower() for cell in rows(reading)[0][:2]] == ["đơn vị", "số bác sĩ"]
    assert str(rows(reading)[2][0]) == "Bệnh viện Phổi"


def test_the_six_encodings_give_the_same_grid_or_one_without_capitals() -> None:
    folder = shared("data", "vn-encodings")
    found = {
        path.name.split(".")[1]: composed(read("a.csv", path.read_bytes()))
        for path in sorted(folder.glob("*.csv"))
    }
    assert len(found) == 6
    plain, _ = found.pop("utf8"), found.pop("tcvn3_abc")
    for name, text in found.items():
        assert text == plain, name


def composed(reading: Reading) -> str:
    """All cells as one text, letters and marks composed."""
    return normalize("NFC", "\n".join(";".join(map(str, row)) for row in rows(reading)))


def test_tcvn3_loses_only_the_case_of_capitals_with_a_tone() -> None:
    folder = shared("data", "vn-encodings")
    plain, old = (
        composed(read("a.csv", (folder / f"thanh_hoa.{name}.csv").read_bytes()))
        for name in ("utf8", "tcvn3_abc")
    )
    assert old.lower() == plain.lower()
    changed = [(a, b) for a, b in zip(old, plain, strict=True) if a != b]
    assert changed == [("á", "Á"), ("ố", "Ố"), ("ấ", "Ấ")]


def test_the_table_is_that_of_iconv() -> None:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("iconv is not installed")
    for byte, letter in TCVN3.items():
        command = [iconv, "-f", "TCVN", "-t", "UTF-8"]
        said = subprocess.run(command, input=bytes([byte]), capture_output=True, check=True).stdout
        assert said.decode() == letter, hex(byte)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Xin chaøo caùc baïn", "Xin chào các bạn"),
        ("ÑOÂNG SÔN, QUAÛNG NINH", "ĐÔNG SƠN, QUẢNG NINH"),
        ("söùc khoûe, hoaït ñoäng, kyõ thuaät", "sức khỏe, hoạt động, kỹ thuật"),
        ("Bæm Sôn, thò xaõ, tæ leä", "Bỉm Sơn, thị xã, tỉ lệ"),
    ],
)
def test_vni_is_a_letter_and_then_its_mark(written: str, meant: str) -> None:
    assert from_vni(written.encode("cp1252")) == meant


def test_a_capital_before_a_toned_letter_is_one_letter() -> None:
    assert from_tcvn3("Aµ Hµ Oµ".encode("latin-1")) == "À Hà Oà"


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "quốc", "giường", "Đắk", "thuở", "yếu", "ừ"])
def test_vietnamese_syllables_are_possible(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Tª", "café", "Zürich", "thồnhx", "ảạ", "ñieän", "ÿ"])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "content",
    [
        b"a;b\nTh\xe0nh;1\n",
        "caf\u00e9;na\u00efve;Z\u00fcrich;\u00e5ngstr\u00f6m\n".encode("latin-1"),
        b"\x81\x8d\x90;1\n",
    ],
)
def test_what_reads_as_none_or_as_two_is_refused(content: bytes) -> None:
    assert refused(read("a.csv", content))[0] == "encoding-unknown"


def test_two_encodings_in_one_file_are_said_with_the_line() -> None:
    content = TABLE.encode() + tcvn3("Trung tâm Y tế Đông Sơn;7;đúng hạn\n")
    assert refused(read("a.csv", content)) == ("encoding-mixed", 4)
    assert first_line_apart(TABLE.encode()) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_read(encoding: str) -> None:
    reading = read("a.csv", TABLE.encode(encoding))
    assert (reading.encoding, rows(reading)[1][0]) == (encoding, "TTYT huyện Như Thanh")


def workbook(*cells: str) -> bytes:
    """A workbook with one column."""
    from io import BytesIO

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cell in cells:
        sheet.append([cell])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


OLD_CELLS = ("Trung t©m Y tÕ", "BÖnh viÖn", "Sè gi­êng bÖnh", "D©n sè")


def test_cells_typed_in_an_old_font_are_read_and_said() -> None:
    reading = read("a.xlsx", workbook("Như Thanh", *OLD_CELLS))
    assert [row[0] for row in rows(reading)] == [
        "Như Thanh", "Trung tâm Y tế", "Bệnh viện", "Số giường bệnh", "Dân số",
    ]  # fmt: skip
    (note,) = reading.findings
    assert (note.code, note.facts["count"], note.facts["encoding"]) == (
        "text-old-font",
        "4",
        "TCVN3 (ABC)",
    )


def test_the_same_in_a_text_file_that_is_utf8() -> None:
    reading = read("a.csv", "\n".join(["tên;số", *(f"{cell};1" for cell in OLD_CELLS)]).encode())
    assert rows(reading)[1][0] == "Trung tâm Y tế"
    assert codes(reading) == ["text-old-font"]


def test_one_odd_cell_is_no_font() -> None:
    reading = read("a.xlsx", workbook("Như Thanh", "Trung t©m Y tÕ", "Zürich"))
    assert rows(reading)[1][0] == "Trung t©m Y tÕ"
    assert reading.findings == ()


@given(
    st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹ ;\n0123456789", min_size=1)
)
def test_vietnamese_in_utf8_is_never_taken_for_anything_else(text: str) -> None:
    reading = read("a.csv", text.encode())
    assert reading.encoding in (None, "utf-8")
    assert not {"encoding-old", "encoding-mixed"} & set(codes(reading))


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    for decode in ENCODINGS.values():
        text = decode(content)
        assert text is None or 0 <= fitness(text) <= 1
    found = identify(content)
    assert found is None or found.encoding in ENCODINGS
