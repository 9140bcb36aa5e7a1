"""The files and pictures that an article offers, in its body and in the blocks beside it."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.reading.links import absolute, picture
from crawler.reading.noise import visible_strings
from crawler.reading.text import fold
from storage.article import Attachment

_FILE = re.compile(
    r"downfile\.jsp\?|/attach/|/document/(?:file-)?download|/download/downfile"
    r"|\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|txt|csv|rtf|ceb|tif|mp3|mp4)(?=$|[?#&])",
    re.IGNORECASE,
)
_ICON = re.compile(
    r"/jslib/icons/|/filetypeimages/|/emotion/|/icons?/|icon_|spacer\.gif|blank\.gif", re.IGNORECASE
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:infoattach|attach(?:ment)?s?|fjxx|fujian|fj)(?:$|[\s_-])", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"foot|header|nav|menu|top|bottom|friend|share|sidebar|copyright", re.IGNORECASE
)
_NEAR = 6


def attachments_of(
    body: HtmlElement | None, place: HtmlElement | None, rest: HtmlElement, url: str
) -> tuple[Attachment, ...]:
    """The files that the body links to, then those of the blocks beside it, each address once."""
    found: dict[str, Attachment] = {}
    for link in (*_links(body), *_beside(place), *_blocks(rest)):
        address = absolute(url, link.get("href") or link.get("data-value"))
        if address and _FILE.search(address):
            found.setdefault(address, Attachment(_name(link, address), address))
    return tuple(found.values())


def images_of(body: HtmlElement | None, url: str) -> tuple[str, ...]:
    """The pictures of the body in reading order, file-type icons and spacers left out."""
    if body is None:
        return ()
    sources = (picture(url, _source(image)) for image in body.iter("img"))
    return tuple(dict.fromkeys(s for s in sources if s and not _ICON.search(s)))


def _source(image: HtmlElement) -> str | None:
    written = (image.get(name) for name in ("src", "data-src", "original"))
    return next((source for source in written if source), None)


def _links(box: HtmlElement | None) -> Iterator[HtmlElement]:
    if box is None:
        return
    yield from box.iter("a")
    # A PDF viewer has no link, only the address that its script will open (seen in Wenzhou).
    yield from (node for node in box.iter("div", "iframe") if node.get("id") == "pdfshow")


def _beside(place: HtmlElement | None) -> Iterator[HtmlElement]:
    """Links near the body: on wzkj.wenzhou.gov.cn (2017) in the next row of the same table."""
    if place is None:
        return
    boxes = [box for box in place.iterancestors() if box.tag not in {"html", "body"}][:_NEAR]
    boxes = [box for box in boxes if box.get("id") != "barrierfree_container"]
    if boxes:
        yield from (link for link in _links(boxes[-1]) if not _is_furniture(link, boxes[-1]))


def _blocks(rest: HtmlElement) -> Iterator[HtmlElement]:
    for box in rest.iter("div", "ul", "table", "p", "td"):
        if _BESIDE.search(f"{box.get('class') or ''} {box.get('id') or ''}"):
            yield from _links(box)


def _is_furniture(link: HtmlElement, within: HtmlElement) -> bool:
    for box in link.iterancestors():
        if box is within:
            return False
        if _FURNITURE.search(f"{box.get('class') or ''} {box.get('id') or ''}"):
            return True
    return False


def _name(link: HtmlElement, address: str) -> str:
    shown = fold("".join(visible_strings(link)))
    hinted = fold(link.get("download") or link.get("title") or "")
    return shown or hinted or fold(unquote(address.rpartition("fileName=")[2].rpartition("/")[2]))
