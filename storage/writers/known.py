"""Known: what the archive holds of the things that a batch of captures names.

It is asked for many at once before the batch is worked off, and kept up to date by what the batch
itself adds: what is looked up here stands, or waits to be written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from storage.article import ArticleKey, file_key
from storage.bodies import Base
from storage.history import Span, Standing, State
from storage.payloads import payload_digest
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    content_attachments,
    contents,
    payloads,
    version_files,
    version_spans,
)
from storage.values import Captured


@dataclass(slots=True)
class KnownArticle:
    """An article's row: its id, and the address that it has."""

    id: int
    url: str


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A content that is stored: by which reader, in what words, and where its files lie."""

    id: int
    title: str
    published: str | None
    reader: str
    files: tuple[tuple[int, str], ...] = ()
    """The position and the address of each attachment."""

    @property
    def keys(self) -> frozenset[str]:
        """What names its files."""
        return frozenset(file_key(url) for _, url in self.files)


@dataclass(frozen=True, slots=True)
class Held:
    """Where an article's history stands, with the id and the content of its latest version."""

    standing: Standing
    version_id: int | None = None
    content: KnownContent | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A capture that a server confirms, and what was read of it: nothing where that is None."""

    payload_digest: str
    content: KnownContent | None
    digests: Mapping[str, str]
    reader: str | None
    skeleton: str | None


@dataclass
class Known:
    """What was looked up in one transaction."""

    connection: Connection
    _articles: dict[tuple[int, str], KnownArticle | None] = field(default_factory=dict)
    _held: dict[int, Held] = field(default_factory=dict)
    _contents: dict[str, KnownContent | None] = field(default_factory=dict)
    _payloads: dict[str, bool] = field(default_factory=dict)
    _confirmed: dict[int, Confirmed] = field(default_factory=dict)
    _digests: dict[int, str] = field(default_factory=dict)
    _bases: dict[int, Base] = field(default_factory=dict)

    def forget(self) -> None:
        """What is held may be otherwise by now."""
        for each in (self._articles, self._held, self._contents, self._payloads, self._confirmed):
            each.clear()
        self._bases.clear()

    def digest_of(self, captured: Captured) -> str:
        """The digest of a capture's bytes."""
        return self._digests.get(id(captured)) or payload_digest(captured.payload)

    def look_ahead(self, captures: Sequence[Captured], sites: Mapping[str, int]) -> None:
        """Ask for all that these captures name. They must live as long as this does."""
        self._digests = {id(each): payload_digest(each.payload) for each in captures}
        by_site: dict[int, set[str]] = defaultdict(set)
        for each in captures:
            if each.key is not None:
                by_site[sites[each.key.host]].add(each.key.cms_id)
        for site_id, cms_ids in by_site.items():
            self.look_up_articles(site_id, cms_ids)
        found = [known.id for known in self._articles.values() if known]
        self._look_up_held(found)
        self._look_up_contents({each.article.digest for each in captures if each.article})
        self._look_up_bases(self._before(captures, sites))
        self._look_up_payloads(set(self._digests.values()))
        named = {each.revalidates or each.same_as for each in captures}
        self._look_up_confirmed({each for each in named if each})

    def article(self, site_id: int, cms_id: str) -> KnownArticle | None:
        if (site_id, cms_id) not in self._articles:
            self.look_up_articles(site_id, {cms_id})
        return self._articles[site_id, cms_id]

    def new_article(self, site_id: int, key: ArticleKey, article: KnownArticle) -> None:
        self._articles[site_id, key.cms_id] = article
        self._held[article.id] = Held(Standing())

    def held(self, article_id: int) -> Held:
        if article_id not in self._held:
            self._look_up_held([article_id])
        return self._held[article_id]

    def stands(self, article_id: int, held: Held) -> None:
        """The history of an article went on."""
        self._held[article_id] = held

    def content(self, digest: str) -> KnownContent | None:
        if digest not in self._contents:
            self._look_up_contents({digest})
        return self._contents[digest]

    def new_content(self, digest: str, content: KnownContent) -> None:
        self._contents[digest] = content

    def base_of(self, content_id: int) -> Base:
        """What this content is kept by difference with, or itself."""
        if content_id not in self._bases:
            self._look_up_bases({content_id})
        return self._bases[content_id]

    def new_base(self, content_id: int, base: Base) -> None:
        self._bases[content_id] = base

    def has_payload(self, digest: str) -> bool:
        """Whether the bytes are stored; from now on they are."""
        if digest not in self._payloads:
            self._look_up_payloads({digest})
        was, self._payloads[digest] = self._payloads[digest], True
        return was

    def confirmed(self, capture_id: int) -> Confirmed:
        if capture_id not in self._confirmed:
            self._look_up_confirmed({capture_id})
        return self._confirmed[capture_id]

    def look_up_articles(self, site_id: int, cms_ids: Collection[str]) -> None:
        """Ask for these articles of a site."""
        # What was looked up or made before stays: it may wait to be written.
        asked = [each for each in cms_ids if (site_id, each) not in self._articles]
        rows = self.connection.execute(
            select(articles.c.id, articles.c.cms_id, articles.c.url).where(
                articles.c.site_id == site_id, articles.c.cms_id.in_(asked)
            )
        )
        found = {row.cms_id: KnownArticle(row.id, row.url) for row in rows}
        self._articles |= {(site_id, cms_id): found.get(cms_id) for cms_id in asked}

    def _look_up_held(self, ids: Collection[int]) -> None:
        if not ids:
            return
        rows = self.connection.execute(_LATEST.where(articles.c.id.in_(ids))).all()
        read = [row for row in rows if row.version_id is not None]
        files = _files_of(self.connection, {row.content_id for row in read})
        bytes_of = _bytes_of(self.connection, {row.version_id for row in read if files})
        for row in rows:
            self._held[row.id] = _held(row, files, bytes_of)

    def _look_up_contents(self, digests: Collection[str]) -> None:
        if not digests:
            return
        rows = self.connection.execute(_CONTENTS.where(contents.c.digest.in_(digests))).all()
        files = _files_of(self.connection, {row.id for row in rows})
        found = {row.digest: _content(row, row.id, files) for row in rows}
        self._contents |= {digest: found.get(digest) for digest in digests}

    def _before(self, captures: Sequence[Captured], sites: Mapping[str, int]) -> set[int]:
        """The latest contents of articles that show something new."""
        new = (
            each.key
            for each in captures
            if each.key and each.article and self._contents[each.article.digest] is None
        )
        known = [self._articles[sites[key.host], key.cms_id] for key in new]
        latest = [self._held[each.id].content for each in known if each]
        return {each.id for each in latest if each}

    def _look_up_bases(self, ids: Collection[int]) -> None:
        for row in self.connection.execute(_BASES.where(contents.c.id.in_(ids))) if ids else ():
            self._bases[row.id] = Base(row.base_id or row.id, row.body)

    def _look_up_payloads(self, digests: Collection[str]) -> None:
        query = select(payloads.c.digest).where(payloads.c.digest.in_(digests))
        found = set(self.connection.scalars(query)) if digests else set()
        self._payloads |= {digest: digest in found for digest in digests}

    def _look_up_confirmed(self, ids: Collection[int]) -> None:
        if not ids:
            return
        rows = self.connection.execute(_CONFIRMED.where(capture_facts.c.id.in_(ids))).all()
        files = _files_of(self.connection, {row.content_id for row in rows if row.content_id})
        for row in rows:
            content = _content(row, row.content_id, files) if row.content_id else None
            self._confirmed[row.id] = Confirmed(
                row.payload_digest, content, row.field_digests or {}, row.reader, row.skeleton
            )


