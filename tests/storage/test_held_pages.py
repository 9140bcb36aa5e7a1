"""What a crawl knows of a site's pages from the nights before: their bytes, and their channels."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.values import Captured, ChannelSeen
from tests.storage.seeing import DAY, FEB, HOST, JAN, NOTICE, Told, channel_page, look

URL = f"http://{HOST}/col/col99/index.html"
KINDS = ("channel",)
TAGGED = {"Content-Type": "text/html; charset=gbk", "ETag": '"5f1a"'}


def page_of(at: datetime) -> Captured:
    return replace(channel_page(at), url=URL)


def seen(cms_id: str, at: datetime, name: str | None = None) -> ChannelSeen:
    url = f"http://{HOST}/col/col{cms_id}/index.html"
    return ChannelSeen(host=HOST, cms_id=cms_id, name=name, url=url, at=at)


def test_the_newest_capture_of_a_page_is_given_with_its_bytes(told: Told):
    told.crawl(JAN, replace(page_of(JAN), payload=b"old"), look(NOTICE, JAN))
    told.crawl(FEB, replace(page_of(FEB), payload=b"new", headers=TAGGED))

    page = told.archive.held_page(URL, KINDS)

    assert page is not None
    assert (page.url, page.payload, page.headers) == (URL, b"new", TAGGED)
    assert (page.known.captured_at, page.known.etag) == (FEB, '"5f1a"')
    assert told.archive.held_page(URL, ("listing",)) is None
    assert told.archive.held_page("http://elsewhere.gov.cn/", KINDS) is None


def test_a_page_that_could_not_be_had_hides_none_that_came_before(told: Told):
    told.crawl(JAN, replace(page_of(JAN), payload=b"whole"))
    told.crawl(FEB, replace(page_of(FEB), payload=b"", status=503))

    page = told.archive.held_page(URL, KINDS)

    assert page is not None
    assert page.payload == b"whole"


def test_a_page_that_its_server_confirmed_has_its_bytes_and_is_not_confirmed_twice(told: Told):
    told.crawl(JAN, replace(page_of(JAN), payload=b"whole", headers=TAGGED))
    first = told.archive.held_page(URL, KINDS)
    assert first is not None
    confirmed = replace(page_of(FEB), status=304, payload=b"", headers={})
    told.crawl(FEB, replace(confirmed, revalidates=first.known.capture_id))

    page = told.archive.held_page(URL, KINDS)

    assert page is not None
    assert (page.payload, page.headers) == (b"whole", TAGGED)
    assert (page.known.captured_at, page.known.etag) == (FEB, None)


def test_channels_stand_that_were_seen_not_long_before_the_last_crawl(told: Told):
    told.crawl(JAN, seen("11", JAN, "通知公告"), seen("12", JAN, "旧闻"))
    told.crawl(FEB, seen("11", FEB), seen("13", FEB - 7 * DAY))

    standing = told.archive.standing_channels(HOST, timedelta(days=14))

    assert [(channel.cms_id, channel.name) for channel in standing] == [
        ("11", "通知公告"),
        ("13", None),
    ]
    assert told.archive.standing_channels("www.example.org", timedelta(days=14)) == []
