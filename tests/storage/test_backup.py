"""A backup is whole and consistent, also while a crawl writes; it takes no other file's place."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from storage import Archive, Consultation
from storage.backup import backup
from storage.errors import ArchiveError, NoArchive, NoCopy
from tests.storage.seeing import HOST, JAN, NOTICE, Told, look

ROOT = Path(__file__).parents[2]


def findings(path: Path) -> list[object]:
    archive = Consultation.open(f"sqlite:///{path}")
    found = [finding for looked in archive.verify() for finding in looked.findings]
    archive.close()
    return found


def captures(path: Path) -> int:
    with closing(connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM capture_facts").fetchone()[0]


def test_copies_taken_while_a_crawl_writes_are_each_of_one_moment(told, tmp_path):
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
            made = backup(told.url, tmp_path / f"copy{number}.db")
            counts.append(made.captures)
            assert made.captures >= durable
        assert program.poll() is None
    finally:
        program.kill()
        program.communicate()
    assert sorted(set(counts)) == counts
    for number, count in enumerate(counts):
        path = tmp_path / f"copy{number}.db"
        assert captures(path) == count
        assert findings(path) == []


def test_a_copy_is_an_archive_that_goes_on(told, tmp_path):
    told.crawl(JAN, look(NOTICE, JAN))
    made = backup(told.url, tmp_path / "copy.db")
    assert (made.articles, made.captures) == (1, 2)
    assert made.size == (tmp_path / "copy.db").stat().st_size
    copy = Archive.open(f"sqlite:///{tmp_path / 'copy.db'}")
    copy.crawl("hanweb", f"http://{HOST}/", [HOST]).close("finished", {})
    copy.close()


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


def test_a_damaged_archive_makes_no_copy(told: Told, tmp_path):
    told.crawl(JAN, look(NOTICE, JAN))
    told.archive.close()
    whole = told.path.read_bytes()
    told.path.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    with pytest.raises(ArchiveError):
        backup(told.url, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


def test_postgresql_is_copied_by_its_own_tool(tmp_path):
    with pytest.raises(NoCopy, match="pg_dump") as refused:
        backup("postgresql://user:secret@localhost/archive", tmp_path / "copy.dump")
    assert "secret" not in str(refused.value)
