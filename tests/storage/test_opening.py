"""Opening: what is an archive, of which version, and how a new one comes to be."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import contract, migrations
from storage.archive import Archive
from storage.engine import in_our_words, opened, shown
from storage.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveUnusable,
    ArchiveVersion,
    DiskFull,
    NoArchive,
)
from storage.schema import metadata
from tests.places import File, Place
from tests.storage.seeing import JAN, NOTICE, channel_page, look, only_postgresql, only_sqlite

VERSIONS = Path(migrations.__file__).parent / "versions"


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def refusal(kind: type[ArchiveError], action, address: str) -> str:
    """The one line in which the archive at this address is refused."""
    with pytest.raises(kind) as refused:
        action(address)
    message = str(refused.value)
    assert "\n" not in message
    return message


def filled(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


def test_where_there_is_no_archive_one_is_made_with_its_folder(tmp_path):
    path = tmp_path / "new" / "folder" / "archive.db"
    Archive.open(url(path)).close()
    Archive.consult(url(path)).close()


def test_who_only_consults_makes_none(tmp_path):
    path = tmp_path / "archive.db"
    assert str(path) in refusal(NoArchive, Archive.consult, url(path))
    assert not path.exists()


@pytest.mark.parametrize("name", ["存证 档案", "50%41", "a#b", "a?b", "a&mode=memory", "'"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    Archive.open(f"sqlite:///{quote(str(folder))}/archive.db").close()
    assert (folder / "archive.db").exists()
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    "address", ["archive.db", "sqlite://", "sqlite:///:memory:", "nosuch://x/y", ""]
)
def test_what_is_no_place_for_an_archive_is_refused(address):
    assert refusal(ArchiveUnusable, Archive.open, address)


@pytest.mark.fault("4.3a")
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("会议记录 " * 500)
    assert "not a database" in refusal(ArchiveUnusable, Archive.open, url(path))
    assert path.read_text() == "会议记录 " * 500


FOREIGN = {
    "tables of its own": ("CREATE TABLE accounts (id)",),
    "even one that is named as ours": ("CREATE TABLE articles (id)",),
    "another program's alembic": (
        "CREATE TABLE alembic_version (version_num)",
        "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
    ),
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_another_program_s_database_is_left_as_it_is(tmp_path, statements):
    path = filled(tmp_path / "books.db", *statements)
    before = path.read_bytes()
    for action in (Archive.open, Archive.consult):
        assert "another program" in refusal(ArchiveUnusable, action, url(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "advice"), [("9999", "update it"), ("0000", "run: cunzheng migrate")]
)
def test_another_version_is_refused_with_what_to_do(told, version, advice):
    told.place.unguarded(f"UPDATE alembic_version SET version_num = '{version}'")
    for action in (Archive.open, Archive.consult):
        message = refusal(ArchiveVersion, action, told.url)
        assert advice in message
        assert version in message


def test_a_reader_cannot_write(told):
    for statement in ("DELETE FROM sites", "CREATE TABLE x (y integer)", "DROP VIEW captures"):
        with (
            pytest.raises(ArchiveUnusable, match="read-only"),
            in_our_words(told.url),
            told.archive.reader.connect() as connection,
        ):
            connection.execute(text(statement))


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder that all may enter, seen by someone without rights: root may write anywhere."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        try:
            yield Path(folder)
        finally:
            if os.getuid() == 0:
                os.seteuid(0)


@pytest.mark.fault("4.3a")
def test_an_archive_that_may_not_be_written_is_refused(blank):
    with as_nobody() as folder:
        path = folder / "archive.db"
        path.write_bytes(blank.read_bytes())
        path.chmod(0o444)
        folder.chmod(0o555)
        if os.getuid() == 0:
            os.seteuid(65534)
        message = refusal(ArchiveUnusable, Archive.open, url(path))
        assert "permissions" in message
        if os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_database_that_another_program_holds_is_told_apart(told):
    with (
        told.archive.engine.begin(),
        pytest.raises(ArchiveLocked, match="another program is writing"),
    ):
        Archive.open(told.url, busy_timeout_s=0.05)


def test_reading_goes_on_while_another_program_writes(told):
    told.crawl(JAN, look(NOTICE, JAN))
    with told.archive.engine.begin() as other:
        other.execute(text("UPDATE articles SET title = 'x'"))
        assert told.archive.knows("www.example.gov.cn")
        assert told.one("SELECT title FROM articles") == NOTICE.title


@only_sqlite
@pytest.mark.fault("4.3")
def test_a_full_disk_is_told_in_one_line_and_nothing_of_the_batch_stays(told):
    crawl = told.begin(JAN)
    with told.archive.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    crawl.add(channel_page(JAN))
    crawl.add(look(NOTICE, JAN, payload=os.urandom(100_000)))
    with pytest.raises(DiskFull, match="make room"):
        crawl.flush()
    assert told.one("SELECT count(*) FROM capture_facts") == 0
    assert told.one("PRAGMA integrity_check") == "ok"


def test_a_password_is_never_shown():
    assert "geheim" not in shown("postgresql://crawler:geheim@db/archive")


@only_sqlite
@pytest.mark.trap("0.10")
def test_every_connection_has_its_manners(told):
    with told.archive.engine.connect() as connection:
        told_by = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "trusted_schema", "mmap_size")
        }
    assert told_by["journal_mode"] == "wal"
    assert (told_by["foreign_keys"], told_by["trusted_schema"]) == (1, 0)
    assert not told_by["mmap_size"]


@only_sqlite
def test_what_is_written_is_on_the_disk_before_it_is_believed(told):
    with opened(told.url) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_the_steps_are_one_line_whose_end_the_program_knows():
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    steps = [step.revision for step in script.walk_revisions()]
    assert script.get_heads() == [migrations.HEAD]
    assert script.get_bases() == ["0001"]
    assert steps == [f"{number:04}" for number in range(len(steps), 0, -1)]
    named = {re.match(r"v(\d{4})_", path.name)[1] for path in VERSIONS.glob("v*.py")}
    assert named == set(steps)


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # the next story has them
def test_the_steps_make_the_tables_that_the_program_knows(place):
    with opened(place.url, read_only=True) as engine, engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _ours, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("index", ["ix_articles_shown_order", "ix_edits_silent"])
def test_indexes_over_expressions_and_those_that_differ_by_database_stand_too(place, index):
    catalogue = (
        "sqlite_master WHERE name" if isinstance(place, File) else "pg_indexes WHERE indexname"
    )
    assert place.ask(f"SELECT count(*) FROM {catalogue} = '{index}'") == [(1,)]


def _ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
    if (kind, name) == ("index", "ix_edits_silent"):  # which each database has in its own way
        return False
    return not (kind == "table" and str(name).startswith(("content_search", "edit_search")))


@only_sqlite
def test_ids_that_are_given_up_are_never_given_again(place):
    made = dict(place.ask("SELECT name, sql FROM sqlite_master"))
    for name in ("events", "version_spans"):
        assert "AUTOINCREMENT" in made[name]


@only_postgresql
def test_text_is_ordered_by_its_characters_whatever_the_database_s_language(place):
    otherwise = place.ask(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'text' "
        "AND collation_name IS DISTINCT FROM 'C'"
    )
    assert otherwise == []


@pytest.mark.parametrize("view", [contract.captures, contract.versions, contract.attachments])
def test_the_steps_make_the_views_that_the_program_knows(place, view):
    with opened(place.url, read_only=True) as engine, engine.connect() as connection:
        assert sorted(inspect(connection).get_view_names()) == [
            "attachments",
            "captures",
            "versions",
        ]
        found = [column["name"] for column in inspect(connection).get_columns(view.name)]
    assert found == [column.name for column in view.columns]


@pytest.mark.parametrize("delay", [0.03, 0.1])
def test_a_kill_while_an_archive_is_made_leaves_none_or_a_whole_one(nowhere, delay):
    program = _making(nowhere)
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(delay)
    program.kill()
    program.communicate()
    Archive.open(nowhere.url).close()
    assert nowhere.ask("SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]
    assert nowhere.ask("SELECT count(*) FROM leases") == [(0,)]


def test_two_programs_that_make_one_archive_at_once_make_one(nowhere):
    programs = [_making(nowhere) for _ in range(2)]
    for program in programs:
        assert program.stdout.readline() == b"made\n"
        program.kill()
        program.communicate()
    assert nowhere.ask("SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]


def _making(nowhere: Place) -> subprocess.Popen[bytes]:
    """A program that has begun to make an archive."""
    program = subprocess.Popen(
        [sys.executable, "-c", _MAKE, nowhere.url],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    program.stdout.readline()
    return program


_MAKE = """
import sys, time
import alembic.command
from storage.archive import Archive
print(flush=True)
Archive.open(sys.argv[1])
print('made', flush=True)
time.sleep(60)
"""
