"""A site watched night after night: its lists through the walk's own judgement, its pages through
the reader and admission, all of it into an archive; no HTTP between, so that thousands of faults
take seconds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import select

from crawler.admission import Admission, Response, admit
from crawler.channel_walk import ChannelWalk
from crawler.hanweb import canonical, impossible_articles
from crawler.keys import article_key
from crawler.ledger import Expected, failed_ledger
from crawler.listings import Entry, Listing, ListingRequest, NotAListing, find_pagers
from crawler.reading import Fingerprint, decode, fingerprint
from crawler.reading.values import READER
from crawler.responses import charset_of
from crawler.walk import Walk
from replica.answers import Answer, answer
from replica.channels import Channel
from replica.content import Content
from replica.faults import Faults
from replica.kinds.base import Role
from replica.site import Site
from replica.state import Article as Published
from replica.state import Standing
from storage.archive import Archive
from storage.article import ArticleKey
from storage.recorder import Closed, Recorder
from storage.schema import holds
from storage.values import Captured, ChannelSeen, Listed, Placed, SiteSeen, Walked, Wanted

HOST = "www.wangchuan.example"
ROOT = f"http://{HOST}"
FIRST = datetime(2022, 3, 1, 18, tzinfo=UTC)
judged = cache(admit)
"""Admission is pure: what was judged once need not be judged again."""


@dataclass
class Night:
    """What a site has one night besides its day: pages served in the place of articles, by their
    numbers, and what is served for every address. What it does to its lists stands in the site's
    own faults."""

    instead: Mapping[int, Answer] = field(default_factory=dict)
    everything: Answer | None = None


class Watch:
    """Crawls of one site, each 25 hours after the one before.

    `faults` counts the answers that were not what the site has to say. `seen` is what honest
    answers showed of each article, look by look: its content, or None where it was not there; of
    nights that the guard put aside, only what was not.
    """

    def __init__(self, archive_url: str, site: Site) -> None:
        site.url = ROOT
        self.site = site
        self.now = FIRST
        self.archive = Archive.open(archive_url, lambda: self.now)
        self.faults = 0
        self.seen: dict[int, list[Content | None]] = {}

    def night(self, day: int, night: Night | None = None) -> Closed:
        """One crawl; how it ended."""
        self.site.day = day
        self._tonight = night or Night()
        self._looks: dict[int, Content | None] = {}
        crawl = self.archive.crawl("hanweb", ROOT, [HOST])
        crawl.add(SiteSeen(host=HOST, name="王川市人民政府", generation="classic", at=self.now))
        not_found = self._learnt(crawl.crawl_id)
        for channel in self.site.world.on(day).channels:
            self._walk(crawl, channel)
        for number, article in self.today().items():
            self._look(crawl, number, article, not_found)
        self.now += timedelta(minutes=30)
        closed = crawl.close("finished", {})
        for number in self._believed(crawl.crawl_id):
            self.seen.setdefault(number, []).append(self._looks[number])
        self.now += timedelta(hours=24, minutes=30)
        return closed

    def going_on(self, archive_url: str) -> "Watch":
        """The same watch over a copy of its archive."""
        other = Watch(archive_url, replace(self.site))
        other.now = self.now
        other.seen = {number: list(looks) for number, looks in self.seen.items()}
        return other

    def path(self, number: int) -> str:
        return self.site.article_url(number)[len(ROOT) :]

    def standing(self) -> list[int]:
        """The numbers of the articles that are there today."""
        there = Standing.PUBLISHED
        return [number for number, each in self.today().items() if each.standing is there]

    def own(self, path: str) -> Answer:
        """What the site itself says there today."""
        return answer(self.site, path, {})

    def today(self) -> Mapping[int, Published]:
        """All articles that there ever were, as of today, by their numbers."""
        return self.site.world.on(self.site.day).articles

    def fetch(self, path: str, asked: Mapping[str, str]) -> Answer:
        """What the site answers tonight."""
        if self._tonight.everything is not None:
            self.faults += 1
            return self._tonight.everything
        listing = self.site.kind.role(path) in (Role.LISTING, Role.CHANNEL)
        self.faults += listing and self.site.faults != Faults()
        return answer(self.site, path, asked)

    def _believed(self, crawl_id: int) -> list[int]:
        """The articles of which tonight's looks count: none where all of the crawl was put aside,
        and not those that were not there where its signs of absence were."""
        with self.archive.reader.connect() as connection:
            which = select(holds.c.whole).where(holds.c.crawl_id == crawl_id)
            whole = connection.scalars(which).all()
        if any(whole):
            return []
        return [number for number, look in self._looks.items() if look or not whole]

    def _learnt(self, crawl_id: int) -> tuple[Fingerprint, ...]:
        found = ((path, self.fetch(path, {})) for path in impossible_articles(crawl_id))
        return tuple(
            fingerprint(text_of(given), 200, ROOT + path)
            for path, given in found
            if given.status == 200
        )

    def _look(
        self,
        crawl: Recorder,
        number: int,
        article: Published,
        not_found: tuple[Fingerprint, ...],
    ) -> None:
        path = self.path(number)
        key = article_key(ROOT + path, HOST)
        assert key is not None, path
        url, given = self._answer(number, article, path)
        crawl.add(Wanted(url=ROOT + path, kind="article", key=key, at=self.now))
        verdict = judged(key, ROOT + path, Response(url, given.status, text_of(given)), not_found)
        crawl.add(self._captured(url, given, verdict, key, ROOT + path))

    def _answer(self, number: int, article: Published, path: str) -> tuple[str, Answer]:
        """Where redirects led, and what came."""
        if number in self._tonight.instead:
            self.faults += 1
            return ROOT + path, self._tonight.instead[number]
        if self._tonight.everything is None:
            there = article.standing is Standing.PUBLISHED
            self._looks[number] = article.content if there else None
        given = self.fetch(path, {})
        if given.status != 302:
            return ROOT + path, given
        return ROOT + given.headers["Location"], self.fetch(given.headers["Location"], {})

    def _captured(
        self, url: str, given: Answer, verdict: Admission, key: ArticleKey, asked: str
    ) -> Captured:
        reading = verdict.reading
        return Captured(
            url=url,
            asked_url=asked if asked != url else None,
            captured_at=self.now,
            status=given.status,
            headers=given.headers,
            payload=given.body,
            page_kind=verdict.page_kind,
            reader=READER,
            key=key,
            article=reading.article if reading else None,
            origins=reading.origins if reading else {},
            doubts=reading.doubts if reading else (),
            skeleton=reading.skeleton if reading else None,
            absence=verdict.absence,
            outcome=verdict.outcome,
            reason=verdict.reason,
        )

    def _walk(self, crawl: Recorder, channel: Channel) -> None:
        url = self.site.channel_url(channel.number)
        given = self.fetch(url[len(ROOT) :], {})
        cms_id = str(channel.number)
        crawl.add(
            ChannelSeen(
                host=HOST, cms_id=cms_id, name=channel.name, url=canonical(url), at=self.now
            )
        )
        pagers = find_pagers(text_of(given), url) if given.status == 200 else ()
        ledger = failed_ledger(f"status {given.status}")
        if pagers:
            account = self.archive.account(HOST, cms_id)
            known = account.walked_at is not None
            expected = Expected(account.rows, known and len(pagers) == 1)
            walks = [Walk(pager, HOST, expected, full=True) for pager in pagers]
            held = account.rows if known else 0
            walking = ChannelWalk(cms_id, self.now, walks, held=held)
            for walk in walks:
                self._to_its_end(crawl, cms_id, walk)
            ledger = walking.ledger()
        told = {name: getattr(ledger, name) for name in ledger.__slots__}
        crawl.add(Walked(host=HOST, channel=cms_id, walked_at=self.now, **told))

    def _to_its_end(self, crawl: Recorder, cms_id: str, walk: Walk) -> None:
        if walk.pager.first is not None:
            self._list(crawl, cms_id, walk.take(walk.pager.first, ()))
        while request := walk.next_request():
            try:
                self._list(crawl, cms_id, walk.take(self._answered(walk, request), ()))
            except NotAListing as error:
                walk.fail(error.reason)

    def _answered(self, walk: Walk, request: ListingRequest) -> Listing:
        parts = urlsplit(request.url)
        given = self.fetch(parts.path, dict(parse_qsl(parts.query)) | dict(request.form or {}))
        if given.status != 200:
            raise NotAListing(request.url, f"status {given.status}")
        return walk.pager.parse(text_of(given), request.url)

    def _list(self, crawl: Recorder, cms_id: str, entries: Collection[Entry]) -> None:
        placed = (
            Placed(article_key(entry.url, HOST), entry.url, entry.title, entry.listed_on)
            for entry in entries
        )
        crawl.add(Listed(host=HOST, channel=cms_id, at=self.now, entries=tuple(placed)))


def text_of(given: Answer) -> str:
    return decode(given.body, charset_of(given.headers.get("Content-Type", "")))
