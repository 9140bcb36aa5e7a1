"""PostgreSQL's own ways: what it refuses is told in one line, and readers wait for nobody."""

import os
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.engine import in_our_words, open_engine, opened
from storage.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveUnusable,
    ArchiveVersion,
    DiskFull,
    NoArchive,
    TookTooLong,
)
from storage.limits import no_longer_than
from storage.postgresql import WRITERS
from tests.places import Place
from tests.postgres.server import Server
from tests.storage.seeing import FEB, HOST, JAN, NOTICE, look, only_postgresql

PASSWORD = "geheim"


def refusal(kind: type[ArchiveError], action, address: str) -> str:
    """The one line in which the archive at this address is refused."""
    with pytest.raises(kind) as refused:
        action(address)
    message = str(refused.value)
    assert "\n" not in message
    assert PASSWORD not in message
    return message


ABSENT = {
    "no server at a port": ("postgresql://u:geheim@127.0.0.1:1/a", "no server answers"),
    "no server at a socket": ("postgresql://u:geheim@/a?host=/nowhere", "no server answers"),
    "no such host": ("postgresql://u:geheim@nosuchhost.invalid/a", "no such host"),
    "an option that is none": ("postgresql://u:geheim@/a?nosuch=1", "invalid connection option"),
}


@pytest.mark.parametrize(("address", "advice"), ABSENT.values(), ids=ABSENT)
def test_where_no_server_is_that_is_said(address, advice):
    for action in (Archive.open, Archive.consult):
        assert advice in refusal(ArchiveUnusable, action, address)


@pytest.mark.parametrize(
    "address", ["postgresql://u:geheim@host:geheim/a", "mysql://u:geheim@host/a", "postgres"]
)
def test_an_address_that_is_none_is_refused_and_not_repeated(address):
    assert "not a database address" in refusal(ArchiveUnusable, Archive.open, address)


def test_a_database_that_is_not_there_is_to_be_made_first(postgres: Server):
    for action in (Archive.open, Archive.consult):
        assert "createdb" in refusal(NoArchive, action, postgres.url("nosuch"))


def test_a_user_that_is_not_there_is_told_apart(postgres: Server):
    message = refusal(ArchiveUnusable, Archive.open, postgres.url("postgres", user="database"))
    assert "no such user" in message


@pytest.fixture
def guarded(postgres: Server) -> Iterator[str]:
    """The address of a database that wants a password, with a place for it."""
    postgres.ask("CREATE DATABASE guarded TEMPLATE template0")
    postgres.ask("CREATE ROLE crawler LOGIN PASSWORD 'richtig'")
    yield f"postgresql://crawler{{}}@/guarded?host={postgres.folder}"
    postgres.drop("guarded")
    postgres.ask("DROP ROLE crawler")


@pytest.mark.parametrize("given", [":geheim", ""])
def test_a_password_that_is_wrong_or_missing_is_told_and_not_repeated(guarded, given):
    message = refusal(ArchiveUnusable, Archive.open, guarded.format(given))
    assert "refuses this user or password" in message


def test_a_user_who_may_make_no_tables_is_told_so(guarded):
    message = refusal(ArchiveUnusable, Archive.open, guarded.format(":richtig"))
    assert "lacks the right" in message


def test_a_database_that_is_not_unicode_is_refused(postgres: Server):
    postgres.ask(
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc"
    )
    message = refusal(ArchiveUnusable, Archive.open, postgres.url("latin"))
    assert "createdb --encoding=UTF8" in message
    postgres.drop("latin")


FOREIGN = {
    "another program's alembic": (
        "CREATE TABLE alembic_version (version_num text)",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
    ),
    "a table that is named as ours": ("CREATE TABLE articles (id integer)",),
}


@only_postgresql
@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_another_program_s_database_is_left_as_it_is(nowhere: Place, statements):
    for statement in statements:
        nowhere.ask(statement)
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    before = nowhere.ask(tables)
    for action in (Archive.open, Archive.consult):
        assert "another program" in refusal(ArchiveUnusable, action, nowhere.url)
    assert nowhere.ask(tables) == before


@only_postgresql
def test_an_archive_may_lie_beside_other_tables(nowhere: Place):
    nowhere.ask("CREATE TABLE accounts (id integer)")
    refusal(ArchiveVersion, Archive.consult, nowhere.url)
    Archive.open(nowhere.url).close()
    Archive.consult(nowhere.url).close()


