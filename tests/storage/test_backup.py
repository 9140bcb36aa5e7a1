"""A backup is whole and consistent, also while a crawl writes; it takes no other file's place."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from storage import Consultation
from storage.backup import backup
from storage.errors import ArchiveError, ArchiveUnusable, DiskFull, NoArchive, NoCopy
from tests.places import Database, File, Place
from tests.storage.seeing import (
    EDITED,
    FEB,
    HOST,
    JAN,
    NOTICE,
    Told,
    look,
    only_postgresql,
    only_sqlite,
)

ROOT = Path(__file__).parents[2]


def findings(place: Place) -> list[object]:
    archive = Consultation.open(place.url)
    found = [finding for looked in archive.verify() for finding in looked.findings]
    archive.close()
    return found


@pytest.fixture
def restored(request: pytest.FixtureRequest, kind: str) -> Iterator[Callable[[Path], Place]]:
    """Makes an archive of a copy, as docs/operating.md says."""
    made: list[Database] = []

    def restore(copy: Path) -> Place:
        if kind == "sqlite":
            return File(copy)
        server = request.getfixturevalue("postgres")
        made.append(Database(server, server.new()))
        command = ["pg_restore", "--no-owner", "--exit-on-error", "-d", made[-1].libpq, str(copy)]
        subprocess.run(command, check=True)
        return made[-1]

    yield restore
    for place in made:
        place.close()
        place.server.drop(place.name)


@pytest.mark.fault("4.33b")
def test_copies_taken_while_a_crawl_writes_are_each_of_one_moment(told, tmp_path, restored):
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writing_program", told.url, HOST],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        counts = []
        for number in range(3):
            durable = int(program.stdout.readline().split()[1])
            made = backup(told.url, tmp_path / f"copy{number}")
            counts.append(made.captures)
            assert made.captures >= durable
        assert program.poll() is None
    finally:
        program.kill()
        program.communicate()
    assert sorted(set(counts)) == counts
    for number, count in enumerate(counts):
        copy = restored(tmp_path / f"copy{number}")
        assert copy.ask("SELECT count(*) FROM capture_facts") == [(count,)]
        assert findings(copy) == []


@pytest.mark.fault("4.33b")
def test_a_copy_is_an_archive_that_goes_on(told, tmp_path, restored):
    told.crawl(JAN, look(NOTICE, JAN))
    made = backup(told.url, tmp_path / "copy")
    assert (made.articles, made.captures) == (1, 2)
    assert made.size == (tmp_path / "copy").stat().st_size
    place = restored(tmp_path / "copy")
    copy = Told(place)
    copy.crawl(FEB, look(EDITED, FEB))
    assert copy.events() == ["published", "edited"]
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="append-only"):
        copy.ask("DELETE FROM capture_facts")
    copy.rest()


def test_nothing_is_overwritten_and_nothing_is_left_behind(told, tmp_path):
    there = tmp_path / "there.db"
    there.write_text("the only copy of something")
    before = sorted(tmp_path.iterdir())
    for path in (there, tmp_path / "no" / "folder.db"):
        with pytest.raises(NoCopy):
            backup(told.url, path)
    with pytest.raises(NoArchive):
        backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    assert there.read_text() == "the only copy of something"
    assert sorted(tmp_path.iterdir()) == before


@only_sqlite
def test_a_damaged_archive_makes_no_copy(told: Told, tmp_path):
    told.crawl(JAN, look(NOTICE, JAN))
    told.archive.close()
    whole = told.path.read_bytes()
    told.path.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    with pytest.raises(ArchiveError):
        backup(told.url, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


@pytest.fixture
def pg_dump(tmp_path, monkeypatch) -> Callable[[str], None]:
    """Puts a program of ours, a few words of shell, in the place of pg_dump."""
    program = tmp_path / "bin" / "pg_dump"

    def put(script: str) -> None:
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return put


@only_postgresql
def test_the_password_is_not_among_the_arguments_that_everyone_sees(told, tmp_path, pg_dump):
    said = tmp_path / "said"
    pg_dump(f'echo "$@" >{said}; echo $PGPASSWORD >>{said}; exit 1')
    with pytest.raises(ArchiveUnusable, match="pg_dump failed"):
        backup(told.url.replace("cunzheng@", "cunzheng:geheim@"), tmp_path / "copy")
    arguments, password = said.read_text().splitlines()
    assert "geheim" not in arguments
    assert password == "geheim"


@only_postgresql
@pytest.mark.parametrize(
    ("complaint", "refusal", "advice"),
    [
        ("error: aborting because of server version mismatch", NoCopy, "older than the server"),
        ("error: could not write: No space left on device", DiskFull, "make room"),
        ("error: something else", ArchiveUnusable, "something else"),
    ],
)
def test_what_pg_dump_complains_of_is_told_in_one_line(
    told, tmp_path, pg_dump, complaint, refusal, advice
):
    pg_dump(f"echo 'pg_dump: {complaint}' >&2; exit 1")
    with pytest.raises(refusal, match=advice) as refused:
        backup(told.url, tmp_path / "copy")
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.glob("copy*"))


@only_postgresql
def test_where_pg_dump_is_missing_that_is_said_with_what_to_install(told, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("storage.dumping._DEBIAN", tmp_path)
    with pytest.raises(NoCopy, match="install postgresql-client"):
        backup(told.url, tmp_path / "copy")
