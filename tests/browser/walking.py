"""What the browser tests share: a page that keeps account of everything that goes wrong on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, Response, expect

from pages.parts.links import PAGES

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 20_000
WIDTHS = {"desk": 1440, "phone": 390}
expect.set_options(timeout=WAIT)  # a loaded machine is no failure
# Streamlit looks for its server below the address of a page opened directly; then above it.
BELOW = "|".join(page.path.strip("/") for page in PAGES if page.path != "/")
PROBES = re.compile(rf"/({BELOW})/_stcore/(health|host-config)$")


@dataclass
class Walk:
    """A page of the browser with everything that went wrong on the way."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.set_default_timeout(WAIT)
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("response", self._response)
        self.page.on("console", lambda m: m.type == "error" and self._console(m.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not PROBES.search(response.url):
            self.errors.append(f"{response.status} {response.url}")

    def _console(self, text: str) -> None:
        # Failed requests are judged by their address, in `_response`.
        if not text.startswith("Failed to load resource"):
            self.errors.append(text)

    def ended_well(self) -> None:
        """Nothing left the machine, and nothing went wrong."""
        assert self.outside == []
        assert self.errors == []

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def see(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False).first).to_be_visible(timeout=WAIT)

    def click_link(self, address: str) -> None:
        self.page.locator(f"a[href*='{address}']").first.click()

    def see_verdict(self, target: str, verdict: str) -> None:
        """The word in the row of a target on the first screen."""
        row = self.page.locator(".vd-row", has_text=target).first
        expect(row.locator(".vd-verdict").first).to_have_text(verdict, timeout=WAIT)

    def fits(self) -> None:
        """The page does not scroll sideways, once it is drawn."""
        self.page.wait_for_function(
            "[...document.querySelectorAll('[data-testid=stMain]')]"
            ".every(e => e.scrollWidth <= e.clientWidth + 1)"
        )
