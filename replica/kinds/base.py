"""A site kind: how one generation and dialect of the CMS shows the truth. All of it is text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from replica.channels import Channel
from replica.state import Article, Day, Placed, Row


class Role(StrEnum):
    """What an address is for; faults are told by role."""

    HOME = "home"
    CHANNEL = "channel"
    LISTING = "listing"
    ARTICLE = "article"
    COUNTER = "counter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class View:
    """What one page is made from: the site's day, the server's own address, and the request.

    `page` is the page of an article that goes over several.
    `serial` differs on every request. `skin` 1 is the same site after a redesign. Where `told`
    is False, nothing says how many rows a list has.
    """

    day: Day
    root: str
    serial: int = 0
    skin: int = 0
    told: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class Window:
    """A question for rows `first` to `last` of a channel's list, counted from 1, both included.

    `unit` is the list block that was asked for, `page_rows` the rows that the CMS calls a page.
    `page` is the number of the page where pages were asked for, 0 where rows were.
    """

    channel: Channel
    first: int
    last: int
    unit: str
    page_rows: int
    page: int = 0

    def capped(self, most: int) -> "Window":
        """The window of a server that gives no more rows at once: its pages are smaller, too."""
        length = min(self.last - self.first + 1, most)
        if not self.page:
            return replace(self, last=self.first + length - 1)
        first = (self.page - 1) * length + 1
        return replace(self, first=first, last=first + length - 1, page_rows=length)


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a window: the rows found, and the total that the list claims.

    Where `told` is False the answer keeps the total to itself.
    """

    found: tuple[Row, ...]
    total: int
    told: bool = True

    def pages(self, page_rows: int) -> int:
        """How many pages the list has, by its total; an empty list has one."""
        return max(1, -(-self.total // page_rows))


class Kind(Protocol):
    """One way of showing the site. Everything below answers with text, or None for a 404."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    @property
    def encoding(self) -> str:
        """The codec of every page."""
        ...

    @property
    def page_type(self) -> str:
        """The Content-Type header of pages, exactly as sent."""
        ...

    @property
    def listing_type(self) -> str:
        """The Content-Type header of a listing's answer, exactly as sent."""
        ...

    def role(self, path: str) -> Role:
        """What the address is for, by its path alone."""
        ...

    def channel_path(self, channel: Channel) -> str:
        """The canonical address of a channel's page."""
        ...

    def article_path(self, placed: Placed) -> str:
        """The address of an article in one of its channels."""
        ...

    def cms_id(self, article: Article) -> str:
        """What the CMS calls the article, in all its channels."""
        ...

    def find_channel(self, day: Day, path: str) -> Channel | None:
        """The channel whose page this is."""
        ...

    def find_article(self, day: Day, path: str) -> Placed | None:
        """The article at an address, whatever its standing."""
        ...

    def window(self, day: Day, path: str, asked: Mapping[str, str]) -> Window | None:
        """Which rows a listing request asks for; None where it names no list of this site."""
        ...

    def home(self, view: View) -> str: ...

    def channel(self, view: View, channel: Channel) -> str: ...

    def listing(self, view: View, window: Window | None, rows: Rows) -> str | None: ...

    def article(self, view: View, placed: Placed) -> str: ...

    def notice(self, view: View, words: str) -> str:
        """A short page that says why there is nothing here (a 404, a soft 404)."""
        ...
