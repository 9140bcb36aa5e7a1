"""A machine whose clock is set between two nights: what was seen later is dated later all the same,
and the operator is told."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from replica import World, serve
from tests.crawls.conftest import ROOT, Book, Crawl, night

SMALL = World(seed=7, size=0.1)


@pytest.fixture
def report(environment: dict[str, str]) -> Callable[..., str]:
    """What `cunzheng report` says of the last crawl."""

    def ask(*options: str) -> str:
        command = [sys.executable, "-m", "cli.main", "report", "--last", "--lang", "en", *options]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout

    return ask


@pytest.mark.parametrize(
    ("first", "second"),
    [(night(2, hour=4), night(2, hour=2)), (night(3), night(2))],
    ids=["two hours back", "a day ahead, and set right"],
)
@pytest.mark.fault("4.14")
def test_a_clock_that_was_set_back_between_two_nights(
    first: str, second: str, crawl: Crawl, book: Book, report: Callable[..., str]
) -> None:
    with serve(SMALL) as site:
        assert crawl("hanweb", url=site.url, clock=first).code == 0
        site.day = 2
        ended = crawl("hanweb", url=site.url, clock=second)

    assert ended.code == 0, ended
    assert "behind the archive's last instant" in ended.out
    dated = book.ask("SELECT captured_at FROM captures ORDER BY id")
    assert dated == sorted(dated)
    assert book.ask("SELECT count(*) FROM crawls WHERE finished_at < started_at") == [(0,)]
    assert "clock: this machine's stood" in report()
    (told,) = json.loads(report("--json"))["crawls"]
    assert 3600 < told["clock_behind"] <= 24 * 3600 + 60
    assert told["clock_stepped"] == 0


@pytest.mark.fault("4.14")
def test_a_clock_that_is_years_ahead_of_all_others_is_not_followed(
    crawl: Crawl, book: Book
) -> None:
    with serve(SMALL) as site:
        assert crawl("hanweb", url=site.url, clock="2035-01-01T02:00:00+08:00").code == 0
        ended = crawl("hanweb", url=site.url, clock=night(2))
        assert "that is not believed" in ended.out
        after = crawl("hanweb", url=site.url, clock=night(3))

    assert "behind the archive" not in after.out, "one such night is past with the next"
    assert book.ask("SELECT count(*) FROM crawls WHERE started_at < '2023'") == [(2,)]
