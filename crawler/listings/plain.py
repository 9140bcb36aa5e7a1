"""Rows in the plain form that most sites write: one link in an `li`, with text in it and beside it.
They are taken apart by their marks, to the same that their tree would say: a tree costs most of
what a list of thousands of rows does. Any other row is left to `crawler.listings.rows`. Pure."""

import re
from collections.abc import Iterator

from crawler import hanweb
from crawler.listings.said import Said, gathered

_VALUE = r"""(?:"[^"<>&\\\x00-\x1f\ud800-\udfff]*"|'[^'<>&\\\x00-\x1f\ud800-\udfff]*')"""
_TEXT = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]*"
_LOOKS = rf"(?:\s+(?:class|style|id)={_VALUE})*"
_INLINE = rf"(?:<(?P<{{0}}>span|i|b|em|font){_LOOKS}>{_TEXT}</(?P={{0}})>{_TEXT})*"
_ROW = re.compile(
    rf"\s*<li{_LOOKS}>(?P<before>{_TEXT}{_INLINE.format('one')})"
    rf"<a(?P<link>(?:\s+(?:class|style|id|target|rel|href|title)={_VALUE})+)>"
    rf"(?P<inside>{_TEXT}{_INLINE.format('two')})</a>"
    rf"(?P<after>{_TEXT}{_INLINE.format('three')})</li>\s*"
)
_ATTRIBUTE = re.compile(r"""(href|title)=(?:"([^"]*)"|'([^']*)')""")
_MARK = re.compile(r"<[^<>]*>")


def said(html: str, base: str) -> Said | None:
    """What a row says, None where it is of another form or its link leads nowhere."""
    found = _ROW.fullmatch(html)
    if found is None:
        return None
    attributes: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(found["link"]):
        attributes.setdefault(name, double or single)
    url = hanweb.absolute(attributes.get("href", ""), base)
    if url is None:
        return None
    title = attributes.get("title")
    return Said(url, gathered(_texts(found)), [title], [title] if title else [])


def _texts(found: re.Match[str]) -> Iterator[tuple[str, bool]]:
    for part in ("before", "inside", "after"):
        for text in _MARK.split(found[part]):
            yield text, part == "inside"
