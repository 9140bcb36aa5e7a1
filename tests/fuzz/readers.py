"""What a fuzzer tries: the readers of lists and of articles, each given any bytes of a site.
A value comes out, or an error of ours; whatever else comes is the fuzzer's find."""

from collections.abc import Callable
from contextlib import suppress

from crawler.admission import Response, admit
from crawler.channels import find_channels, own_channel
from crawler.listings import NotAListing, find_pagers
from crawler.listings.jpaas import Jpaas
from crawler.listings.jpage import Jpage
from crawler.listings.jsarray import ArrayPager
from crawler.listings.static import Static
from crawler.listings.xxgk import Xxgk
from crawler.reading import decode, fingerprint
from storage.article import ArticleKey

HOST = "a.gov.cn"
_URL = f"http://{HOST}/col/col1/index.html"
_ARTICLE = f"http://{HOST}/art/2026/8/2/art_1_2.html"
_KEY = ArticleKey(HOST, "2")
_PAGERS = [
    Jpage(_URL, None),
    ArrayPager(_URL, None),
    Jpaas(_URL, _URL, ()),
    Xxgk(_URL, _URL, ()),
    Static(_URL, Jpage(_URL, None).parse("<datastore>", _URL)),
]


def listing(page: bytes) -> None:
    text = decode(page, None)
    find_pagers(text, _URL)
    find_channels(text, _URL)
    own_channel(text, _URL)
    for pager in _PAGERS:
        with suppress(NotAListing):
            pager.parse(text, _URL)


def article(page: bytes) -> None:
    text = decode(page, None)
    for known in ((), (fingerprint(text, 200, _URL),)):
        admit(_KEY, _ARTICLE, Response(_ARTICLE, 200, text), known)


READERS: dict[str, Callable[[bytes], None]] = {"listing": listing, "article": article}
