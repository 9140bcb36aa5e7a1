"""Pages that can be asked for by their number, wherever the question holds it. Pure."""

import re
from dataclasses import replace

from crawler.listings.base import ListingRequest

_IN_JSON = re.compile(r"(pageNo(?:%22|\")(?:%3A|:))([0-9]{1,6})\b")
_IN_NAME = re.compile(r"(_)([0-9]{1,6})(?=\.html?$)")
_IN_QUERY = re.compile(r"([?&](?:page|pageno|currpage)=)([0-9]{1,6})\b")


def number_of(asked: ListingRequest) -> int:
    """The number of the page that is asked for, 0 where the question holds none.

    >>> number_of(ListingRequest("http://a.gov.cn/col/col7/index_3.html"))
    3
    """
    spot = _spot(asked.url)
    found = spot.search(asked.url) if spot else None
    return int(found[2]) if found else 0


def turned(asked: ListingRequest, number: int) -> ListingRequest:
    """The same question for the page `number`.

    >>> turned(ListingRequest("http://a.gov.cn/dataproxy.jsp?page=2&unitid=5"), 4).url
    'http://a.gov.cn/dataproxy.jsp?page=4&unitid=5'
    """
    spot = _spot(asked.url)
    url = spot.sub(lambda found: f"{found[1]}{number}", asked.url, count=1) if spot else asked.url
    form = tuple((n, str(number) if n == "currpage" else value) for n, value in asked.form)
    return replace(asked, url=url, form=form, again=False)


def _spot(url: str) -> re.Pattern[str] | None:
    return next((spot for spot in (_IN_JSON, _IN_NAME, _IN_QUERY) if spot.search(url)), None)
