"""Rows and columns that are the total of others, told by what they are called."""

import re
from functools import lru_cache

from etl.normalise import key
from indicators.wording import Wording

WORDS = frozenset(
    key(text)
    for text in [
        "tổng cộng", "tổng số", "cộng", "tổng", "toàn tỉnh", "toàn huyện", "toàn ngành",
        "toàn thành phố", "toàn thị xã", "toàn xã", "cả nước", "toàn quốc", "total", "grand total",
    ]
)  # fmt: skip
# "Tổng cộng khối huyện", "Cộng (I)", "South West Total": only where the text is no unit.
_CALLED = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng|toàn (?:tỉnh|huyện))\b.*|.*\btotal")


def is_total(text: str, wording: Wording) -> bool:
    """Whether the text as a whole is a word for a total."""
    return key(text) in WORDS or key(text) in _keys(wording.totals)


def is_set_aside(text: str, wording: Wording) -> bool:
    """Whether the deployment says that rows of this label are not to be read."""
    return bool(wording.rows_ignored) and key(text) in _keys(wording.rows_ignored)


def is_called_total(text: str) -> bool:
    """Whether a text that is no unit begins or ends with a word for a total."""
    return _CALLED.fullmatch(key(text)) is not None


@lru_cache(maxsize=16)
def _keys(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key(text) for text in texts)
