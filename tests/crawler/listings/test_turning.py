"""Any page of a list that numbers its pages can be asked for, in every dialect that does."""

import pytest

from crawler.listings import ListingRequest
from crawler.listings.turning import number_of, turned


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("http://a.gov.cn/col/col31/index_{}.html", ()),
        ("http://a.gov.cn/dataproxy.jsp?page={}&appid=1&appid=1&unitid=5&perpage=20", ()),
        (
            "http://a.gov.cn/build/unit?pageId=9&paramJson=%7B%22pageNo%22%3A{}%2C%22x%22%3A15%7D",
            (),
        ),
        ("http://a.gov.cn/search.jsp?texttype=0&currpage={}", (("jdid", "49"), ("currpage", "{}"))),
    ],
)
def test_the_number_of_a_page_is_read_and_set_and_nothing_else_is_touched(url, form):
    def page(number):
        filled = tuple((name, value.format(number)) for name, value in form)
        return ListingRequest(url.format(number), filled)

    assert number_of(page(2)) == 2
    assert turned(page(2), 17) == page(17)


@pytest.mark.parametrize(
    "url", ["http://a.gov.cn/col/col31/index.html", "http://a.gov.cn/p?perpage=20"]
)
def test_a_question_without_a_number_has_none(url):
    assert number_of(ListingRequest(url)) == 0
