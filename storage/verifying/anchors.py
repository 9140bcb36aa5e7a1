"""Anchors: digests of crawls that were written down where nobody who writes the archive can reach.

Whoever can write to an archive can alter a row and make every chain and seal anew, so that all of
it agrees; the digests with which crawls were closed are others then.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from storage.schema import crawl_seals, crawls
from storage.verifying.findings import Check, Finding, Looked, Problem, row


@dataclass(frozen=True, slots=True)
class Anchor:
    """The digest with which a crawl was closed (SHA-256, 64 hexadecimal digits): it stands for
    all that was recorded up to then, of every site."""

    digest: str
    crawl_id: int
    finished_at: datetime


def newest_anchor(connection: Connection) -> Anchor | None:
    """Of the crawl that ended last; None where none has ended."""
    found = connection.execute(
        select(crawl_seals.c.digest, crawls.c.id, crawls.c.finished_at)
        .join(crawls, crawls.c.id == crawl_seals.c.crawl_id)
        .order_by(crawl_seals.c.id.desc())
        .limit(1)
    ).one_or_none()
    return Anchor(found.digest.hex(), found.id, found.finished_at) if found else None


def anchored(digests: Collection[str]) -> Check:
    """Looks whether a crawl was closed with each of these digests. That all that a digest stands
    for leads to it is what the check of chains shows."""

    def look(engine: Engine, _sample: int | None) -> Iterator[Looked]:
        with engine.connect() as connection:
            known = {digest.hex() for digest in connection.scalars(select(crawl_seals.c.digest))}
        unknown = [digest for digest in digests if digest not in known]
        found = tuple(Finding(row("crawl_seals", digest), Problem.ANCHOR) for digest in unknown)
        yield Looked("anchors", len(digests), found)

    return look
