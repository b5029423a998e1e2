"""What every page has: it is accessible, asks nobody outside, says nothing English, obeys keys."""

from __future__ import annotations

import re
from time import sleep
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.parts.links import PAGES, Page
from pages.parts.own_words import own_words

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route, expect

from tests.browser.walking import WAIT, WIDTHS, Walk

HEADING = "[data-testid=stMain] h1"
OPEN_ALL = "document.querySelectorAll('.vd-own details').forEach(each => { each.open = true; })"
# Every text, and every attribute that is told, outside of our own HTML and of pictures.
TOLD = """() => {
  const found = [], own = ".vd-own, script, style, svg, noscript";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    if (!texts.currentNode.parentElement.closest(own)) found.push(texts.currentNode.nodeValue.trim());
  for (const name of ["aria-label", "title", "placeholder"])
    for (const each of document.querySelectorAll(`[${name}]`))
      if (!each.closest(own)) found.push(each.getAttribute(name));
  return found.filter(Boolean);
}"""


# Whether the page that is open stands whole in the strip of the menu on a phone.
IN_STRIP = """() => {
  const mine = document.querySelector(".vd-menu nav [aria-current]").getBoundingClientRect();
  const strip = document.querySelector(".vd-menu nav").getBoundingClientRect();
  return mine.left > strip.left - 1 && mine.right < strip.right + 1;
}"""


