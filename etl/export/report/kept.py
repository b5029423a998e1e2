"""What persons wrote into the marked places of an earlier report."""

from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

TAG = "van-dan:"  # before the name of a place, in the tag of its content control
# Points to other parts of the file they stood in, which do not come along.
LEFT_BEHIND = ("drawing", "pict", "object", "numPr", "hyperlink", "commentReference", "sectPr")


class NotAReport(Exception):
    """The file is no Word document that could be read."""


def own_texts(content: bytes) -> dict[str, list[Any]]:
    """Place to its paragraphs and tables, where somebody wrote something. Raises NotAReport."""
    found = {}
    for control in controls(content):
        name = tag_of(control)
        inside = control.find(qn("w:sdtContent"))
        if name and inside is not None and is_written(control, inside):
            found[name] = [cleaned(child) for child in inside]
    return found


def plain_texts(content: bytes) -> dict[str, tuple[str, ...]]:
    """The same as plain paragraphs, for other kinds of file."""
    return {
        name: tuple(filter(None, (text_of(p) for part in parts for p in part.iter(qn("w:p")))))
        for name, parts in own_texts(content).items()
    }


def controls(content: bytes) -> list[Any]:
    """Every content control of the body."""
    try:
        document = Document(BytesIO(content))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise NotAReport(str(error)) from error
    return list(document.element.body.iter(qn("w:sdt")))


def tag_of(control: Any) -> str:
    """The name of the place, "" for a control that is not ours."""
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    name = "" if tag is None else tag.get(qn("w:val")) or ""
    return name.removeprefix(TAG) if name.startswith(TAG) else ""


def is_written(control: Any, inside: Any) -> bool:
    """Whether something stands there that is not the hint alone."""
    words = " ".join(text_of(p) for p in inside.iter(qn("w:p"))).strip()
    is_hint = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
    return bool(words) and not (is_hint and words.startswith("[") and words.endswith("]"))


def text_of(paragraph: Any) -> str:
    """The words of a paragraph."""
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).strip()


def cleaned(part: Any) -> Any:
    """A copy without pictures, lists and links of the other file; words inside links stay."""
    made = deepcopy(part)
    for name in LEFT_BEHIND:
        for child in list(made.iter(qn(f"w:{name}"))):
            keep = list(child) if name == "hyperlink" else []
            for inner in keep:
                child.addprevious(inner)
            child.getparent().remove(child)
    return made
