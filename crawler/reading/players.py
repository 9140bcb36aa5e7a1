"""Videos: in the tags made for them, and in the parameters and scripts of players."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from crawler.reading.links import absolute

_VIDEO = re.compile(r"\.(?:mp4|m3u8|flv|f4v|webm|mov|wmv|avi|rmvb|mpg|mpeg|ogv)$", re.IGNORECASE)
_QUOTED = re.compile(
    r"[\"']([^\"'<>\s]{1,500}\.(?:mp4|m3u8|flv|f4v|webm|mov|wmv)(?:\?[^\"'<>\s]{0,300})?)[\"']",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"(?:^|\.)(?:v\.qq\.com|player\.youku\.com|player\.bilibili\.com|open\.iqiyi\.com"
    r"|player\.cntv\.cn|player\.video\.qiyi\.com|tv\.sohu\.com)$"
)
_LONGEST = 2000
_ATTRIBUTES = ("src", "data-src", "data-url", "data-video", "href", "data", "flashvars", "value")


def videos_of(embedded: Sequence[HtmlElement], url: str) -> tuple[str, ...]:
    """The videos that a body shows, in reading order, each address once."""
    found = (
        address
        for node in embedded
        for written in _written(node)
        for address in _read(written, url)
    )
    return tuple(dict.fromkeys(found))


def is_video(url: str) -> bool:
    """Whether an address is a video's file, or the player of one of the large platforms."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(_VIDEO.search(unquote(parts.path)) or _HOSTS.search(parts.hostname or ""))


def _written(node: HtmlElement) -> Iterator[str]:
    if node.tag == "script":
        yield from (found[1].replace("\\/", "/") for found in _QUOTED.finditer(node.text or ""))
        return
    yield from (value for name in _ATTRIBUTES if (value := node.get(name)))


def _read(written: str, url: str) -> Iterator[str]:
    """The video at an address, or named in the parameters that a player gets."""
    is_query = "=" in written and "?" not in written
    address = None if is_query else absolute(url, written)
    if address and is_video(address):
        yield address
        return
    for value in parameters(written):
        inner = absolute(url, value)
        if inner and is_video(inner):
            yield inner


def parameters(written: str) -> tuple[str, ...]:
    """The values of an address's query, or of a text that is itself one (`flashvars`)."""
    query = (written.partition("?")[2] or written)[:_LONGEST]
    return tuple(value for _, value in parse_qsl(query))
