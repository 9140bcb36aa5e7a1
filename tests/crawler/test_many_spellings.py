"""Many addresses of one article are one article, and a list without an end is left."""

from itertools import product

import pytest

from crawler.keys import article_key
from crawler.listings import Entry
from tests.crawler.test_walk import HOST, Records, rows, walked

SPELLINGS = [
    f"{scheme}://{host}/{path}{beyond}"
    for scheme, host in (("http", HOST), ("https", HOST), ("HTTP", HOST.upper()))
    for path in ("art/2026/3/1/art_7_{0}.html", "art/2025/12/31/art_99_{0}.html")
    for beyond in ("", "?uid=9&pageNum=3", "?v=17", "#zoom", "?cache=1#top", ";jsessionid=A1")
]


@pytest.mark.fault("4.28")
def test_ten_thousand_spellings_of_addresses_are_a_thousand_articles(score) -> None:
    numbers = range(1000)
    told = [(n, article_key(s.format(n), HOST)) for n, s in product(numbers, SPELLINGS)]
    assert len(told) >= 10_000
    lost = [n for n, key in told if key is None or key.cms_id != str(n)]
    score(len(told), lost=len(lost))
    assert lost == []


def ever_new(_: Records, first: int, last: int) -> tuple[Entry, ...]:
    return rows(first, last)


def ever_the_same(_: Records, _first: int, _last: int) -> tuple[Entry, ...]:
    return rows(1, 10)


@pytest.mark.fault("4.28")
@pytest.mark.parametrize("serve", [ever_new, ever_the_same])
def test_a_list_without_an_end_is_left_where_its_own_total_ends(serve) -> None:
    pager = Records(rows(1, 78), serve=serve)
    walked(pager)
    assert len(pager.asked) <= 8 + 2, "one more to be sure, and one again"
