"""SnapshotSpider: captures again what is held, on the archive's own calendar."""

from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError
from scrapy.http import Request, Response

from crawler.archiving import ArchivingSpider
from crawler.ending import ExitCode, Problem
from crawler.opening import learn_not_found
from storage.due import Due, DueQuery
from storage.judging import Outcome
from storage.revisits import Policy


class SnapshotSpider(ArchivingSpider):
    """Captures held articles again that are due, the longest unseen first.

    Arguments: `site` limits it to one host; `budget` to so many requests for articles; `due=all`
    takes all that is held.
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
        yield self.captured(response, "home", outcome=Outcome.READ)
        self.not_found |= await learn_not_found(self, response)
        for look in due:
            for each in self.want_article(look.key, look.url, look.title):
                yield each

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


def _home_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
