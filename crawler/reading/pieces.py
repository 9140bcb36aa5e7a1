"""What one located region gives: its lines, checked, and the files, pictures and players in it."""

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.reading.attachments import attachments_of, images_of, links_of, links_to_files
from crawler.reading.body import located, normalised
from crawler.reading.check import as_shown, same_characters, same_lines, with_dropped
from crawler.reading.infotable import info_tables
from crawler.reading.players import videos_of
from crawler.reading.region import Parts
from crawler.reading.text import dense
from crawler.reading.tools import Trimmed, fenced, trimmed, without_files
from crawler.reading.walker import lines_of
from storage.article import Attachment, Link

_PLAIN = frozenset(
    [
        "html", "body", "div", "p", "br", "center", "a", "img",
        "table", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th", "caption",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One region as read. `taken` are the lines at its ends that were found to be no body;
    `is_bare` says that nothing stands in the region itself: its files, if any, stand beside it."""

    lines: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    origin: str = "walker"
    doubts: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    images: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    is_bare: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, neither to read nor to open."""
        return not (self.lines or self.attachments or self.images or self.videos)


def piece_of(parts: Parts, url: str, title: str) -> Piece:
    """Read a page's region, or, where it has none, what the page shows to be its body."""
    files, images = attachments_of(parts, url), images_of(parts, url)
    videos = videos_of(parts.embedded, url)
    if parts.body is None:
        lines, origin = _unlocated(parts.rest, title, shows=bool(files or images))
        doubts: tuple[str, ...] = ()
        lines = replace(lines, body=without_files(lines.body, [file.name for file in files]))
    else:
        lines, origin, doubts = _lines(parts, parts.body, title)
    return Piece(
        lines=lines.body,
        taken=lines.taken,
        origin=origin,
        doubts=(*parts.doubts, *doubts),
        attachments=files,
        images=images,
        videos=videos,
        links=links_of(parts.body, url),
        is_bare=not (lines.body or images or videos or links_to_files(parts.body, url)),
    )


def _lines(parts: Parts, body: HtmlElement, title: str) -> tuple[Trimmed, str, tuple[str, ...]]:
    lines, origin, doubts = _checked(body)
    if parts.exact:
        return Trimmed(tuple(lines), ()), origin, doubts
    only = parts.layout.holds_only_the_body
    return trimmed(lines, title, only_the_body=only), origin, doubts


def _unlocated(page: HtmlElement, title: str, *, shows: bool) -> tuple[Trimmed, str]:
    """The body of a page without a region: trafilatura's word, where the page's own date line and
    buttons do not say otherwise. Between these it may be that nothing is said, but something shown:
    a picture, a file (`shows`)."""
    walked = lines_of(page)
    tables = info_tables(page, dense("".join(walked)))
    told = {dense(line) for table in tables for line in lines_of(table)}
    between = fenced(walked)
    given = as_shown(located(page), walked)
    found, fence = (
        trimmed([line for line in lines if dense(line) not in told], title, only_the_body=False)
        for lines in (with_dropped(given, walked), between or ())
    )
    if not fence.body and between is not None and shows:
        return Trimmed((), found.taken), "walker"
    if not fence.body or same_lines(found.body, fence.body):
        return found, "trafilatura" if set(found.body) <= set(given) else "walker"
    return fence, "walker"


def _checked(region: HtmlElement) -> tuple[list[str], str, tuple[str, ...]]:
    walked = lines_of(region)
    if not walked:
        return [], "walker", ()
    if _is_plain(region) and same_characters(walked, region):
        return walked, "walker:plain", ()
    lines = normalised(region)
    if not same_characters(lines, region):
        return walked, "walker", ("trafilatura-dropped-text",)
    # trafilatura folds the spaces within a line: what is stored has them as the page does.
    return walked, "trafilatura" if same_lines(lines, walked) else "walker", ()


def _is_plain(region: HtmlElement) -> bool:
    """Whether a region is paragraphs and tables, and nothing else: no list, no heading, no quote.
    Then there is nothing to normalise: a second reading could only end in the same lines, and
    would cost more than all the rest."""
    return all(node.tag in _PLAIN for node in region.iter())
