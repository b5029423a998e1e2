"""The application as `VANDAN_ACCESS=public` starts it; `tests.serving` passes no such variables on."""

import os
import runpy
import sys
from pathlib import Path

os.environ["VANDAN_ACCESS"] = "public"
ROOT = Path(__file__).resolve().parents[2]
sys.path[0] = str(ROOT)
sys.argv[0] = str(ROOT / "app.py")
runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
