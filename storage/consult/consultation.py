"""The questions to an archive, in one place."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, Engine

from storage.archive import Archive, utc_now
from storage.comparing.changed_words import Way
from storage.comparing.diff import FieldDiff, diff
from storage.comparing.spans import By
from storage.consult.articles import ArticleHeld, find
from storage.consult.as_of import AsOfQuery, Stood, as_of, counted_as_of
from storage.consult.claims import ChannelClaims, channel_claims
from storage.consult.coverage import Coverage, coverage
from storage.consult.doubts import DoubtQuery, DoubtsHeld, doubts_held
from storage.consult.edits import EditQuery
from storage.consult.events import EventHeld, EventQuery, events_held
from storage.consult.export import ROWS, Exported, Selection
from storage.consult.export_captures import Received, received
from storage.consult.histories import History, VersionSpan, history
from storage.consult.query import Query
from storage.consult.search import Found, search
from storage.consult.series import Counted, Series, SeriesQuery, series
from storage.consult.silent import SilentEdits, silent_edits
from storage.consult.sites import (
    ChannelHeld,
    CrawlSeen,
    SiteHeld,
    channels_held,
    crawls_seen,
    sites_held,
)
from storage.consult.sites_then import sites_then
from storage.consult.versions import Shown, Version, numbered, show, show_as_of, show_number
from storage.consult.walked import ChannelWalked, walked_by
from storage.consult.word_changes import WordChanges, word_changes
from storage.consult.word_series import word_series
from storage.due import Due, DueQuery, due
from storage.engine import BUSY_TIMEOUT_S, in_our_words
from storage.limits import no_longer_than
from storage.verifying import Anchor, Looked, newest_anchor, planned, verify

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one article and the fields that differ."""

    article: ArticleHeld
    before: Version
    after: Version
    fields: tuple[FieldDiff, ...]


