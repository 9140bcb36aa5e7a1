"""What a crawl asks the archive while it goes on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, func, select

from storage import attached, confirming, held_pages, holdings, judged, told_before
from storage.article import ArticleKey, Attachment
from storage.due import Due, DueQuery, due
from storage.engine import in_our_words
from storage.latest import latest
from storage.recorder import Clock
from storage.schema import articles, sites

P = ParamSpec("P")
T = TypeVar("T")


class CrawlQuestions:
    """An archive of which a crawl asks what it needs to know, each question by itself."""

    def __init__(self, url: str, reader: Engine, clock: Clock) -> None:
        self.url = url
        self.reader = reader
        self.clock = clock

    def latest(self) -> datetime | None:
        """The last instant of which the archive tells; None where there was no crawl."""
        return self._ask(latest)

    def held(self, host: str, channel: str, cms_ids: Iterable[str]) -> dict[str, holdings.Held]:
        """What is held of these articles, by article id; what is not held is not in it."""
        return self._ask(holdings.held, host, channel, cms_ids)

    def listed_elsewhere(self, host: str, channel: str, urls: Iterable[str]) -> frozenset[str]:
        """Which of these addresses, none of an article of the site, the channel listed before."""
        return self._ask(holdings.listed_elsewhere, host, channel, urls)

    def told_before(
        self, host: str, channel: str, answer: bytes, at: datetime
    ) -> told_before.ToldBefore | None:
        """What a channel's list said the last time, if this answer was all of it: then a walk that
        began `at` says the same."""
        return self._ask(told_before.told_before, host, channel, answer, at)

    def account(self, host: str, channel: str) -> holdings.Account:
        """What is held of a channel, to be compared with what it claims."""
        return self._ask(holdings.account, host, channel)

    def looks(self, host: str, crawl_id: int) -> list[holdings.Look]:
        """Articles that this crawl should look at though no list names them as new."""
        return self._ask(holdings.looks, host, crawl_id)

    def held_files(self, key: ArticleKey) -> dict[str, confirming.Known]:
        """The files of an article whose bytes are held, by `storage.article.file_key`."""
        return self._ask(attached.held_files, key)

    def known_pages(self, urls: Mapping[int, str]) -> dict[int, confirming.Known]:
        """The latest captures of articles' pages at these addresses, by the articles' ids, where
        a server may confirm them."""
        return self._ask(confirming.known_pages, urls)

    def held_page(self, url: str, kinds: Iterable[str]) -> held_pages.HeldPage | None:
        """The newest capture of a page that is no article's, read as one of `kinds`."""
        return self._ask(held_pages.held_page, url, kinds)

    def standing_channels(self, host: str, within: timedelta) -> list[held_pages.HeldChannel]:
        """The channels of a site that were seen so short before it was crawled last."""
        return self._ask(held_pages.standing_channels, host, within)

    def offered_files(self, capture_id: int) -> list[Attachment]:
        """The files that the content of a capture offers."""
        return self._ask(confirming.offered_files, capture_id)

    def is_read(self, payload_digest: str, reader: str) -> bool:
        """Whether this reader has read the text of a file's bytes already."""
        return self._ask(attached.is_read, payload_digest, reader)

    def newest_capture(self) -> int:
        """The number of the newest capture; 0 where there is none."""
        return self._ask(judged.newest_capture)

    def judged_since(self, crawl_id: int, after: int) -> judged.Judged:
        """What became of the articles that a crawl captured after capture number `after`."""
        return self._ask(judged.judged_since, crawl_id, after)

    def unfetched(self, host: str, crawl_id: int) -> list[attached.FileWanted]:
        """Files that the newest versions of a site's articles offer and that are not held."""
        return self._ask(attached.unfetched, host, crawl_id)

    def knows(self, host: str) -> bool:
        """Whether anything of the site is held."""
        query = select(sites.c.id).where(sites.c.host == host)
        with self._reading() as connection:
            return connection.scalar(query) is not None

    def articles_present(self, host: str) -> int:
        """How many articles of the site have been read and are not missing."""
        query = (
            select(func.count())
            .select_from(articles.join(sites, sites.c.id == articles.c.site_id))
            .where(sites.c.host == host, articles.c.state == "present", articles.c.versions > 0)
        )
        with self._reading() as connection:
            return connection.scalar(query) or 0

    def due(self, query: DueQuery | None = None) -> list[Due]:
        """Held articles that should be captured again, in order, and why."""
        return self._ask(due, self.clock(), query or DueQuery())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_our_words(self.url), self.reader.connect() as connection:
            yield connection

    def _ask(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with self._reading() as connection:
            return question(connection, *args, **kwargs)
