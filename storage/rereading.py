"""Rereading: the readings of captures made anew from the facts, by the reader of today.

The reader is given by the caller: this room knows no page. Both sides of every comparison are
read by the same reader then, so that a better one invents no edit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row, Select, select, update

from storage.article import Article, ArticleKey
from storage.judging import Absence, Outcome
from storage.packed import packed_columns
from storage.schema import (
    articles,
    capture_facts,
    capture_parts,
    capture_readings,
    frontier,
    payloads,
    sites,
)
from storage.storable import storable
from storage.values import ATTACHMENT, PART
from storage.writers import contents, histories
from storage.writers.held import is_held
from storage.writers.scope import Scope
from storage.writers.seals import seal_captures

PROBE = "probe"
"""The page kind of what a host serves at addresses that cannot exist."""


@dataclass(frozen=True, slots=True)
class Page:
    """One response as it was received. `url` is the address that answered."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """One capture of an article with all that its reader had at hand: the pages that continue it,
    what the host served in that crawl for addresses that cannot exist, the listed title. `failed`
    is why the fetch had failed as its first reader told, None where it had not: that an answer
    broke off, no page may show."""

    key: ArticleKey
    asked_url: str
    page: Page
    parts: tuple[Page, ...]
    probes: tuple[Page, ...]
    listed_title: str | None
    failed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What a capture shows to the reader of today; as in `storage.values.Captured`."""

    page_kind: str
    reader: str
    article: Article | None = None
    absence: Absence | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    skeleton: str | None = None


Reader = Callable[[Stored], Reread]


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of an article: captures read again, and how many of them show something else."""

    read: int
    altered: int


def reread_article(scope: Scope, article_id: int, reader: Reader, version: str) -> Mended:
    """Read an article's captures again that another reader than `version` read, and rebuild its
    history where they show something else. A signal of absence that no reader saw before waits
    to be counted (`writers.settling`)."""
    rows = scope.connection.execute(_outdated(article_id, version)).all()
    altered, like = 0, None
    for row in rows:
        read = storable(reader(_stored(scope, row)))
        content_id = contents.content_id(scope, read, like) if read.article is not None else None
        altered += _reread_capture(scope, row, read, content_id)
        like = content_id or like
    seal_captures(scope.connection, [row.id for row in rows])
    if altered:
        histories.refold(scope, article_id)
    return Mended(len(rows), altered)


def any_outdated(version: str) -> Select[Any]:
    """One row where another reader than `version` read any capture of an article."""
    return _read_otherwise(version).limit(1)


def outdated_articles(version: str, host: str | None, after: int, limit: int) -> Select[Any]:
    """Ids of articles of which another reader than `version` read a capture, in order."""
    query = (
        select(articles.c.id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(articles.c.id > after, articles.c.id.in_(_read_otherwise(version)))
    )
    if host is not None:
        query = query.where(sites.c.host == host)
    return query.order_by(articles.c.id).limit(limit)


def _read_otherwise(version: str) -> Select[Any]:
    return (
        select(capture_facts.c.article_id)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .where(
            capture_facts.c.article_id.is_not(None),
            capture_readings.c.reader != version,
            capture_readings.c.page_kind.not_in([ATTACHMENT, PART]),
        )
    )


def _outdated(article_id: int, version: str) -> Select[Any]:
    return (
        select(
            capture_facts,
            capture_readings.c.content_id,
            capture_readings.c.absence,
            capture_readings.c.counted,
            capture_readings.c.outcome,
            capture_readings.c.reason,
            is_held(capture_facts.c.crawl_id, articles.c.site_id, whole=True).label("held"),
            articles.c.cms_id,
            sites.c.host,
            *packed_columns,
            frontier.c.listed_title,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .join(payloads, payloads.c.digest == capture_facts.c.payload_digest)
        .outerjoin(
            frontier,
            (frontier.c.crawl_id == capture_facts.c.crawl_id)
            & (frontier.c.url == capture_facts.c.url),
        )
        .where(
            capture_facts.c.article_id == article_id,
            capture_readings.c.reader != version,
            capture_readings.c.page_kind.not_in([ATTACHMENT, PART]),
        )
        .order_by(capture_facts.c.captured_at, capture_facts.c.id)
    )


def _reread_capture(scope: Scope, row: Row[Any], read: Reread, content_id: int | None) -> bool:
    """Write what a capture shows now; whether that is something else than before."""
    absence = read.absence.value if read.absence else None
    counted = not row.held and (
        content_id is not None or (absence is not None and _was_counted(row))
    )
    values: dict[str, Any] = {
        "page_kind": read.page_kind,
        "reason": read.reason,
        "content_id": content_id,
        "absence": absence,
        "counted": counted,
        "reader": read.reader,
        "skeleton": read.skeleton,
    }
    if not counted:
        values |= {"outcome": _outcome(read).value, "version_id": None}
    scope.connection.execute(
        update(capture_readings).where(capture_readings.c.capture_id == row.id).values(values)
    )
    return (content_id, absence, counted) != (row.content_id, row.absence, bool(row.counted))


def _outcome(read: Reread) -> Outcome:
    """The outcome of a capture that shows nothing for the time being."""
    if read.article is not None:
        return Outcome.HELD
    return Outcome.GONE_SIGNAL if read.absence else read.outcome or Outcome.READ


def _was_counted(row: Row[Any]) -> bool:
    return row.absence is not None and bool(row.counted)


def _stored(scope: Scope, row: Row[Any]) -> Stored:
    return Stored(
        key=ArticleKey(row.host, row.cms_id),
        asked_url=row.url,
        page=_page(row, scope),
        parts=_parts(scope, row.id),
        probes=_probes(scope, row.crawl_id, row.host),
        listed_title=row.listed_title,
        failed=row.reason if row.outcome == Outcome.FAILED else None,
    )


def _page(row: Row[Any], scope: Scope) -> Page:
    """The page; a capture that the server only confirmed has the status of the confirmed one."""
    status, headers = row.status, row.headers
    if row.revalidates is not None:
        confirmed = scope.connection.execute(
            select(capture_facts.c.status, capture_facts.c.headers).where(
                capture_facts.c.id == row.revalidates
            )
        ).one()
        status, headers = confirmed.status, confirmed.headers
    return Page(row.final_url or row.url, status, headers, scope.unpacker.unpack(row))


def _parts(scope: Scope, capture_id: int) -> tuple[Page, ...]:
    query = (
        select(capture_facts, *packed_columns)
        .join(capture_parts, capture_parts.c.part_id == capture_facts.c.id)
        .join(payloads, payloads.c.digest == capture_facts.c.payload_digest)
        .where(capture_parts.c.capture_id == capture_id)
        .order_by(capture_parts.c.position)
    )
    rows = scope.connection.execute(query).all()
    # A page names what continues it by the address that is asked for, wherever that leads.
    return tuple(replace(_page(row, scope), url=row.url) for row in rows)


def _probes(scope: Scope, crawl_id: int, host: str) -> tuple[Page, ...]:
    query = (
        select(capture_facts, *packed_columns)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(payloads, payloads.c.digest == capture_facts.c.payload_digest)
        .where(capture_facts.c.crawl_id == crawl_id, capture_readings.c.page_kind == PROBE)
        .order_by(capture_facts.c.id)
    )
    rows = scope.connection.execute(query).all()
    return tuple(_page(row, scope) for row in rows if f"//{host}/" in row.url)
