"""Many declared sites in one command: side by side, with one report, whatever one of them does."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from replica import Ailment, Faults, World, serve
from replica.site import Site
from tests.crawls.conftest import ROOT, Book

SMALL = World(seed=7, size=0.1)


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
        yield [stack.enter_context(serve(World(seed=n, size=0.1))) for n in range(4)]  # type: ignore[misc]


def test_one_bad_site_holds_up_no_other_and_is_told(
    four, environment, book: Book, tmp_path
) -> None:
    four[1].faults = Faults(everything=Ailment.OUTAGE)
    named = {f"s{n}": site.url for n, site in enumerate(four)}
    named["refused"] = "http://127.0.0.1:9/"
    env = environment | declare(tmp_path, **named)
    out, err = (running := begin(env, "--all", "--jobs", "2", "--json")).communicate(timeout=240)

    assert (running.returncode, err) == (9, ""), (out, err)
    told = json.loads(out)
    codes = {site["name"]: site["exit_code"] for site in told["sites"]}
    assert codes == {"s0": 0, "s1": 9, "s2": 0, "s3": 0, "refused": 9}
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


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_no_crawl_outlives_the_command(sent: int, four, environment, book: Book, tmp_path) -> None:
    env = environment | declare(tmp_path, a=four[0].url, b=four[1].url) | {"CUNZHENG_DELAY": "0.2"}
    running = begin(env, "--all")
    deadline = time.monotonic() + 60
    while not all(any("/art/" in r.path for r in site.requests) for site in four[:2]):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.send_signal(sent)
    running.communicate(timeout=120)
    assert running.returncode == (11 if sent == signal.SIGTERM else -sent)
    time.sleep(3)
    before = [len(site.requests) for site in four]
    time.sleep(1)
    assert [len(site.requests) for site in four] == before, "a crawl goes on"
    again = begin(os.environ | env | {"CUNZHENG_DELAY": "0.001"}, "--all")
    again.communicate(timeout=240)
    assert again.returncode == 0
    assert book.ask("SELECT count(*) FROM crawls") == [(2,)], "both went on where they stopped"
