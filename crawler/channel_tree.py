"""The tree of a site's channels as a crawl comes to know it: each is walked once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from scrapy.http import Request, Response

from crawler import hanweb, responses
from crawler.archiving import ArchivingSpider
from crawler.catalogue import find_trees, own_node, read_tree
from crawler.channels import Channel, channels_on, find_channels
from crawler.ending import ExitCode, Problem
from crawler.hanweb import on_the_wire
from crawler.listings import Shown
from crawler.menus import find_menus
from crawler.pages_held import text_of
from crawler.reading import PageKind, Reading
from storage.consult.alarms import DROPPED_AFTER
from storage.judging import Outcome
from storage.values import ChannelSeen

_PRIORITY = 10
"""Above an article's: the whole tree is known before the articles are fetched."""

CARRIED = DROPPED_AFTER
"""A channel that nothing showed for so long is not asked for any more until a page mentions it."""


class ChannelTreeSpider(ArchivingSpider):
    """Follows every channel of `host` that any page mentions. `only` limits it to some, by id or
    by name. A subclass walks them (`parse_channel`)."""

    host: str
    only: tuple[str, ...]
    one_page: bool = False
    """Whether the crawl is of a single article: its channels are noted, not walked."""
    renamed: set[str]
    """Channels that the site's menus call otherwise than before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels: dict[str, Channel] = {}
        self.renamed: set[str] = set()
        self._named_by_pages: set[str] = set()
        self._menus_left = 0

    def parse_channel(self, response: Response, cms_id: str, attempt: int = 1) -> Iterator[Any]:
        raise NotImplementedError

    def channel_failed(self, failure: Any) -> Iterator[Any]:
        raise NotImplementedError

    def mention(self, found: Iterable[Channel]) -> Iterator[Any]:
        """A page names these channels: record what is new of them, and walk those not met yet."""
        for channel in found:
            known = self.channels.get(channel.cms_id)
            first = channel.cms_id not in self._named_by_pages
            if first or (known and known.name is None and channel.name is not None):
                self._named_by_pages.add(channel.cms_id)
                self.channels[channel.cms_id] = channel
                yield self.seen(channel)
            if known is None:
                yield from self.want_channel(channel)

    def open_tree(self, response: Response, text: str) -> Iterator[Any]:
        """The site's first page: the channels that it names, in its links, in the scripts that
        write its menus or on its site map; then those that `only` names and none of them did."""
        page = Shown(text, response.url)
        found = channels_on(page)
        self.compare_menu(response, PageKind.HOME, found)
        yield self.captured(response, PageKind.HOME, outcome=Outcome.READ)
        yield from self.mention(found)
        menus = find_menus(page)
        self._menus_left = len(menus)
        for address, shown_on in menus.items():
            request = Request(
                address,
                callback=self.parse_menu,
                errback=self.menu_failed,
                cb_kwargs={"base": response, "shown_on": shown_on},
                priority=_PRIORITY,
            )
            yield from self.want(request, "menu")
        if not menus:
            yield from self._named(response)

    def parse_menu(self, response: Response, base: Response, shown_on: str) -> Iterator[Any]:
        """A script that writes a menu, or a site map: the channels that it names."""
        found = find_channels(responses.text_of(response), shown_on)
        self.compare_menu(response, "menu", found)
        yield self.captured(response, "menu", outcome=Outcome.READ)
        if response.status == 200:
            yield from self.mention(found)
        yield from self._menu_read(base)

    def menu_failed(self, failure: Any) -> Iterator[Any]:
        """A menu cannot be had: the channels that only it names are not found."""
        yield from self.failed(failure)
        yield from self._menu_read(failure.request.cb_kwargs["base"])

    def compare_menu(self, response: Response, kind: str, found: Iterable[Channel]) -> None:
        """Note the channels that a menu calls otherwise than when it was read last: their own
        pages are due. To be asked before the menu of tonight is recorded."""
        page = self.archive.held_page(responses.name_of(cast("Request", response.request)), (kind,))
        before = find_channels(text_of(page), response.url) if page else ()
        names = {channel.cms_id: channel.name for channel in before}
        self.renamed |= {c.cms_id for c in found if names.get(c.cms_id, c.name) != c.name}

    def _menu_read(self, base: Response) -> Iterator[Any]:
        self._menus_left -= 1
        if self._menus_left == 0:
            yield from self._named(base)

    def open_catalogue(self, page: Shown, cms_id: str) -> Iterator[Any]:
        """A column of disclosed information: the trees of the nodes that it lists."""
        if "?" in cms_id:
            return  # a node's own page, which frames the same tree
        for address in find_trees(page.html, page.url):
            request = Request(
                on_the_wire(address),
                callback=self.parse_catalogue,
                errback=self.failed,
                cb_kwargs={"column": page.url, "own": own_node(page)},
                priority=_PRIORITY,
            )
            yield from self.want(request, "tree")

    def parse_catalogue(self, response: Response, column: str, own: str | None) -> Iterator[Any]:
        """The tree of a catalogue: its nodes are channels below the column."""
        if response.status != 200:
            outcome = Outcome.FAILED if response.status >= 500 else Outcome.NOT_AN_ARTICLE
            yield self.captured(
                response, "tree", outcome=outcome, reason=f"status {response.status}"
            )
        else:
            yield self.captured(response, "tree", outcome=Outcome.READ)
            yield from self.mention(read_tree(responses.text_of(response), column, own))

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

    def wanted(self, channel: Channel) -> bool:
        """Whether the crawl is about this channel."""
        named = not self.only or channel.cms_id in self.only or channel.name in self.only
        return named and not self.one_page

    def want_channel(self, channel: Channel, attempt: int = 1) -> Iterator[Any]:
        """Decide to walk a channel; again, where `attempt` says so."""
        if not self.wanted(channel):
            return
        request = Request(
            channel.url,
            callback=self.parse_channel,
            errback=self.channel_failed,
            cb_kwargs={"cms_id": channel.cms_id, "attempt": attempt},
            meta={"frontier_name": responses.attempted(channel.url, attempt)},
            priority=_PRIORITY,
        )
        yield from self.want(request, "channel")

    def _carry_on(self) -> Iterator[Any]:
        """The channels known from before that tonight's pages need not mention: those of articles'
        breadcrumbs, and of pages that are not asked for every night."""
        for held in self.archive.standing_channels(self.host, CARRIED):
            if held.cms_id not in self.channels:
                channel = Channel(held.cms_id, held.name, held.url)
                self.channels[held.cms_id] = channel
                yield from self.want_channel(channel)

    def _named(self, base: Response) -> Iterator[Any]:
        """Channels that no page has mentioned yet: those known from before, and those that `only`
        names, which are asked for by their id."""
        yield from self._carry_on()
        known = {*self.channels, *(channel.name for channel in self.channels.values())}
        for name in self.only:
            if name in known:
                continue
            if not re.split(r"[/?]", name)[0].isdigit():
                raise self.stop(self.no_such_channel(name))
            url = responses.host_url(base, hanweb.channel_path(name))
            yield from self.want_channel(Channel(name, None, url, None))

    def no_such_channel(self, name: str) -> Problem:
        """The problem of a channel that was asked for and is not there."""
        known = ", ".join(f"{c.cms_id} {c.name or ''}".strip() for c in self.channels.values())
        return Problem(ExitCode.USAGE, f"{self.host} has no channel {name}; it has {known}")

    def mentioned(self, cms_id: str) -> bool:
        """Whether a page of this crawl names the channel, or the operator does."""
        return cms_id in self._named_by_pages or cms_id in self.only

    def seen(self, channel: Channel) -> ChannelSeen:
        """That something of tonight shows the channel: a page that names it, or its own list."""
        return ChannelSeen(
            host=self.host,
            cms_id=channel.cms_id,
            name=channel.name,
            url=channel.url,
            parent_cms_id=channel.parent_id,
            at=self.clock(),
        )
