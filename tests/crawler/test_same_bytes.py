"""When a page that came again need not be read."""

from datetime import UTC, datetime

import pytest
from scrapy.http import HtmlResponse, Request

from crawler.reading import READER, Fingerprint, fingerprint
from crawler.same_bytes import says_the_same
from storage.confirming import Known, Shown
from storage.payloads import payload_digest

URL = "http://www.example.gov.cn/art/2026/1/9/art_11_1001.html"
PAGE = "<html><title>关于节水的通知</title><p>各单位：请节约用水。</p></html>"
NOTICE = "<html><title>页面不存在</title><p>您访问的页面不存在。</p></html>"


def known(page: str = PAGE, reader: str = READER) -> Known:
    shows = Shown(payload_digest(page.encode()), reader)
    return Known(1, datetime(2026, 1, 10, tzinfo=UTC), None, None, shows)


def came(page: str = PAGE, *, status: int = 200, flags=(), **meta) -> HtmlResponse:
    request = Request(URL, meta=meta)
    return HtmlResponse(
        URL, status=status, body=page.encode(), encoding="utf-8", flags=flags, request=request
    )


def print_of(page: str) -> Fingerprint:
    return fingerprint(page, 200, "http://www.example.gov.cn/no.html")


def test_the_same_bytes_by_the_same_reader_say_the_same():
    assert says_the_same(came(), known(), ())


@pytest.mark.parametrize(
    ("response", "held"),
    [
        (came(PAGE.replace("节约", "爱惜")), known()),
        (came(), known(reader="another/1")),
        (came(), Known(1, datetime(2026, 1, 10, tzinfo=UTC), '"5f1a"', None)),
        (came(status=404), known()),
        (came(flags=["partial"]), known()),
        (came(redirect_urls=[URL + "?old"]), known()),
    ],
    ids=["one word", "another reader", "unknown bytes", "an error's status", "half", "led here"],
)
def test_all_else_is_read(response, held):
    assert not says_the_same(response, held, ())


def test_a_notice_that_was_taken_for_an_article_is_not_kept_as_one_for_ever():
    learnt = (print_of(NOTICE),)
    assert says_the_same(came(), known(), learnt)
    assert not says_the_same(came(NOTICE), known(NOTICE), learnt)


@pytest.mark.parametrize("page", [PAGE.replace("<title>", "<h1>"), PAGE + "<title>二</title>"])
def test_a_page_without_one_plain_title_is_judged_anew_where_a_host_lies_about_absence(page):
    assert not says_the_same(came(page), known(page), (print_of(NOTICE),))
