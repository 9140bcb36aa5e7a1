"""A year of real crawls: the spiders of the project, over loopback HTTP, against the replica.

All crawls run one after the other in this process, each with a clock that starts at its own
instant; the site stands in a thread beside it. What was seen is taken from the server's own notes:
an article's page that was answered in fair weather is a look at what the article was that day. A
crawl in fair weather that the archive holds, because so much had changed, is released at the year's
end, as an operator does who has looked at the site; one that met empty lists stays held.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.project import get_project_settings

from benchmarks.year.held import differences, held, listings_told
from benchmarks.year.listed import Event
from benchmarks.year.plan import swept_on
from benchmarks.year.report import Lived
from benchmarks.year.score import score
from benchmarks.year.sessions import Weather, day_of, digest, midnight
from benchmarks.year.truth import Account, Look, Shown, Version, accounts
from crawler.archiving import ArchivingSpider
from crawler.ending import ExitCode, exit_code
from crawler.hanweb import host_of
from replica import Ailment, Article, Faults, Pace, Standing, Twists, World, serve
from replica.kinds.base import Role
from replica.site import Site
from storage.archive import Archive

_MINUTE = timedelta(minutes=1)
_NO_BODY = frozenset({str(Standing.EMPTIED), str(Standing.LEADS_HOME)})
"""Answers without a body cannot break off halfway: they come whole in any such weather."""
_FAULTS = {
    Weather.FAIR: Faults(),
    Weather.OUTAGE: Faults(everything=Ailment.OUTAGE),
    Weather.FIREWALL: Faults(everything=Ailment.WAF),
    Weather.UNREACHABLE: Faults(everything=Ailment.SILENT),
    Weather.BROKEN: Faults(
        articles=Ailment.TRUNCATED, channels=Ailment.TRUNCATED, files=Ailment.TRUNCATED
    ),
    Weather.NOTICE: Faults(everything=Ailment.SOFT_404),
    Weather.NO_LISTS: Faults(empty_listings=True),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One crawl to be made: by which spider, with which arguments, and what it will meet."""

    begins_at: datetime
    spider: str
    weather: Weather = Weather.FAIR
    skin: int = 0
    arguments: dict[str, str] = field(default_factory=dict)


