"""A digest that was kept elsewhere: whoever rewrites an archive so that all of it agrees has
another one, and whatever is recorded honestly later still stands by it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import Consultation
from storage.links import START
from storage.locating import Said, summed
from storage.schema import capture_chain, crawl_seals, version_chain
from storage.verifying import Anchor
from storage.writers.books import (
    ADDRESS_SUMS,
    LINK_SUMS,
    addresses_of,
    links_of,
    parts_of,
    seal_digest,
)
from storage.writers.chains import captures, chained, version_link
from tests.storage.seeing import (
    APR,
    DAY,
    EDITED,
    FEB,
    HOUR,
    JAN,
    NOTICE,
    Told,
    look,
    only_sqlite,
)
from tests.storage.test_holding import MANY, Night
from tests.storage.test_rereading import NOISIER, NOISY, reread, served
from tests.storage.test_verifying import altered, found, held

__all__ = ["held"]


def newest(told: Told) -> Anchor:
    with_it = Consultation.open(told.url)
    anchor = with_it.newest_anchor()
    with_it.close()
    assert anchor is not None
    return anchor


def against(told: Told, *digests: str) -> list[tuple[str, str]]:
    archive = Consultation.open(told.url)
    looks = list(archive.verify(against=digests))
    archive.close()
    return [(finding.row, finding.problem.value) for look in looks for finding in look.findings]


def book_anew(told: Told) -> None:
    """Make every link and every crawl's digest anew with the archive's own code, as the rows are
    now: what somebody does who can write to the database and knows the program."""
    with told.archive.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for row, digest in chained(connection, connection.execute(captures()).all(), {}):
            _put(connection, capture_chain.c.capture_id == row.id, digest=digest)
        _link_versions(connection)
        former = START
        for seal in connection.execute(select(crawl_seals).order_by(crawl_seals.c.id)).all():
            parts = seal.parts | parts_of(connection, seal.crawl_id, seal.version_links)
            parts[ADDRESS_SUMS] = _sums(addresses_of(connection, seal.crawl_id))
            parts[LINK_SUMS] = _sums(links_of(connection, seal.crawl_id, seal.version_links))
            former = seal_digest(former, seal.crawl_id, seal.version_links, parts)
            _put(connection, crawl_seals.c.id == seal.id, parts=parts, digest=former)
    told.rest()


def _link_versions(connection: Connection) -> None:
    captured = {row.capture_id: row.digest for row in connection.execute(select(capture_chain))}
    former: dict[int, bytes] = {}
    for link in connection.execute(select(version_chain).order_by(version_chain.c.id)).all():
        before = former.get(link.article_id, START)
        digest = version_link(before, link._asdict(), captured.get(link.first_capture_id))
        former[link.article_id] = digest
        _put(connection, version_chain.c.id == link.id, digest=digest)


def _put(connection: Connection, which: Any, **values: Any) -> None:
    connection.execute(update(which.left.table).where(which).values(**values))


def _sums(said: Sequence[Said]) -> str:
    return bytes(summed(said)).hex()


@pytest.mark.fault("4.33a")
def test_a_row_altered_and_every_digest_made_anew_is_found_by_the_digest_kept(
    held: Told,
) -> None:
    kept = newest(held)
    altered(held, "UPDATE capture_facts SET status = status WHERE id = 2")
    book_anew(held)
    assert newest(held) == kept, "of rows that nobody altered they come out the same"
    assert against(held, kept.digest) == []
    altered(held, "UPDATE capture_facts SET status = 203 WHERE id = 2")
    assert ("capture_facts 2", "chain") in found(held)
    book_anew(held)
    assert found(held) == [], "all of it agrees with what it says now"
    assert against(held, kept.digest) == [(f"crawl_seals {kept.digest}", "anchor")]


@pytest.mark.fault("4.33a")
def test_an_archive_that_was_told_another_past_is_not_the_one_of_which_the_digest_was_kept(
    told_anew: Callable[[], Told],
) -> None:
    """The best of forgers: no row is altered, another archive is recorded with our own program."""
    true, false = told_anew(), told_anew()
    for told, words in ((true, EDITED), (false, NOTICE)):
        told.crawl(JAN, look(NOTICE, JAN))
        told.crawl(FEB, look(words, FEB))
    kept = newest(true)
    assert found(false) == []
    assert against(false, kept.digest) == [(f"crawl_seals {kept.digest}", "anchor")]


@only_sqlite
@pytest.mark.fault("4.33a")
def test_whatever_is_recorded_read_again_or_released_later_stands_by_an_old_digest(
    told: Told,
) -> None:
    told.crawl(JAN, served(NOISY, JAN))
    kept = [newest(told).digest]
    told.crawl(JAN + DAY, served(NOISIER, JAN + DAY), served(EDITED, JAN - DAY))
    kept.append(newest(told).digest)
    reread(told)  # withdraws a version that these crawls told of
    assert told.one("SELECT count(*) FROM withdrawn_versions") > 0
    assert against(told, *kept) == []
    for night, edition in enumerate((0, 1)):
        crawl = told.begin(at := FEB + night * DAY)
        Night(dict.fromkeys(MANY[:20], edition)).tell(crawl, at)
        told.now = at + HOUR
        closed = crawl.close("finished", {})
        kept.append(newest(told).digest)
    assert closed.held_because is not None
    told.archive.release(told.one("SELECT max(id) FROM crawls"))
    told.crawl(APR, look(replace(NOTICE, title="另一题"), APR))
    kept.append(newest(told).digest)
    assert (len(set(kept)), against(told, *kept)) == (5, [])
