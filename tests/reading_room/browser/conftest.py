"""The reading room as a browser shows it: Debian's Chromium over a server on this machine."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from reading_room.app import open_room
from tests.reading_room import corrections, hostile, regulation
from tests.reading_room.browser.canary import Canary, listening
from tests.storage.story import tell

SHOTS = Path(__file__).parents[3] / "test-output" / "reading_room"
"""Where screenshots are kept, for people to look at."""
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Watched:
    """A page, what it tried to say, and what its own scripts complained of. What a browser holds
    back in the frame of a received page is no complaint."""

    def __init__(self, page, home: str, name: str) -> None:
        self.page = page
        self.home = home
        self.name = name
        self.dialogs: list[str] = []
        self.complaints: list[str] = []
        page.on("dialog", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._logged)

    def open(self, path: str) -> "Watched":
        self.page.goto(f"{self.home}{path}", wait_until="load")
        return self

    def shoot(self, name: str = "", *, whole: bool = True) -> None:
        """Keep what is to be seen."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name or self.name}.jpg"  # a PNG takes longer to write than a page to draw
        self.page.screenshot(path=path, full_page=whole, type="jpeg", quality=80)

    def framed(self) -> Any:
        """The frame of a received page, once all of it has arrived."""
        self.page.locator(
            "iframe.received"
        ).scroll_into_view_if_needed()  # or it is never asked for
        frame = self.page.locator("iframe.received").element_handle().content_frame()
        frame.wait_for_url("**/framed")
        frame.wait_for_load_state("load")
        return self.page.frame_locator("iframe.received")

    def text(self, selector: str = "main") -> str:
        return " ".join(self.page.inner_text(selector).split())

    def widths(self) -> tuple[int, int]:
        """How wide the content is, and how wide the window."""
        return tuple(
            self.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
        )

    def _said(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _logged(self, message) -> None:
        if message.type == "error" and not message.location["url"].endswith("/framed"):
            self.complaints.append(message.text)


Opened = Callable[..., Watched]


@pytest.fixture(scope="session")
def archive_url(tmp_path_factory) -> str:
    """As for the pages without a browser, on SQLite alone: what a browser shows is the same."""
    url = f"sqlite:///{tmp_path_factory.mktemp('shown')}/archive.db"
    archive = tell(url)
    for each in (hostile, regulation, corrections):
        each.record(archive)
    archive.close()
    return url


@pytest.fixture(scope="session")
def home(archive_url) -> Iterator[str]:
    """The address of a room that is served as `cunzheng serve` does."""
    yield from served(archive_url)


def served(url: str) -> Iterator[str]:
    """A room over an archive, on a free port of this machine."""
    config = uvicorn.Config(open_room(url), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def canary() -> Iterator[Canary]:
    with listening() as server:
        yield server


@pytest.fixture(scope="session")
def chromium(canary):
    """One browser for all stories; each has a profile of its own. Every name that is none of the
    room's leads to the canary."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed; as root: make browser")
    flags = [*_FLAGS, f"--host-resolver-rules={canary.rules}"]
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, headless=True, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def browse(request, chromium, canary, home) -> Iterator[Opened]:
    """Open a page in a new profile: `width`, `dark`, `lang`, `scripts`. At the end of a story no
    page has asked anyone else for anything, opened a dialog, or complained."""
    heard = len(canary.heard)
    contexts = []
    pages: list[Watched] = []

    def opened(
        path: str = "/",
        *,
        at: str | None = None,
        width: int = 1280,
        dark: bool = False,
        lang: str = "zh-CN",
        scripts: bool = True,
    ) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            color_scheme="dark" if dark else "light",
            locale=lang,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        name = re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
        pages.append(Watched(context.new_page(), at or home, name))
        return pages[-1].open(path)

    yield opened
    for context in contexts:
        context.close()
    assert canary.heard[heard:] == []
    for page in pages:
        assert (page.dialogs, page.complaints) == ([], [])
