"""Probing: what a site is, from its first page and some of its channels. Nothing is recorded."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from scrapy.settings import Settings

from crawler import hanweb, responses
from crawler.archiving import MIN_DELAY
from crawler.channels import Channel, channels_on, find_channels, owner_of
from crawler.declaring import is_address
from crawler.ending import ExitCode, Problem
from crawler.failures import outcome_of, problem_of
from crawler.listings import NotAListing, Pager, Progress, Shown, pagers_on
from crawler.menus import find_menus
from crawler.opening import disbelief
from crawler.probed import Probe, ProbedChannel, home_of, in_navigation, name_in
from crawler.reading import PageKind

_MOST_LISTS = 8
"""A page with more lists than this is an overview; the rest of them are not asked for totals."""

Tell = Callable[[int, int], None]
"""Told how many channels were looked at, and how many will be."""


def probe(url: str, settings: Settings, *, limit: int, tell: Tell) -> Probe:
    """Look at the site at `url` and at up to `limit` of its channels. Runs Scrapy's reactor, so
    once in a process."""
    if problem := _hindrance(url, settings):
        return Probe(url=url, problem=problem)
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("SPIDER_LOADER_CLASS", "scrapy.spiderloader.DummySpiderLoader", "cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ProbeSpider)
    process.crawl(crawler, url=url, limit=limit, tell=tell)
    process.start()
    assert isinstance(crawler.spider, ProbeSpider)
    assert crawler.stats is not None
    crashed = crawler.stats.get_value("spider_exceptions/count", 0)
    return crawler.spider.probe(crashed=bool(crashed))


class ProbeSpider(scrapy.Spider):
    """Fetches a site's first page, its menus and up to `limit` channels' pages, one after the
    other."""

    name = "probe"
    handle_httpstatus_list: ClassVar[list[int]] = [*range(400, 600)]

    def __init__(self, *, url: str, limit: int, tell: Tell) -> None:
        super().__init__()
        self.hosts = frozenset({hanweb.host_of(url)})
        self._limit = limit
        self._tell = tell
        self._probe = Probe(url=url)
        self._ended = ""
        self._found: dict[str, ProbedChannel] = {}
        self._asked: set[str] = set()
        self._claims: dict[str, list[int | None]] = {}
        self._menus: dict[str, str] = {}
        self._navigation: frozenset[str] = frozenset()

    def probe(self, *, crashed: bool) -> Probe:
        """What was found; `crashed` says that an error of this program cut it short."""
        problem = self._probe.problem
        if crashed:
            problem = Problem(ExitCode.INTERNAL, f"{self._probe.url}: an error of this program")
        elif self._ended == "shutdown":
            problem = Problem(ExitCode.INTERRUPTED, f"{self._probe.url}: interrupted")
        channels = sorted(self._found.values(), key=lambda c: (not c.looked, self._rank(c)))
        return replace(self._probe, channels=tuple(map(self._summed, channels)), problem=problem)

    async def start(self) -> AsyncIterator[Any]:
        yield Request(
            self._probe.url, callback=self.opened, errback=self.unopened, meta={"opening": True}
        )

    def closed(self, reason: str) -> None:
        self._ended = reason

    def opened(self, response: Response) -> Iterator[Request]:
        """The first page: is it such a site, and which channels does it name."""
        text = responses.text_of(response)
        if (doubt := disbelief(self._probe.url, response, text)) is not None:
            self._probe = replace(self._probe, problem=doubt.problem)
            return
        home = home_of(self._probe.url, response.url)
        host = hanweb.host_of(response.url)
        self.hosts = frozenset({host})
        name, generation = name_in(text, response.url), hanweb.generation_of(text)
        self._probe = replace(self._probe, home=home, host=host, name=name, generation=generation)
        self._navigation = in_navigation(text, response.url)
        page = Shown(text, response.url)
        self._mention(channels_on(page))
        if cms_id := hanweb.channel_id(response.url):
            self._asked.add(cms_id)
            yield from self.channel(response, cms_id)
            return
        self._menus = find_menus(page)
        yield from self._next()

    def menu(self, response: Response, shown_on: str) -> Iterator[Request]:
        """A script that writes a menu, or a site map: the channels that it names."""
        if response.status == 200:
            self._mention(find_channels(responses.text_of(response), shown_on))
        yield from self._next()

    def menu_failed(self, failure: Any) -> Iterator[Request]:  # noqa: ARG002
        """Of a menu that cannot be had nothing is known; the rest of the site is looked at."""
        yield from self._next()

    def unopened(self, failure: Any) -> None:
        self._probe = replace(self._probe, problem=problem_of(self._probe.url, failure.value))

    def channel(self, response: Response, cms_id: str) -> Iterator[Request]:
        """A channel's page: its lists, what they claim, and the channels that it names."""
        text = responses.text_of(response)
        self._note(cms_id, looked=True)
        doubt = disbelief(response.url, response, text)
        if doubt is not None and doubt.page_kind is PageKind.CHALLENGE:
            self._note(cms_id, problem="a challenge")
            self._probe = replace(self._probe, problem=doubt.problem)
        elif response.status != 200:
            self._note(cms_id, problem=f"status {response.status}")
        else:
            yield from self._read(response, text, cms_id)
        yield from self._next()

    def channel_failed(self, failure: Any) -> Iterator[Request]:
        cms_id, problem = failure.request.cb_kwargs["cms_id"], outcome_of(failure.value)[1]
        self._note(cms_id, looked=True, problem=problem)
        yield from self._next()

    def listing(self, response: Response, cms_id: str, at: int, pager: Pager) -> None:
        """The first page of a list whose channel's page claims no total."""
        try:
            if response.status != 200:
                raise NotAListing(response.url, f"status {response.status}")
            listing = pager.parse(responses.text_of(response), response.url)
        except NotAListing as error:
            self._note(cms_id, problem=f"its list: {error.reason}")
        else:
            self._claims[cms_id][at] = listing.claimed_total

    def listing_failed(self, failure: Any) -> None:
        detail = outcome_of(failure.value)[1]
        self._note(failure.request.cb_kwargs["cms_id"], problem=f"its list: {detail}")

    def _read(self, response: Response, text: str, cms_id: str) -> Iterator[Request]:
        if self._probe.generation is None:
            self._probe = replace(self._probe, generation=hanweb.generation_of(text))
        page = Shown(text, response.url)
        self._mention(channels_on(page))
        if (own := owner_of(page)) and own.cms_id == cms_id and own.name:
            self._note(cms_id, name=own.name)
        pagers = pagers_on(page)
        dialect = pagers[0].dialect if pagers else None
        self._note(cms_id, lists=len(pagers), dialect=dialect)
        yield from self._ask(cms_id, pagers)

    def _ask(self, cms_id: str, pagers: Sequence[Pager]) -> Iterator[Request]:
        """What the page claims of its lists, and the questions about what it does not claim."""
        firsts = [pager.first for pager in pagers]
        self._claims[cms_id] = [shown.claimed_total if shown else None for shown in firsts]
        for at, pager in enumerate(pagers[:_MOST_LISTS]):
            asked = pager.request(Progress(0, 0, None), None) if pager.first is None else None
            if asked is None:
                continue
            request = responses.listing_request(asked)
            request.callback, request.errback = self.listing, self.listing_failed
            request.cb_kwargs.update(cms_id=cms_id, at=at, pager=pager)
            request.priority = 1
            yield request

    def _next(self) -> Iterator[Request]:
        """The next menu, else the next channel."""
        if self._menus:
            address, shown_on = self._menus.popitem()
            yield Request(
                address,
                callback=self.menu,
                errback=self.menu_failed,
                cb_kwargs={"shown_on": shown_on},
            )
            return
        waiting = [channel for id_, channel in self._found.items() if id_ not in self._asked]
        self._tell(len(self._asked), min(self._limit, len(self._found)))
        if waiting and len(self._asked) < self._limit and self._probe.problem is None:
            channel = min(waiting, key=self._rank)
            self._asked.add(channel.cms_id)
            yield Request(
                channel.url,
                callback=self.channel,
                errback=self.channel_failed,
                cb_kwargs={"cms_id": channel.cms_id},
            )

    def _mention(self, found: Iterable[Channel]) -> None:
        for channel in found:
            known = self._found.get(channel.cms_id)
            self._found[channel.cms_id] = replace(
                known or ProbedChannel(cms_id=channel.cms_id, name=None, url=channel.url),
                name=(known and known.name) or channel.name,
                parent_id=(known and known.parent_id) or channel.parent_id,
            )

    def _note(self, cms_id: str, **seen: Any) -> None:
        self._found[cms_id] = replace(self._found[cms_id], **seen)

    def _summed(self, channel: ProbedChannel) -> ProbedChannel:
        claims = self._claims.get(channel.cms_id, [])
        known = [claim for claim in claims if claim is not None]
        whole = claims and len(known) == len(claims)
        return replace(channel, claimed_total=sum(known) if whole else None)

    def _rank(self, channel: ProbedChannel) -> int:
        """Those in the navigation first, then those with a name; each in the page's order."""
        return 0 if channel.cms_id in self._navigation else 1 if channel.name else 2


def _hindrance(url: str, settings: Settings) -> Problem | None:
    """Why nothing may be fetched at all."""
    if not is_address(url):
        return Problem(
            ExitCode.USAGE,
            f"URL must be an address like http://www.example.gov.cn/, not {url!r}",
        )
    if settings.getfloat("DOWNLOAD_DELAY") < MIN_DELAY:
        return Problem(
            ExitCode.CONFIGURATION,
            f"DOWNLOAD_DELAY must be at least {MIN_DELAY} (see docs/operating.md)",
        )
    return None
