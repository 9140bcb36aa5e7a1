"""Walking: each channel's listings to their end, and one ledger a channel."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from scrapy.http import Response

from crawler import hanweb, responses
from crawler.channel_tree import ChannelTreeSpider
from crawler.channel_walk import ChannelWalk
from crawler.channels import Channel, find_channels, own_channel
from crawler.deciding import standing_urls, why_fetch
from crawler.keys import article_key
from crawler.ledger import Expected, Ledger, failed_ledger
from crawler.listings import Entry, Listing, ListingRequest, NotAListing, Pager, find_pagers
from crawler.reading import PageKind
from crawler.walk import Walk
from storage.article import ArticleKey
from storage.judging import Outcome
from storage.values import ChannelSeen, Listed, Placed, Walked

FULL_WALK_EVERY = timedelta(days=7)
"""A channel whose list was not seen to its end for so long is walked to the end again."""

_PRIORITY = 20
"""Above a channel's page: a list is walked in one go, so that it is of one moment."""


class WalkingSpider(ChannelTreeSpider):
    """Walks the lists of the channels. `full` walks every list to its end even where what is held
    accounts for what it claims. What a first walk could not finish is walked once more."""

    full: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unfinished: list[Channel] = []

    def parse_channel(self, response: Response, cms_id: str, attempt: int = 1) -> Iterator[Any]:
        """A channel's page: the channels it mentions, and its lists."""
        if response.status != 200:
            yield from self._no_channel(response, cms_id, attempt)
            return
        text = responses.text_of(response)
        yield self.captured(response, PageKind.CHANNEL, outcome=Outcome.READ)
        yield from self.mention(find_channels(text, response.url))
        yield from self.open_catalogue(response, text, cms_id)
        pagers = find_pagers(text, response.url)
        yield self._channel_seen(response, text, cms_id, pagers)
        if pagers:
            yield from self._begin(cms_id, pagers, attempt)

    def channel_failed(self, failure: Any) -> Iterator[Any]:
        """A channel's page cannot be had: so neither can its list."""
        yield from self.failed(failure)
        asked = failure.request.cb_kwargs
        yield self._walked(asked["cms_id"], failed_ledger(str(failure.value)), asked["attempt"])

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
        else:
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

    def walk_again(self) -> Iterator[Any]:
        """Walk once more, to their ends, the channels whose first walk fell short or failed."""
        again, self.unfinished = self.unfinished, []
        for channel in again:
            yield from self.want_channel(channel, attempt=2)

    def _no_channel(self, response: Response, cms_id: str, attempt: int) -> Iterator[Any]:
        reason = f"status {response.status}"
        outcome = Outcome.FAILED if response.status >= 500 else Outcome.NOT_AN_ARTICLE
        yield self.captured(response, PageKind.NOT_FOUND, outcome=outcome, reason=reason)
        if cms_id in self.only and response.status in (404, 410):
            raise self.stop(self.no_such_channel(cms_id))
        yield self._walked(cms_id, failed_ledger(f"the channel's page has {reason}"), attempt)

    def _channel_seen(
        self, response: Response, text: str, cms_id: str, pagers: Sequence[Pager]
    ) -> ChannelSeen:
        own = own_channel(text, response.url)
        return ChannelSeen(
            host=self.host,
            cms_id=cms_id,
            name=own.name if own else None,
            url=hanweb.canonical(response.url),
            parent_cms_id=own.parent_id if own else None,
            dialect=pagers[0].dialect if pagers else None,
            own=True,
            at=self.clock(),
        )

    def _begin(self, cms_id: str, pagers: Sequence[Pager], attempt: int) -> Iterator[Any]:
        full = self.full or attempt > 1
        held = self._expected(cms_id)
        # Of several blocks one is the list as a rule; none of them need hold half of the rows.
        expected = held if len(pagers) == 1 else replace(held, known=False)
        walks = [Walk(pager, self.host, expected, full=full) for pager in pagers]
        rows = held.rows if held.known else 0
        walking = ChannelWalk(cms_id, self.clock(), walks, attempt=attempt, held=rows)
        if pagers[0].first is not None:
            yield from self._take(walking, walks[0], pagers[0].first)
        yield from self._go_on(walking)

    def _expected(self, cms_id: str) -> Expected:
        account = self.archive.account(self.host, cms_id)
        walked_at = account.walked_at
        recent = walked_at is not None and self.clock() - walked_at < FULL_WALK_EVERY
        return Expected(account.rows, walked_at is not None, recent, account.since)

    def _go_on(self, walking: ChannelWalk) -> Iterator[Any]:
        while (walk := walking.current) is not None:
            if request := walk.next_request():
                yield from self._want_listing(request, walking, walk)
                return
            if (following := walking.turn()) is not None and following.pager.first is not None:
                yield from self._take(walking, following, following.pager.first)
        yield self._walked(walking.channel, walking.ledger(), walking.attempt, walking)

    def _want_listing(
        self, request: ListingRequest, walking: ChannelWalk, walk: Walk
    ) -> Iterator[Any]:
        asked = responses.listing_request(request, walking.attempt)
        asked.callback, asked.errback = self.parse_listing, self.listing_failed
        asked.cb_kwargs["walking"] = walking
        asked.priority = _PRIORITY
        wanted = list(self.want(asked, "listing"))
        yield from wanted
        if not wanted:
            walk.fail("the site offers a page that was already walked")
            yield from self._go_on(walking)

    def _take(self, walking: ChannelWalk, walk: Walk, listing: Listing) -> Iterator[Any]:
        keys = {entry: article_key(entry.url, self.host) for entry in listing.entries}
        ids = [key.cms_id for key in keys.values() if key]
        held = self.archive.held(self.host, walking.channel, ids)
        elsewhere = [entry.url for entry, key in keys.items() if key is None]
        known = self.archive.listed_elsewhere(self.host, walking.channel, elsewhere)
        fresh = walk.take(listing, standing_urls(keys, held) | known)
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

    def _walked(
        self, cms_id: str, ledger: Ledger, attempt: int, walking: ChannelWalk | None = None
    ) -> Walked:
        self.verdicts[cms_id] = ledger.verdict
        if attempt == 1 and ledger.unfinished and cms_id in self.channels:
            self.unfinished.append(self.channels[cms_id])
        return Walked(
            host=self.host,
            channel=cms_id,
            walked_at=walking.started_at if walking else self.clock(),
            **asdict(ledger),
        )


def _placed(entry: Entry, key: ArticleKey | None) -> Placed:
    return Placed(key, entry.url, entry.title, entry.listed_on)
