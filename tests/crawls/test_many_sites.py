"""Many declared sites in one command: side by side, with one report, whatever one of them does."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from cli.crawl import _well_first
from crawler.site import Site as Declared
from replica import Ailment, Faults, World, serve
from replica.site import Site
from storage.archive import Archive
from tests.crawls.conftest import ROOT, Book
from tests.crawls.wire import Line, wired


def declare(tmp_path: Path, **sites: str) -> dict[str, str]:
    path = tmp_path / "sites.toml"
    path.write_text("".join(f'[{name}]\nurl = "{url}"\n' for name, url in sites.items()))
    return {"CUNZHENG_SITES": str(path), "CUNZHENG_GUARD_AT_LEAST": "1000"}


def begin(environment: dict[str, str], *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "cli.main", "crawl", "--lang", "en", *args],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def four() -> list[Site]:
    with ExitStack() as stack:
        yield [stack.enter_context(serve(World(seed=n, size=0.02))) for n in range(4)]  # type: ignore[misc]


async def hang(line: Line) -> None:
    with suppress(asyncio.CancelledError):  # until the server ends
        await asyncio.sleep(3600)
    line.reset()


def test_no_bad_site_holds_up_another_and_each_is_told(
    four, environment, book: Book, tmp_path
) -> None:
    """One answers everything with 503, one never answers, one refuses, one has a name that nobody
    knows; two crawls run at once, and the bad ones are the first."""
    four[1].faults = Faults(everything=Ailment.OUTAGE)
    with wired() as silent:
        silent.ways["*"] = hang
        bad = {
            "hangs": silent.url,
            "refused": "http://127.0.0.1:9/",
            "unknown": "http://no.invalid/",
        }
        named = bad | {f"s{n}": site.url for n, site in enumerate(four)}
        env = environment | declare(tmp_path, **named) | {"CUNZHENG_TIMEOUT": "1"}
        out, err = (running := begin(env, "--all", "--jobs", "2", "--json")).communicate(
            timeout=240
        )

    assert (running.returncode, err) == (9, ""), (out, err)
    told = json.loads(out)
    codes = {site["name"]: site["exit_code"] for site in told["sites"]}
    assert codes == dict.fromkeys(bad, 9) | {"s0": 0, "s1": 9, "s2": 0, "s3": 0}
    assert {crawl["spider"] for crawl in told["report"]["crawls"]} == set(named)
    assert book.ask("SELECT count(DISTINCT site_id) FROM articles WHERE versions > 0") == [(3,)]


def test_the_lines_and_the_report_of_a_night(four, environment, tmp_path) -> None:
    env = environment | declare(tmp_path, a=four[0].url, b=four[1].url, c=four[2].url)
    out, err = (running := begin(env, "a", "b")).communicate(timeout=240)

    assert running.returncode == 0, err
    assert "[2/2]" in err
    assert "2 crawls since" in out
    assert not four[2].requests


def test_what_is_not_declared_is_refused(environment, tmp_path) -> None:
    env = environment | declare(tmp_path, a="http://a.example.gov.cn/")
    for args in (("b",), (), ("--all", "a")):
        _, err = (running := begin(env, *args)).communicate(timeout=60)
        assert running.returncode == 2
        assert "there are: a" in err


def assert_still(sites: list[Site]) -> None:
    """Crawls ask for nothing more before they could have ended by themselves."""
    deadline = time.monotonic() + 10
    before: list[int] = []
    while before != (now := [len(site.requests) for site in sites]):
        assert time.monotonic() < deadline, "a crawl goes on"
        before = now
        time.sleep(0.6)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_no_crawl_outlives_the_command(sent: int, environment, book: Book, tmp_path) -> None:
    with serve(World(seed=0, size=0.1)) as a, serve(World(seed=1, size=0.1)) as b:
        ended_by(sent, [a, b], environment | declare(tmp_path, a=a.url, b=b.url), book)


def ended_by(sent: int, sites: list[Site], env: dict[str, str], book: Book) -> None:
    running = begin(env | {"CUNZHENG_DELAY": "0.1"}, "--all")
    deadline = time.monotonic() + 60
    while not all(any("/art/20" in r.path for r in site.requests) for site in sites):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.send_signal(sent)
    running.communicate(timeout=120)
    assert running.returncode == (11 if sent == signal.SIGTERM else -sent)
    assert_still(sites)
    again = begin(env, "--all")
    again.communicate(timeout=240)
    assert again.returncode == 0
    assert book.ask("SELECT count(*) FROM crawls") == [(2,)], "both went on where they stopped"


def test_sites_that_were_down_the_night_before_come_last(tmp_path) -> None:
    sites = [Declared(name=n, title=n, url=f"http://{n}.example.gov.cn/") for n in "abcd"]
    url = f"sqlite:///{tmp_path}/archive.db"
    assert _well_first(sites, url) == sites, "there is no archive yet"
    archive = Archive.open(url)
    for name, reason in (
        ("a", "site_down"),
        ("b", "site_down"),
        ("b", "finished"),
        ("c", "site_down"),
    ):
        archive.crawl(name, name, []).close(reason, {})
    archive.close()
    assert [site.name for site in _well_first(sites, url)] == ["b", "d", "a", "c"]
