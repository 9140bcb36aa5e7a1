"""What is archived runs nothing and calls nobody, wherever it is shown.

The room's pages are opened with the browser's own guard taken away (`bypass_csp`), so that escaping
alone has to hold; received pages, which are markup, are opened with it."""

from collections.abc import Container, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from storage import Consultation
from storage.archive import Archive
from tests.reading_room.browser.conftest import Watched, served
from tests.reading_room.browser.payloads import HOST, PAYLOADS, record

_SOME = range(0, len(PAYLOADS), 12)
_FRAMES = [n for n, payload in enumerate(PAYLOADS) if "frame" in payload.lower()]


def _each(*light: Container[int]) -> list[Any]:
    """All payloads; those that are not among the light ones are for `make test-all`."""
    heavy = (not any(n in some for some in light) for n in range(len(PAYLOADS)))
    return [pytest.param(n, marks=pytest.mark.heavy if h else ()) for n, h in enumerate(heavy)]


_FOREIGN = """
[
    ...[...document.scripts].filter(each => !each.src.startsWith(location.origin + '/static/')),
    ...document.querySelectorAll('img, object, embed, video, audio, base, style, main [style]'),
    ...[...document.querySelectorAll('[href], [src], [action]')].filter(each =>
        !(each.href?.baseVal ?? each.href ?? each.src ?? each.action).startsWith(location.origin)),
    ...[...document.querySelectorAll('*')].filter(each =>
        each.getAttributeNames().some(name => name.startsWith('on'))),
].map(each => each.outerHTML.slice(0, 200))
"""


@pytest.fixture(scope="session")
def evil_url(tmp_path_factory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('payloads')}/archive.db"
    archive = Archive.open(url)
    record(archive)
    archive.close()
    return url


@pytest.fixture(scope="session")
def ids(evil_url) -> list[int]:
    archive = Consultation.open(evil_url)
    found = [archive.find(f"{HOST}/{n + 1}").id for n in range(len(PAYLOADS))]
    archive.close()
    return found


@pytest.fixture(scope="session")
def evil(evil_url) -> Iterator[str]:
    yield from served(evil_url)


@pytest.fixture(scope="module")
def without_guard(chromium, canary, evil) -> Iterator[Watched]:
    yield from _one_page(chromium, canary, evil, bypass_csp=True)


@pytest.fixture(scope="module")
def with_guard(chromium, canary, evil) -> Iterator[Watched]:
    yield from _one_page(chromium, canary, evil, bypass_csp=False)


def _one_page(chromium, canary, home: str, *, bypass_csp: bool) -> Iterator[Watched]:
    """One page for all payloads: what calls late is heard in the next story, or at the end."""
    context = chromium.new_context(bypass_csp=bypass_csp, locale="zh-CN")
    canary.heard.clear()  # of what stories elsewhere let call
    yield Watched(context.new_page(), home, "payload")
    context.close()
    assert canary.heard == []


@pytest.fixture
def unguarded(without_guard, canary) -> Iterator[Watched]:
    yield from _silent(without_guard, canary)


@pytest.fixture
def guarded(with_guard, canary) -> Iterator[Watched]:
    yield from _silent(with_guard, canary)


def _silent(reader: Watched, canary) -> Iterator[Watched]:
    yield reader
    said, heard = reader.dialogs[:], canary.heard[:]
    reader.dialogs.clear()
    canary.heard.clear()
    assert (said, heard) == ([], [])


def test_there_are_a_hundred_and_twenty_and_no_two_alike():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 120


@pytest.mark.parametrize("n", _each(_SOME))
@pytest.mark.fault("4.20")
def test_an_article_shows_its_payload_and_runs_nothing(unguarded, ids, n):
    for path in ("", "/versions/1", "/diff/1..2", "/diff/1..2?view=column", "/captures"):
        unguarded.open(f"/articles/{ids[n]}{path}")
        assert unguarded.page.evaluate(_FOREIGN) == []
    # Halves of what it holds may be white space to a browser: the rest must stand there.
    held = "".join(PAYLOADS[n].split())
    assert held in "".join(unguarded.open(f"/articles/{ids[n]}").page.inner_text("h1").split())


@pytest.mark.parametrize("n", _each(_SOME))
@pytest.mark.fault("4.20")
def test_what_is_typed_comes_back_as_text(unguarded, n):
    asked = quote(PAYLOADS[n][:200])
    for page in (
        "search?q=",
        "changes?q=",
        "series?of=words&q=",
        "events?channel=",
        "events?since=",
    ):
        unguarded.open(f"/{page}{asked}")
        assert unguarded.page.evaluate(_FOREIGN) == []


@pytest.mark.parametrize("n", _each(_SOME, _FRAMES))
@pytest.mark.fault("4.20")
def test_a_page_as_received_stays_in_its_frame(guarded, evil_url, ids, n):
    archive = Consultation.open(evil_url)
    capture = archive.history(archive.find(str(ids[n]))).captures[0].id
    archive.close()
    guarded.open(f"/captures/{capture}")
    guarded.framed()
    assert guarded.page.url == f"{guarded.home}/captures/{capture}"


def test_a_link_in_a_page_as_received_leads_nowhere(guarded, evil_url, ids):
    n = next(n for n, each in enumerate(PAYLOADS) if each.startswith("<a href=http"))
    archive = Consultation.open(evil_url)
    capture = archive.history(archive.find(str(ids[n]))).captures[0].id
    archive.close()
    guarded.open(f"/captures/{capture}")
    # A click waits for the journey that it begins.
    guarded.framed().locator("text=x").first.click()
    assert guarded.page.url == f"{guarded.home}/captures/{capture}"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sites",
        f"/sites/{HOST}",
        "/channels/1?limit=200",
        "/events?limit=200",
        f"/search?site={HOST}&limit=100",
        "/search?q=通知&limit=100",
        "/silent-edits?typos=1&limit=100",
        "/changes?q=结尾&limit=100",
        "/changes?q=script&limit=100",
        "/series?each=channel",
        "/coverage",
        "/crawls",
        "/crawls/1",
        "/health",
    ],
)
def test_lists_of_all_of_them_run_nothing(unguarded, path):
    unguarded.open(path)
    assert unguarded.page.evaluate(_FOREIGN) == []


@pytest.mark.parametrize(
    "path", ["/events.atom", "/events.feed.json", f"/sites/{HOST}.atom", "/search.atom?q=通知"]
)
def test_feeds_of_all_of_them_run_nothing(unguarded, path):
    answer = unguarded.page.goto(f"{unguarded.home}{path}")
    assert answer.status == 200
    assert unguarded.page.evaluate("document.scripts ? document.scripts.length : 0") == 0
