"""A recorder in a thread of its own: who gives to it goes on, and nothing given is lost."""

from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from sqlalchemy import create_engine

from storage.archive import Archive
from storage.beside import MOST_WAITING, Beside
from storage.errors import ArchiveLocked
from storage.recorder import Recorder
from storage.values import Wanted
from tests.storage.seeing import DAY, EDITED, HOST, JAN, NOTICE, look, only_sqlite, wanted

AT_ONCE_S = 1.0
"""Who waits for the other program waits for longer, also on a slow machine."""


def begun(told, at=JAN) -> Beside:
    return Beside(told.begin(at))


@contextmanager
def held_by_another(told):
    """Another program writes to the archive for as long as the block lasts."""
    other = create_engine(told.url)
    with other.connect() as connection:
        connection.connection.dbapi_connection.isolation_level = None
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.exec_driver_sql("ROLLBACK")
    other.dispose()


@pytest.fixture
def impatient(told):
    """A recorder that waits 50 ms for another program, and no more."""
    archive = Archive.open(told.url, lambda: JAN, busy_timeout_s=0.05)
    yield Beside(archive.crawl("hanweb", f"http://{HOST}/", [HOST]))
    archive.close()


def numbered(count: int) -> list[Wanted]:
    return [wanted(str(number), JAN) for number in range(count)]


def test_what_is_given_stands_as_if_it_had_been_recorded_at_once(told_anew):
    beside, at_once = told_anew(), told_anew()
    for told, crawl in ((beside, begun(beside)), (at_once, at_once.begin(JAN))):
        crawl.add(look(NOTICE, JAN))
        crawl.add(look(EDITED, JAN + DAY))
        closed = _closed(crawl)
        assert closed.unended == 0
        assert told.events() == ["published", "edited"]
    assert beside.dump() == at_once.dump()


def _closed(crawl: Beside | Recorder):
    if isinstance(crawl, Beside):
        return crawl.close_soon("finished", {}).result()
    return crawl.close("finished", {})


def test_a_question_knows_all_that_was_given_before(told):
    crawl = begun(told)
    for value in numbered(500):
        crawl.add(value)
    assert len(crawl.todo()) == 500
    assert crawl.done() == frozenset()
    crawl.close_soon("interrupted", {}).result()


def test_what_waits_is_written_soon_though_nobody_waits_for_it(told):
    crawl = begun(told)
    crawl.add(wanted("1001", JAN))
    crawl.flush_soon()
    until = monotonic() + 5
    while not told.one("SELECT count(*) FROM frontier") and monotonic() < until:
        sleep(0.01)
        crawl.flush_soon()
    assert told.one("SELECT count(*) FROM frontier") == 1
    crawl.close_soon("interrupted", {}).result()


@only_sqlite
def test_who_gives_is_not_kept_waiting_by_a_database_that_is_busy(told):
    crawl = begun(told)
    with held_by_another(told):
        waits = []
        for value in numbered(300):
            before = monotonic()
            crawl.add(value)
            crawl.flush_soon()
            waits.append(monotonic() - before)
        assert max(waits) < AT_ONCE_S
    assert len(crawl.todo()) == 300
    crawl.close_soon("interrupted", {}).result()


@only_sqlite
def test_it_says_when_it_is_behind_and_when_no_more(told):
    crawl = begun(told)
    assert not crawl.behind
    with held_by_another(told):
        for value in numbered(MOST_WAITING + 300):
            crawl.add(value)
        assert crawl.behind
    crawl.flush()
    assert not crawl.behind
    crawl.close_soon("interrupted", {}).result()


@only_sqlite
def test_what_its_thread_met_comes_back_and_nothing_is_lost(told, impatient):
    with held_by_another(told), pytest.raises(ArchiveLocked):
        _give_slowly(impatient, numbered(600))
    closed = impatient.close_soon("interrupted", {}).result()
    assert told.one("SELECT count(*) FROM frontier") == closed.unended > 0
    held = {url for (url,) in told.ask("SELECT url FROM frontier")}
    assert held == {each.url for each in numbered(600)[: closed.unended]}


def _give_slowly(crawl: Beside, values: list[Wanted]) -> None:
    for value in values:
        crawl.add(value)
        sleep(0.001)


@only_sqlite
def test_a_crawl_that_cannot_be_ended_says_so_and_can_go_on(told, impatient):
    impatient.add(wanted("1001", JAN))
    with held_by_another(told), pytest.raises(ArchiveLocked):
        impatient.close_soon("finished", {}).result()
    assert told.one("SELECT count(*) FROM crawls WHERE finish_reason IS NULL") == 1