def visits(seed: int, articles: int, nights: int) -> Iterator[Visit]:
    """The crawls of a year: the lists on most nights, some of what is held on every other day, and
    everything once in a while, and on the day on which so much changes at once. No two begin a day
    apart to the minute, so that it never depends on a second whether a day has passed. In the
    middle of the year the site is redesigned."""
    rng = Random(f"{seed}/visits")
    for day in range(1, nights + 1):
        skin = int(day > nights // 2)
        begins = midnight(day) + (30 * rng.randint(0, 6) + 7 * day % 30) * _MINUTE
        foul = day > 1 and rng.random() < 0.2
        if day == 1 or rng.random() > 0.1:
            lists = Weather.NO_LISTS if foul and rng.random() < 0.3 else None
            weather = lists or (_foul(rng) if foul else Weather.FAIR)
            yield Visit(begins, "hanweb", weather, skin)
        if day == swept_on(nights):
            begins += 100 * _MINUTE
            yield Visit(begins, "snapshot", Weather.FAIR, skin, {"due": "all"})
        if day % 2 == 0:
            all_of_it = rng.random() < 0.25
            arguments = {"due": "all"} if all_of_it else {"budget": str(max(2, articles // 4))}
            noticed = all_of_it and rng.random() < 0.3
            weather = Weather.NOTICE if noticed else _foul(rng) if foul else Weather.FAIR
            yield Visit(begins + 390 * _MINUTE, "snapshot", weather, skin, arguments)


def _foul(rng: Random) -> Weather:
    return rng.choice((Weather.OUTAGE, Weather.FIREWALL, Weather.UNREACHABLE, Weather.BROKEN))


def crawl_year(
    url: str, seed: int, articles: int, nights: int, progress: Callable[[str], None]
) -> Lived:
    """Crawl a year into an archive; what it holds, against the truth."""
    pace = Pace(edited=0.02, taken_down=0.004, restored=0.15)
    twists = Twists(pace=pace, varied=True, sweep=swept_on(nights))
    world = World(seed, articles / 120, twists)
    began = time.perf_counter()
    with serve(world) as site:
        year = _Crawled(site, url, progress)
        year.through(list(visits(seed, articles, nights)))
        year.release()
        told = held(url, host_of(site.url))
        untrue = list(_untrue(site, listings_told(url, host_of(site.url))))
    seconds = time.perf_counter() - began
    truth = accounts(year.looks)
    told = {article: by_night(account, year.begun) for article, account in told.items()}
    truth = {article: by_night(account, year.begun) for article, account in truth.items()}
    return Lived(
        name="crawled",
        figures=score(world, nights, truth, told),
        seconds=seconds,
        sizes={
            "crawls": len(year.begun),
            "requests": year.requests,
            "held and released": len(year.held),
        },
        differences=[*differences(truth, told), *untrue, *year.failed],
    )


@dataclass
class _Crawled:
    """A year of crawls as it is lived. `held` are the ids of crawls in fair weather that the
    archive holds, `failed` those that ended by an error of ours."""

    site: Site
    url: str
    progress: Callable[[str], None]
    looks: list[Look] = field(default_factory=list)
    begun: list[datetime] = field(default_factory=list)
    requests: int = 0
    held: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def through(self, planned: Sequence[Visit]) -> None:
        settings = get_project_settings()
        settings.setdict(self._settings(), priority="cmdline")
        self._process = AsyncCrawlerProcess(settings)
        running = asyncio.get_event_loop().create_task(self._all(planned))
        self._process.start(stop_after_crawl=False)
        running.result()

    def release(self) -> None:
        """Release what is held, all of it after all else."""
        archive = Archive.open(self.url)
        for crawl_id in self.held:
            archive.release(crawl_id)
        archive.close()

    def _settings(self) -> dict[str, Any]:
        return {
            "ARCHIVE_URL": self.url,
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "DOWNLOAD_DELAY": 0.001,
            "AUTOTHROTTLE_START_DELAY": 0.001,
            "DOWNLOAD_TIMEOUT": 10,
            "LOG_LEVEL": "ERROR",
        }

    async def _all(self, planned: Sequence[Visit]) -> None:
        from twisted.internet import reactor as running  # the one that the process installed

        reactor: Any = running
        try:
            for visit in planned:
                await self._one(visit)
        finally:
            reactor.callLater(0, reactor.stop)

    async def _one(self, visit: Visit) -> None:
        site = self.site
        site.day, site.skin = day_of(visit.begins_at), visit.skin
        site.faults = replace(_FAULTS[visit.weather])
        # A server that confirms what it cannot deliver would be believed, and rightly so.
        site.tagged = visit.weather is not Weather.BROKEN
        site.requests.clear()
        settings = self._process.settings.copy()
        settings.set("CLOCK", visit.begins_at.isoformat(), priority="cmdline")
        crawler = Crawler(self._process.spider_loader.load(visit.spider), settings)
        arguments = visit.arguments or {"url": site.url + "/"}
        await self._process.crawl(crawler, **arguments)
        self.begun.append(visit.begins_at)
        self.requests += len(site.requests)
        held = self._note(visit, crawler.spider) is ExitCode.HELD
        if visit.weather is Weather.FAIR:
            self.looks.extend(_looks(site, visit.begins_at))
        elif visit.weather is Weather.BROKEN and not held:
            whole = (look for look in _looks(site, visit.begins_at) if look.absence in _NO_BODY)
            self.looks.extend(whole)

    def _note(self, visit: Visit, spider: Any) -> ExitCode:
        assert isinstance(spider, ArchivingSpider)
        code = exit_code(spider.ending) if spider.ending else ExitCode.INTERNAL
        line = f"{visit.begins_at:%m-%d %H:%M} {visit.spider}, {visit.weather.name}: {code.name}"
        self.progress(f"{line}, {len(self.site.requests)} requests")
        if code is ExitCode.HELD and visit.weather is Weather.FAIR:
            self.held.append(spider.recorder.crawl_id)
        if code is ExitCode.INTERNAL:
            self.failed.append(line)
        return code


def _looks(site: Site, at: datetime) -> Iterator[Look]:
    """What the server's notes of one crawl say was seen, each address once."""
    today = site.world.on(site.day)
    offering = {f.path: a for a in today.articles.values() for f in a.content.attachments}
    answered = {seen.path: seen for seen in site.requests}
    for seen in answered.values():
        name = seen.path.partition("?")[0]
        if seen.path in offering:
            path, edition = seen.path, today.editions[seen.path]
            yield Look(site.cms_id(offering[path].number), at, file=(path, digest(path, edition)))
        elif site.kind.role(name) is Role.ARTICLE:
            placed = site.kind.find_article(today, name)
            if placed is not None:
                yield _look(site.cms_id(placed.article.number), at, placed.article)


def _untrue(site: Site, told: Mapping[str, Sequence[Event]]) -> Iterator[str]:
    """What the archive says that lists showed, and they did not show. When a list is seen to its
    end is the crawler's to choose, so that nothing is missed here."""
    for article, events in told.items():
        for event in events:
            day = day_of(event.at)
            here = _listed_in(site, article, day)
            earlier = {_listed_in(site, article, each) for each in range(1, day)} - {here}
            true = {"unlisted": not here, "relisted": here, "moved": here and earlier}
            if not true[event.kind]:
                channels = ", ".join(map(str, sorted(here))) or "no list"
                yield f"article {article}, {event.kind} on day {day}: it stood in {channels}"


def _listed_in(site: Site, article: str, day: int) -> frozenset[int]:
    """The channels that listed an article on a day."""
    today = site.world.on(day)
    return frozenset(
        channel.number
        for channel in today.channels
        for row in today.listed(channel.number)
        if site.kind.cms_id(row.article) == article
    )


def _look(name: str, at: datetime, article: Article) -> Look:
    if article.standing is Standing.PUBLISHED:
        return Look(name, at, article.content)
    return Look(name, at, absence=str(article.standing))


def by_night(account: Account, begun: Iterable[datetime]) -> Account:
    """The same account with every instant as the beginning of the crawl it lies in, and without
    what evidence says to the second."""
    starts = sorted(begun)

    def night(at: datetime) -> datetime:
        return [start for start in starts if start <= at][-1]

    def version(each: Version) -> Version:
        return replace(each, first_at=night(each.first_at), last_at=night(each.last_at))

    def event(each: Event) -> Event:
        exact = ("absent_since", "gap_hours")
        kept = {name: value for name, value in each.evidence.items() if name not in exact}
        if first := kept.get("first_signal_at"):
            kept["first_signal_at"] = night(datetime.fromisoformat(first)).isoformat()
        return replace(each, at=night(each.at), evidence=kept)

    return Account(
        account.state,
        tuple(map(version, account.versions)),
        tuple(map(event, account.events)),
        tuple(Shown(night(s.at), s.outcome, s.number) for s in account.captures),
    )
