"""What stands in deploy/ is understood by systemd, nginx and Caddy, and lets a login through."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from etl.accounts import roster
from etl.accounts.roster import Wanted
from etl.web import ROOT
from indicators.people import Role
from tests.serving import free_port, serving

DEPLOY = ROOT / "deploy"
NAME = "chitieu.soyte.example.vn"


def needs(program: str) -> str:
    """Where a program of the machine is; without it there is nothing to test."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/bin")
    if not found:
        pytest.skip(f"{program} is not installed")
    return found


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = needs("systemd-analyze")
    for unit in DEPLOY.glob("vandan*.*"):
        if unit.suffix in {".service", ".timer"}:
            # Neither the program nor its folders are on this machine.
            text = unit.read_text("utf-8").replace("/opt/vandan/.venv/bin/python", "/bin/true")
            (tmp_path / unit.name).write_text(text, "utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 3
    command = [program, "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Unknown" not in done.stderr and "vandan" not in done.stderr, done.stderr


@contextmanager
def behind_nginx(folder: Path, ours: int) -> Iterator[str]:
    """The server through nginx with the file of deploy/: its ports and certificate are the test's."""
    program, port, plain = needs("nginx"), free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "fullchain.pem"
    made = [
        needs("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        f"/CN={NAME}", "-keyout", str(key), "-out", str(certificate),
    ]  # fmt: skip
    subprocess.run(made, capture_output=True, timeout=60, check=True)
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for there, here in (
        ("/etc/ssl/vandan", str(folder)),
        ("127.0.0.1:8501", f"127.0.0.1:{ours}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
    ):
        assert there in site
        site = site.replace(there, here)
    (folder / "site.conf").write_text(site, "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/site.conf; }}",
        "utf-8",
    )
    process = subprocess.Popen([program, "-c", str(conf), "-e", str(folder / "errors")])
    try:
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(url: str) -> tuple[int, list[tuple[str, str]]]:
    """Status and headers of an answer, whoever signed the certificate."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(url, headers={"Host": NAME})
    for _ in range(100):
        try:
            with urllib.request.urlopen(request, timeout=20, context=trusting) as answer:
                return answer.status, answer.headers.items()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.items()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")


def test_through_nginx_the_gate_stands_and_cookies_are_for_tls_alone(tmp_path: Path) -> None:
    needs("nginx")
    db = tmp_path / "x.duckdb"
    roster.add(db, "quantri", Wanted("Q", Role.ADMIN), "", by="thử", once=False)
    words = ("app.py", "--port", "{port}", "--db", str(db), "--no-demo", "--proxy", "127.0.0.1")
    with (
        serving(*words) as url,
        behind_nginx(tmp_path, int(url.rpartition(":")[2])) as proxy,
    ):
        status, headers = ask(f"{proxy}/dang-nhap")
        said = {name.lower(): text for name, text in headers}
        assert status == 200 and len([n for n, _ in headers if n.lower() == "x-frame-options"]) == 1
        assert said["strict-transport-security"].startswith("max-age=")
        cookie = said["set-cookie"]
        assert cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie
        assert ask(f"{proxy}/")[0] == 401
        assert ask(f"{proxy}/metrics")[0] == ask(f"{proxy}/api/command")[0] == 403


def test_caddy_understands_its_file() -> None:
    command = [
        needs("caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
