"""The captures of a year, told to an archive through its front door."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from random import Random

from benchmarks.year.plan import Year
from benchmarks.year.said import address, as_article
from benchmarks.year.sessions import Session, Sight, Weather, day_of
from replica import Placed, Standing, files
from storage.archive import Archive
from storage.article import ArticleKey
from storage.judging import Absence, Outcome
from storage.recorder import Recorder
from storage.values import ATTACHMENT, Captured, Ended, Listed, Recordable, Walked, Wanted
from storage.values import Placed as Entry

READER = "year/1"


@dataclass
class Clock:
    """A clock that stands where it was set."""

    now: datetime = datetime(2022, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Teller:
    """Tells an archive of the crawls of one site. `chance` decides where batches end."""

    archive: Archive
    clock: Clock
    year: Year
    host: str = "www.wangchuan.example"
    chance: Random = field(default_factory=lambda: Random(1))
    serial: int = 0
    held: list[tuple[int, Session]] = field(default_factory=list)
    """The crawls in fair weather that the archive holds, by id: so much had changed."""

    def tell(self, sessions: Iterable[Session]) -> None:
        """Record crawls, one after the other."""
        for session in sessions:
            recorder = self.begin(session)
            for value in self.values(session):
                self.add(recorder, value)
            self.end(recorder, session)

    def begin(self, session: Session) -> Recorder:
        self.clock.now = session.begins_at
        return self.archive.crawl("year", f"http://{self.host}/", [self.host])

    def add(self, recorder: Recorder, value: Recordable) -> None:
        recorder.add(value)
        if self.chance.random() < 0.1:
            recorder.flush()

    def end(self, recorder: Recorder, session: Session) -> None:
        self.clock.now = session.ends_at
        closed = recorder.close("finished", {})
        if closed.held_because and session.weather is Weather.FAIR:
            self.held.append((recorder.crawl_id, session))

    def release(self) -> None:
        """Release what is held, as an operator does who has looked at the site."""
        for crawl_id, _ in self.held:
            self.archive.release(crawl_id)

    def values(self, session: Session) -> Iterator[Recordable]:
        """What a crawl saw, in the archive's words."""
        if session.weather not in (Weather.UNREACHABLE, Weather.OUTAGE, Weather.FIREWALL):
            yield self._front_page(session.begins_at)
        if session.walks:
            yield from self._walks(session)
        for sight in session.sights:
            url, key = self._url(sight), ArticleKey(self.host, str(sight.number))
            kind = "article" if sight.path is None else ATTACHMENT
            yield Wanted(url=url, kind=kind, key=key, at=sight.at)
            yield self._seen(sight, session.weather, url, key)

    def _seen(self, sight: Sight, weather: Weather, url: str, key: ArticleKey) -> Recordable:
        if weather is Weather.UNREACHABLE:
            return Ended(url=url, outcome=Outcome.FAILED, detail="no answer", at=sight.at)
        if weather is Weather.NOTICE:
            return self._captured(url, sight.at, key, absence=Absence.SOFT_NOT_FOUND)
        if not weather.counts:
            challenged = weather is Weather.FIREWALL
            outcome = Outcome.CHALLENGED if challenged else Outcome.FAILED
            return self._captured(url, sight.at, key, outcome=outcome, status=503)
        if sight.path is not None:
            edition = self.year.world.on(day_of(sight.at)).editions.get(sight.path, 1)
            payload = files.content(sight.path, edition)
            return self._captured(url, sight.at, key, page_kind=ATTACHMENT, payload=payload)
        article = self.year.article(sight)
        if article.standing is Standing.PUBLISHED:
            content = as_article(article.content, f"http://{self.host}")
            return self._captured(url, sight.at, key, article=content)
        return self._captured(url, sight.at, key, absence=Absence(str(article.standing)))

    def _captured(self, url: str, at: datetime, key: ArticleKey, **more: object) -> Captured:
        self.serial += 1  # a counter, a token: no page has the same bytes twice
        there = more.get("article") is not None
        values: dict[str, object] = {
            "url": url,
            "captured_at": at,
            "status": 200,
            "headers": {"Content-Type": "text/html"},
            "payload": f"<html>您是第{self.serial}位访客".encode(),
            "page_kind": "article" if there else "other",
            "reader": READER,
            "key": key,
        }
        return Captured(**(values | more))  # type: ignore[arg-type]

    def _front_page(self, at: datetime) -> Captured:
        return Captured(
            url=f"http://{self.host}/col/col1/index.html",
            captured_at=at,
            status=200,
            headers={},
            payload=f"<html>{self.serial}".encode(),
            page_kind="channel",
            reader=READER,
            outcome=Outcome.READ,
        )

    def _url(self, sight: Sight) -> str:
        if sight.path is not None:
            return f"http://{self.host}{sight.path}"
        return address(self.host, self.year.article(sight))

    def _walks(self, session: Session) -> Iterator[Recordable]:
        """The lists of all channels, each of one page; in foul weather no list is seen whole."""
        today = self.year.world.on(day_of(session.begins_at))
        for channel in today.channels:
            rows = today.listed(channel.number) if session.weather is Weather.FAIR else ()
            at = session.begins_at
            name = str(channel.number)
            if session.weather.counts:
                entries = tuple(self._entry(row) for row in rows)
                yield Listed(host=self.host, channel=name, at=at, entries=entries)
            yield self._walked(name, at, len(rows), session.weather is Weather.FAIR)

    def _entry(self, row: Placed) -> Entry:
        key = ArticleKey(self.host, str(row.article.number))
        url = address(self.host, row.article, row.channel.number)
        return Entry(key, url, row.title, row.dated)

    def _walked(self, channel: str, at: datetime, rows: int, whole: bool) -> Walked:
        return Walked(
            host=self.host,
            channel=channel,
            walked_at=at,
            claimed_total=rows if whole else None,
            entries_seen=rows,
            articles_seen=rows,
            repeats=0,
            off_site=0,
            pages=1,
            stop_reason="the claimed total is reached" if whole else "the list is empty",
            verdict="complete" if whole else "failed",
            whole=whole,
        )


def tell_together(tellers: Sequence[Teller], sessions: Mapping[str, Sequence[Session]]) -> None:
    """Record the crawls of several sites side by side: each value of one between two of others."""
    for together in zip_longest(*(sessions[teller.host] for teller in tellers)):
        pairs = [(t, s) for t, s in zip(tellers, together, strict=True) if s is not None]
        recorders = [teller.begin(session) for teller, session in pairs]
        streams = [teller.values(session) for teller, session in pairs]
        for values in zip_longest(*streams):
            for (teller, _), recorder, value in zip(pairs, recorders, values, strict=True):
                if value is not None:
                    teller.add(recorder, value)
        for (teller, session), recorder in zip(pairs, recorders, strict=True):
            teller.end(recorder, session)


def in_time_order(year: Year) -> tuple[Session, ...]:
    """Every capture when it was made, none of them late."""
    return year.recorded_in(year.sights())


def newest_first(year: Year) -> tuple[Session, ...]:
    """The year backwards."""
    return year.recorded_in(year.sights()[::-1])


def by_chance(year: Year, rng: random.Random) -> tuple[Session, ...]:
    """The year's captures in any order, in crawls of any size up to the guard's."""
    sights = year.sights()
    rng.shuffle(sights)
    return year.recorded_in(sights, rng.randint(1, 19))


ORDERS = {"in time order": in_time_order, "newest first": newest_first}
