"""Read one article page: locate, let trafilatura normalise, check."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.reading import spellings
from crawler.reading.breadcrumb import breadcrumb_of
from crawler.reading.fields import (
    Sources,
    Stated,
    author_of,
    doc_number_of,
    published_of,
    source_of,
)
from crawler.reading.identity import identity_of
from crawler.reading.infotable import info_of, info_tables
from crawler.reading.labels import labels_in
from crawler.reading.noise import drop, visible_strings
from crawler.reading.notes import notes_of
from crawler.reading.region import Parts
from crawler.reading.seen import Seen
from crawler.reading.skeleton import skeleton_of
from crawler.reading.tags import every_tag, first, firsts
from crawler.reading.text import dense
from crawler.reading.titles import subtitle_of, title_of
from crawler.reading.values import Part, Reading
from crawler.reading.walker import lines_of
from crawler.reading.whole import Whole, whole_body
from storage.article import Article

_PLACED = "⟦⟧"
_BEFORE, _AFTER = 30, 20
_FOUND_BY = {"info": "table", "notes": "label"} | dict.fromkeys(
    ("attachments", "images", "videos", "links"), "walker"
)


def read_article(
    html: str, url: str, *, parts: Sequence[Part] = (), listed: str | None = None
) -> Reading:
    """Read one article page. `url` is the address that answered; links are resolved against it.

    `parts` are the further pages that an earlier reading of this page named in `continues`: the
    article is then read from all of them. `listed` is the title by which a listing names the
    article; it serves where the page has none. Never raises, whatever the text: what is not there
    is None or empty, and said in `doubts`.
    """
    return read_seen(Seen(html, url), parts=parts, listed=listed)


def read_seen(seen: Seen, *, parts: Sequence[Part] = (), listed: str | None = None) -> Reading:
    """`read_article` of a page that was judged: it is parsed once for both."""
    text, url, markers = seen.text, seen.url, seen.markers
    every, page = seen.every_tag, seen.taken_apart()
    every = every if page.exact else every_tag(page.rest)
    # Held, since lxml makes an object for an element anew each time that somebody comes by.
    elements = list(page.rest.iter())
    skeleton = skeleton_of(elements)
    tags = firsts(every)
    site_name = first(tags, spellings.SITE_NAME)
    breadcrumb = breadcrumb_of(page.rest, url)
    lines = _lines(page)
    tables = _tables(page, lines)
    around = _around(lines, tables)
    info = info_of(tables)
    sources = Sources(text, markers, every, tags, page.rest, elements, around, info, url)
    title = title_of(sources, [site_name or "", *(crumb.name for crumb in breadcrumb)], listed)
    whole = whole_body(page, text, url, title.value if title else "", parts)
    if whole.piece.taken:
        sources = replace(sources, lines=(*sources.lines, *whole.piece.taken))
    stated, doubts = _stated(sources, title, whole.piece.lines)
    article = _article(whole, stated, sources)
    identity = identity_of(text, tags, url)
    return Reading(
        article=article,
        origins=_origins(article, stated, whole),
        breadcrumb=breadcrumb,
        cms_id=identity.cms_id,
        channel_id=identity.channel_id,
        site_name=site_name,
        doubts=(*whole.piece.doubts, *doubts, *_lacking(article, whole, title)),
        layout=page.layout.name,
        skeleton=skeleton,
        continues=whole.continues,
        continues_as=whole.continues_as,
    )


def _lines(page: Parts) -> list[str]:
    """The lines of a page, with a sign where the body stood."""
    place = page.place
    if place is None:
        return lines_of(page.rest)
    place.text = _PLACED
    lines = lines_of(page.rest)
    place.text = None
    return lines


def _tables(page: Parts, lines: Sequence[str]) -> list[HtmlElement]:
    """The disclosure tables; one that stands in the body's own box leaves the body."""
    inside = _leading(page.body) if page.body is not None and not page.exact else []
    for box in inside:
        drop(box)
    return [*info_tables(page.rest, dense("".join(lines))), *inside]


def _leading(body: HtmlElement) -> list[HtmlElement]:
    """The disclosure table with which a container begins, if it does."""
    text = dense("".join(visible_strings(body)))
    boxes = info_tables(body, text)[:1]
    return [box for box in boxes if text.startswith(dense("".join(visible_strings(box))))]


def _around(lines: Sequence[str], tables: Sequence[HtmlElement]) -> tuple[str, ...]:
    """The lines before and behind the body, where a page says whose and from when it is; those of
    its disclosure tables are read as tables."""
    told = {line for table in tables for line in lines_of(table)}
    said = [line for line in lines if line not in told] if told else lines
    at = next((n for n, line in enumerate(said) if _PLACED in line), None)
    if at is None:
        return tuple(_opening(said))
    return (*said[max(0, at - _BEFORE) : at], *said[at + 1 : at + 1 + _AFTER])


def _opening(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a page up to its first paragraph."""
    long = (n for n, line in enumerate(lines) if len(dense(line)) > 60 and not labels_in(line))
    return lines[: min(next(long, len(lines)), 2 * _BEFORE)]


def _stated(
    sources: Sources, title: Stated | None, body: Sequence[str]
) -> tuple[Mapping[str, Stated], tuple[str, ...]]:
    """Every field that the page states, by name, and the doubts about them."""
    published, doubts = published_of(sources)
    found = {
        "title": title,
        "subtitle": subtitle_of(sources, title.value if title else ""),
        "published": published,
        "source": source_of(sources),
        "author": author_of(sources),
        "doc_number": doc_number_of(sources, body),
    }
    return {name: stated for name, stated in found.items() if stated}, doubts


def _article(whole: Whole, stated: Mapping[str, Stated], sources: Sources) -> Article:
    piece = whole.piece
    value = {name: field.value for name, field in stated.items()}
    title = value.get("title", "")
    return Article(
        title=title,
        subtitle=value.get("subtitle"),
        body="\n".join(piece.lines),
        published=value.get("published"),
        source=value.get("source"),
        author=value.get("author"),
        doc_number=value.get("doc_number"),
        info=sources.info,
        attachments=piece.attachments,
        images=piece.images,
        videos=piece.videos,
        notes=notes_of(title, sources.info, sources.lines, piece.lines),
        links=piece.links,
    )


def _origins(article: Article, stated: Mapping[str, Stated], whole: Whole) -> Mapping[str, str]:
    found = {**_FOUND_BY, "body": whole.piece.origin}
    return {name: field.origin for name, field in stated.items()} | {
        name: origin for name, origin in found.items() if getattr(article, name)
    }


def _lacking(article: Article, whole: Whole, title: Stated | None) -> tuple[str, ...]:
    empty = not (article.body or article.images or article.attachments or article.videos)
    lacking = (
        ("no-title", not article.title),
        ("title-guessed", title is not None and title.origin == "trafilatura"),
        ("no-date", article.published is None),
        ("no-content", empty and not whole.continues),
    )
    return tuple(word for word, lacks in lacking if lacks)
