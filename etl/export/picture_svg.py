"""A picture of our own as an SVG file: title above, its lines of origin below, the typeface inside."""

from base64 import b64encode
from collections.abc import Mapping
from html import escape

from indicators.charts.colours import INK, MUTE, PAPER
from indicators.charts.plain import Plain, Type, words, wrapped
from indicators.table import Caption

PAD, TITLE, LINE = 20, 22, 17
MARK = "#7a5a00"
CUT = ".vd-cut{fill:none;stroke:#fff;stroke-width:1.8}"


def picture_svg(drawn: Plain, caption: Caption, faces: Mapping[int, bytes]) -> bytes:
    """The file; ``faces``: weight to the bytes of a TrueType face, so that it looks alike anywhere."""
    small = [part for line in caption.lines for part in wrapped(line, drawn.width, 11)]
    title = wrapped(drawn.title, drawn.width, 16)
    mark = [caption.simulated] if caption.simulated else []
    top = PAD + TITLE * len(title) + LINE * len(mark) + 6
    below = top + drawn.height + LINE + 4
    width, height = drawn.width + 2 * PAD, below + LINE * len(small) + PAD // 2
    head = column(title, PAD + 14, TITLE, Type(16, INK, 600))
    head += column(mark, PAD + 14 + TITLE * len(title), LINE, Type(12, MARK, 600))
    foot = column(small, below, LINE, Type(11, MUTE))
    said = escape(". ".join((*mark, *caption.lines)))
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" '
        "font-family=\"'Be Vietnam Pro', 'Noto Sans', Arial, sans-serif\">"
        f"<title>{escape(drawn.title)}</title><desc>{said}</desc>"
        f"<style>{CUT}{typeface(faces)}</style>"
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{head}'
        f'<g transform="translate({PAD} {top})">{drawn.inside}</g>{foot}</svg>'
    )
    return text.encode("utf-8")


def column(texts: list[str], top: float, step: float, look: Type) -> str:
    """Lines below each other at the left edge."""
    return "".join(words(PAD, top + n * step, text, look) for n, text in enumerate(texts))


def typeface(faces: Mapping[int, bytes]) -> str:
    """The faces as rules with their bytes inside."""
    return "".join(
        f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};'
        f"src:url(data:font/ttf;base64,{b64encode(face).decode('ascii')})}}"
        for weight, face in faces.items()
    )
