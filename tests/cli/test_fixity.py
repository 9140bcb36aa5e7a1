"""What an operator types to prove that an archive is whole, and to copy it."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from cli.words import WORDS
from storage.archive import Archive
from storage.verifying import Problem
from storage.verifying.neighbours import NEIGHBOURS

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture
def damaged(archive_url, tmp_path) -> str:
    """The story's archive with a payload that was altered and a version that is gone."""
    path = tmp_path / "damaged.db"
    shutil.copy(archive_url.removeprefix("sqlite:///"), path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER payloads_no_update")
        connection.execute("UPDATE payloads SET data = zeroblob(20) WHERE rowid = 1")
        connection.execute("UPDATE payloads SET size = 1 WHERE rowid = 2")
        connection.execute("DELETE FROM version_spans WHERE id = 1")
    return f"sqlite:///{path}"


@BOTH
@pytest.mark.parametrize("more", [(), ("--sample", "5")], ids=["all", "sample"])
def test_a_sound_archive_is_said_to_be_sound(run, lang, more):
    told = run("verify", *more, lang=lang)
    assert (told.exit_code, told.stderr) == (0, "")
    assert ("没有发现问题" if lang == "zh" else "Nothing is wrong") in told.stdout


@BOTH
def test_each_finding_is_a_line_that_names_its_row(run, damaged, lang):
    told = run("verify", archive=damaged, lang=lang)
    assert told.exit_code == 1
    document = json.loads(run("verify", "--json", archive=damaged, lang=lang).stdout)
    assert len(told.stdout.splitlines()) == len(document["findings"])
    rows = {finding["row"] for finding in document["findings"]}
    assert all(line.startswith(tuple(rows)) for line in told.stdout.splitlines())
    assert "articles 1" in rows
    assert any(row.startswith("payloads ") for row in rows)


@BOTH
def test_a_digest_that_was_kept_elsewhere_is_compared(run, archive_url, lang):
    told = run("digest", lang=lang)
    kept, _, when = told.stdout.partition("  ")
    newest = json.loads(run("digest", "--json").stdout)["newest"]
    assert (told.exit_code, kept, len(kept)) == (0, newest["digest"], 64)
    assert str(newest["crawl_id"]) in when
    assert run("verify", "--against", kept.upper(), lang=lang).exit_code == 0
    forged = run("verify", "--against", kept, "--against", "0" * 64, lang=lang)
    assert forged.exit_code == 1
    (line,) = forged.stdout.splitlines()
    assert line.startswith(f"crawl_seals {'0' * 64}: ")
    assert ("改写" if lang == "zh" else "not what it was") in line


@pytest.mark.parametrize("more", [("--against", "abc"), ("--sample", "5")], ids=["short", "sample"])
def test_what_proves_nothing_is_refused(run, more):
    told = run("verify", "--against", "0" * 64, *more)
    assert (told.exit_code, told.stdout) == (2, "")


def test_an_archive_in_which_no_crawl_ended_has_no_digest_yet(run, tmp_path):
    Archive.open(url := f"sqlite:///{tmp_path}/new.db").close()
    told = run("digest", archive=url)
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "No crawl has ended yet.\n")
    assert json.loads(run("digest", "--json", archive=url).stdout) == {"newest": None}


def test_every_problem_has_its_words():
    keys = {f"problem.{problem}" for problem in Problem}
    keys |= {f"neighbour.{reason}" for _, reason in NEIGHBOURS}
    assert sorted(keys - set(WORDS)) == []


@BOTH
def test_a_backup_says_its_size_and_takes_no_file_s_place(run, tmp_path, lang):
    path = tmp_path / "copy.db"
    told = run("backup", str(path), lang=lang)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "kB" in told.stdout
    again = run("backup", str(path), lang=lang)
    assert (again.exit_code, again.stdout, again.stderr.count("\n")) == (2, "", 1)
    other = run("backup", str(tmp_path / "other.db"), "--json", lang=lang)
    assert json.loads(other.stdout)["captures"] == 20
    assert run("verify", archive=f"sqlite:///{path}").exit_code == 0


def test_the_backup_of_no_archive_is_told(run, tmp_path):
    told = run("backup", str(tmp_path / "copy.db"), archive=f"sqlite:///{tmp_path}/none.db")
    assert (told.exit_code, told.stdout) == (4, "")
    assert not list(tmp_path.iterdir())


def test_backups_of_a_folder_are_thinned_out_and_nothing_else_is(run, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    names = ["archive-20250101-010101.db", "archive-20250102-010101.db", "archive-mine.db"]
    for name in names:
        (folder / name).write_text("old")
    made = json.loads(run("backup", "--into", str(folder), "--keep", "2", "--json").stdout)
    assert made["removed"] == [str(folder / names[0])]
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [*names[1:], made["path"].rpartition("/")[2]]
    )
    assert run("backup").exit_code == 2
    assert run("backup", "x.db", "--keep", "2").exit_code == 2
