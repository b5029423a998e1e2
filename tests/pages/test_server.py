"""The server: headers on every answer, its own routes, this machine only, one per database."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from streamlit.runtime.scriptrunner.exec_code import modified_sys_path

from etl import owner as owners
from etl import web
from pages.parts import server as parts

PAGE = "import streamlit as st\n\nst.title('Trang')\n"
COMMANDS = """
import os
from pathlib import Path

def answer(command, arguments, files):
    if command == "init":
        Path(os.environ["VANDAN_DB"]).write_text(str(arguments))
    if command == "break":
        raise ValueError("bí mật")
    sizes = {name: len(content) for name, content in files.items()}
    return {"exit_code": 0, "document": [command, arguments, sizes]}

def is_unfinished():
    return False

def open_store():
    if os.environ.get("TEST_LOCKED"):
        raise OSError("Conflicting lock is held\\nsecond line")

def close_store():
    Path(os.environ["VANDAN_DB"] + ".closed").write_text("")

def data_version():
    return 7
"""


@dataclass(frozen=True)
class Site:
    """A copy of the application with empty pages and stand-in commands."""

    root: Path
    port: int

    @property
    def db(self) -> Path:
        return self.root / "data" / "run" / "vandan.duckdb"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *words: str, **environ: str) -> subprocess.Popen[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("VANDAN_")}
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=self.root,
            env={**kept, "VANDAN_NO_VENV": "1", **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def make_site(root: Path) -> Site:
    shutil.copy(web.ROOT / "app.py", root)
    for name in (".streamlit", "pages/parts", "etl", "indicators"):
        left_out = shutil.ignore_patterns("commands", "__pycache__")
        shutil.copytree(web.ROOT / name, root / name, ignore=left_out)
    (root / "data").mkdir()
    (root / "etl" / "commands.py").write_text(COMMANDS, "utf-8")
    for name in ("overview", "indicator", "unit", "submit"):
        (root / "pages" / f"{name}.py").write_text(PAGE, "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Site(root=root, port=probe.getsockname()[1])


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    return send(urllib.request.Request(url, headers=headers))


def post(site: Site, body: object, token: str) -> tuple[int, bytes]:
    content = json.dumps(body).encode()
    headers = {owners.TOKEN_HEADER: token}
    request = urllib.request.Request(f"{site.url}/api/command", data=content, headers=headers)
    status, _headers, answer = send(request)
    return status, answer


def send(request: urllib.request.Request) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, lowered(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, lowered(error.headers), error.read()


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def wait_for(site: Site, process: subprocess.Popen[str]) -> None:
    for _attempt in range(300):
        assert process.poll() is None, process.communicate()[0]
        try:
            if get(f"{site.url}/healthz")[0] == 200:
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer in 30 seconds")


def stop(process: subprocess.Popen[str]) -> str:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=30)[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One running `python3 app.py` for the tests that only ask."""
    made = make_site(tmp_path_factory.mktemp("site"))
    process = made.start("app.py", "--port", str(made.port))
    try:
        wait_for(made, process)
        yield made
    finally:
        stop(process)


@pytest.fixture
def owner(site: Site) -> owners.Owner:
    found = owners.find_owner(site.db)
    assert found is not None
    return found


@pytest.mark.parametrize("path", ["/", "/chi-tieu", "/healthz", "/nothing", "/_stcore/health"])
def test_every_answer_carries_the_headers(site: Site, path: str) -> None:
    _status, headers, _body = get(site.url + path)
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]


def test_health_names_the_database_only_to_the_holder_of_the_token(
    site: Site, owner: owners.Owner
) -> None:
    status, _headers, body = get(f"{site.url}/healthz")
    assert status == 200 and json.loads(body) == {"ok": True}
    _status, _headers, known = get(f"{site.url}/healthz", **{owners.TOKEN_HEADER: owner.token})
    assert json.loads(known)["database"] == owners.hash_of(site.db)


