"""No secret of an address, a header or a database is told: not in logs, not in the archive."""

import json
import logging
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.logs import without_secrets
from replica import World
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.wire import Line, wired

SMALL = World(seed=7, size=0.1)
SECRETS = ("Canary1", "Canary2", "Canary3", "Canary4")


async def tempting(line: Line) -> None:
    """A page whose server gives a session, and whose headers hold what is nobody's business."""
    line.whole(
        Set_Cookie="JSESSIONID=Canary1; Path=/",
        Authorization="Bearer Canary2",
        Proxy_Authenticate='Basic realm="Canary2"',
    )


async def leading(line: Line) -> None:
    line.whole(
        "302 Found", b"", Location="http://me:Canary3@elsewhere.example.invalid/?token=Canary4"
    )


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.fault("4.29")
def test_what_sites_and_addresses_hold_of_secrets_is_told_nowhere(
    crawl: Crawl, book: Book, tmp_path: Path
) -> None:
    with wired(SMALL) as wire:
        first, second, *_ = wire.articles()
        wire.ways = {first: tempting, second: leading}
        ended = crawl("hanweb", url=wire.url, clock=night(1), env={"CUNZHENG_LOG_LEVEL": "DEBUG"})
        assert first in wire.paths()
        assert not any("Canary" in str(request.headers) for request in wire.asked)
    assert "DEBUG" in ended.err
    logged = ended.out + ended.err
    assert [secret for secret in SECRETS if secret in logged] == []
    held = everything_in(tmp_path)
    assert [secret for secret in SECRETS if secret.encode() in held] == []
    assert book.ask("SELECT headers FROM captures WHERE headers LIKE '%Canary%'") == []


@pytest.mark.parametrize(
    ("arguments", "env", "code"),
    [
        ({"url": "http://me:Canary1@www.example.gov.cn/"}, {}, 2),
        (
            {"url": "http://www.example.gov.cn/"},
            {"ARCHIVE_URL": "postgresql://me:Canary1@127.0.0.1:1/archive"},
            4,
        ),
    ],
    ids=["of an address", "of a database"],
)
def test_a_password_is_not_repeated_in_the_line_that_refuses_it(
    arguments: dict[str, str], env: dict[str, str], code: int, crawl: Crawl
) -> None:
    ended = crawl("hanweb", **arguments, env=env | {"CUNZHENG_LOG_LEVEL": "DEBUG"})
    assert ended.code == code, ended
    assert "Canary1" not in ended.out + ended.err


@pytest.mark.parametrize(
    "text",
    [
        "GET http://me:Canary1@a.gov.cn/ HTTP/1.1",
        "http://a.gov.cn/a.jsp?x=1&token=Canary1&y=2",
        "http://a.gov.cn/a.jsp;jsessionid=Canary1?x=1",
        "postgresql+psycopg://me:Canary1@db.internal:5432/archive",
        "{'Authorization': [b'Canary1']}",
        "Set-Cookie: Canary1",
        "password=Canary1",
        "?sign=Canary1#x",
    ],
)
def test_a_log_is_discreet(text: str) -> None:
    assert "Canary1" not in without_secrets(text)


def test_what_is_no_secret_stays_readable() -> None:
    line = "fetched http://www.example.gov.cn/art/2022/1/1/art_1_2.html?id=3&page=2 (200) 令牌"
    assert without_secrets(line) == line


def test_the_log_of_an_error_is_discreet_too(caplog) -> None:
    from crawler.logs import be_discreet

    before = logging.getLogRecordFactory()
    be_discreet(Settings())
    try:
        try:
            raise ValueError("cannot reach http://me:Canary1@a.gov.cn/")
        except ValueError:
            logging.getLogger("any").exception("at %s", "http://me:Canary2@b.gov.cn/")
    finally:
        logging.setLogRecordFactory(before)
    assert "Canary" not in caplog.text
    assert "cannot reach" in caplog.text


EVERYWHERE = {
    "CUNZHENG_NOTIFY": "wecombot://Canary1 json://127.0.0.1:9/hook/Canary2",
    "http_proxy": "http://me:Canary3@127.0.0.1:9/",
    "https_proxy": "http://me:Canary3@127.0.0.1:9/",
    "PGPASSWORD": "Canary4",
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.fault("4.29")
def test_no_log_of_a_crawl_holds_a_secret_of_the_settings(crawl: Crawl, form: str) -> None:
    env = EVERYWHERE | {"CUNZHENG_LOG_LEVEL": "DEBUG", "CUNZHENG_LOG_FORMAT": form}
    with wired(SMALL) as wire:
        wire.ways = {wire.articles()[0]: leading}
        ended = crawl("hanweb", url=wire.url, clock=night(1), env=env)
    assert "Overridden settings" in ended.err, "where Scrapy tells all settings"
    assert "Canary" not in ended.out + ended.err
    if form == "json":
        said = [json.loads(line) for line in ended.err.splitlines()]
        assert {"at", "level", "logger", "message"} <= set(said[0])
        assert {"INFO", "DEBUG"} <= {each["level"] for each in said}
        told = json.loads(ended.out)
        assert (told["exit_code"], told["crawl"]) == (ended.code, 1)
        assert "addresses" in told["report"]


def test_a_crawl_logs_nothing_where_nothing_is_wrong(crawl: Crawl) -> None:
    with wired(SMALL) as wire:
        ended = crawl("hanweb", url=wire.url, clock=night(1))
    assert ended.err == ""


def test_what_ends_a_crawl_is_a_line_of_json_too(crawl: Crawl) -> None:
    url = "postgresql://me:Canary1@127.0.0.1:1/archive"
    env = {"CUNZHENG_LOG_FORMAT": "json", "ARCHIVE_URL": url}
    ended = crawl("hanweb", url="http://www.example.gov.cn/", env=env)
    (said,) = [json.loads(line) for line in ended.err.splitlines()]
    assert (ended.code, said["level"], said["logger"]) == (4, "ERROR", "cunzheng")
    assert "Canary" not in ended.err


def test_a_form_of_logs_that_is_none_is_refused(crawl: Crawl) -> None:
    ended = crawl("hanweb", url="http://www.example.gov.cn/", env={"CUNZHENG_LOG_FORMAT": "loud"})
    assert ended.code == 4
    assert "text, json" in ended.err