class Consultation:
    """Questions to an archive. Each is one short read transaction, and raises ArchiveError where
    the archive cannot be read.

    >>> from storage import Consultation
    >>> Consultation.open("sqlite:///nowhere/archive.db")
    Traceback (most recent call last):
    storage.errors.NoArchive: there is no archive at nowhere/archive.db; crawl a site first \
(make crawl SITE=…)
    """

    def __init__(self, reader: Engine, url: str, limit_s: float | None = None) -> None:
        self.url = url
        self._reader = reader
        self._limit_s = limit_s

    @classmethod
    def open(
        cls, url: str, *, limit_s: float | None = None, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> Self:
        """Open an archive for reading. Raises NoArchive, ArchiveVersion, ArchiveUnusable.

        Where `limit_s` is given, a question that takes more seconds raises TookTooLong.
        """
        return cls(Archive.consult(url, busy_timeout_s=busy_timeout_s).reader, url, limit_s)

    def close(self) -> None:
        self._reader.dispose()

    def ask(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Any question of `storage.consult`, also one that has no name here: what it answers."""
        with self._connected() as connection:
            return question(connection, *args, **kwargs)

    def sites(self, *, at: datetime | None = None) -> list[SiteHeld]:
        """All sites with what is held of them, or was at an instant."""
        return self.ask(sites_held) if at is None else self.ask(sites_then, at)

    def channels(self, host: str | None = None) -> list[ChannelHeld]:
        """The channels of a site, or of all."""
        return self.ask(channels_held, host)

    def crawls(
        self, limit: int = 20, before: int | None = None, *, at: datetime | None = None
    ) -> list[CrawlSeen]:
        """The last crawls, newest first; `before` is the last of the page before. As of an instant
        where one is given."""
        return self.ask(crawls_seen, limit, before, at)

    def coverage(self, host: str | None = None, *, at: datetime | None = None) -> list[Coverage]:
        """What each channel claims, against what was seen and is held; as of an instant where one
        is given."""
        return self.ask(coverage, host, at)

    def find(self, name: str) -> ArticleHeld:
        """The article of that id, `HOST/CMS_ID`, or address. Raises UnknownArticle."""
        return self.ask(find, name)

    def show(self, article: ArticleHeld, *, number: int | None = None) -> Shown:
        """The version that stands, or version `number`. Raises UnknownArticle."""
        with self._connected() as connection:
            if number is None:
                return show(connection, article)
            return show_number(connection, article, number)

    def show_as_of(self, article: ArticleHeld, as_of: datetime) -> Shown:
        """What stood at that instant, as far as anybody looked."""
        return self.ask(show_as_of, article, as_of)

    def as_of(self, query: AsOfQuery) -> list[Stood]:
        """A page of articles as they stood at an instant."""
        return self.ask(as_of, query)

    def counted_as_of(self, query: AsOfQuery) -> Mapping[str, int]:
        """How many articles stood in which state at an instant."""
        return self.ask(counted_as_of, query)

    def walked_by(
        self, at: datetime, *, site: str | None = None, channel: str | None = None
    ) -> list[ChannelWalked]:
        """How far channels had been walked by an instant. Raises UnknownArticle for none."""
        return self.ask(walked_by, at, site, channel)

    def memento(self, article: str | ArticleHeld, at: datetime) -> Shown:
        """What an article (its id, `HOST/CMS_ID` or address) said at that instant, as far as
        anybody looked. Raises UnknownArticle."""
        return self.show_as_of(self._meant(article), at)

    def timemap(self, article: str | ArticleHeld) -> tuple[VersionSpan, ...]:
        """The versions of an article, oldest first, each with the span in which it was seen.
        Raises UnknownArticle."""
        return self.history(self._meant(article)).versions

    def snapshot(
        self, at: datetime, *, site: str | None = None, channel: str | None = None
    ) -> Iterator[Stood]:
        """All articles of a site or a channel as they stood at that instant, however many."""
        query = AsOfQuery(at=at, host=site, channel=channel, limit=500)
        while page := self.as_of(query):
            yield from page
            query = replace(query, after=page[-1].article_id)

    def changes(
        self,
        since: datetime,
        until: datetime,
        *,
        site: str | None = None,
        channel: str | None = None,
        kinds: tuple[str, ...] = (),
    ) -> Iterator[EventHeld]:
        """What happened between two instants, both included, newest first, however much."""
        query = EventQuery(
            kinds=kinds, host=site, channel=channel, since=since, until=until, limit=500
        )
        while page := self.events(query):
            yield from page
            query = replace(query, before=page[-1].id)

    def history(self, article: ArticleHeld) -> History:
        """All that is known of an article."""
        return self.ask(history, article)

    def compare(
        self, article: ArticleHeld, before: int, after: int, by: By = By.WORD
    ) -> Comparison:
        """What changed from one version to another. Raises UnknownArticle."""
        with self._connected() as connection:
            old = numbered(connection, article, before)
            new = numbered(connection, article, after)
        return Comparison(article, old, new, diff(old.content, new.content, by))

    def search(self, query: Query) -> Found:
        """Articles whose versions hold the words."""
        return self.ask(search, query)

    def silent_edits(self, query: EditQuery | None = None) -> SilentEdits:
        """Edits that the pages do not tell of, the heaviest first."""
        return self.ask(silent_edits, query or EditQuery())

    def word_changes(
        self, *words: str, way: Way | None = None, query: EditQuery | None = None
    ) -> WordChanges:
        """Edits in whose title or text all the words came, or all went; the newest first."""
        return self.ask(word_changes, words, query or EditQuery(), way)

    def series(self, counted: Counted, query: SeriesQuery | None = None) -> list[Series]:
        """How much was published, seen, edited or taken down in each month or year."""
        return self.ask(series, counted, query or SeriesQuery())

    def word_series(self, *words: str, query: SeriesQuery | None = None) -> list[Series]:
        """How many of the articles that each period published use all the words."""
        return self.ask(word_series, words, query or SeriesQuery())

    def claims(
        self, host: str | None = None, channel: str | None = None, *, at: datetime | None = None
    ) -> list[ChannelClaims]:
        """What is held of each channel against what the site claims, walk by walk; up to an
        instant where one is given."""
        return self.ask(channel_claims, host, channel, at)

    def events(self, query: EventQuery) -> list[EventHeld]:
        """What happened, newest first."""
        return self.ask(events_held, query)

    def doubts(self, query: DoubtQuery) -> DoubtsHeld:
        """What the readers were not sure of in the newest versions."""
        return self.ask(doubts_held, query)

    def due(self, query: DueQuery | None = None) -> list[Due]:
        """What should be captured again by now, in order, and why."""
        return self.ask(due, utc_now(), query or DueQuery())

    def verify(self, sample: int | None = None, against: Collection[str] = ()) -> Iterator[Looked]:
        """Everything against its digests and neighbours, as it is looked at; or so many payloads,
        contents and articles, taken by chance. What is damaged is told, not raised. `against` are
        digests of crawls that `newest_anchor` once gave and that were kept elsewhere."""
        yield from verify(self._reader, sample, against)

    def newest_anchor(self) -> Anchor | None:
        """The digest that stands for all that was recorded up to the end of the last crawl; None
        where none has ended."""
        return self.ask(newest_anchor)

    def to_verify(self, sample: int | None = None) -> int:
        """About how many rows `verify` will look at."""
        with in_our_words(self.url):
            return planned(self._reader, sample)

    def export_versions(
        self, selection: Selection | None = None, chunk: int = 200
    ) -> Iterator[Exported]:
        """Every version as a row of `VERSION_FIELDS`, `chunk` rows a transaction."""
        return self.export("versions", selection, chunk)

    def export_articles(
        self, selection: Selection | None = None, chunk: int = 500
    ) -> Iterator[Exported]:
        """Every article as a row of `ARTICLE_FIELDS`, `chunk` rows a transaction."""
        return self.export("articles", selection, chunk)

    def export(
        self, table: str, selection: Selection | None = None, chunk: int = 200
    ) -> Iterator[Exported]:
        """Every row of a table of `storage.consult.export_fields.TABLES`, `chunk` rows a
        transaction. Raises KeyError for a table that is none."""
        after = 0
        while rows := self.ask(ROWS[table], selection or Selection(), after, chunk):
            yield from rows
            after = rows[-1]["id"]

    def export_captures(
        self, selection: Selection | None = None, chunk: int = 50
    ) -> Iterator[Received]:
        """Every capture with the bytes that came, in the order in which they were recorded."""
        after = 0
        while found := self.ask(received, selection or Selection(), after, chunk):
            yield from found
            after = found[-1].id

    def _meant(self, article: str | ArticleHeld) -> ArticleHeld:
        return self.find(article) if isinstance(article, str) else article

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with (
            in_our_words(self.url),
            self._reader.connect() as connection,
            no_longer_than(connection, self._limit_s),
        ):
            yield connection
