"""The readers that are compared, each in the settings that serve these pages best.

A reader is a function from a page's text and address to a mapping with `body` and those of
`pages.FIELDS` that the tool has (`how` is for our own alone). Each is imported only in the
process that runs it: most do not live in this project's environment.
"""

from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

Answer = Mapping[str, Any]
Read = Callable[[str, str], Answer]

OURS = "ours"
TRAFILATURA = "trafilatura"
SETTINGS = tuple(
    f"{TRAFILATURA} {favour} {tables} {images} {speed}"
    for favour in ("balanced", "precision", "recall")
    for tables in ("tables", "no-tables")
    for images in ("images", "no-images")
    for speed in ("full", "fast")
)


def reader(name: str) -> tuple[str, Read]:
    """A reader by its name, and its version. Raises ModuleNotFoundError where it is not there."""
    if name.startswith(f"{TRAFILATURA} "):
        return version(TRAFILATURA), _trafilatura(*name.split()[1:])
    package, load = _READERS[name]
    return version(package), load()


def _ours() -> Read:
    from crawler.reading import read_article

    def read(html: str, url: str) -> Answer:
        reading = read_article(html, url)
        article = reading.article
        return {
            "title": article.title,
            "published": article.published,
            "source": article.source,
            "author": article.author,
            "doc_number": article.doc_number,
            "info": dict(article.info),
            "breadcrumb": [crumb.name for crumb in reading.breadcrumb],
            "attachments": [[file.name, file.url] for file in article.attachments],
            "images": list(article.images),
            "body": article.body,
            "how": {
                "layout": reading.layout,
                "body": reading.origins.get("body"),
                "doubts": list(reading.doubts),
            },
        }

    return read


def _trafilatura(favour: str, tables: str, images: str, speed: str) -> Read:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    def read(html: str, url: str) -> Answer:
        found = bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_images=images == "images",
            include_tables=tables == "tables",
            favor_precision=favour == "precision",
            favor_recall=favour == "recall",
            fast=speed == "fast",
        )
        if not isinstance(found, Document):
            return {"title": None, "published": None, "author": None, "body": ""}
        shown = [urljoin(url, image.get("src") or "") for image in found.body.iter("graphic")]
        return {
            "title": found.title,
            "published": found.date,
            "author": found.author,
            # Its text output draws tables with bars, which are no characters of the page.
            "body": "\n".join("".join(map(str, block.itertext())) for block in found.body),
        } | ({"images": shown} if images == "images" else {})

    return read


def _newspaper() -> Read:
    import newspaper
    from tldextract import TLDExtract, tldextract

    # It would fetch the list of public suffixes; the one that it brings along will do.
    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=())

    def read(html: str, url: str) -> Answer:
        found = newspaper.article(url, input_html=html, language="zh", fetch_images=False)
        return {
            "title": found.title,
            "published": found.publish_date.isoformat() if found.publish_date else None,
            "author": "、".join(found.authors),
            "images": list(found.images),
            "body": found.text,
        }

    return read


def _readability() -> Read:
    from lxml.html import fragment_fromstring
    from readability import Document

    def read(html: str, url: str) -> Answer:
        document = Document(html, url=url)
        found = fragment_fromstring(document.summary(html_partial=True), create_parent="div")
        images = [urljoin(url, image.get("src") or "") for image in found.iter("img")]
        for block in found.iter("p", "div", "br", "tr", "li", "h1", "h2", "h3"):
            block.tail = "\n" + (block.tail or "")
        return {"title": document.title(), "images": images, "body": found.text_content()}

    return read


def _gne() -> Read:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()

    def read(html: str, url: str) -> Answer:
        found = extractor.extract(html, host=url)
        return {
            "title": found["title"],
            "published": found["publish_time"],
            "author": found["author"],
            "images": found["images"],
            "body": found["content"],
        }

    return read


def _resiliparse() -> Read:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(html: str, url: str) -> Answer:  # noqa: ARG001 (all readers are called alike)
        tree = HTMLTree.parse(html)
        body = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)
        return {"title": tree.title, "body": body}

    return read


_READERS: Mapping[str, tuple[str, Callable[[], Read]]] = {
    OURS: ("cunzheng", _ours),
    "newspaper4k": ("newspaper4k", _newspaper),
    "readability": ("readability-lxml", _readability),
    "gne": ("gne", _gne),
    "resiliparse": ("resiliparse", _resiliparse),
}
GENERIC = tuple(name for name in _READERS if name != OURS)
