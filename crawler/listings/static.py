"""Lists that the server wrote into the page: rows with real links, and real links to turn pages.

Which rows are the page's list is judged thus: article links are grouped by their container
(`crawler.listings.blocks`), and groups below something named like a sidebar (hot, related,
recommended) fall out. Of the rest that group is taken whose articles are of the page's own
channel, or else the one in which most rows show a day beside the link. A group without days
counts only when its articles are of the page's own channel.
"""

import re
from dataclasses import dataclass

from lxml import etree

from crawler import hanweb
from crawler.listings import blocks, markup, paging
from crawler.listings.base import Listing, ListingRequest, NotAListing, Progress
from crawler.listings.blocks import Block

_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:hot|rank|related|recommend|tuijian|remen|xgxw|xgyd|xgwz|xglj|phb|sidebar|aside"
    r"|foot(?:er)?|nav|menu|friend)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset({"aside", "nav", "footer"})


@dataclass(frozen=True, slots=True)
class Static:
    """The list on a channel's page, and the further pages that it links to."""

    page_url: str
    first: Listing
    dialect: str = "static"

    def request(self, _progress: Progress, latest: Listing | None) -> ListingRequest | None:
        """The page that the latest one links to as its next."""
        return (latest or self.first).following

    def ahead(self) -> None:
        """The first rows stand on the channel's page and nowhere else."""

    def parse(self, text: str, url: str) -> Listing:
        """Read a further page of the list. Raises NotAListing where neither rows stand on it nor
        a pager: one with a pager alone is an empty page."""
        listing = read(markup.Shown(text, url), self.page_url, further=True)
        if listing is None:
            raise NotAListing(url, "a page without a list of articles")
        return listing


def find(page: markup.Shown, *, own: bool = False) -> tuple[Static, ...]:
    """The page's main list, if the server wrote one; with `own`, of its own articles only."""
    listing = read(page, page.url, own=own)
    return (Static(page.url, listing),) if listing else ()


def read(
    page: markup.Shown, channel_url: str, *, own: bool = False, further: bool = False
) -> Listing | None:
    """The main list of the page, which belongs to the channel at `channel_url`. On a
    `further` page of a list that was begun, a pager without rows is a list as well."""
    root, url = page.root, page.url
    if root is None:
        return None
    block = _main(blocks.find_blocks(root, url), hanweb.channel_id(channel_url), own=own)
    following = paging.next_page(root, url)
    pages = paging.claimed_pages(root)
    if block is None and not (further and pages):
        return None
    return Listing(
        entries=block.entries if block else (),
        claimed_total=paging.claimed_total(root),
        following=ListingRequest(following) if following else None,
        claimed_pages=pages,
    )


def _main(found: tuple[Block, ...], channel: str | None, *, own: bool) -> Block | None:
    aside: dict[etree._Element, bool] = {}
    ranked = [(_rank(block, channel), block) for block in found if not _is_aside(block, aside)]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    counts = best is not None and any(best[0][:1] if own else best[0][:2])
    return best[1] if best and counts else None


def _rank(block: Block, channel: str | None) -> tuple[bool, int, int]:
    addresses = (hanweb.article_address(entry.url) for entry in block.entries)
    own = sum(1 for address in addresses if address and address.channel_id == channel)
    return channel is not None and own * 2 > len(block.entries), block.dated, len(block.entries)


def _is_aside(block: Block, known: dict[etree._Element, bool]) -> bool:
    """Whether the block, or anything around it, is named like a sidebar."""
    path: list[etree._Element] = []
    element: etree._Element | None = block.container
    while element is not None and element not in known:
        path.append(element)
        element = element.getparent()
    below = element is not None and known[element]
    for inner in reversed(path):
        below = below or _is_named_aside(inner)
        known[inner] = below
    return below


def _is_named_aside(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _ASIDE_TAGS or bool(_ASIDE.search(names))
