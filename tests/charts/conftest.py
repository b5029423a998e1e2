"""Charts are tested on the same demo province as pages."""

from __future__ import annotations

from tests.pages.conftest import demo_file

__all__ = ["demo_file"]
