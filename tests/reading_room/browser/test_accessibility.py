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
    lang, dark = request.param
    context = chromium.new_context(
        color_scheme="dark" if dark else "light", locale=lang, bypass_csp=True
    )
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(reader, home, pages, axe, name):
    assert _violations(reader, f"{home}{pages[name]}", axe) == []


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("lang", "dark"), [("zh-CN", True), ("en", False)])
def test_axe_finds_nothing_the_other_way_round(chromium, home, pages, axe, name, lang, dark):
    context = chromium.new_context(
        color_scheme="dark" if dark else "light", locale=lang, bypass_csp=True
    )
    found = _violations(context.new_page(), f"{home}{pages[name]}", axe)
    context.close()
    assert found == []


def _violations(page, address: str, axe: str) -> list[str]:
    page.goto(address, wait_until="load")
    # What is folded away is read too.
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(axe)
    return page.evaluate(_RUN)
