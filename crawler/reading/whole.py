"""The body as a whole, whatever pages and files it stands on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from crawler.reading.fragments import framed, is_script, scripted, written, written_inline
from crawler.reading.layouts import Layout
from crawler.reading.markers import markers_of
from crawler.reading.noise import EMBEDDING, without_noise
from crawler.reading.page import parse
from crawler.reading.pager import MOST_PAGES, FurtherPages, further_pages, without_pager
from crawler.reading.pieces import Piece, piece_of
from crawler.reading.region import Parts, parts_of
from crawler.reading.text import markup
from crawler.reading.values import Part

_T = TypeVar("_T")
_SURENESS = ("walker", "trafilatura", "walker:plain")
"""Of a body from several pages, the origin that a person would most want to look at."""

_ALL_OF_IT = Layout("fragment", (), "what a frame or a script brings", holds_only_the_body=False)


@dataclass(frozen=True, slots=True)
class Whole:
    """A body joined from its pieces. `continues` and `continues_as` are those of `Reading`."""

    piece: Piece
    continues: tuple[str, ...] = ()
    continues_as: str = ""


def whole_body(page: Parts, text: str, url: str, title: str, given: Sequence[Part]) -> Whole:
    """Read the body from the article's page and the further parts that were fetched of it."""
    first = _first(page, url, title)
    named, kind = _continued(first, page, text, url)
    if not named.addresses and not given:
        return Whole(first)
    read = _further_page if kind in {"pages", ""} else _fragment
    pieces = [first, *(read(part, title) for part in given)]
    if kind == "pages":
        named = _all_pages(named, given, url)
    continues = named.addresses
    missing = not set(continues) <= {part.url for part in given}
    united = _united([_without_pager(piece, (url, *continues)) for piece in pieces])
    doubts = (
        *united.doubts,
        *("continues-elsewhere",) * missing,
        *("pages-beyond",) * named.beyond,
    )
    return Whole(replace(united, doubts=tuple(dict.fromkeys(doubts))), continues, kind)


def _first(page: Parts, url: str, title: str) -> Piece:
    """The article's own page; an empty body may be written into it by a script in its place."""
    piece = piece_of(page, url, title)
    if piece.is_bare and page.body is not None and (inline := written_inline(page.embedded)):
        return _with_files_of(piece, _all_of(inline, url, title))
    return piece


def _with_files_of(piece: Piece, written: Piece) -> Piece:
    files = dict.fromkeys((*written.attachments, *piece.attachments))
    return replace(written, attachments=tuple(files))


def _continued(first: Piece, page: Parts, text: str, url: str) -> tuple[FurtherPages, str]:
    if (pages := further_pages(text, (page.body, page.rest), url)).addresses:
        return pages, "pages"
    if first.is_bare:
        if frames := framed(page.embedded, url, in_body=page.body is not None):
            return FurtherPages(frames), "frame"
        if page.body is not None and (scripts := scripted(page.embedded, url)):
            return FurtherPages(scripts), "script"
    return FurtherPages(), ""


def _all_pages(named: FurtherPages, given: Sequence[Part], url: str) -> FurtherPages:
    """The further pages that the article's page names, and those that only the parts name."""
    told = [named, *(_named_by(part, url) for part in given)]
    addresses = dict.fromkeys(address for pages in told for address in pages.addresses)
    addresses.pop(url, None)
    kept = tuple(addresses)[: MOST_PAGES - 1]
    return FurtherPages(kept, len(kept) < len(addresses) or any(pages.beyond for pages in told))


def _named_by(part: Part, url: str) -> FurtherPages:
    return further_pages(part.html, (parse(part.html).root,), url)


def _further_page(part: Part, title: str) -> Piece:
    text = markup(part.html)
    return piece_of(parts_of(text, markers_of(text)), part.url, title)


def _fragment(part: Part, title: str) -> Piece:
    if is_script(part.html):
        return _all_of(written(part.html), part.url, title)
    located = _further_page(part, title)
    if located.is_empty or "no-region" in located.doubts:
        return _all_of(part.html, part.url, title)
    return located


def _all_of(text: str, url: str, title: str) -> Piece:
    """A document that is the body and nothing else."""
    page = parse(text)
    embedded = tuple(page.root.iter(*EMBEDDING))
    hid = without_noise(page.root)
    doubts = ("hidden-text",) * hid + ("page-cut",) * page.cut
    whole = Parts(page.root, parse("").root, _ALL_OF_IT, doubts=doubts, embedded=embedded)
    return piece_of(whole, url, title)


def _without_pager(piece: Piece, pages: Sequence[str]) -> Piece:
    links = tuple(link for link in piece.links if link.url.partition("#")[0] not in pages)
    return replace(piece, lines=without_pager(piece.lines, len(pages)), links=links)


def _united(pieces: Sequence[Piece]) -> Piece:
    origins = [piece.origin for piece in pieces if piece.lines]
    return Piece(
        lines=_joined(pieces, lambda piece: piece.lines),
        taken=_joined(pieces, lambda piece: piece.taken),
        origin=min(origins, key=_SURENESS.index, default="walker"),
        doubts=_joined(pieces, lambda piece: piece.doubts),
        attachments=_once(pieces, lambda piece: piece.attachments),
        images=_once(pieces, lambda piece: piece.images),
        videos=_once(pieces, lambda piece: piece.videos),
        links=_once(pieces, lambda piece: piece.links),
    )


def _joined(pieces: Sequence[Piece], of: Callable[[Piece], Sequence[_T]]) -> tuple[_T, ...]:
    return tuple(one for piece in pieces for one in of(piece))


def _once(pieces: Sequence[Piece], of: Callable[[Piece], Sequence[_T]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(_joined(pieces, of)))
