"""Walking the lists of channels, page by page, each to its end; one ledger a channel."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from scrapy.http import Response

from crawler import responses
from crawler.channel_tree import ChannelTreeSpider
from crawler.channel_walk import ChannelWalk
from crawler.channels import Channel
from crawler.deciding import standing_urls, why_fetch
from crawler.keys import article_key
from crawler.ledger import Ledger
from crawler.list_answers import answer_digest
from crawler.listings import Entry, Listing, ListingRequest, NotAListing
from crawler.pages_held import LISTING, PagesHeld, confirmed, text_of
from crawler.reading import PageKind
from crawler.walk import Walk
from storage.article import ArticleKey
from storage.held_pages import HeldPage
from storage.judging import Outcome
from storage.told_before import ToldBefore
from storage.values import Captured, Listed, Placed, Walked

_PRIORITY = 20
"""Above a channel's page: a list is walked in one go, so that it is of one moment."""


class ListWalkingSpider(ChannelTreeSpider):
    """Walks lists that were begun. A subclass begins them, from the page of their channel or
    without it (`page_instead`)."""

    full: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unfinished: list[Channel] = []

    @property
    def pages_held(self) -> PagesHeld:
        """What the archive holds of the pages of channels and lists."""
        return PagesHeld(self.archive)

    def page_instead(self, walking: ChannelWalk) -> Iterator[Any]:
        """A list that was asked for without its channel's page did not come."""
        raise NotImplementedError

    def parse_listing(self, response: Response, walking: ChannelWalk) -> Iterator[Any]:
        """One more page of a channel's list."""
        walk = walking.current
        assert walk is not None
        held = confirmed(response)
        answer = self._answer(walking, walk, response, held)
        if answer and (told := self._told_before(walking, answer)):
            yield from self._tell_again(walking, response, answer, told)
            return
        try:
            if response.status != 200 and held is None:
                raise NotAListing(response.url, f"status {response.status}")
            text = text_of(held) if held else responses.text_of(response)
            listing = walk.pager.parse(text, response.url)
        except NotAListing as error:
            walk.fail(error.reason)
            # What a site does not give at once is asked for otherwise: nothing is lost by it.
            outcome = Outcome.NOT_AN_ARTICLE if walk.refused else Outcome.FAILED
            yield self.captured(response, PageKind.OTHER, outcome=outcome, reason=error.reason)
        else:
            yield self.page_read(response, LISTING)
            yield from self._take(walking, walk, listing, answer)
            if walking.ahead and not walk.refused:
                yield self.seen(self.channels[walking.channel])
        yield from self.go_on(walking)

    def listing_failed(self, failure: Any) -> Iterator[Any]:
        """A page of a list cannot be had: its walk passes it over, or ends as failed."""
        yield from self.failed(failure)
        walking: ChannelWalk = failure.request.cb_kwargs["walking"]
        assert walking.current is not None
        walking.current.fail(str(failure.value) or type(failure.value).__name__)
        yield from self.go_on(walking)

    def page_read(self, response: Response, kind: str) -> Captured:
        """A page of a channel or a list as it came, or as its server confirmed it."""
        held = confirmed(response)
        revalidates = held.known.capture_id if held else None
        return self.captured(response, kind, outcome=Outcome.READ, revalidates=revalidates)

    def begin(self, walking: ChannelWalk) -> Iterator[Any]:
        """Begin with what the channel's page shows, and ask for the rest."""
        if (walk := walking.current) is not None and walk.pager.first is not None:
            yield from self._take(walking, walk, walk.pager.first)
        yield from self.go_on(walking)

    def go_on(self, walking: ChannelWalk) -> Iterator[Any]:
        """The next question about the channel's lists; its ledger where there is none."""
        if walking.ahead and walking.refused:
            yield from self.page_instead(walking)
            return
        while (walk := walking.current) is not None:
            if request := walk.next_request():
                yield from self._want_listing(request, walking, walk)
                return
            if (following := walking.turn()) is not None and following.pager.first is not None:
                yield from self._take(walking, following, following.pager.first)
        yield self.walked(walking.channel, walking.ledger(), walking.attempt, walking)

    def walked(
        self, cms_id: str, ledger: Ledger, attempt: int, walking: ChannelWalk | None = None
    ) -> Walked:
        """The walk of a channel, ended; noted for a second one where that may see more."""
        self.verdicts[cms_id] = ledger.verdict
        if attempt == 1 and ledger.unfinished and cms_id in self.channels:
            self.unfinished.append(self.channels[cms_id])
        return Walked(
            host=self.host,
            channel=cms_id,
            walked_at=walking.started_at if walking else self.clock(),
            **asdict(ledger),
        )

    def _want_listing(
        self, request: ListingRequest, walking: ChannelWalk, walk: Walk
    ) -> Iterator[Any]:
        asked = responses.listing_request(request, walking.attempt)
        asked.callback, asked.errback = self.parse_listing, self.listing_failed
        asked.cb_kwargs["walking"] = walking
        asked.priority = _PRIORITY
        if walking.attempt == 1 and not self.full:
            asked = self.pages_held.if_changed(asked, self.clock())
        wanted = list(self.want(asked, LISTING))
        yield from wanted
        if not wanted:
            walk.fail("the site offers a page that was already walked")
            yield from self.go_on(walking)

    @staticmethod
    def _answer(
        walking: ChannelWalk, walk: Walk, response: Response, held: HeldPage | None
    ) -> bytes | None:
        """What names an answer that may be the whole list of its channel; None for any other."""
        if not walking.opens or (response.status != 200 and held is None):
            return None
        return answer_digest(walk.pager, held.payload if held else response.body)

    def _told_before(self, walking: ChannelWalk, answer: bytes) -> ToldBefore | None:
        return self.archive.told_before(self.host, walking.channel, answer, walking.started_at)

    def _tell_again(
        self, walking: ChannelWalk, response: Response, answer: bytes, told: ToldBefore
    ) -> Iterator[Any]:
        """The list says what it said the last time, and so its walk ends as that one did."""
        yield self.page_read(response, LISTING)
        yield Listed(
            host=self.host,
            channel=walking.channel,
            at=self.clock(),
            entries=(),
            answer=answer,
            same_as=told.telling,
        )
        for look in told.looks:
            yield from self.want_article(look.key, look.url, look.title)
        if walking.ahead:
            yield self.seen(self.channels[walking.channel])
        self.verdicts[walking.channel] = told.walk.verdict
        yield told.walk

    def _take(
        self, walking: ChannelWalk, walk: Walk, listing: Listing, answer: bytes | None = None
    ) -> Iterator[Any]:
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
            answer=answer,
        )
        for entry in fresh:
            key = keys[entry]
            if key is not None and why_fetch(entry, held.get(key.cms_id)):
                yield from self.want_article(key, entry.url, entry.title)


def _placed(entry: Entry, key: ArticleKey | None) -> Placed:
    return Placed(key, entry.url, entry.title, entry.listed_on)
