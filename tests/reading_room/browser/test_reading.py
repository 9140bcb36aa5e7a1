"""Readers at work in a real browser: searching, comparing, looking back; with keys, without
scripts, on a telephone, at night."""

import urllib.request
from collections.abc import Iterator

import pytest

from tests.reading_room import regulation
from tests.reading_room.addresses import NAMES
from tests.reading_room.browser.conftest import Watched
from tests.storage.story import EDITED, HOST


def test_a_search_leads_from_the_front_page_to_a_text_and_its_past(browse):
    reader = browse("/")
    page = reader.page
    page.fill("main input[name=q]", "原则上可以继续")
    page.press("main input[name=q]", "Enter")
    page.wait_for_url("**/search?*")
    assert "在第 1 版；现为第 2 版" in reader.text()
    reader.shoot("search")
    page.click("main .hits a")
    assert "这是第 1 版，已被改写" in reader.text()
    page.click("text=看改了什么")
    assert page.inner_text(".diff del") == "原则上可以"
    reader.shoot("compare")


def test_filters_narrow_what_is_found(browse):
    reader = browse("/search?q=临时建设")
    reader.page.click("summary >> text=条件")
    reader.page.select_option("select[name=site]", HOST)
    reader.page.check("input[name=edited]")
    reader.page.click(".filters button")
    assert "共 1 篇" in reader.text() or "至多 1 篇" in reader.text()
    assert reader.page.is_checked("input[name=edited]")


def test_a_day_is_typed_and_the_article_shows_as_it_stood(browse, numbered):
    reader = browse(f"/articles/{numbered(EDITED)}")
    assert "一律不得" in reader.text(".body")
    reader.page.fill("input[name=as_of]", "2026年3月2日")
    reader.page.press("input[name=as_of]", "Enter")
    reader.page.wait_for_url("**as_of=*")
    assert "原则上可以" in reader.text(".body")
    assert "其间的变化无从得知" in reader.text()
    reader.shoot("as-of")


def test_a_comparison_is_read_side_by_side_and_in_one_column(browse, numbered):
    reader = browse(f"/articles/{numbered(regulation.ID, regulation.HOST)}/diff/1..2")
    before, after = (
        reader.page.locator(f".pair.changed {side}").first.bounding_box()
        for side in (".before", ".after")
    )
    assert after["x"] > before["x"]
    assert after["y"] == before["y"]
    reader.page.select_option("select[name=view]", "column")
    reader.page.click(".pair-form button")
    assert reader.page.locator(".single.changed").count() > 0
    reader.shoot("column")


def test_keys_step_through_the_changes_of_a_comparison(browse, numbered):
    reader = browse(f"/articles/{numbered(regulation.ID, regulation.HOST)}/diff/1..2")
    changes = reader.page.locator("[data-change]")
    chosen = "document.activeElement.dataset.change !== undefined"
    places = []
    for key in ("n", "n", "p"):
        reader.page.keyboard.press(key)
        assert reader.page.evaluate(chosen)
        places.append(
            reader.page.evaluate(
                "[...document.querySelectorAll('[data-change]')].indexOf(document.activeElement)"
            )
        )
    assert places == [0, 1, 0]
    assert changes.count() > 2


def test_keys_reach_the_search_the_items_and_the_help(browse):
    reader = browse("/events")
    page = reader.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-items] > li").nth(1).locator("a").first.get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second
    page.keyboard.press("?")
    assert page.is_visible("dialog#keys")
    reader.shoot("keys", whole=False)
    page.keyboard.press("Escape")
    assert not page.is_visible("dialog#keys")
    page.keyboard.press("/")
    page.keyboard.type("j?")
    assert page.evaluate("document.activeElement.value") == "j?"


def test_the_tabulator_reaches_the_content_first(browse):
    reader = browse("/sites")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.hash") == "#content"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "content"


def test_a_feed_is_offered_where_something_happens(browse, home):
    reader = browse("/events?kind=edited")
    (feed,) = reader.page.eval_on_selector_all(
        "link[type='application/atom+xml']", "all => all.map(each => each.href)"
    )
    with urllib.request.urlopen(feed, timeout=10) as answer:
        assert answer.headers["content-type"].startswith("application/atom+xml")
        assert "停车管理办法" in answer.read().decode()
    assert feed.startswith(home)


def test_everything_works_without_scripts(browse, numbered):
    reader = browse("/", scripts=False)
    page = reader.page
    page.fill("main input[name=q]", "临时建设")
    page.press("main input[name=q]", "Enter")
    page.wait_for_url("**/search?*")
    page.click("main .hits a")
    assert "关于规范临时建设管理的通知" in reader.text("h1")
    assert not page.is_visible("#keys-button")
    reader.open(f"/articles/{numbered(regulation.ID, regulation.HOST)}/diff/1..2")
    assert not page.is_visible("legend.keys, .legend .keys")
    page.click("details summary")
    assert "附录3" in reader.text("details")
    reader.open("/series").page.click("figure details summary")
    assert page.is_visible("figure table")


def test_a_page_that_does_call_away_is_heard(browse, canary):
    """So that the silence of all others means something."""
    before = len(canary.heard)
    reader = browse("/nowhere-else", scripts=True)
    reader.complaints.clear()
    reader.page.goto("http://evil.example/x")
    assert [said for said in canary.heard[before:] if said.startswith(b"GET /x")]
    reader.page.goto("about:blank")
    del canary.heard[before:]


@pytest.fixture(scope="session")
def telephone(chromium, home) -> Iterator[Watched]:
    """One window of 390 pixels for all pages."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield Watched(context.new_page(), home, "telephone")
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_a_telephone(telephone, pages, name):
    reader = telephone.open(pages[name])
    content, window = reader.widths()
    reader.shoot(f"telephone-{name}")
    assert content <= window


def test_at_night_pages_are_dark(browse):
    def paper(dark: bool) -> int:
        reader = browse("/", dark=dark)
        reader.shoot("night" if dark else "day")
        colour = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(","))

    assert paper(dark=True) < 150 < 600 < paper(dark=False)


def test_a_reader_changes_the_language_and_it_is_kept(browse):
    reader = browse("/events", lang="en")
    assert "Events" in reader.text("h1")
    reader.page.click("a.language")
    assert "事件" in reader.text("h1")
    reader.page.click("nav a >> nth=5")
    assert reader.page.get_attribute("html", "lang") == "zh-CN"


def test_the_page_as_received_stands_in_a_frame_that_runs_nothing(browse, archive, numbered):
    evil = numbered("9001", "hostile.example.gov.cn")
    capture = archive.history(archive.find(str(evil))).captures[0].id
    reader = browse(f"/captures/{capture}")
    assert reader.framed().locator("script").count() == 2
    reader.shoot("as-received")
