"""SnapshotSpider: captures again what is held, on the archive's own calendar."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError
from scrapy.http import Request, Response

from crawler import responses
from crawler.archiving import ArchivingSpider
from crawler.conditions import conditions, still_good
from crawler.ending import ExitCode, Problem
from crawler.hanweb import host_of
from crawler.opening import challenge, learn_not_found
from crawler.reading import PageKind
from crawler.reading.values import READER
from crawler.same_bytes import says_the_same
from storage.article import ArticleKey
from storage.confirming import Known
from storage.due import Due, DueQuery
from storage.judging import Outcome
from storage.revisits import Policy

_AT_ONCE = 500


class SnapshotSpider(ArchivingSpider):
    """Captures held articles again that are due, what must be seen first, then those that have
    likeliest changed.

    Arguments: `site` limits it to one host; `budget` to so many requests for articles, over all
    sites; `due=all` takes all that is held.
    """

    def __init__(
        self,
        *args: Any,
        site: str | None = None,
        budget: str | None = None,
        due: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.site_host = site
        self.budget = budget
        self.everything = due == "all"
        if site is not None:
            self.hosts = frozenset({site})

    def target(self) -> str:
        if self.budget is not None and not self.budget.isdigit():
            raise UsageError(f"budget must be a number of requests, not {self.budget!r}")
        return self.site_host or "*"

    async def start(self) -> AsyncIterator[Any]:
        if self.problem is not None:
            return
        looks = self._looks()
        by_host: dict[str, list[Due]] = defaultdict(list)
        for look in looks:
            by_host[look.key.host].append(look)
        self._check(by_host)
        for host, due in by_host.items():
            if host not in self.hosts:
                self.take_host(host)
                self.hosts |= {host}
            request = Request(
                _home_of(due[0].url),
                callback=self.opened,
                errback=self.failed,
                cb_kwargs={"due": due},
            )
            for each in self.want(request, "home"):
                yield each

    async def opened(self, response: Response, due: list[Due]) -> AsyncIterator[Any]:
        """A host answers: learn its 'not found', then capture what is due of it."""
        doubt = challenge(responses.asked_url(response), response, responses.text_of(response))
        if doubt is not None:
            yield self.captured(response, doubt.page_kind, outcome=doubt.outcome)
            if self.hosts == {host_of(response.url)}:
                raise self.stop(doubt.problem)
            return
        yield self.captured(response, "home", outcome=Outcome.READ)
        self.not_found |= await learn_not_found(self, response)
        for looks in _some(due):
            known = self.archive.known_pages({look.article_id: look.url for look in looks})
            for look in looks:
                held = known.get(look.article_id)
                for each in self.want_article(look.key, look.url, look.title):
                    yield self._as_known(each, held) if isinstance(each, Request) else each

    async def parse_article(
        self, response: Response, key: ArticleKey, listed: str | None = None
    ) -> AsyncIterator[Any]:
        """Record an article's page; where it is the one that is held, by the server's word or by
        its bytes, without reading it again."""
        seen_before = self._seen_before(response, key)
        if seen_before is None:
            async for each in super().parse_article(response, key, listed):
                yield each
            return
        if self._reread is not None:
            self.recorder.reread(key, self._reread, READER)
        yield self.captured(response, PageKind.ARTICLE, key=key, **seen_before)
        (capture_id,) = seen_before.values()
        for file in self.files.want_again(key, capture_id):
            yield file

    def _seen_before(self, response: Response, key: ArticleKey) -> dict[str, int] | None:
        """The capture that a response shows again, by how that is known; None where it is to be
        read."""
        known: Known | None = response.meta.get("known")
        if known is None:
            return None
        if response.status == 304 and response.meta.get("conditional"):
            return {"revalidates": known.capture_id}
        not_found = self.not_found.get(key.host, ())
        return {"same_as": known.capture_id} if says_the_same(response, known, not_found) else None

    def _as_known(self, request: Request, known: Known | None) -> Request:
        """The request for an article, asking for it only if it is another than the one held."""
        if known is not None:
            whole_again = timedelta(days=self.settings.getfloat("REVISIT_WHOLE_DAYS", 30))
            asked = conditions(still_good(known, self.clock(), whole_again))
            request.headers.update(asked)
            request.meta.update(known=known, conditional=bool(asked))
        return request

    def _looks(self) -> list[Due]:
        done = self.recorder.done()
        budget = max(0, int(self.budget) - len(done)) if self.budget is not None else None
        due = self.archive.due(DueQuery(self.site_host, budget, self.everything, self._policy()))
        return [look for look in due if look.url not in done]

    def _policy(self) -> Policy:
        standard = Policy()
        return Policy(
            bound=self.settings.getfloat("REVISIT_BOUND_DAYS", standard.bound),
            likely=self.settings.getfloat("REVISIT_CHANCE", standard.likely),
        )

    def _check(self, by_host: dict[str, list[Due]]) -> None:
        if not by_host and self.site_host is not None and not self.archive.knows(self.site_host):
            raise self.stop(
                Problem(
                    ExitCode.USAGE,
                    f"nothing of {self.site_host} is held; see: cunzheng sites",
                )
            )


def _some(due: Sequence[Due]) -> Iterator[Sequence[Due]]:
    """So many at a time as are asked about at once."""
    return (due[start : start + _AT_ONCE] for start in range(0, len(due), _AT_ONCE))


def _home_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
