"""Crawls: interrupted ones go on, and a site is crawled by one program at a time."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import insert

from storage.errors import ArchiveLocked
from storage.judging import Outcome
from storage.leases import FORGOTTEN_AFTER, STALE_AFTER
from storage.recorder import Todo
from storage.schema import leases
from storage.values import Ended
from tests.storage.seeing import (
    DAY,
    FEB,
    HOST,
    JAN,
    NOTICE,
    Told,
    address,
    look,
    only_postgresql,
    only_sqlite,
    wanted,
)

ROOT = Path(__file__).resolve().parents[2]
OTHER = "www.other.gov.cn"
HERE = socket.gethostname()


def interrupted(told: Told) -> int:
    """A crawl that was to fetch three addresses, fetched one, failed at one, and was stopped."""
    crawl = told.begin(JAN)
    for cms_id in ("1001", "1002", "1003"):
        crawl.add(wanted(cms_id, JAN))
    crawl.add(look(NOTICE, JAN))
    crawl.add(Ended(url=address("1002"), outcome=Outcome.FAILED, detail="timeout", at=JAN))
    crawl.close("interrupted", {})
    return crawl.crawl_id


def test_an_interrupted_crawl_goes_on_where_it_stopped(told):
    first = interrupted(told)
    assert told.ask("SELECT finished_at, finish_reason FROM crawls") == [(None, None)]
    crawl = told.begin(FEB)
    assert crawl.crawl_id == first
    assert crawl.todo() == [Todo(address("1003"), "article", "1003", None)]
    assert crawl.done() == {address("1001"), address("1002")}
    crawl.add(look(NOTICE, FEB, "1003"))
    assert crawl.todo() == []
    closed = crawl.close("finished", {})
    assert (closed.outcomes, closed.unended) == ({"new": 2, "failed": 1}, 0)
    assert told.ask("SELECT started_at, finish_reason FROM crawls") == [
        ("2026-01-10T02:00:00.000000Z", "finished")
    ]


def test_what_a_crawl_had_not_said_to_be_durable_is_still_to_do(told):
    crawl = told.begin(JAN)
    crawl.add(wanted("1001", JAN))
    crawl.flush()
    crawl.add(look(NOTICE, JAN))  # and here the power goes
    assert told.begin(FEB).todo() == [Todo(address("1001"), "article", "1001", None)]


def test_a_finished_crawl_is_not_gone_on_with(told):
    told.crawl(JAN)
    assert told.begin(FEB).crawl_id == 2


def test_another_target_is_another_crawl(told):
    interrupted(told)
    assert told.begin(FEB, host=OTHER).crawl_id == 2


def test_starting_anew_abandons_what_was_interrupted(told):
    first = interrupted(told)
    crawl = told.begin(FEB, resume=False)
    assert crawl.crawl_id != first
    assert (crawl.todo(), crawl.done()) == ([], frozenset())
    crawl.close("finished", {})
    assert told.ask("SELECT finish_reason, finished_at FROM crawls ORDER BY id") == [
        ("abandoned", "2026-02-10T02:00:00.000000Z"),
        ("finished", "2026-02-10T02:00:00.000000Z"),
    ]
    assert told.begin(FEB + DAY).crawl_id == 3


def test_a_batch_is_durable_by_its_size(told):
    crawl = told.begin(JAN)
    for number in range(200):
        crawl.add(wanted(str(number), JAN))
    assert told.one("SELECT count(*) FROM frontier") == 200


def program(url: str, host: str, *captures: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writing_program", url, host, *captures],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.fault("4.5")
def test_a_second_crawl_of_a_site_is_refused_by_name_and_a_dead_holder_s_is_taken(told):
    holder = program(told.url, HOST)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().startswith("flushed")
        with pytest.raises(ArchiveLocked, match=f"site {HOST} is .* by {HERE}:{holder.pid} since"):
            told.begin(JAN)
        assert told.begin(JAN, host=OTHER).crawl_id == 2
        locks = locked(told)
    finally:
        holder.kill()
        holder.communicate()
    seen_dead(told, locks)
    assert told.begin(JAN).crawl_id == 1


def locked(told: Told) -> int:
    """How many sites are locked by sessions with a server; none on SQLite, which has no server."""
    if told.url.startswith("sqlite"):
        return 0
    here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    return told.one(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND {here}")


def seen_dead(told: Told, locks: int) -> None:
    """The server has seen that a program is gone which had some of these locks: it hears of that
    from the system, a moment later."""
    until = monotonic() + 10
    while locks and locked(told) >= locks:
        assert monotonic() < until, "the server never saw it"
        sleep(0.01)


@only_sqlite
def test_a_refused_crawl_leaves_no_trace(told):
    held_by(told, f"{HERE}:{os.getppid()}", ago=timedelta(minutes=1))
    with pytest.raises(ArchiveLocked):
        told.begin(JAN)
    with pytest.raises(ArchiveLocked):
        told.begin(JAN, resume=False)
    assert told.ask("SELECT * FROM crawls") == []


HOLDERS = {
    "another machine, lately": ("elsewhere:1", STALE_AFTER / 2, True),
    "another machine, silent": ("elsewhere:1", STALE_AFTER * 2, False),
    "a living program here": (f"{HERE}:{os.getppid()}", FORGOTTEN_AFTER / 2, True),
    "a program here that another one's id outlived": (
        f"{HERE}:{os.getppid()}",
        FORGOTTEN_AFTER * 2,
        False,
    ),
}


@only_sqlite
@pytest.mark.parametrize(("holder", "ago", "refused"), HOLDERS.values(), ids=HOLDERS)
@pytest.mark.fault("4.5")
def test_a_lease_lasts_as_long_as_its_holder_can_live(told, holder, ago, refused):
    held_by(told, holder, ago)
    if refused:
        with pytest.raises(ArchiveLocked, match=holder):
            told.begin(JAN)
    else:
        told.begin(JAN)


def held_by(told: Told, holder: str, ago: timedelta) -> None:
    since = datetime.now(UTC) - ago
    with told.archive.engine.begin() as connection:
        connection.execute(
            insert(leases).values(host=HOST, crawl_id=9, holder=holder, renewed_at=since)
        )


def test_the_site_is_free_when_the_crawl_ends(told):
    told.crawl(JAN)
    assert told.ask("SELECT * FROM leases") == []
    interrupted(told)
    assert told.ask("SELECT * FROM leases") == []


def test_a_crawl_may_take_one_more_site(told):
    crawl = told.begin(JAN)
    told.archive.take_host(OTHER, crawl.crawl_id)
    assert told.ask("SELECT host FROM leases ORDER BY host") == [(HOST,), (OTHER,)]
    crawl.close("finished", {})
    assert told.ask("SELECT * FROM leases") == []


@pytest.mark.fault("4.4")
@pytest.mark.trap("0.9", "0.10")
def test_different_sites_are_crawled_side_by_side_without_one_error(nowhere):
    """From the first moment on: both programs find no archive yet."""
    programs = [program(nowhere.url, host, "240") for host in (HOST, OTHER)]
    for each in programs:
        _, complaint = each.communicate(timeout=180)
        assert (each.returncode, complaint) == (0, "")
    assert nowhere.ask(
        "SELECT host, count(*) FROM captures JOIN articles a ON a.id = article_id "
        "JOIN sites s ON s.id = site_id GROUP BY host ORDER BY host"
    ) == [(HOST, 240), (OTHER, 240)]
    assert nowhere.damage() == []


@only_postgresql
def test_what_a_row_says_of_its_holder_does_not_count_beside_the_lock(told):
    held_by(told, "elsewhere:1", ago=timedelta(minutes=1))
    crawl = told.begin(JAN)
    assert told.ask("SELECT holder FROM leases") == [(f"{HERE}:{os.getpid()}",)]
    crawl.close("finished", {})


@only_postgresql
def test_a_refused_crawl_of_two_sites_takes_neither(told):
    holder = program(told.url, OTHER)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(ArchiveLocked, match=f"site {OTHER}"):
            told.archive.crawl("hanweb", "http://both/", [HOST, OTHER])
        assert told.one("SELECT count(*) FROM crawls WHERE target = 'http://both/'") == 0
        other = program(told.url, HOST, "60")
        assert other.communicate(timeout=180)[1] == ""
    finally:
        holder.kill()
        holder.communicate()


@only_postgresql
def test_a_server_that_was_started_anew_between_two_batches_costs_nothing(told):
    crawl = told.begin(JAN)
    crawl.add(wanted("1001", JAN))
    crawl.flush()
    told.place.server.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{told.place.name}' AND pid <> pg_backend_pid()"
    )
    told.place.close()
    crawl.add(look(NOTICE, JAN))
    crawl.flush()
    other = program(told.url, HOST)
    assert f"site {HOST} is being crawled" in other.communicate(timeout=180)[1]
    assert crawl.close("finished", {}).outcomes == {"new": 1}
