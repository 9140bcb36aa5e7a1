"""The files, pictures and links that an article offers, in its body and in the blocks beside it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.fence import inside_the_fence
from crawler.reading.links import absolute, picture
from crawler.reading.noise import visible_strings
from crawler.reading.players import is_video, parameters
from crawler.reading.region import Parts
from crawler.reading.text import shown
from storage.article import Attachment, Link

_FILE = re.compile(
    r"downfile\.jsp\?|/attach/|/document/(?:file-)?download|/download/downfile"
    r"|\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|txt|csv|rtf|ceb|tif|mp3|mp4)(?=$|[?#&])",
    re.IGNORECASE,
)
_SERVED = re.compile(r"downfile\.jsp\?|/document/(?:file-)?download", re.IGNORECASE)
_ICON = re.compile(
    r"/jslib/icons/|/filetypeimages/|/emotion/|/icons?/|icon_|spacer\.gif|blank\.gif", re.IGNORECASE
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:infoattach|attach(?:ment)?s?|fjxx|fujian|fj)(?:$|[\s_-])", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"foot|header|nav|menu|top|bottom|friend|share|sidebar|copyright", re.IGNORECASE
)
_BLOCKS = frozenset({"div", "ul", "table", "p", "td"})
# A PDF viewer has no link, only the address that its script will open (seen in Wenzhou).
_LINKS = etree.XPath(".//a[@href] | .//div[@id='pdfshow']")
_NEAR = 6


def attachments_of(parts: Parts, url: str) -> tuple[Attachment, ...]:
    """The files that the body links to or shows in a viewer, then those of the blocks beside it,
    each address once."""
    found: dict[str, Attachment] = {}
    for link in (*_links(parts.body), *_beside(parts)):
        if (address := _file(link, url)) is not None:
            found.setdefault(address, Attachment(_name(link, address), address))
    for viewer in parts.embedded if parts.body is not None else ():
        if (address := _viewed(viewer, url)) and not is_video(address):
            found.setdefault(address, Attachment(_name(viewer, address), address))
    return tuple(found.values())


def links_to_files(body: HtmlElement | None, url: str) -> bool:
    """Whether the body itself links to a file."""
    return any(_file(link, url) for link in _links(body))


@lru_cache(maxsize=4096)
def is_file(address: str) -> bool:
    """Whether an address is that of a file to download, as far as it shows."""
    return _FILE.search(address) is not None


def links_of(body: HtmlElement | None, url: str) -> tuple[Link, ...]:
    """The links of the body to other documents, in reading order, each once: no files, no places
    on the page itself."""
    if body is None:
        return ()
    links = ((_shown(link), absolute(url, link.get("href"))) for link in body.iter("a"))
    here = url.partition("#")[0]
    return tuple(
        dict.fromkeys(
            Link(text, address)
            for text, address in links
            if text and address and not is_file(address) and address.partition("#")[0] != here
        )
    )


def images_of(parts: Parts, url: str) -> tuple[str, ...]:
    """The pictures of the body in reading order, file-type icons and spacers left out; on a page of
    no known layout those between its date line and its buttons, or beside its longest paragraph."""
    images = parts.body.iter("img") if parts.body is not None else _pictures_of(parts.rest)
    sources = (picture(url, _source(image)) for image in images)
    return tuple(dict.fromkeys(s for s in sources if s and not _ICON.search(s)))


def _pictures_of(rest: HtmlElement) -> list[HtmlElement]:
    # A picture that is a link leads to another document: 政策解读, 图解.
    pictures = [i for i in rest.iter("img") if next(i.iterancestors("a"), None) is None]
    return inside_the_fence(rest, pictures) or _pictures_beside(rest, pictures)


def _pictures_beside(rest: HtmlElement, pictures: Sequence[HtmlElement]) -> list[HtmlElement]:
    paragraph = _longest_paragraph(rest)
    box = paragraph.getparent() if paragraph is not None else None
    return [image for image in pictures if box is not None and box in image.iterancestors()]


def _source(image: HtmlElement) -> str | None:
    written = (image.get(name) for name in ("src", "data-src", "original"))
    return next((source for source in written if source), None)


def _file(link: HtmlElement, url: str) -> str | None:
    written = link.get("href") or link.get("data-value")
    # Asked of what is written, before the address is worked out: most links are no files.
    address = absolute(url, written) if written and is_file(written) else None
    return address if address and is_file(address) else None


def _links(box: HtmlElement | None) -> Iterator[HtmlElement]:
    if box is not None:
        yield from cast("list[HtmlElement]", _LINKS(box))


def _beside(parts: Parts) -> list[HtmlElement]:
    """Links to files outside the body that are the article's: near it, then in named blocks."""
    links = [link for link in parts.rest.iter("a") if is_file(link.get("href") or "")]
    if not links:
        return []
    between = inside_the_fence(parts.rest, links) if parts.body is None else []
    near = _near(parts.place if parts.body is not None else _longest_paragraph(parts.rest))
    around = [link for link in links if near is not None and _belongs(link, near)]
    return [*between, *around, *(link for link in links if _in_a_block(link))]


def _near(place: HtmlElement | None) -> HtmlElement | None:
    """The box around the body: on wzkj.wenzhou.gov.cn (2017) a table with the file in a row."""
    if place is None:
        return None
    boxes = [box for box in place.iterancestors() if box.tag not in {"html", "body"}][:_NEAR]
    boxes = [box for box in boxes if box.get("id") != "barrierfree_container"]
    return boxes[-1] if boxes else None


def _longest_paragraph(rest: HtmlElement) -> HtmlElement | None:
    """What stands in for the place of the body on a page of no known layout."""
    return max(rest.iter("p", "div", "td"), key=_own_text, default=None)


def _own_text(box: HtmlElement) -> int:
    return len(box.text or "") + sum(len(child.tail or "") for child in box)


def _belongs(link: HtmlElement, within: HtmlElement) -> bool:
    """Whether a link stands in this box, and in none of the page's furniture there."""
    for box in link.iterancestors():
        if box is within:
            return True
        if _FURNITURE.search(_named(box)):
            return False
    return False


def _in_a_block(link: HtmlElement) -> bool:
    return any(box.tag in _BLOCKS and _BESIDE.search(_named(box)) for box in link.iterancestors())


def _named(box: HtmlElement) -> str:
    return f"{box.get('class') or ''} {box.get('id') or ''}"


def _viewed(viewer: HtmlElement, url: str) -> str | None:
    """The file that a viewer opens: its own address, or one that its address names (`?file=…`)."""
    if viewer.tag not in {"iframe", "embed", "object"}:
        return None
    written = viewer.get("src") or viewer.get("data") or viewer.get("data-value") or ""
    served = (written,) if _SERVED.search(written) else ()
    for named in (*served, written.partition("?")[0], *parameters(written), written):
        address = absolute(url, named)
        if address and is_file(address):
            return address
    return None


def _shown(link: HtmlElement) -> str:
    return shown("".join(visible_strings(link)))


def _name(link: HtmlElement, address: str) -> str:
    hinted = shown(link.get("download") or link.get("title") or "")
    last = shown(unquote(address.rpartition("fileName=")[2].rpartition("/")[2]))
    return _shown(link) or hinted or last
