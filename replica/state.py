"""The site as it stands on one day, and what happened since the day before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import takewhile

from replica.channels import TREE, Channel, Tree
from replica.content import Content


class Standing(StrEnum):
    """How an article's address answers."""

    PUBLISHED = "published"
    TAKEN_DOWN = "404"
    """The page is gone: status 404."""
    BLANKED = "soft-404"
    """A short notice stands in its place, with status 200."""
    WITHDRAWN = "410"
    """The page is gone, and the server says so: status 410."""
    LEADS_HOME = "redirected-home"
    """Its address leads to the home page."""
    EMPTIED = "blank"
    """An empty body with status 200."""


@dataclass(frozen=True)
class Article:
    """One article of the site on one day.

    `channels` are the numbers of the channels it is placed in, its own first. `layout` is how
    its body is marked up, no part of its content. `earlier` holds former contents, oldest first.
    """

    number: int
    channels: tuple[int, ...]
    content: Content
    layout: str
    pinned: bool = False
    standing: Standing = Standing.PUBLISHED
    changed_on: int = 1
    earlier: tuple[Content, ...] = ()

    @property
    def dated(self) -> date:
        """The day in its address and in the lists."""
        return date.fromisoformat(self.content.published[:10])


@dataclass(frozen=True, slots=True)
class Placed:
    """An article as it stands in one channel: a row of a list, and an address."""

    article: Article
    channel: Channel

    @property
    def title(self) -> str:
        """The headline that lists show."""
        return self.article.content.title

    @property
    def dated(self) -> date:
        """The day that lists show."""
        return self.article.dated


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a channel's list that is about no article of the site: it leads to `url`."""

    channel: int
    title: str
    dated: date
    url: str


Row = Placed | Link
"""One row of a list."""


class ChangeKind(StrEnum):
    """The kinds of things that happen to an article between two days."""

    NEW = "new"
    EDITED = "edited"
    TAKEN_DOWN = "taken_down"
    RESTORED = "restored"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one article on one day.

    `fields` names the content fields of an edit. `how` is the act: `trim`, `revert`,
    `back-dated`, `soft-404`, or the channel that a moved article left.
    """

    kind: ChangeKind
    article: int
    fields: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True)
class Day:
    """The whole site on one day. `articles` holds those taken down as well.

    `links` are rows that lead elsewhere. With `twice`, what is pinned stands in its own place
    of the list as well. Where `window` is not 0, no list shows more rows. The last four are
    faults.
    """

    number: int
    date: date
    articles: Mapping[int, Article]
    changes: tuple[Change, ...] = ()
    tree: Tree = TREE
    links: tuple[Link, ...] = ()
    twice: bool = False
    window: int = 0
    emptied: bool = False
    """Every list says that it has nothing."""
    withheld: int = 0
    """So many of the newest rows stand in no list as yet, but for those in `moved`."""
    withdrawn: int = 0
    """So many of the newest rows stand no more in the lists of the channels in `moved`."""
    moved: frozenset[int] = frozenset()

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that have a page."""
        return self.tree.standing

    def rows(self, channel: int) -> tuple[Row, ...]:
        """A channel's list: the pinned rows, then the newest first."""
        if self.emptied:
            return ()
        rows = self._lists[channel]
        hidden = self.withdrawn if channel in self.moved else self.withheld
        if hidden:
            pinned = sum(1 for _ in takewhile(_is_pinned, rows))
            rows = rows[:pinned] + rows[pinned + hidden :]
        return rows[: self.window or None]

    def listed(self, channel: int) -> tuple[Placed, ...]:
        """The rows of a channel's list that are about its own articles."""
        return tuple(row for row in self.rows(channel) if isinstance(row, Placed))

    def placed(self, number: int, channel: int) -> Placed | None:
        """The article at that place, whatever its standing; None where it was never put there."""
        article = self.articles.get(number)
        if article is None or channel not in article.channels:
            return None
        return Placed(article, self.tree.named(channel))

    def made_at(self, article: Article) -> datetime:
        """When the CMS last rebuilt the article's page: at each change, and every third day."""
        rebuilt = self.number - (article.number + self.number) % 3
        ago = self.number - max(1, rebuilt, article.changed_on)
        minute = time(hour=9 + article.number % 8, minute=article.number % 60, second=25)
        return datetime.combine(date.fromordinal(self.date.toordinal() - ago), minute)

    @cached_property
    def files(self) -> frozenset[str]:
        """The addresses of all files and pictures that any article has offered up to this day."""
        told = [c for a in self.articles.values() for c in (a.content, *a.earlier)]
        files = (file.path for content in told for file in content.attachments)
        linked = (link.url for link in self.links)
        return frozenset((*files, *linked)) | {path for content in told for path in content.images}

    @cached_property
    def editions(self) -> Mapping[str, int]:
        """Which edition of a file lies at an address, by path: of those that articles offer."""
        told = (file for a in self.articles.values() for file in a.content.attachments)
        return {file.path: file.edition for file in told}

    @cached_property
    def _lists(self) -> Mapping[int, tuple[Row, ...]]:
        published = [a for a in self.articles.values() if a.standing is Standing.PUBLISHED]
        return {channel.number: self._list(channel, published) for channel in self.tree.all}

    def _list(self, channel: Channel, articles: list[Article]) -> tuple[Row, ...]:
        # A parent lists its children's articles once each, under the child's address.
        held = self.tree.holds(channel)
        placed = [
            Placed(article, self.tree.named(next(c for c in article.channels if c in held)))
            for article in articles
            if not held.isdisjoint(article.channels)
        ]
        rows: list[Row] = [p for p in placed if self.twice or not p.article.pinned]
        rows += (link for link in self.links if link.channel in held)
        pinned = sorted(filter(_is_pinned, placed), key=_age, reverse=True)
        return (*pinned, *sorted(rows, key=_age, reverse=True))


def _is_pinned(row: Row) -> bool:
    return isinstance(row, Placed) and row.article.pinned


def _age(row: Row) -> tuple[str, int]:
    if isinstance(row, Placed):
        return row.article.content.published, row.article.number
    return f"{row.dated} 12:00", 0
