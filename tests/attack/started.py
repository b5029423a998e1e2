"""The application with variables of its own (`NAME=value …` first); `tests.serving` passes none on."""

import os
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
given = [word for word in sys.argv[1:] if word.startswith("VANDAN_")]
os.environ.update(word.split("=", 1) for word in given)
sys.path[0] = str(ROOT)
sys.argv = [str(ROOT / "app.py"), *(word for word in sys.argv[1:] if word not in given)]
runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
