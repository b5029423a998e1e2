"""A client that sends exactly what an attacker sends: raw HTTP, and the websocket by its protocol."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from google.protobuf.text_format import MessageToString
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

SECONDS = 120
ESCAPED = re.compile(r"\\+u([0-9a-f]{4})")  # letters in what is sent as JSON
HTML = {"Accept": "text/html"}


@dataclass(frozen=True)
class Answer:
    """What came back; nothing was followed."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Guest:
    """Somebody with a browser of his own."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return urlsplit(self.url).netloc

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection(self.place, timeout=SECONDS)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**({"Cookie": cookie} if cookie else {}), **(headers or {})}
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        pairs = response.getheaders()
        found = tuple(value for name, value in pairs if name.lower() == "set-cookie")
        answer = Answer(response.status, {n.lower(): v for n, v in pairs}, found, response.read())
        connection.close()
        return answer

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers)

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, {**kind, **(headers or {})}, urlencode(fields).encode())

    def keep(self, answer: Answer) -> None:
        """Take the cookies of an answer, as a browser does."""
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    def form_token(self, path: str) -> str:
        """What the form at this address carries."""
        answer = self.get(path)
        self.keep(answer)
        found = re.search(r'name="form" value="([^"]+)"', answer.text)
        assert found, answer.text
        return found.group(1)

    def log_in(self, login: str, password: str, den: str = "/") -> Answer:
        token = self.form_token("/dang-nhap")
        fields = {"form": token, "login": login, "password": password, "den": den}
        answer = self.post("/dang-nhap", fields)
        self.keep(answer)
        return answer

    def logged_in(self, login: str, password: str) -> Guest:
        assert self.log_in(login, password).status == 303
        return self

    def live(self, headers: Mapping[str, str] | None = None, origin: str | None = "own") -> Live:
        """The websocket; InvalidStatus where it is refused."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**({"Cookie": cookie} if cookie else {}), **(headers or {})}
        own = self.url if origin == "own" else origin
        return Live(f"ws://{self.place}/_stcore/stream", sent, own)

    def refused_live(
        self, headers: Mapping[str, str] | None = None, origin: str | None = "own"
    ) -> int:
        """The status of a refused websocket; 101 where it was opened."""
        try:
            self.live(headers, origin).close()
        except InvalidStatus as error:
            return error.response.status_code
        return 101


class Live:
    """A tab: it asks for runs of pages and reads what they draw."""

    def __init__(self, address: str, headers: Mapping[str, str], origin: str | None) -> None:
        self.opened = connect(
            address,
            additional_headers=dict(headers),
            origin=origin,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
        )
        self.socket = self.opened.__enter__()

    def run(self, page: str = "", query: str = "") -> str:
        """All that a run of a page sent but its styles, which are the same for everybody."""
        ask = BackMsg()
        ask.rerun_script.query_string = query
        ask.rerun_script.page_name = page
        return self.answer(ask)

    def answer(self, ask: BackMsg) -> str:
        """All that was drawn after a message until its run ended."""
        self.socket.send(ask.SerializeToString())
        drawn: list[str] = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(SECONDS))  # type: ignore[arg-type]
            drawn.append(MessageToString(message, as_utf8=True))
            if message.WhichOneof("type") == "script_finished":
                whole = ESCAPED.sub(lambda m: chr(int(m[1], 16)), "\n".join(drawn))
                return re.sub(r"<style>.*?</style>", "", whole, flags=re.S)

    def close(self) -> None:
        self.opened.__exit__(None, None, None)
