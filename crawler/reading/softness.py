"""Learnt soft 404s: does a page look like what the site serves for an address that cannot exist?"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from urllib.parse import urlsplit

from crawler.reading.noise import visible_strings
from crawler.reading.page import parse
from crawler.reading.text import dense

_NEAR = 3
"""Differing bits of 64 at most. Pages that differ in a number or a clock stay below it, since both
are taken out first; one other sentence on a page of 200 characters already changes more."""

_LENGTH_MAY_DIFFER = 0.1
_ADDRESS = re.compile(r"[A-Za-z0-9_./:%?&=#-]{4,}")
_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_READ_AT_MOST = 20_000
_LANE = 32


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a page looks like, in a few numbers. `path` is where the redirects ended; `length`
    counts visible characters; `simhash` is of their pairs, addresses and numbers taken out."""

    title: str
    length: int
    simhash: int
    status: int
    path: str


def fingerprint(html: str, status: int, final_url: str) -> Fingerprint:
    """Take a page's fingerprint. Never raises."""
    root = parse(html).root
    title = root.find(".//title")
    shown = _steady("".join(visible_strings(root)))
    return Fingerprint(
        title=_steady(title.text or "") if title is not None else "",
        length=len(shown),
        simhash=simhash64(shown[:_READ_AT_MOST]),
        status=status,
        path=_path(final_url),
    )


def resembles(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether two pages say the same: one title, nearly one length, nearly one text.

    The status does not count: the same notice under 200 and 404 is one notice. Two addresses
    that both end at the home page resemble each other, since the same page stands there. It is
    no proof of absence: an article's own evidence (`page_kind`) comes first, because a very short
    article in a heavy template may look like the notice in the same template.
    """
    longer = max(a.length, b.length)
    close = abs(a.length - b.length) <= max(8, longer * _LENGTH_MAY_DIFFER)
    return a.title == b.title and close and (a.simhash ^ b.simhash).bit_count() <= _NEAR


def title_resembles(html: str, known: Collection[Fingerprint]) -> bool:
    """Whether a page may look like one of these, by its title alone and without parsing it: no
    page resembles one of another title. One without a plain title may.

    >>> notice = Fingerprint("页面不存在", 40, 0, 200, "/404.html")
    >>> title_resembles("<title>关于召开会议的通知</title>", [notice])
    False
    >>> title_resembles("<title>页面不存在</title>", [notice])
    True
    """
    titles = _TITLE.findall(html)
    plain = len(titles) == 1 and "&" not in titles[0]
    return not plain or any(_steady(titles[0]) == each.title for each in known)


def simhash64(text: str) -> int:
    """Charikar's simhash over the text's pairs of characters; similar texts differ in few bits.

    >>> simhash64("您访问的页面不存在") == simhash64("您访问的页面不存在")
    True
    """
    pairs = [first + second for first, second in pairwise(text)]
    votes = sum(_lanes(pair) for pair in pairs)
    mask = (1 << _LANE) - 1
    majority = len(pairs) / 2
    return sum(1 << bit for bit in range(64) if (votes >> bit * _LANE & mask) > majority)


@lru_cache(maxsize=1 << 15)
def _lanes(pair: str) -> int:
    """The pair's 64 hash bits, each in a lane wide enough to be summed over a whole page."""
    bits = int.from_bytes(blake2b(pair.encode("utf-8"), digest_size=8).digest(), "big")
    return sum((bits >> bit & 1) << bit * _LANE for bit in range(64))


def _steady(text: str) -> str:
    # A notice repeats the address that was asked, the time, a number of the request.
    return dense(_DIGITS.sub("0", _ADDRESS.sub("", text)))


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
