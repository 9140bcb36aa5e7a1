"""Read one article page: locate, let trafilatura normalise, check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.reading.attachments import attachments_of, images_of
from crawler.reading.body import located, normalised
from crawler.reading.breadcrumb import breadcrumb_of
from crawler.reading.check import same_characters, same_lines
from crawler.reading.fields import (
    Sources,
    Stated,
    author_of,
    doc_number_of,
    published_of,
    source_of,
    title_of,
)
from crawler.reading.identity import identity_of
from crawler.reading.infotable import info_of, info_tables
from crawler.reading.labels import labels_in
from crawler.reading.markers import markers_of
from crawler.reading.noise import drop, visible_strings
from crawler.reading.region import Parts, parts_of
from crawler.reading.tags import SITE_NAME, first, tags_of
from crawler.reading.text import dense, markup
from crawler.reading.tools import Trimmed, fenced, trimmed
from crawler.reading.values import Reading
from crawler.reading.walker import lines_of
from storage.article import Article

_PLACED = "⟦⟧"
_BEFORE, _AFTER = 30, 20


def read_article(html: str, url: str) -> Reading:
    """Read one article page. `url` is the address that answered; links are resolved against it.

    Never raises, whatever the text: what is not there is None or empty, and said in `doubts`.
    """
    text = markup(html)
    markers = markers_of(text)
    parts = parts_of(text, markers)
    tags = tags_of(parts.rest)
    site_name = first(tags, SITE_NAME)
    breadcrumb = breadcrumb_of(parts.rest, url)
    sources = Sources(text, markers, tags, parts.rest, _around(parts), _info(parts))
    title = title_of(sources, [site_name or "", *(crumb.name for crumb in breadcrumb)])
    body = _body(parts, title.value if title else "")
    fields = _fields(replace(sources, lines=(*sources.lines, *body.lines.taken)))
    identity = identity_of(text, tags, url)
    article, origins = _article(parts, body, {"title": title, **fields.stated}, sources.info, url)
    return Reading(
        article=article,
        origins=origins,
        breadcrumb=breadcrumb,
        cms_id=identity.cms_id,
        channel_id=identity.channel_id,
        site_name=site_name,
        doubts=(*parts.doubts, *body.doubts, *fields.doubts, *_missing(article)),
        layout=parts.layout.name,
    )


@dataclass(frozen=True, slots=True)
class _Body:
    lines: Trimmed
    origin: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fields:
    stated: Mapping[str, Stated | None]
    doubts: tuple[str, ...]


def _info(parts: Parts) -> Mapping[str, str]:
    """The disclosure table; where it stands in the body's own box, it leaves the body."""
    inside = _leading(parts.body) if parts.body is not None and not parts.exact else []
    boxes = [*info_tables(parts.rest), *inside]
    info = info_of(boxes)
    for box in inside:
        drop(box)
    return info


def _leading(body: HtmlElement) -> list[HtmlElement]:
    """The disclosure table with which a container begins, if it does."""
    text = dense("".join(visible_strings(body)))
    boxes = info_tables(body)[:1]
    return [box for box in boxes if text.startswith(dense("".join(visible_strings(box))))]


def _body(parts: Parts, title: str) -> _Body:
    if parts.body is None:
        return _unlocated(parts.rest, title)
    walked = lines_of(parts.body)
    lines, origin, doubts = _checked(walked, parts.body)
    if parts.exact:
        return _Body(Trimmed(tuple(lines), ()), origin, doubts)
    only = parts.layout.holds_only_the_body
    return _Body(trimmed(lines, title, only_the_body=only), origin, doubts)


def _unlocated(page: HtmlElement, title: str) -> _Body:
    """The body of a page without a region: trafilatura's word, where the page's own date line and
    buttons do not say otherwise."""
    found = trimmed(located(page), title, only_the_body=False)
    fence = trimmed(fenced(lines_of(page)), title, only_the_body=False)
    if not fence.body or same_lines(found.body, fence.body):
        return _Body(found, "trafilatura")
    return _Body(fence, "walker")


def _checked(walked: list[str], region: HtmlElement) -> tuple[list[str], str, tuple[str, ...]]:
    if not walked:
        return [], "walker", ()
    lines = normalised(region)
    if not same_characters(lines, region):
        return walked, "walker", ("trafilatura-dropped-text",)
    return (lines, "trafilatura", ()) if same_lines(lines, walked) else (walked, "walker", ())


def _around(parts: Parts) -> tuple[str, ...]:
    """The lines before and behind the body, where a page says whose and from when it is."""
    place = parts.place
    if place is None:
        return tuple(_opening(lines_of(parts.rest)))
    place.text = _PLACED
    lines = lines_of(parts.rest)
    place.text = None
    at = next((n for n, line in enumerate(lines) if _PLACED in line), len(lines))
    return (*lines[max(0, at - _BEFORE) : at], *lines[at + 1 : at + 1 + _AFTER])


def _opening(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a page up to its first paragraph."""
    long = (n for n, line in enumerate(lines) if len(dense(line)) > 60 and not labels_in(line))
    return lines[: min(next(long, len(lines)), 2 * _BEFORE)]


def _fields(sources: Sources) -> _Fields:
    published, contradicted = published_of(sources)
    stated = {
        "published": published,
        "source": source_of(sources),
        "author": author_of(sources),
        "doc_number": doc_number_of(sources),
    }
    return _Fields(stated, ("dates-disagree",) * contradicted)


def _article(
    parts: Parts,
    body: _Body,
    stated: Mapping[str, Stated | None],
    info: Mapping[str, str],
    url: str,
) -> tuple[Article, Mapping[str, str]]:
    value = {name: field.value if field else None for name, field in stated.items()}
    article = Article(
        title=value["title"] or "",
        body="\n".join(body.lines.body),
        published=value["published"],
        source=value["source"],
        author=value["author"],
        doc_number=value["doc_number"],
        info=info,
        attachments=attachments_of(parts.body, parts.place, parts.rest, url),
        images=images_of(parts.body, url),
    )
    origins = {name: field.origin for name, field in stated.items() if field}
    found = {"body": body.origin, "info": "table", "attachments": "links", "images": "links"}
    return article, origins | {name: o for name, o in found.items() if getattr(article, name)}


def _missing(article: Article) -> tuple[str, ...]:
    empty = not (article.body or article.images or article.attachments)
    lacking = (
        ("no-title", not article.title),
        ("no-date", article.published is None),
        ("no-content", empty),
    )
    return tuple(word for word, lacks in lacking if lacks)
