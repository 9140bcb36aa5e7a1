"""Walking: each channel by its page, or by its list alone where its page is known; twice where
the first walk fell short."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scrapy.http import Request, Response

from crawler import hanweb, responses
from crawler.channel_walk import ChannelWalk
from crawler.channels import Channel, channels_on, owner_of
from crawler.ledger import Expected, failed_ledger
from crawler.list_walking import ListWalkingSpider
from crawler.listings import Pager, Shown, pagers_on
from crawler.pages_held import confirmed, text_of
from crawler.reading import PageKind
from crawler.walk import Walk
from storage.judging import Outcome
from storage.values import ChannelSeen

FULL_WALK_EVERY = timedelta(days=6, hours=12)
"""A channel whose list was not seen to its end for so long is walked to the end again: within
seven days, since nights begin some minutes earlier or later."""


class WalkingSpider(ListWalkingSpider):
    """Walks the channels. `full` walks every list to its end even where what is held accounts for
    what it claims. What a first walk could not finish is walked once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._doubted: set[str] = set()

    def want_channel(self, channel: Channel, attempt: int = 1) -> Iterator[Any]:
        """Decide to walk a channel: by its list alone where an earlier copy of its page says how,
        else by its page, asked for only if it changed."""
        trusts = attempt == 1 and not self.full and channel.cms_id not in self._doubted
        ahead = trusts and self.wanted(channel) and channel.cms_id not in self.renamed
        if ahead and (walking := self._ahead(channel)):
            yield from self.begin(walking)
            return
        for each in super().want_channel(channel, attempt):
            conditional = trusts and isinstance(each, Request)
            yield self.pages_held.if_changed(each, self.clock()) if conditional else each

    def page_instead(self, walking: ChannelWalk) -> Iterator[Any]:
        """The list is not what it was: the channel's page says how it is asked for now."""
        self._doubted.add(walking.channel)
        yield from self.want_channel(self.channels[walking.channel])

    def parse_channel(self, response: Response, cms_id: str, attempt: int = 1) -> Iterator[Any]:
        """A channel's page: the channels it mentions, and its lists."""
        held = confirmed(response)
        if response.status != 200 and held is None:
            yield from self._no_channel(response, cms_id, attempt)
            return
        text = text_of(held) if held else responses.text_of(response)
        yield self.page_read(response, PageKind.CHANNEL)
        page = Shown(text, response.url)
        yield from self.mention(channels_on(page))
        yield from self.open_catalogue(page, cms_id)
        pagers = pagers_on(page)
        yield self._channel_read(page, cms_id, pagers)
        if pagers:
            walk = self._walking(cms_id, pagers, self._expected(cms_id), attempt=attempt)
            yield from self.begin(walk)

    def channel_failed(self, failure: Any) -> Iterator[Any]:
        """A channel's page cannot be had: so neither can its list."""
        yield from self.failed(failure)
        asked = failure.request.cb_kwargs
        yield self.walked(asked["cms_id"], failed_ledger(str(failure.value)), asked["attempt"])

    def walk_again(self) -> Iterator[Any]:
        """Walk once more, to their ends, the channels whose first walk fell short or failed."""
        again, self.unfinished = self.unfinished, []
        for channel in again:
            yield from self.want_channel(channel, attempt=2)

    def _no_channel(self, response: Response, cms_id: str, attempt: int) -> Iterator[Any]:
        reason = f"status {response.status}"
        outcome = Outcome.FAILED if response.status >= 500 else Outcome.NOT_AN_ARTICLE
        yield self.captured(response, PageKind.NOT_FOUND, outcome=outcome, reason=reason)
        vanished = response.status in (404, 410)
        if cms_id in self.only and vanished:
            raise self.stop(self.no_such_channel(cms_id))
        if self.mentioned(cms_id) or not vanished:
            failed = failed_ledger(f"the channel's page has {reason}")
            yield self.walked(cms_id, failed, attempt)

    def _channel_read(self, page: Shown, cms_id: str, pagers: Sequence[Pager]) -> ChannelSeen:
        own = owner_of(page)
        return ChannelSeen(
            host=self.host,
            cms_id=cms_id,
            name=own.name if own else None,
            url=hanweb.canonical(page.url),
            parent_cms_id=own.parent_id if own else None,
            dialect=pagers[0].dialect if pagers else None,
            own=True,
            at=self.clock(),
        )

    def _ahead(self, channel: Channel) -> ChannelWalk | None:
        """The channel's walk without its page, where its list was seen to its end lately."""
        held = self._expected(channel.cms_id)
        pager = self.pages_held.pager_ahead(channel.url, self.clock()) if held.recent else None
        return self._walking(channel.cms_id, [pager], held, ahead=True) if pager else None

    def _walking(
        self,
        cms_id: str,
        pagers: Sequence[Pager],
        held: Expected,
        *,
        attempt: int = 1,
        ahead: bool = False,
    ) -> ChannelWalk:
        full = self.full or attempt > 1 or cms_id in self._doubted
        # Of several blocks one is the list as a rule; none of them need hold half of the rows.
        expected = held if len(pagers) == 1 else replace(held, known=False)
        walks = [Walk(pager, self.host, expected, full=full) for pager in pagers]
        rows = held.rows if held.known else 0
        return ChannelWalk(cms_id, self.clock(), walks, attempt=attempt, held=rows, ahead=ahead)

    def _expected(self, cms_id: str) -> Expected:
        account = self.archive.account(self.host, cms_id)
        walked_at = account.walked_at
        recent = walked_at is not None and self.clock() - walked_at < FULL_WALK_EVERY
        known = walked_at is not None
        return Expected(account.rows, known, recent, account.since, account.given)
