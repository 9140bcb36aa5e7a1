"""A crawl shows how far it has come: on a terminal as a table, elsewhere as lines or as JSON."""

import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from replica import World, serve
from tests.crawls.conftest import ROOT, Crawl, night


def on_a_terminal(command: list[str], environment: dict[str, str], columns: int = 110) -> str:
    """What the command writes to a terminal of its own."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, columns))
    running = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment | {"TERM": "xterm-256color"},
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
    running.wait(timeout=180)
    os.close(ours)
    return shown.decode()


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


def test_a_terminal_shows_each_channel_and_how_long_it_will_take(
    environment: dict[str, str],
) -> None:
    with serve(World(seed=7, size=0.5)) as site:
        articles = len(site.world.on(1).articles)
        command = ["scrapy", "crawl", "hanweb", "-a", f"url={site.url}"]
        raw = on_a_terminal(command, environment | {"CUNZHENG_DELAY": "0.1", "LANG": "C"})

    shown = plain(raw)
    assert "channels 8/8" in shown
    assert re.search(rf"articles \d+/{articles}", shown)
    assert re.search(r"通知公告 .*\d+/\d+.*(fetching|done)", shown), shown[-3000:]
    assert re.search(r"new [1-9]\d* · changed 0 · failed 0", shown)
    waited = re.findall(r"(\d):(\d\d) so far, of which waiting for politeness (\d):(\d\d)", shown)
    minutes, seconds, waited_minutes, waited_seconds = map(int, waited[-1])
    so_far, of_which = 60 * minutes + seconds, 60 * waited_minutes + waited_seconds
    assert 2 < of_which <= so_far, "70 requests are at least a tenth of a second apart"
    assert "left" in shown
    assert raw.rstrip().endswith(("\x1b[?25h", "\x1b[2K")), "the cursor is back, nothing is left"


def test_a_terminal_speaks_the_language_of_its_user(environment: dict[str, str]) -> None:
    with serve(World(seed=7, size=0.5)) as site:
        command = ["scrapy", "crawl", "hanweb", "-a", f"url={site.url}"]
        env = environment | {"CUNZHENG_DELAY": "0.04", "LC_ALL": "zh_CN.UTF-8"}
        shown = plain(on_a_terminal(command, env))

    assert "其中为礼貌而等" in shown
    assert "列表页" in shown


def test_machines_read_progress_line_by_line(crawl: Crawl) -> None:
    env = {"CUNZHENG_PROGRESS": "json", "CUNZHENG_PROGRESS_EVERY": "0.2"}
    with serve(World(seed=7)) as site:
        first = crawl("hanweb", url=site.url, env=env | {"CUNZHENG_DELAY": "0.01"}, clock=night(1))
        documents = [json.loads(line)["progress"] for line in first.err.splitlines()]
        article, *_ = (r.path for r in site.requests if "/art/" in r.path)

    assert len(documents) > 2
    ended = [each["articles_ended"] for each in documents]
    assert ended == sorted(ended)
    last = documents[-1]
    assert (last["articles"], last["articles_ended"], last["new"]) == (120, 120, 120), last
    assert (last["channels_walked"], last["channels_known"]) == (8, 8)
    assert last["addresses"] == last["addresses_ended"]
    assert sum(each["listings"] for each in last["channels"]) == last["listings"] > 8
    assert last["waited_s"] > 0
    assert article


def test_what_fails_and_what_changed_is_told_where_it_happened(crawl: Crawl) -> None:
    env = {"CUNZHENG_PROGRESS": "json"}
    with serve(World(seed=7, size=0.3)) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        ended = crawl("hanweb", url=site.url, env=env, clock=night(9), full=1)
    told = json.loads(ended.err.splitlines()[-1])["progress"]
    assert told["new"] + told["changed"] > 0
    assert told["articles"] < 40, "what is held and stands is not fetched again"


def test_lines_for_people(crawl: Crawl) -> None:
    env = {"CUNZHENG_PROGRESS": "plain", "CUNZHENG_PROGRESS_EVERY": "0.2", "CUNZHENG_DELAY": "0.02"}
    with serve(World(seed=7, size=0.3)) as site:
        ended = crawl("hanweb", url=site.url, env=env | {"LANG": "C"})
    lines = ended.err.splitlines()
    assert len(lines) > 2
    assert all(re.match(r"channels \d/\d · listings \d+ · articles", line) for line in lines)


@pytest.mark.parametrize("way", ["auto", "none"])
def test_without_a_terminal_a_short_crawl_tells_its_report_alone(crawl: Crawl, way: str) -> None:
    with serve(World(seed=7, size=0.2)) as site:
        ended = crawl("hanweb", url=site.url, env={"CUNZHENG_PROGRESS": way})

    assert ended.err == ""
    assert ended.out.startswith("hanweb http://127.0.0.1")


def test_a_way_of_showing_that_is_none_is_a_fault_of_the_settings(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://127.0.0.1:9/", env={"CUNZHENG_PROGRESS": "loud"})
    assert ended.code == 4, ended
    assert "auto, plain, json, none" in ended.err


def test_the_command_line_says_how_progress_is_shown(environment: dict[str, str]) -> None:
    with serve(World(seed=7, size=0.1)) as site:
        command = ["scrapy", "crawl", "hanweb", "-a", f"url={site.url}", "--progress", "json"]
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert json.loads(done.stderr.splitlines()[-1])["progress"]["articles"] > 0


@pytest.fixture
def three(environment: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of three declared sites, one of them down."""
    with ExitStack() as stack:
        sites = [stack.enter_context(serve(World(seed=n, size=0.3))) for n in range(2)]
        urls = {"a": sites[0].url, "b": sites[1].url, "down": "http://127.0.0.1:9/"}
        declared = tmp_path / "sites.toml"
        declared.write_text("".join(f'[{name}]\nurl = "{url}"\n' for name, url in urls.items()))
        yield environment | {
            "CUNZHENG_SITES": str(declared),
            "CUNZHENG_DELAY": "0.04",
            "CUNZHENG_PROGRESS_EVERY": "0.3",
            "CUNZHENG_GUARD_AT_LEAST": "1000",
        }


def test_a_terminal_shows_many_crawls_in_one_table(three: dict[str, str]) -> None:
    command = ["cli.main", "crawl", "--all", "--jobs", "3", "--lang", "en"]
    shown = plain(on_a_terminal(command, three))
    assert "3 sites, at most 3 at once" in shown
    assert re.search(r"\ba +\d+/\d+ +\d+ +\d+/\d+", shown), shown[-3000:]
    assert "2 running" in shown or "1 running" in shown
    assert "down: the site is down" in shown
    assert "[3/3]" in shown


def test_machines_read_many_crawls_line_by_line(three: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "crawl", "--all", "--progress", "json"],
        cwd=ROOT, env=three, capture_output=True, text=True, check=False,
    )  # fmt: skip
    documents = [json.loads(line) for line in done.stderr.splitlines()]
    ended = {each["site"]: each["ended"]["exit_code"] for each in documents if "ended" in each}
    assert ended == {"a": 0, "b": 0, "down": 9}
    last = {each["site"]: each["progress"] for each in documents if "progress" in each}
    assert last["a"]["articles"] == last["a"]["articles_ended"] == last["a"]["new"] > 0