def test_the_fonts_of_the_theme_come_from_this_server(site: Site) -> None:
    theme = (web.ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    faces = [line.split('"')[1] for line in theme.splitlines() if line.startswith("url = ")]
    assert len(faces) == 3
    for face in faces:
        status, headers, body = get(site.url + face)
        assert (status, headers["content-type"]) == (200, "font/ttf")
        assert body.startswith(b"\x00\x01\x00\x00") and "immutable" in headers["cache-control"]


@pytest.mark.parametrize("name", ["none.ttf", "LICENSE", "metadata.json"])
def test_nothing_but_fonts_is_served_there(site: Site, name: str) -> None:
    assert get(f"{site.url}/fonts/{name}")[0] == 404


def test_scripts_are_compressed(site: Site) -> None:
    _status, _headers, page = get(site.url)
    script = page.decode().split('src="')[1].split('"')[0].lstrip("./")
    _status, headers, _body = get(f"{site.url}/{script}", **{"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"


def test_the_command_line_reaches_the_commands(site: Site, owner: owners.Owner) -> None:
    answer = owners.call(owner, "load", {"period": "2021-Q3"}, {"a.csv": b"12345"})
    assert answer["document"] == ["load", {"period": "2021-Q3"}, {"a.csv": 5}]


@pytest.mark.parametrize("token", ["", "wrong", "sai-mã".encode().decode("latin-1")])
def test_a_command_without_the_token_is_forbidden(site: Site, token: str) -> None:
    assert post(site, {"command": "init", "arguments": {}, "files": {}}, token)[0] == 403


@pytest.mark.parametrize("body", [[], {}, {"command": "x", "arguments": {}, "files": {"a": "*"}}])
def test_an_unreadable_command_is_refused_with_a_reason(
    site: Site, owner: owners.Owner, body: object
) -> None:
    status, answer = post(site, body, owner.token)
    assert status == 400 and "Yêu cầu không đọc được" in answer.decode()


def test_a_failing_command_shows_no_traceback(site: Site, owner: owners.Owner) -> None:
    status, answer = post(site, {"command": "break", "arguments": {}, "files": {}}, owner.token)
    assert status == 500 and b"Traceback" not in answer and "bí mật" not in answer.decode()


def test_only_this_machine_is_listened_to(site: Site) -> None:
    # 127.0.0.2 is this machine too, but only a server bound to 0.0.0.0 would answer there.
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.2", site.port)) != 0


def test_a_run_of_a_page_leaves_the_path_of_imports_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that imports while another run begins or ends would miss a folder."""
    frame = web.ROOT / "pages" / "parts" / "frame.py"
    monkeypatch.setattr(sys, "path", [p for p in sys.path if p != str(frame.parent)])
    parts.stand_last(frame.parent)
    before = list(sys.path)
    assert before[-1] == str(frame.parent)  # behind Python's own: html.py is a name of both
    with modified_sys_path(str(frame)):
        assert sys.path == before
    assert sys.path == before


@pytest.mark.parametrize(
    ("client", "is_ours"),
    [(("127.0.0.1", 1), True), (("::1", 1), True), (("10.0.0.9", 1), False), (("x", 1), False)],
)
def test_a_command_from_another_machine_is_not_ours(client: Any, is_ours: bool) -> None:
    assert parts.is_loopback(Request({"type": "http", "client": client})) is is_ours


def test_a_second_server_says_so_in_one_line(site: Site) -> None:
    second = site.start("app.py", "--port", "0")
    output = second.communicate(timeout=60)[0]
    assert second.returncode == 1
    assert output.count("\n") == 1 and site.url in output and "đang do máy chủ" in output


def test_a_taken_port_is_one_line(site: Site) -> None:
    second = site.start("app.py", "--port", str(site.port))
    output = second.communicate(timeout=60)[0]
    assert second.returncode == 1 and output.count("\n") == 1 and "--port" in output


def test_a_locked_database_is_one_line(tmp_path: Path) -> None:
    locked = make_site(tmp_path)
    process = locked.start("app.py", "--port", str(locked.port), TEST_LOCKED="1")
    output = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert output.count("\n") == 1 and "Conflicting lock" in output


@pytest.mark.parametrize(
    "words",
    [
        ("app.py", "--no-demo", "--port"),
        ("-m", "streamlit", "run", "app.py", "--server.port"),
        ("-m", "uvicorn", "app:app", "--port"),
    ],
    ids=["python", "streamlit", "uvicorn"],
)
def test_all_ways_to_start_give_the_same_server(tmp_path: Path, words: tuple[str, ...]) -> None:
    made = make_site(tmp_path)
    process = made.start(*words, str(made.port))
    try:
        wait_for(made, process)
        owner = owners.find_owner(made.db)
        assert owner is not None and owner.url == made.url
        assert get(made.url)[1]["x-frame-options"] == "DENY"
        assert made.db.read_text() == str({"demo": "--no-demo" not in words})
    finally:
        output = stop(process)
    assert output.count(f"Vạn Dân: {made.url}") == 1
    assert not owners.file_of(made.db).exists()
    assert made.db.with_name(f"{made.db.name}.closed").exists()


@pytest.mark.parametrize(
    ("argv", "environ", "address"),
    [
        (["uvicorn", "app:app"], {}, ("127.0.0.1", 8000)),
        (["uvicorn", "app:app", "--port=9", "--host", "::1"], {}, ("::1", 9)),
        (["uvicorn", "app:app"], {"UVICORN_PORT": "7"}, ("127.0.0.1", 7)),
    ],
)
def test_the_address_of_uvicorn_is_read_from_its_command(
    argv: list[str], environ: dict[str, str], address: tuple[str, int]
) -> None:
    assert parts.uvicorn_address(argv, environ) == address
