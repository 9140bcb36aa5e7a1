"""Bad input: each gets one clear line that says what to do, and an exit code; never a traceback."""

import shutil
import socket
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.ending import ExitCode
from replica import Ailment, Faults, World, serve
from tests.crawls.conftest import Book, Crawl, Ended

SMALL = World(seed=7, size=0.1)


def assert_one_line(ended: Ended, code: ExitCode, *words: str) -> None:
    assert ended.code == code, ended
    assert len(ended.err.strip().splitlines()) == 1, ended.err
    for word in words:
        assert word in ended.err


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("url", ["", "www.example.gov.cn", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_said_to_be_none(url: str, crawl: Crawl) -> None:
    assert_one_line(crawl("hanweb", url=url), ExitCode.USAGE, "http://www.example.gov.cn/")


@pytest.mark.fault("4.9a")
def test_a_name_that_does_not_resolve(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://no-such-host.invalid/")
    assert_one_line(ended, ExitCode.SITE_DOWN, "no-such-host.invalid", "does not resolve")


def test_a_host_that_refuses(crawl: Crawl) -> None:
    ended = crawl("hanweb", url=f"http://127.0.0.1:{free_port()}/")
    assert_one_line(ended, ExitCode.SITE_DOWN, "refuses")


@pytest.mark.fault("4.7")
def test_a_host_that_never_answers(crawl: Crawl) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        ended = crawl("hanweb", url=url, env={"CUNZHENG_TIMEOUT": "0.5"})
    assert_one_line(ended, ExitCode.SITE_DOWN, "did not answer in time")


def test_a_page_that_is_of_no_such_site(crawl: Crawl, tmp_path: Path, plain_server: str) -> None:
    ended = crawl("hanweb", url=plain_server)
    assert_one_line(ended, ExitCode.USAGE, "大汉版通", "check the address")


@pytest.mark.parametrize(
    ("ailment", "code", "word"),
    [
        (Ailment.LOOP, ExitCode.SITE_DOWN, "redirects for ever"),
        (Ailment.OUTAGE, ExitCode.SITE_DOWN, "503"),
        (Ailment.CHALLENGE, ExitCode.BLOCKED, "challenge"),
        (Ailment.CHALLENGE_412, ExitCode.BLOCKED, "challenge"),
        (Ailment.FORBIDDEN, ExitCode.BLOCKED, "challenge"),
    ],
)
@pytest.mark.fault("4.10")
def test_a_site_that_is_not_well(
    ailment: Ailment, code: ExitCode, word: str, crawl: Crawl, book: Book
) -> None:
    with serve(SMALL, faults=Faults(channels=ailment, articles=ailment)) as site:
        ended = crawl("hanweb", url=f"{site.url}/col/col17863/index.html")
    assert_one_line(ended, code, word)
    assert book.count("events") == 0


def test_a_site_whose_robots_txt_forbids_all(crawl: Crawl) -> None:
    with serve(SMALL) as site:
        site.robots = "User-agent: *\nDisallow: /\n"
        ended = crawl("hanweb", url=site.url)
    assert_one_line(ended, ExitCode.BLOCKED, "robots.txt")


def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(crawl: Crawl) -> None:
    with serve(SMALL, faults=Faults(robots=Ailment.OUTAGE)) as site:
        ended = crawl("hanweb", url=site.url)
        asked = {request.path for request in site.requests}
    assert_one_line(ended, ExitCode.SITE_DOWN, "robots.txt")
    assert asked == {"/robots.txt"}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://[::1]:{port}/",
        "http://10.0.0.1/",
    ],
)
def test_private_addresses_are_never_fetched(url: str, crawl: Crawl) -> None:
    with serve(SMALL) as site:
        port = site.url.rpartition(":")[2]
        ended = crawl("hanweb", url=url.format(port=port), env={"ALLOW_PRIVATE_ADDRESSES": "0"})
        assert site.requests == []
    assert_one_line(ended, ExitCode.USAGE, "ALLOW_PRIVATE_ADDRESSES")


@pytest.mark.parametrize("channel", ["99999999", "没有这个栏目"])
def test_an_unknown_channel_is_named_beside_those_that_there_are(
    channel: str, crawl: Crawl
) -> None:
    with serve(SMALL) as site:
        ended = crawl("hanweb", url=site.url, channels=channel)
    assert_one_line(ended, ExitCode.USAGE, channel, "通知公告")


def test_a_channel_may_be_named_by_its_name(crawl: Crawl, book: Book) -> None:
    with serve(SMALL) as site:
        assert crawl("hanweb", url=site.url, channels="政策文件").code == 0
    assert book.ask(
        "SELECT DISTINCT c.name FROM walks w JOIN channels c ON c.id = w.channel_id"
    ) == [("政策文件",)]


def test_an_argument_that_is_not_known(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://www.example.gov.cn/", chanels="1")
    assert_one_line(ended, ExitCode.USAGE, "chanels")


def test_a_spider_that_is_not_there(crawl: Crawl) -> None:
    assert_one_line(crawl("no_such_site"), ExitCode.USAGE, "no_such_site", "hanweb")


@pytest.mark.trap("0.1")
def test_a_delay_of_nothing_is_refused(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://www.example.gov.cn/", env={"CUNZHENG_DELAY": "0"})
    assert_one_line(ended, ExitCode.CONFIGURATION, "DOWNLOAD_DELAY")


def test_a_clock_that_does_not_say_its_zone(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://www.example.gov.cn/", clock="2022-03-01T02:00:00")
    assert_one_line(ended, ExitCode.CONFIGURATION, "CLOCK")


def test_an_archive_url_that_is_none(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://www.example.gov.cn/", env={"ARCHIVE_URL": "archive.db"})
    assert_one_line(ended, ExitCode.CONFIGURATION, "ARCHIVE_URL")


def test_an_archive_that_is_no_database(crawl: Crawl, book: Book) -> None:
    book.path.write_text("this is a letter to a friend, not a database" * 100)
    ended = crawl("hanweb", url="http://www.example.gov.cn/")
    assert_one_line(ended, ExitCode.CONFIGURATION, str(book.path), "not a database")


def test_an_archive_of_another_version(crawl: Crawl, book: Book) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, channels="17863")
        with sqlite3.connect(book.path) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        ended = crawl("hanweb", url=site.url)
    assert_one_line(ended, ExitCode.CONFIGURATION, "9999", "update it")


def test_an_archive_that_another_program_keeps_locked(crawl: Crawl, book: Book) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, channels="17863")
        blocker = sqlite3.connect(book.path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        ended = crawl("hanweb", url=site.url, env={"CUNZHENG_BUSY_TIMEOUT": "1"})
        blocker.close()
    assert_one_line(ended, ExitCode.LOCKED, "another program")


def test_an_archive_in_a_folder_that_cannot_be_made(crawl: Crawl, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    ended = crawl(
        "hanweb",
        url="http://www.example.gov.cn/",
        env={"ARCHIVE_URL": f"sqlite:///{tmp_path}/file/archive.db"},
    )
    assert_one_line(ended, ExitCode.CONFIGURATION, "archive.db")


def test_a_site_that_another_crawl_holds(crawl: Crawl, book: Book) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, channels="17863")
        with sqlite3.connect(book.path) as connection:
            host = connection.execute("SELECT host FROM sites").fetchone()[0]
            connection.execute(
                "INSERT INTO leases VALUES (?, 1, 'elsewhere:1', ?)",
                (host, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
            )
        ended = crawl("hanweb", url=site.url)
    assert_one_line(ended, ExitCode.LOCKED, "elsewhere:1")


def test_a_snapshot_of_a_site_of_which_nothing_is_held(crawl: Crawl) -> None:
    ended = crawl("snapshot", site="www.example.gov.cn")
    assert_one_line(ended, ExitCode.USAGE, "www.example.gov.cn")


def test_a_sites_file_with_a_key_that_is_not_known(crawl: Crawl, tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    sites.write_text('[here]\nurl = "http://www.example.gov.cn/"\nchannel = ["1"]\n')
    ended = crawl("here", env={"CUNZHENG_SITES": str(sites)})
    assert_one_line(ended, ExitCode.CONFIGURATION, "[here]", "channel")


def test_nothing_is_left_behind_by_what_was_refused(crawl: Crawl, book: Book) -> None:
    crawl("hanweb", url="http://no-such-host.invalid/")
    with serve(SMALL) as site:
        assert crawl("hanweb", url=site.url).code == 0
    assert shutil.disk_usage(book.path.parent).free > 0
    assert book.count("leases") == 0
