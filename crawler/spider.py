"""HanwebSpider: a site's channels, their listings to the end, and the articles they name."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, UsageError
from scrapy.http import Request, Response

from crawler import hanweb, responses
from crawler.archiving import problem_of_archive
from crawler.channels import Channel
from crawler.failures import problem_of
from crawler.keys import article_key
from crawler.opening import disbelief, learn_not_found, site_name
from crawler.pages_held import LISTING
from crawler.site import Site
from crawler.walking import WalkingSpider
from storage.article import ArticleKey
from storage.errors import ArchiveError
from storage.judging import Outcome
from storage.values import ATTACHMENT, Ended, SiteSeen


class HanwebSpider(WalkingSpider):
    """Archives one 大汉版通 site. `site` is set where it is declared; else `url` says which.

    Arguments: `url` the address of the site, of one channel or of one article; `channels` limits
    the crawl to these ids (comma-separated); `full=1` walks every list to its end; `resume=0`
    starts anew instead of going on with an interrupted crawl.
    """

    site: Site | None = None

    def __init__(
        self,
        *args: Any,
        url: str | None = None,
        channels: str | None = None,
        full: str = "0",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        declared = self.site
        self.url = url or (declared.url if declared else "")
        self.only = _ids(channels) or (declared.channels if declared else ())
        self.full = full != "0"
        self.host = hanweb.host_of(self.url)
        self.hosts = frozenset({self.host})
        self._looked = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.when_idle, signal=signals.spider_idle)
        return spider

    def target(self) -> str:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(
                f"url must be an address like http://www.example.gov.cn/, not {self.url!r}"
            )
        if parts.username or parts.password:
            raise UsageError("url must be an address without a name and password in it")
        return hanweb.canonical(self.url)

    async def start(self) -> AsyncIterator[Any]:
        if self.problem is None:
            request = Request(
                self.url, callback=self.opened, errback=self.unopened, meta={"opening": True}
            )
            for each in self.want(request, "home"):
                yield each

    async def opened(self, response: Response) -> AsyncIterator[Any]:
        """The first page: is it such a site, what does it serve for what is not there, and what
        does it lead to."""
        text = responses.text_of(response)
        known = self.archive.knows(self.host)
        if (doubt := disbelief(self.url, response, text, known=known)) is not None:
            yield self.captured(
                response, doubt.page_kind, outcome=doubt.outcome, reason=doubt.problem.line
            )
            raise self.stop(doubt.problem)
        self._settle_on(response)
        self.not_found = await learn_not_found(self, response)
        yield SiteSeen(
            host=self.host,
            name=site_name(text),
            generation=hanweb.generation_of(text),
            at=self.clock(),
        )
        for each in self._left_over():
            yield each
        key = article_key(response.url, self.host)
        if key is not None and hanweb.article_address(response.url):
            self.one_page = True
            async for each in self.parse_article(response, key):
                yield each
            return
        for each in self._first_page(response, text):
            yield each

    def unopened(self, failure: Any) -> Iterator[Any]:
        """The first page cannot be had: the crawl ends, and says why."""
        yield from self.failed(failure)
        raise self.stop(problem_of(self.url, failure.value))

    def unmet(self) -> str | None:
        """A declared site of which fewer articles are there than its declaration expects."""
        least = self.site.articles_at_least if self.site else 0
        held = self.archive.articles_present(self.host) if least else 0
        if held >= least:
            return None
        return f"{held} articles are held as present, {least} are expected (sites.toml)"

    def when_idle(self) -> None:
        """All that was asked for has come: finish what fell short, then look at what is missing
        and at what has left every list; then the crawl may end."""
        if self.problem is not None or not self.verdicts:
            return
        try:
            asked = list(self.walk_again()) or list(self._look_again())
        except ArchiveError as error:
            raise self.stop(problem_of_archive(error)) from error
        for each in asked:
            if isinstance(each, Request):
                self.crawler.engine.crawl(each)
            else:
                self.recorder.add(each)
        if asked:
            raise DontCloseSpider

    def _look_again(self) -> Iterator[Any]:
        if self._looked:
            return
        self._looked = True
        self.recorder.flush()
        for look in self.archive.looks(self.host, self.recorder.crawl_id):
            yield from self.want_article(look.key, look.url)
        yield from self.files.want_unfetched(self.host)
        yield from self._given_up()

    def _given_up(self) -> Iterator[Any]:
        """Pages of channels and lists that an interrupted crawl had decided on, and that it asked
        for in another way when it went on: nothing waits for them any more."""
        for todo in self.recorder.todo():
            if todo.kind in ("channel", "menu", "tree", LISTING):
                said = "asked for in another way when the crawl went on"
                yield Ended(
                    url=todo.url, outcome=Outcome.NOT_AN_ARTICLE, detail=said, at=self.clock()
                )

    def _settle_on(self, response: Response) -> None:
        host = hanweb.host_of(response.url)
        if host != self.host:
            self.take_host(host)
            self.host = host
            self.hosts = frozenset({host})

    def _left_over(self) -> Iterator[Any]:
        for todo in self.recorder.todo():
            if todo.kind == ATTACHMENT and todo.cms_id is not None:
                yield from self.files.want_left(ArticleKey(self.host, todo.cms_id), todo)
            if todo.kind == "article" and todo.cms_id is not None:
                key = article_key(todo.url, self.host)
                if key is not None:
                    yield from self.want_article(key, todo.url, todo.listed_title)

    def _first_page(self, response: Response, text: str) -> Iterator[Any]:
        if cms_id := hanweb.channel_of(response.url, text):
            self.only = self.only or (cms_id,)
            self.channels[cms_id] = Channel(cms_id, None, response.url)
            yield from self.parse_channel(response, cms_id)
        else:
            yield from self.open_tree(response, text)


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())