SAID = {
    "disk_full": (DiskFull, "make room"),
    "io_error": (DiskFull, "does not take"),
    "data_corrupted": (ArchiveUnusable, "restore a backup"),
    "deadlock_detected": (ArchiveLocked, "start again"),
    "too_many_connections": (ArchiveLocked, "max_connections"),
    "out_of_memory": (ArchiveUnusable, "short of"),
    "connection_failure": (ArchiveUnusable, "broke off"),
}


@only_postgresql
@pytest.mark.parametrize(("condition", "told_as"), SAID.items(), ids=SAID)
def test_what_befalls_a_server_is_told_in_one_line_and_nothing_of_the_batch_stays(
    told, condition, told_as
):
    """The server's own error, raised where the batch is nearly written."""
    told.ask(
        f"CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{condition}' USING ERRCODE = '{condition}'; END$$"
    )
    told.ask("CREATE TRIGGER f BEFORE UPDATE ON leases EXECUTE FUNCTION fails()")
    crawl = told.begin(JAN)
    crawl.add(look(NOTICE, JAN))
    kind, advice = told_as
    with pytest.raises(kind, match=advice) as refused:
        crawl.flush()
    assert "\n" not in str(refused.value)
    assert told.one("SELECT count(*) FROM capture_facts") == 0
    told.ask("DROP TRIGGER f ON leases")
    crawl.flush()
    assert told.one("SELECT count(*) FROM capture_facts") == 1


@only_postgresql
def test_a_question_that_takes_too_long_is_given_up(told):
    with (
        pytest.raises(TookTooLong, match="ask for less"),
        in_our_words(told.url),
        told.archive.reader.connect() as connection,
        no_longer_than(connection, 0.05),
    ):
        connection.execute(text("SELECT pg_sleep(5)"))


@only_postgresql
def test_a_reader_sees_one_moment_for_as_long_as_it_reads(told):
    told.crawl(JAN, look(NOTICE, JAN))
    count = text("SELECT count(*) FROM capture_facts")
    with told.archive.reader.connect() as connection:
        before = connection.scalar(count)
        told.crawl(FEB, look(NOTICE, FEB))
        assert connection.scalar(count) == before
    with told.archive.reader.connect() as connection:
        assert connection.scalar(count) == before + 2


@only_postgresql
def test_every_connection_has_its_manners(told):
    names = ("TimeZone", "default_transaction_read_only", "lock_timeout", "jit")
    engine = open_engine(told.url, busy_timeout_s=7)
    with engine.connect() as connection:
        writer = {name: connection.scalar(text(f"SHOW {name}")) for name in names}
    engine.dispose()
    with told.archive.reader.connect() as connection:
        reader = {name: connection.scalar(text(f"SHOW {name}")) for name in names}
        isolation = connection.scalar(text("SHOW transaction_isolation"))
    assert (writer["TimeZone"], writer["lock_timeout"]) == ("UTC", "7s")
    assert (reader["default_transaction_read_only"], isolation) == ("on", "repeatable read")
    assert reader["jit"] == "off"


@only_postgresql
def test_writers_take_turns_and_readers_do_not_wait_for_them(told):
    with told.archive.engine.begin():
        waiting = threading.Thread(target=lambda: told.crawl(JAN, look(NOTICE, JAN)))
        waiting.start()
        while not told.ask("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
            assert waiting.is_alive()
        assert not told.archive.knows(HOST)
    waiting.join()
    assert told.archive.knows(HOST)


def test_the_writers_lock_is_one_for_all_programs_of_all_times():
    assert WRITERS == 0x63756E7A68656E67


@only_postgresql
def test_numbers_are_given_in_the_server_s_order_and_never_twice(told):
    insert = text(
        "INSERT INTO crawls (spider, target, started_at, held, stats) "
        "VALUES ('s', 't', now(), false, '{}') RETURNING id"
    )
    with opened(told.url) as engine, engine.connect() as connection:
        given = connection.scalar(insert)
        connection.rollback()
        assert connection.scalar(insert) > given


@pytest.mark.skipif(os.getuid() != 0, reason="the server runs as another user for root alone")
def test_the_server_of_the_tests_runs_as_no_root(postgres: Server):
    assert (postgres.folder / "data").stat().st_uid != 0
