"""On a terminal a crawl shows how far it has come; elsewhere it is silent until its report."""

import os
import pty
import subprocess
import sys

from replica import World, serve
from tests.crawls.conftest import ROOT, Crawl


def on_a_terminal(url: str, environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    crawling = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "hanweb", "-a", f"url={url}"],
        cwd=ROOT,
        env=environment | {"CUNZHENG_DELAY": "0.03"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    crawling.wait(timeout=180)
    os.close(ours)
    return shown.decode()


def test_a_terminal_shows_channels_lists_and_articles(environment: dict[str, str]) -> None:
    with serve(World(seed=7)) as site:
        shown = on_a_terminal(site.url, environment)

    assert "channels 8/8" in shown
    assert "/120" in shown


def test_without_a_terminal_there_is_only_the_report(crawl: Crawl) -> None:
    with serve(World(seed=7, size=0.2)) as site:
        ended = crawl("hanweb", url=site.url)

    assert ended.err == ""
    assert ended.out.startswith("hanweb http://127.0.0.1")
