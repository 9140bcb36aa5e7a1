"""Headers that mean harm: each article is archived all the same, or ends as failed."""

from itertools import cycle

import pytest

from replica import World
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.wire import Line, Way, wired

HEADERS: list[dict[str, str]] = [
    {"Referrer_Policy": "sys.exit"},
    {"Referrer_Policy": "os.system, no-such-policy"},
    {"Set_Cookie": "a=" + "x" * 60_000},
    {"Set_Cookie": "; ; =; \x7f=\x01"},
    {"Content_Type": "text/html; charset=../../../etc/passwd"},
    {"Content_Type": "text/html; charset=undefined"},
    {"Content_Type": "text/html; charset=idna"},
    {"Content_Type": "text/html; charset=" + "a" * 50_000},
    {"Content_Type": "text/html; charset=rot13"},
    {"Content_Encoding": "no-such-coding"},
    {"Content_Encoding": ",".join(["identity"] * 5000)},
    {"Content_Disposition": "attachment; filename=../../../../tmp/climbed"},
    {"Content_Disposition": "attachment; filename*=UTF-8''%00%ff%2e%2e%2f"},
    {"ETag": '"' + "e" * 60_000 + '"'},
    {"ETag": "W/\xff\xfe"},
    {"Last_Modified": "Mon, 99 Foo 99999 99:99:99 GMT"},
    {"Date": "0"},
    {"Date": "Thu, 01 Jan 9999 00:00:00 GMT"},
    {"Retry_After": "-1"},
    {"Retry_After": "9" * 400},
    {"Refresh": "0; url=http://127.0.0.1:1/"},
    {"Location": "http://127.0.0.1:1/"},
    {"Link": "<http://127.0.0.1:1/>; rel=canonical"},
    {"X_A": "\x00\x01"},
    {f"X_{number}": "a" for number in range(2000)},
    {"Cache_Control": "max-age=" + "9" * 1000},
    {"Connection": "upgrade", "Upgrade": "websocket"},
    {"Alt_Svc": 'h3=":1"'},
    {"Server": "=HYPERLINK('http://127.0.0.1:1/')"},
    {"": "no name"},
]


def headed(headers: dict[str, str]) -> Way:
    async def way(line: Line) -> None:
        line.page_type = headers.get("Content_Type", line.page_type)
        line.whole(**{name: value for name, value in headers.items() if name != "Content_Type"})

    return way


@pytest.mark.fault("4.30")
def test_hostile_headers_break_nothing(crawl: Crawl, book: Book, score) -> None:
    with wired(World(seed=7, size=0.35)) as wire:
        articles = wire.articles()
        assert len(articles) >= len(HEADERS) - 4, "nearly every header is met"
        wire.ways = dict(zip(articles, map(headed, cycle(HEADERS)), strict=False))
        ended = crawl("hanweb", url=wire.url, clock=night(1), env={"CUNZHENG_RETRIES": "0"})
        ends = book.ask("SELECT url, outcome, detail FROM frontier WHERE kind = 'article'")
    assert ended.code in (0, 6), ended
    assert "Traceback" not in ended.out + ended.err
    failed = {url.removeprefix(wire.url): why for url, outcome, why in ends if outcome == "failed"}
    others = [end for end in ends if end[1] not in ("new", "failed")]
    score(len(ends), lost=len(others))
    assert (len(ends), others) == (len(articles), [])
    assert not [why for why in failed.values() if "codec" in why or "encoding" in why]
