"""Our own HTML on a page, whose links change page inside the running session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from indicators.people import Act
from indicators.text import say

FOLDER = Path(__file__).resolve().parent.parent
PAGE = Path(__file__).with_name("page.js")


@dataclass(frozen=True)
class Page:
    """One page a person can open: its file in `pages/`, its address and its place in the menu."""

    file: str
    path: str
    group: str = ""  # pages of a group stand together, under its name
    act: Act = Act.VIEW  # the right it asks for
    always_now: bool = False  # it sends: no earlier moment is looked from, no period is implied

    def title(self, language: str = "vi") -> str:
        """Its name in the menu and on the tab of the browser."""
        return say(f"page.{self.file.removesuffix('.py')}", language)


PAGES = (
    Page("overview.py", "/"),
    Page("indicator.py", "/chi-tieu"),
    Page("heat.py", "/bang-nhiet"),
    Page("unit.py", "/don-vi"),
    Page("compare.py", "/so-sanh"),
    Page("tasks.py", "/nhiem-vu"),
    Page("report.py", "/bao-cao"),
    Page("submit.py", "/nop-so-lieu", group="figures", act=Act.SEND, always_now=True),
    Page("approval.py", "/phe-duyet", group="figures", act=Act.FOLLOW),
    Page("quality.py", "/chat-luong", group="figures"),
    Page("methods.py", "/phuong-phap", group="help"),
    Page("admin.py", "/quan-tri", group="help", act=Act.MANAGE, always_now=True),
)

# The address changes as if the visitor had gone forward in the history, which Streamlit follows
# inside the session: one run, one history entry, and Back restores the query. `st.switch_page`
# with a query leaves two wrong entries behind (the old page with the new query, the new without).
# A click with a modifier or another button stays the browser's: new tab, new window.
JS = (
    PAGE.read_text("utf-8")
    + """
function open(link) {
  if (link.href === location.href) return;
  if (link.pathname !== location.pathname)
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  history.pushState(null, "", link.pathname + link.search);
  dispatchEvent(new PopStateEvent("popstate"));
  if (link.hash) seek(link.hash.slice(1), 40);
}
// The part of the page that is meant is drawn some moments later.
function seek(id, times) {
  const found = document.getElementById(id);
  if (found) found.scrollIntoView();
  else if (times) setTimeout(() => seek(id, times - 1), 150);
}
// On a phone the menu is a strip: the page that is open must be in sight on it, also when its
// names grow with the typeface that comes later.
function toMiddle(mine) {
  const strip = mine.parentElement, grown = new ResizeObserver(() => {
    const middle = (strip.clientWidth - mine.clientWidth) / 2;
    strip.scrollLeft = mine.offsetLeft - strip.offsetLeft - middle;
  });
  for (const each of [strip, ...strip.children]) grown.observe(each);
}
export default function ({ parentElement, data }) {
  settlePage();
  const box = parentElement.querySelector(".vd-own");
  if (box.vdHtml !== data.html) {
    box.innerHTML = data.html; box.vdHtml = data.html;
    // On a phone what may be set stands above the pages: Tab comes to it first, too.
    const nav = box.querySelector(".vd-menu > nav");
    if (nav && matchMedia("(max-width: 760px)").matches) nav.before(nav.nextElementSibling);
    box.querySelector("[autofocus]")?.focus({preventScroll: true});
    const mine = box.querySelector(".vd-menu nav [aria-current]");
    if (mine) toMiddle(mine);
  }
  box.onkeydown = (event) => { if (event.key === "Escape") box.querySelector("[data-close]")?.click(); };
  box.onclick = (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href^='/']");
    if (!link || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || !data.paths.includes(link.pathname)) return;
    event.preventDefault();
    open(link);
  };
  if (data.go && box.vdGo !== data.go) { box.vdGo = data.go; open(new URL(data.go, location)); }
}
"""
)

# Styles are shared with the page, so that our HTML looks alike here and under `st.html`.
MOUNT = st.components.v2.component(
    "vandan.links", html='<div class="vd-own"></div>', js=JS, isolate_styles=False
)


def show(html: str, *, key: str) -> None:
    """Draw HTML made by our own functions (values through `e`) with links that keep the session."""
    MOUNT(key=f"links-{key}", data={"html": html, "paths": [page.path for page in PAGES]})


def go(address: str) -> None:
    """Go to an address as a click on a link would (after a click that is not on one: a bar)."""
    MOUNT(key="links-go", data={"html": "", "paths": [], "go": address})
