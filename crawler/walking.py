"""Walking: a site's channels and their listings, to the end of each, and one ledger a channel."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scrapy.http import Request, Response

from crawler import hanweb, responses
from crawler.archiving import ArchivingSpider
from crawler.channel_walk import ChannelWalk
from crawler.channels import Channel, find_channels, own_channel
from crawler.deciding import standing_urls, why_fetch
from crawler.ending import ExitCode, Problem
from crawler.keys import article_key
from crawler.listings import Entry, Listing, ListingRequest, NotAListing, find_pagers
from crawler.reading import PageKind, Reading
from crawler.walk import Expected, Walk
from storage.article import ArticleKey
from storage.judging import Outcome
from storage.values import ChannelSeen, Listed, Placed, Walked

_CHANNELS, _LISTINGS = 10, 20
"""Priorities above an article's: lists are walked in one go, so that they are of one moment."""


class WalkingSpider(ArchivingSpider):
    """Walks the channels of the site `host`. `only` limits it to some, by id or by name; `full`
    walks every list to its end even where what is held accounts for what it claims."""

    host: str
    only: tuple[str, ...]
    full: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels: dict[str, str | None] = {}

    def parse_channel(self, response: Response, cms_id: str) -> Iterator[Any]:
        """A channel's page: the channels it mentions, and its lists."""
        if response.status != 200:
            yield from self._no_channel(response, cms_id)
            return
        text = responses.text_of(response)
        yield self.captured(response, PageKind.CHANNEL, outcome=Outcome.READ)
        yield from self.mention(find_channels(text, response.url))
        pagers = find_pagers(text, response.url)
        own = own_channel(text, response.url)
        yield ChannelSeen(
            host=self.host,
            cms_id=cms_id,
            name=own.name if own else None,
            url=hanweb.canonical(response.url),
            parent_cms_id=own.parent_id if own else None,
            dialect=pagers[0].dialect if pagers else None,
            at=self.clock(),
        )
        expected = self._expected(cms_id) if len(pagers) == 1 else Expected()
        walks = [Walk(pager, self.host, expected, full=self.full) for pager in pagers]
        if walks:
            yield from self._begin(ChannelWalk(cms_id, self.clock(), walks))

    def parse_listing(self, response: Response, walking: ChannelWalk) -> Iterator[Any]:
        """One more page of a channel's list."""
        walk = walking.current
        assert walk is not None
        try:
            if response.status != 200:
                raise NotAListing(response.url, f"status {response.status}")
            listing = walk.pager.parse(responses.text_of(response), response.url)
        except NotAListing as error:
            yield self.captured(
                response, PageKind.OTHER, outcome=Outcome.FAILED, reason=error.reason
            )
            walk.fail(error.reason)
            yield from self._go_on(walking)
            return
        yield self.captured(response, "listing", outcome=Outcome.READ)
        yield from self._take(walking, walk, listing)
        yield from self._go_on(walking)

    def listing_failed(self, failure: Any) -> Iterator[Any]:
        """A page of a list cannot be had: its walk ends as failed."""
        yield from self.failed(failure)
        walking: ChannelWalk = failure.request.cb_kwargs["walking"]
        assert walking.current is not None
        walking.current.fail(str(failure.value) or type(failure.value).__name__)
        yield from self._go_on(walking)

    def follow(self, reading: Reading) -> Sequence[Any]:
        """Channels that only an article's breadcrumb mentions are walked as well."""
        found: list[Any] = []
        parent: str | None = None
        for crumb in reading.breadcrumb:
            cms_id = hanweb.channel_id(crumb.url) if crumb.url else None
            if cms_id and crumb.url and hanweb.host_of(crumb.url) == self.host:
                channel = Channel(cms_id, crumb.name, hanweb.canonical(crumb.url), parent)
                found.extend(self.mention((channel,)))
                parent = cms_id
        return found

    def mention(self, found: Iterable[Channel]) -> Iterator[Any]:
        for channel in found:
            if self.channels.get(channel.cms_id) is None:
                yield ChannelSeen(
                    host=self.host,
                    cms_id=channel.cms_id,
                    name=channel.name,
                    url=channel.url,
                    parent_cms_id=channel.parent_id,
                    at=self.clock(),
                )
            if channel.cms_id not in self.channels:
                yield from self.want_channel(channel)
            self.channels[channel.cms_id] = channel.name or self.channels.get(channel.cms_id)

    def want_channel(self, channel: Channel) -> Iterator[Any]:
        if self.only and channel.cms_id not in self.only and channel.name not in self.only:
            return
        request = Request(
            channel.url,
            callback=self.parse_channel,
            errback=self.failed,
            cb_kwargs={"cms_id": channel.cms_id},
            priority=_CHANNELS,
        )
        yield from self.want(request, "channel")

    def _no_channel(self, response: Response, cms_id: str) -> Iterator[Any]:
        reason = f"status {response.status}"
        yield self.captured(
            response, PageKind.NOT_FOUND, outcome=Outcome.NOT_AN_ARTICLE, reason=reason
        )
        if cms_id in self.only and response.status in (404, 410):
            raise self.stop(self.no_such_channel(cms_id))

    def no_such_channel(self, name: str) -> Problem:
        """The problem of a channel that was asked for and is not there."""
        known = ", ".join(f"{id_} {title or ''}".strip() for id_, title in self.channels.items())
        return Problem(ExitCode.USAGE, f"{self.host} has no channel {name}; it has {known}")

    def _expected(self, cms_id: str) -> Expected:
        account = self.archive.account(self.host, cms_id)
        rows = account.standing + account.elsewhere + account.repeats
        return Expected(rows, known=account.walked)

    def _begin(self, walking: ChannelWalk) -> Iterator[Any]:
        walk = walking.current
        if walk is not None and walk.pager.first is not None:
            yield from self._take(walking, walk, walk.pager.first)
        yield from self._go_on(walking)

    def _go_on(self, walking: ChannelWalk) -> Iterator[Any]:
        while (walk := walking.current) is not None:
            if request := walk.next_request():
                yield from self._want_listing(request, walking)
                return
            if (following := walking.turn()) is not None and following.pager.first is not None:
                yield from self._take(walking, following, following.pager.first)
        yield self._walked(walking)

    def _want_listing(self, request: ListingRequest, walking: ChannelWalk) -> Iterator[Any]:
        asked = responses.listing_request(request)
        asked.callback, asked.errback = self.parse_listing, self.listing_failed
        asked.cb_kwargs["walking"] = walking
        asked.priority = _LISTINGS
        before = len(self._asked)
        yield from self.want(asked, "listing")
        if len(self._asked) == before:
            assert walking.current is not None
            walking.current.fail("the site offers a page that was already walked")
            yield from self._go_on(walking)

    def _take(self, walking: ChannelWalk, walk: Walk, listing: Listing) -> Iterator[Any]:
        keys = {entry: article_key(entry.url, self.host) for entry in listing.entries}
        ids = [key.cms_id for key in keys.values() if key]
        held = self.archive.held(self.host, walking.channel, ids)
        fresh = walk.take(listing, standing_urls(keys, held))
        yield Listed(
            host=self.host,
            channel=walking.channel,
            at=self.clock(),
            entries=tuple(_placed(entry, keys[entry]) for entry in fresh),
        )
        for entry in fresh:
            key = keys[entry]
            if key is not None and why_fetch(entry, held.get(key.cms_id)):
                yield from self.want_article(key, entry.url, entry.title)

    def _walked(self, walking: ChannelWalk) -> Walked:
        ledger = walking.ledger()
        self.verdicts.append(ledger.verdict)
        return Walked(
            host=self.host,
            channel=walking.channel,
            walked_at=walking.started_at,
            claimed_total=ledger.claimed_total,
            entries_seen=ledger.entries_seen,
            articles_seen=ledger.articles_seen,
            repeats=ledger.repeats,
            off_site=ledger.off_site,
            pages=ledger.pages,
            stop_reason=ledger.stop_reason,
            verdict=ledger.verdict,
            whole=ledger.whole,
        )


def _placed(entry: Entry, key: ArticleKey | None) -> Placed:
    return Placed(key, entry.url, entry.title, entry.listed_on)
