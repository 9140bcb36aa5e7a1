"""Pages that came again byte for byte: what was read of them stands, and nothing is parsed."""

from collections.abc import Collection

from scrapy.http import Response

from crawler import responses
from crawler.reading import READER, Fingerprint, title_resembles
from storage.confirming import Known
from storage.payloads import payload_digest


def says_the_same(response: Response, known: Known, not_found: Collection[Fingerprint]) -> bool:
    """Whether a response to the request for an article must be read as its capture `known` was:
    the same bytes, at the same address, by the same reader.

    What a reader makes of bytes hangs on them alone. Whether they are admitted hangs besides on
    what the host serves tonight for what is `not_found`; a page whose title is that of such a
    notice is judged anew.
    """
    shown = known.shows
    if shown is None or shown.reader != READER or not _plainly_there(response):
        return False
    if payload_digest(response.body) != shown.payload_digest:
        return False
    return not not_found or not title_resembles(responses.text_of(response), not_found)


def _plainly_there(response: Response) -> bool:
    led = response.meta.get("redirect_urls")
    return response.status == 200 and not led and "partial" not in response.flags
