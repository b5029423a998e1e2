"""Typst: what draws the PDF and the pictures. Without internet, with our own typefaces only."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from indicators.charts.colours import NONE, OF_VERDICT
from indicators.charts.shapes import shape_svg
from indicators.judge import Verdict
from indicators.report.blocks import Drawing

FOLDER = Path(__file__).parent
PIXELS = 220  # an inch, of pictures in Word
DARK = 140  # of 255: below it white letters stand on a colour


@cache
def fonts() -> list[str]:
    """Tinos, as wide as Times New Roman, and the typeface of the screen."""
    return [str(FOLDER / "fonts"), str(files("fontpkg_be_vietnam_pro") / "files")]


def compiled(
    name: str,
    data: Any,
    *,
    kind: str = "pdf",
    moment: datetime | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The bytes of ``name``.typ with this data; the same bytes for the same data and moment (UTC).

    ``pictures``: files of other people, by the names the data calls them. Raises TypstError where
    one of them cannot be drawn.
    """
    if not pictures:
        return _compiled(FOLDER, name, data, kind, moment)
    # Typst reads nothing but files below one folder.
    with TemporaryDirectory(prefix="vandan-") as made:
        folder = Path(made)
        for ours in FOLDER.glob("*.typ"):
            shutil.copyfile(ours, folder / ours.name)
        for called, content in pictures.items():
            (folder / called).write_bytes(content)
        return _compiled(folder, name, data, kind, moment)


def _compiled(folder: Path, name: str, data: Any, kind: str, moment: datetime | None) -> bytes:
    options: dict[str, Any] = {"ppi": PIXELS} if kind == "png" else {"pdf_standards": "a-2b"}
    made = typst.compile(
        folder / f"{name}.typ",
        root=folder,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format=kind,  # type: ignore[call-overload]
        timestamp=seconds(moment),
        **options,
    )
    return bytes(made)


def seconds(moment: datetime | None) -> int | None:
    """A moment (UTC, without zone) as seconds since 1970."""
    return None if moment is None else int((moment - datetime(1970, 1, 1)).total_seconds())


def drawing_png(found: Drawing) -> bytes:
    """A drawing as a picture for Word."""
    return compiled("picture", drawing_data(found), kind="png")


def drawing_data(found: Drawing) -> dict[str, Any]:
    """A drawing with the colours of its verdicts."""
    return {
        **asdict(replace(found, parts=(), lines=())),
        "parts": [{**asdict(part), **tone(part.verdict)} for part in found.parts],
        "lines": [{**asdict(line), **tone(line.verdict)} for line in found.lines],
    }


def tone(verdict: Verdict) -> dict[str, Any]:
    """Colour and shape of a verdict; ``bare``: it says nothing and is hatched."""
    colour = OF_VERDICT.get(verdict, NONE)
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    is_light = 0.3 * red + 0.59 * green + 0.11 * blue > DARK
    return {
        "colour": colour,
        "bare": verdict not in OF_VERDICT,
        "light": is_light,
        "shape": shape_svg(verdict),
    }
