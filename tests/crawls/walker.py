"""Walks one channel over real HTTP with the crawler's own walk and no Scrapy: quick, and exact."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from crawler.channel_walk import ChannelWalk
from crawler.hanweb import host_of, on_the_wire
from crawler.keys import article_key
from crawler.ledger import Expected, Ledger
from crawler.listings import Entry, Listing, ListingRequest, NotAListing, find_pagers
from crawler.reading import decode
from crawler.walk import Walk


def fetch(asked: ListingRequest) -> tuple[int, str]:
    """One request; its status and text."""
    form = urlencode(asked.form).encode() if asked.form else None
    try:
        with urlopen(Request(on_the_wire(asked.url), data=form), timeout=10) as response:
            return response.status, _text(response)
    except HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def walk_channel(url: str) -> tuple[Ledger, list[Entry]]:
    """Walk a channel's lists to their ends; the ledger, and the entries that were new."""
    status, page = fetch(ListingRequest(url))
    assert status == 200, status
    pagers = find_pagers(page, url)
    assert pagers, "no list was found on the channel's page"
    walks = [Walk(pager, host_of(url), Expected(), full=True) for pager in pagers]
    walking = ChannelWalk("under test", datetime.now(UTC), walks)
    entries = [entry for walk in walks for entry in _walk(walk, walking)]
    return walking.ledger(), entries


def articles_of(entries: list[Entry], url: str) -> list[str]:
    """The ids of the articles among entries, in order."""
    keys = (article_key(entry.url, host_of(url)) for entry in entries)
    return [key.cms_id for key in keys if key is not None]


def _walk(walk: Walk, walking: ChannelWalk) -> Iterator[Entry]:
    if walk.pager.first is not None:
        yield from walk.take(walk.pager.first, ())
    while request := walk.next_request():
        try:
            yield from walk.take(_answer(walk, request), ())
        except NotAListing as error:
            walk.fail(error.reason)
    walking.turn()


def _answer(walk: Walk, request: ListingRequest) -> Listing:
    status, text = fetch(request)
    if status != 200:
        raise NotAListing(request.url, f"status {status}")
    return walk.pager.parse(text, request.url)


def _text(response: HTTPResponse) -> str:
    return decode(response.read(), response.headers.get_content_charset())
