"""What an archive says of a site's articles, in the words of `truth`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, select

from benchmarks.year.listed import Event
from benchmarks.year.said import Said, one_space, path_of
from benchmarks.year.truth import Account, Shown, Stood, Version
from storage import Consultation
from storage.archive import Archive
from storage.contract import attachments, versions
from storage.history import CAPTURE_EVENTS
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    events,
    sites,
    version_spans,
)

T = TypeVar("T")
FOLD = frozenset(kind.value for kind in CAPTURE_EVENTS)


def held(url: str, host: str) -> dict[str, Account]:
    """The archive's account of every article of a site, by the CMS's id. Raises ArchiveError."""
    archive = Archive.consult(url)
    with archive.reader.connect() as connection:
        told = _accounts(connection, host)
    archive.close()
    return told


def listings_told(url: str, host: str) -> dict[str, list[Event]]:
    """The events that lists alone show, by article. Raises ArchiveError."""
    archive = Archive.consult(url)
    with archive.reader.connect() as connection:
        found = _events(connection, host, events.c.kind.not_in(FOLD))
    archive.close()
    return dict(found)


def stood_at(url: str, host: str, at: datetime) -> dict[str, Stood]:
    """How each article stood at an instant, as the archive tells it. Raises ArchiveError."""
    archive = Consultation.open(url)
    told = {
        each.cms_id: Stood(each.state, each.version, frozenset(each.channels))
        for each in archive.snapshot(at, site=host)
    }
    archive.close()
    return told


def _accounts(connection: Connection, host: str) -> dict[str, Account]:
    states = connection.execute(_of(host, select(articles.c.cms_id, articles.c.state)))
    texts = _versions(connection, host)
    happened = _events(connection, host, events.c.kind.in_(FOLD))
    shown = _captures(connection, host)
    return {
        cms_id: Account(state, tuple(texts[cms_id]), tuple(happened[cms_id]), tuple(shown[cms_id]))
        for cms_id, state in states
    }


def _of(host: str, query: Select[Any]) -> Select[Any]:
    return query.join(sites, sites.c.id == articles.c.site_id).where(sites.c.host == host)


def _versions(connection: Connection, host: str) -> Mapping[str, list[Version]]:
    files = _files(connection, host)
    query = _of(
        host,
        select(versions, articles.c.cms_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .order_by(versions.c.number),
    )
    return _grouped(connection, query, lambda row: _version(row, files[row.id]))


def _files(connection: Connection, host: str) -> Mapping[int, list[Row[Any]]]:
    query = _of(
        host,
        select(attachments)
        .join(versions, versions.c.id == attachments.c.version_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .order_by(attachments.c.version_id, attachments.c.position),
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.version_id].append(row)
    return found


def _version(row: Row[Any], files: Iterable[Row[Any]]) -> Version:
    offered = [(file.name, path_of(file.url), file.payload_digest) for file in files]
    return Version(
        row.number,
        row.first_captured_at,
        row.last_captured_at,
        Said(
            row.title,
            row.subtitle,
            one_space(row.body),
            row.published,
            row.source,
            row.author,
            row.doc_number,
            tuple(sorted(row.fields.items())),
            tuple((name, path) for name, path, _ in offered),
            tuple(map(path_of, row.images)),
            tuple(map(path_of, row.videos)),
            tuple(row.notes),
        ),
        tuple(sorted((path, digest) for _, path, digest in offered if digest is not None)),
    )


def _events(connection: Connection, host: str, which: Any) -> Mapping[str, list[Event]]:
    new, old = version_spans.alias(), version_spans.alias()
    query = _of(
        host,
        select(events, new.c.number, old.c.number.label("previous"), articles.c.cms_id)
        .join(articles, articles.c.id == events.c.article_id)
        .outerjoin(new, new.c.id == events.c.version_id)
        .outerjoin(old, old.c.id == events.c.previous_version_id)
        .where(which)
        .order_by(events.c.at, events.c.id),
    )
    return _grouped(connection, query, _event)


def _event(row: Row[Any]) -> Event:
    evidence = {name: value for name, value in row.evidence.items() if name != "crawl_id"}
    if "file" in evidence:
        evidence["file"] = "/" + evidence["file"]
    return Event(row.at, row.kind, row.number, row.previous, tuple(row.fields), evidence)


def _captures(connection: Connection, host: str) -> Mapping[str, list[Shown]]:
    """What each capture that counts was told to show."""
    query = _of(
        host,
        select(
            capture_facts.c.captured_at,
            capture_readings.c.outcome,
            version_spans.c.number,
            articles.c.cms_id,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .outerjoin(version_spans, version_spans.c.id == capture_readings.c.version_id)
        .where(capture_readings.c.counted)
        .order_by(capture_facts.c.captured_at, capture_facts.c.id),
    )
    return _grouped(connection, query, lambda row: Shown(row.captured_at, row.outcome, row.number))


def _grouped(
    connection: Connection, query: Select[Any], made: Callable[[Row[Any]], T]
) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.cms_id].append(made(row))
    return found


def differences(truth: Mapping[str, Account], told: Mapping[str, Account]) -> list[str]:
    """Where an archive's account is not the truth, a line for each article and part; none is
    none. Articles that only lists named are no part of either."""
    lines = []
    for article in sorted(truth.keys() | told.keys()):
        true, made = truth.get(article, Account()), told.get(article, Account())
        for part in Account.__dataclass_fields__:
            if (want := getattr(true, part)) != (got := getattr(made, part)):
                lines.append(f"article {article}, {part}: {_first(want, got)}")
    return lines


def _first(want: Any, got: Any) -> str:
    if isinstance(want, str):
        return f"{want} is told as {got}"
    at = next((i for i, pair in enumerate(zip(want, got, strict=False)) if pair[0] != pair[1]), -1)
    at = at if at >= 0 else min(len(want), len(got))
    return f"{want[at : at + 1]} is told as {got[at : at + 1]}"
