"""The site as it stands on one day, and what happened since the day before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property

from replica.channels import BY_NUMBER, CHANNELS, Channel, holds
from replica.content import Content


class Standing(StrEnum):
    """How an article's address answers."""

    PUBLISHED = "published"
    TAKEN_DOWN = "404"
    """The page is gone: status 404."""
    BLANKED = "soft-404"
    """A short notice stands in its place, with status 200."""


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
    """The whole site on one day. `articles` holds those taken down as well."""

    number: int
    date: date
    articles: Mapping[int, Article]
    changes: tuple[Change, ...] = ()
    emptied: bool = False
    """A fault: every list says that it has nothing."""

    channels = CHANNELS

    def listed(self, channel: int) -> tuple[Placed, ...]:
        """The rows of a channel's list: the pinned ones, then the newest first."""
        return () if self.emptied else self._lists[channel]

    def placed(self, number: int, channel: int) -> Placed | None:
        """The article at that place, whatever its standing; None where it was never put there."""
        article = self.articles.get(number)
        if article is None or channel not in article.channels:
            return None
        return Placed(article, BY_NUMBER[channel])

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
        return frozenset(files) | {path for content in told for path in content.images}

    @cached_property
    def _lists(self) -> Mapping[int, tuple[Placed, ...]]:
        published = [a for a in self.articles.values() if a.standing is Standing.PUBLISHED]
        published.sort(key=lambda a: (a.pinned, a.content.published, a.number), reverse=True)
        return {channel.number: _rows(channel, published) for channel in CHANNELS}


def _rows(channel: Channel, articles: list[Article]) -> tuple[Placed, ...]:
    # A parent lists its children's articles once each, under the child's address.
    held = holds(channel)
    return tuple(
        Placed(article, BY_NUMBER[next(c for c in article.channels if c in held)])
        for article in articles
        if not held.isdisjoint(article.channels)
    )
