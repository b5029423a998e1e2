"""Vạn Dân: `python3 app.py` starts everything; `app` serves under any ASGI server."""

from __future__ import annotations

import argparse
import contextlib
import functools
import logging
import os
import socket
import sys
from pathlib import Path

from etl.bootstrap import ensure, refuse
from etl.stopped import is_to_rest

ROOT = Path(__file__).resolve().parent
# How long a stop waits for what is under way; a client that hangs would hold it for ever.
LAST_SECONDS = 15

# Nothing from outside the standard library may be imported above this line.
if __name__ == "__main__":
    if is_to_rest(sys.argv[1:], os.environ):
        sys.exit()
    ensure(ROOT / "requirements.txt")

import streamlit as st  # noqa: E402
import uvicorn  # noqa: E402

from etl.log import into_file  # noqa: E402
from pages.parts.server import LOCAL, Server, seen_from_here, tell  # noqa: E402

# Whose word is taken on where a request comes from: no other proxy's than those named here.
os.environ["FORWARDED_ALLOW_IPS"] = (
    os.environ.get("FORWARDED_ALLOW_IPS") or os.environ.get("VANDAN_PROXY") or ""
)

server = Server()
app = st.App(
    ROOT / "pages" / "parts" / "frame.py",
    routes=server.routes(),
    middleware=server.middleware(),
    lifespan=server.lifespan,
    on_script_error=tell,
)


def main() -> None:
    """Serve until stopped: on this machine only, unless an address is given and there are accounts."""
    args = parser().parse_args()
    if args.log:
        log_into(Path(args.log))
    settle(args)
    options: dict[str, object] = {"server.address": args.address}
    if args.port is not None:
        require_free(args.address, args.port)
        options["server.port"] = args.port
    logging.getLogger("uvicorn.error").addFilter(is_news)
    # Streamlit has no options for these and makes the configuration itself. Which server answers,
    # and so which of its faults may be tried, is nobody's business.
    uvicorn.Config = functools.partial(
        uvicorn.Config, timeout_graceful_shutdown=LAST_SECONDS, server_header=False
    )
    with contextlib.suppress(KeyboardInterrupt):  # which is how one stops it
        app.run(config=options)
    server.close()


def log_into(path: Path) -> None:
    """Write what this process says into a file; where that cannot be, say so and end."""
    try:
        into_file(path)
    except OSError as error:
        refuse(f"Không ghi được nhật ký vào {path}: {error.strerror} (cannot write the log).")


def is_news(record: logging.LogRecord) -> bool:
    """Whether the web server says what a user needs: warnings and errors, beside our one line.

    That work was cancelled is said of whoever types Ctrl+C twice, and no error.
    """
    return record.levelno > logging.INFO and "CancelledError" not in record.getMessage()


def settle(args: argparse.Namespace) -> None:
    """Write what the options say where pages and commands read it."""
    for name, value in (("VANDAN_DATA", args.data), ("VANDAN_DB", args.db)):
        if value:
            os.environ[name] = str(Path(value).resolve())
    if args.no_demo:
        os.environ["VANDAN_NO_DEMO"] = "1"
    if args.proxy:
        os.environ["VANDAN_PROXY"] = os.environ["FORWARDED_ALLOW_IPS"] = args.proxy


def parser() -> argparse.ArgumentParser:
    """The options of `python3 app.py`."""
    options = argparse.ArgumentParser(description="Vạn Dân: theo dõi chỉ tiêu y tế")
    options.add_argument("--port", type=int, help="cổng (mặc định 8501 hoặc cổng trống kế tiếp)")
    options.add_argument(
        "--address", default=LOCAL, help="địa chỉ lắng nghe; ngoài 127.0.0.1 cần có tài khoản"
    )
    options.add_argument(
        "--proxy", metavar="IP", help="địa chỉ của proxy TLS đứng trước (VANDAN_PROXY)"
    )
    options.add_argument("--data", help="thư mục danh mục, kế hoạch, đơn vị (VANDAN_DATA)")
    options.add_argument("--db", help="tệp cơ sở dữ liệu (VANDAN_DB)")
    options.add_argument(
        "--log", metavar="FILE", help="ghi nhật ký (JSON) vào tệp này, không ra màn hình"
    )
    options.add_argument(
        "--unless-stopped",
        action="store_true",
        help="không chạy khi máy chủ của --db đã được dừng bằng python -m etl stop",
    )
    options.add_argument("--no-demo", action="store_true", help="không nạp số liệu mẫu")
    return options


def require_free(address: str, port: int) -> None:
    """A port that is taken is one sentence, not a log of the server."""
    with socket.socket() as probe:
        if probe.connect_ex((seen_from_here(address), port)) == 0:
            refuse(f"Cổng {port} đang được dùng; chọn cổng khác bằng --port (port in use).")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    # At an ordinary end DuckDB complains at length of what other modules still hold.
    os._exit(0)
