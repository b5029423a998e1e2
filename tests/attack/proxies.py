"""nginx and Caddy with the configuration of `deploy/`: other ports, a certificate of this test."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from etl.web import ROOT
from tests.serving import free_port, wait_until

NAME = "chitieu.soyte.example.vn"
PROXIES = ("nginx", "caddy")
DEPLOY = ROOT / "deploy"
# What the distribution's /etc/nginx/nginx.conf puts around a file of conf.d.
AROUND = """{account} daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off; gzip on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/vandan.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs: its name and address, the address of http, the certificate."""

    kind: str
    url: str
    plain: str
    certificate: Path

    def client(self, source: str = "127.0.0.1", **given: object) -> httpx.Client:
        """A client of the https address that knows the certificate, from an address of here."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        direct = httpx.HTTPTransport(verify=trusted, local_address=source)
        return httpx.Client(transport=Named(direct), base_url=self.url, **given)  # type: ignore[arg-type]


class Named(httpx.BaseTransport):
    """Finds the name of the configuration at this machine."""

    def __init__(self, inner: httpx.HTTPTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        # Another request: the client keeps cookies by the address of its own.
        sent = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": NAME},
        )
        return self.inner.handle_request(sent)

    def close(self) -> None:
        self.inner.close()


def program_of(name: str) -> str | None:
    """Where a program of the machine is; a user's PATH may lack the folder of servers."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")


def replaced(text: str, changes: Mapping[str, str]) -> str:
    """A configuration with other places; each of them must stand in it."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate of the name and its key, made with openssl."""
    key, certificate = folder / "key.pem", folder / "fullchain.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    named = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    written = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*asked, *named, *written], check=True, capture_output=True)
    return key, certificate


def nginx(folder: Path, changes: Mapping[str, str], tls: int, plain: int) -> list[str]:
    """The command of nginx."""
    own = {
        "listen 443 ": f"listen 127.0.0.1:{tls} ",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "/etc/ssl/vandan/": f"{folder}/",
    }
    text = replaced((DEPLOY / "nginx.conf").read_text("utf-8"), {**own, **changes})
    (folder / "vandan.conf").write_text(text, "utf-8")
    # Of root its workers would be nobody, who may not write what is long into a folder of the tests.
    account = "user root;" if os.name == "posix" and os.geteuid() == 0 else ""
    around = AROUND.format(folder=folder, account=account)
    (folder / "nginx.conf").write_text(around, "utf-8")
    program = program_of("nginx") or "nginx"
    return [program, "-e", f"{folder}/error.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"]


def caddy(folder: Path, changes: Mapping[str, str], tls: int, plain: int) -> list[str]:
    """The command of Caddy; the certificate is given, because here it could not get one."""
    given = f"{NAME} {{\n\ttls {folder}/fullchain.pem {folder}/key.pem"
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    text = replaced(text, {f"{NAME} {{": given, **changes})
    ports = f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {tls}\n\tskip_install_trust\n}}\n"
    (folder / "Caddyfile").write_text(ports + text, "utf-8")
    program = program_of("caddy") or "caddy"
    return [program, "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


@contextmanager
def proxied(kind: str, folder: Path, server: str) -> Iterator[Proxy]:
    """A proxy of a kind before a server of ours, stopped at the end."""
    certificate = certified(folder)[1]
    tls, plain = free_port(), free_port()
    changes = {"127.0.0.1:8501": urlsplit(server).netloc}
    make = {"nginx": nginx, "caddy": caddy}[kind]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            make(folder, changes, tls, plain),
            env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        proxy = Proxy(kind, f"https://{NAME}:{tls}", f"http://127.0.0.1:{plain}", certificate)
        try:
            wait_until(lambda: is_up(proxy), process)
            yield proxy
        finally:
            process.terminate()
            process.wait(timeout=60)


def is_up(proxy: Proxy) -> bool:
    """Whether it answers already."""
    with proxy.client() as client:
        try:
            return client.get("/healthz").status_code == 200
        except httpx.TransportError:
            return False
