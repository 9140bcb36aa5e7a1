"""Every page under axe-core: in both languages, by day and by night."""

import pytest

from tests.reading_room.addresses import NAMES
from tests.reading_room.browser.conftest import AXE

_RUN = """
() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
    each => [each.id, ...each.nodes.map(node => `${node.target} ${node.failureSummary}`)].join('; ')
))
"""


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not there; with npm: make browser")
    return AXE.read_text("utf-8")


@pytest.fixture(
    scope="session", params=[("zh-CN", False), ("en", True)], ids=["zh-day", "en-night"]
)
def reader(request, chromium, home):
    """One page for all: what is looked at is the document, which is new each time."""
    context = _context(chromium, home, *request.param)
    yield context.new_page()
    context.close()


def _context(chromium, home: str, lang: str, dark: bool):
    """The room's guard is taken away so that axe can run; what it kept from calling away calls
    nobody here, either."""
    context = chromium.new_context(
        color_scheme="dark" if dark else "light", locale=lang, bypass_csp=True
    )
    context.route(lambda url: not url.startswith(home), lambda route: route.abort())
    return context


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(reader, home, pages, axe, name):
    assert _violations(reader, f"{home}{pages[name]}", axe) == []


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("lang", "dark"), [("zh-CN", True), ("en", False)])
def test_axe_finds_nothing_the_other_way_round(chromium, home, pages, axe, name, lang, dark):
    context = _context(chromium, home, lang, dark)
    found = _violations(context.new_page(), f"{home}{pages[name]}", axe)
    context.close()
    assert found == []


def _violations(page, address: str, axe: str) -> list[str]:
    page.goto(address, wait_until="load")
    # What is folded away is read too.
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(axe)
    return page.evaluate(_RUN)