_base = contents.alias()
_BASES = select(
    contents.c.id, contents.c.base_id, func.coalesce(_base.c.body, contents.c.body).label("body")
).outerjoin(_base, _base.c.id == contents.c.base_id)
_CONTENTS = select(
    contents.c.id,
    contents.c.digest,
    contents.c.title,
    contents.c.published,
    contents.c.reader.label("content_reader"),
)
_OF_CONTENT = (
    contents.c.title,
    contents.c.published,
    contents.c.field_digests,
    contents.c.reader.label("content_reader"),
)
_LATEST = (
    select(
        articles.c.id,
        articles.c.state,
        articles.c.absent_since,
        articles.c.last_sighting_at,
        articles.c.first_captured_at,
        version_spans.c.id.label("version_id"),
        version_spans.c.number,
        version_spans.c.content_id,
        version_spans.c.first_capture_id,
        version_spans.c.first_captured_at.label("first_at"),
        version_spans.c.last_captured_at.label("last_at"),
        *_OF_CONTENT,
    )
    .outerjoin(
        version_spans,
        (version_spans.c.article_id == articles.c.id)
        & (version_spans.c.number == articles.c.versions),
    )
    .outerjoin(contents, contents.c.id == version_spans.c.content_id)
)
_CONFIRMED = (
    select(
        capture_facts.c.id,
        capture_facts.c.payload_digest,
        capture_readings.c.content_id,
        capture_readings.c.reader,
        capture_readings.c.skeleton,
        *_OF_CONTENT,
    )
    .outerjoin(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
    .outerjoin(contents, contents.c.id == capture_readings.c.content_id)
)
_Files = Mapping[int, Sequence[tuple[int, str]]]
_Bytes = Mapping[int, Mapping[int, str]]


def _content(row: Any, content_id: int, files: _Files) -> KnownContent:
    at = tuple(files.get(content_id, ()))
    return KnownContent(content_id, row.title, row.published, row.content_reader, at)


def _held(row: Any, files: _Files, bytes_of: _Bytes) -> Held:
    latest, content = None, None
    if row.version_id is not None:
        content = _content(row, row.content_id, files)
        bytes_at = bytes_of.get(row.version_id, {})
        latest = Span(
            number=row.number,
            content_id=row.content_id,
            digests=row.field_digests,
            first_capture_id=row.first_capture_id,
            first_at=row.first_at,
            last_at=row.last_at,
            files={file_key(url): bytes_at.get(place) for place, url in content.files},
        )
    standing = Standing(
        state=State(row.state),
        latest=latest,
        absent_since=row.absent_since,
        last_at=row.last_sighting_at,
        first_at=row.first_captured_at,
    )
    return Held(standing, row.version_id, content)


def _files_of(connection: Connection, content_ids: Iterable[int]) -> _Files:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    its = content_attachments.c
    query = select(its.content_id, its.position, its.url).where(its.content_id.in_(content_ids))
    for row in connection.execute(query) if content_ids else ():
        found[row.content_id].append((row.position, row.url))
    return found


def _bytes_of(connection: Connection, version_ids: Iterable[int]) -> _Bytes:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    query = select(version_files).where(version_files.c.version_id.in_(version_ids))
    for row in connection.execute(query) if version_ids else ():
        found[row.version_id][row.position] = row.payload_digest
    return found