def faults(walk: Walk) -> list[str]:
    """Whatever axe finds, however small, with the element."""
    found = Axe().run(walk.page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_a_page_is_accessible_and_keeps_to_itself(tab: Walk, page: Page, language: str) -> None:
    tab.go(f"{page.path}?lang={language}")
    expect(tab.page.locator(HEADING)).to_be_visible(timeout=WAIT)
    tab.page.wait_for_load_state("networkidle")
    tab.page.evaluate(OPEN_ALL)
    expect(tab.page.locator("html")).to_have_attribute("lang", language)
    expect(tab.page).to_have_title(f"{page.title(language)} · Vạn Dân")
    for width in WIDTHS.values():
        tab.page.set_viewport_size({"width": width, "height": 900})
        assert faults(tab) == []
        expect(tab.page.locator(HEADING)).to_be_visible()
        tab.fits()
        if language == "vi":
            english = [re.compile(pattern) for pattern, _ in own_words("vi")]
            told = tab.page.evaluate(TOLD)
            assert [text for text in told if any(each.match(text) for each in english)] == []
    # Whatever left the machine or went wrong fails the walk at its end (conftest.py).


def test_the_language_changes_and_the_view_stays(walk: Walk) -> None:
    walk.go("/?period=2021-Q2&verdict=at_risk")
    walk.page.locator(".vd-languages a").click()
    walk.page.wait_for_url(re.compile(r"lang=en"))
    expect(walk.page.locator(HEADING)).to_contain_text("targets met or exceeded", timeout=WAIT)
    asked = parse_qs(urlsplit(walk.page.url).query)
    assert asked == {"period": ["2021-Q2"], "verdict": ["at_risk"], "lang": ["en"]}
    walk.page.locator(".vd-languages a").click()
    expect(walk.page.locator(HEADING)).to_contain_text("chỉ tiêu đạt", timeout=WAIT)


def test_an_earlier_moment_by_keyboard_and_back(walk: Walk) -> None:
    walk.go("/")
    expect(walk.page.locator(HEADING)).to_be_visible(timeout=WAIT)
    walk.page.locator(".vd-options summary").press("Enter")
    day = walk.page.locator("#vd-known")
    day.fill("31/02/2021")
    day.press("Enter")
    expect(walk.page.locator(".vd-options [role=alert]")).to_contain_text("31/12/2021")
    day.fill("12/10/2021")
    day.press("Enter")
    walk.page.wait_for_url(re.compile(r"known=2021-10-12"))
    notice = walk.page.locator(".vd-known")
    expect(notice).to_contain_text("đến hết ngày 12/10/2021, không phải số liệu hiện nay")
    walk.click_link("/don-vi?")
    # The notice of the page before stands until the next one is drawn.
    expect(walk.page.locator(".vd-unit h1")).to_be_visible(timeout=WAIT)
    expect(notice).to_be_visible(timeout=WAIT)
    notice.get_by_role("link").click()
    expect(notice).to_have_count(0, timeout=WAIT)
    walk.page.wait_for_url(re.compile(r"^((?!known=).)*$"))


def test_the_copied_link_opens_the_same_view(walk: Walk) -> None:
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk.go("/?verdict=at_risk&known=2022-01-20&lang=en")
    heading = walk.page.locator(HEADING)
    expect(heading).to_be_visible(timeout=WAIT)
    walk.page.locator(".vd-options summary").click()
    walk.page.locator("[data-copy]").click()
    expect(walk.page.locator(".vd-options [role=status]")).to_have_text("Copied")
    link = walk.page.evaluate("navigator.clipboard.readText()")
    asked = parse_qs(urlsplit(link).query)
    assert asked["plan"] == ["thanh-hoa-2021"] and asked["period"] == ["2021-Q3"]
    rows, said = walk.page.locator(".vd-rows .vd-row").count(), heading.inner_text()
    walk.page.goto(link)
    expect(heading).to_have_text(said, timeout=WAIT)
    expect(walk.page.locator(".vd-rows .vd-row")).to_have_count(rows)


def test_without_a_clipboard_the_link_is_selected(walk: Walk) -> None:
    walk.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    walk.go("/chi-tieu")
    expect(walk.page.locator(HEADING)).to_be_visible(timeout=WAIT)
    walk.page.locator(".vd-options summary").click()
    walk.page.locator("[data-copy]").click()
    assert "plan=thanh-hoa-2021" in walk.page.evaluate("getSelection().toString()")


def test_the_first_tab_leads_past_the_menu(walk: Walk) -> None:
    walk.go("/")
    expect(walk.page.locator(HEADING)).to_be_visible(timeout=WAIT)
    walk.page.wait_for_load_state("networkidle")
    walk.page.keyboard.press("Tab")
    skip = walk.page.locator(".vd-skip")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(walk.page.locator("[data-testid=stMain]")).to_be_focused()


def test_the_open_page_stands_in_the_strip_of_the_menu(server: str, browser: Browser) -> None:
    def late(route: Route) -> None:
        sleep(0.4)  # the typeface, wider than the one before it, comes when all is drawn
        route.continue_()

    context = browser.new_context(viewport={"width": 390, "height": 900}, locale="vi-VN")
    walk = Walk(context.new_page(), server)
    walk.watch()
    walk.page.route("**/fonts/*", late)
    walk.go("/nop-so-lieu")
    expect(walk.page.locator(HEADING)).to_be_visible(timeout=WAIT)
    walk.page.wait_for_load_state("networkidle")
    walk.page.wait_for_function(IN_STRIP)
    context.close()
    walk.ended_well()


def test_a_presentation_goes_on_by_keys(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="vi-VN")
    walk = Walk(context.new_page(), server)
    walk.watch()
    walk.go("/?mode=trinh-chieu")
    heading, menu = walk.page.locator(HEADING), walk.page.locator("[data-testid=stSidebar]")
    expect(heading).to_contain_text("chỉ tiêu đạt", timeout=WAIT)
    expect(menu).to_be_hidden()
    walk.page.keyboard.press("ArrowRight")
    walk.page.wait_for_url(re.compile(r"/chi-tieu\?.*mode=trinh-chieu"))
    expect(heading).to_contain_text("Giường bệnh/vạn dân", timeout=WAIT)
    walk.page.keyboard.press("ArrowRight")
    expect(heading).to_contain_text("Bác sĩ/vạn dân", timeout=WAIT)
    walk.page.keyboard.press("ArrowLeft")
    expect(heading).to_contain_text("Giường bệnh/vạn dân", timeout=WAIT)
    assert faults(walk) == []
    walk.fits()
    walk.page.keyboard.press("Escape")
    expect(menu).to_be_visible()
    walk.page.wait_for_url(re.compile(r"^((?!mode=).)*indicator=beds_per_10k((?!mode=).)*$"))
    context.close()
    walk.ended_well()
