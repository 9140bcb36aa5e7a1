"""What a researcher and an operator type gives the same answers on SQLite and PostgreSQL."""

import json
import subprocess
from contextlib import closing

import pytest

from tests.places import Database
from tests.storage.story import BACK, EDITED, HOST, LATE, TAKEN_DOWN

COMMANDS = [
    ("sites",),
    ("channels",),
    ("crawls",),
    ("coverage",),
    ("search", "临时建设"),
    ("search", "通知", "--state", "present"),
    ("search", "gdp"),
    ("search", "的"),
    ("show", f"{HOST}/{LATE}"),
    ("show", f"{HOST}/{EDITED}", "--version", "1"),
    ("history", f"{HOST}/{BACK}"),
    ("history", f"{HOST}/{TAKEN_DOWN}"),
    ("diff", f"{HOST}/{EDITED}"),
    ("as-of", "2026-03-03"),
    ("as-of", "2026-03-02", "--published"),
    ("events",),
    ("events", "--kind", "gone"),
    ("doubts",),
    ("silent-edits",),
    ("changes", "--added", "一律"),
]
TYPED = [
    *COMMANDS,
    *((*command, "--json") for command in COMMANDS),
    ("export",),
    ("export", "--articles"),
    ("export", "--table", "events", "--since", "2026-03-03"),
    ("export", "--format", "csv"),
]


@pytest.mark.parametrize("typed", TYPED, ids=" ".join)
def test_every_answer_is_the_same(run, story, typed):
    on_sqlite, on_postgresql = (
        run(*typed, archive=story(kind).url) for kind in ("sqlite", "postgresql")
    )
    assert (on_sqlite.exit_code, on_postgresql.exit_code) == (0, 0)
    assert on_sqlite.stdout == on_postgresql.stdout
    assert on_sqlite.stderr == on_postgresql.stderr


@pytest.mark.parametrize("more", [(), ("--sample", "3")], ids=["all", "sample"])
def test_an_archive_on_postgresql_is_proved_to_be_sound(run, story, more):
    told = run("verify", "--json", *more, archive=story("postgresql").url)
    assert (told.exit_code, json.loads(told.stdout)["findings"]) == (0, [])


def test_a_copy_of_an_archive_on_postgresql_is_restored_and_proved(run, story, postgres, tmp_path):
    copy = tmp_path / "archive.dump"
    made = run("backup", str(copy), "--json", archive=story("postgresql").url)
    assert json.loads(made.stdout)["captures"] == 20
    assert run("backup", str(copy), archive=story("postgresql").url).exit_code == 2
    with closing(Database(postgres, postgres.new())) as place:
        subprocess.run(["pg_restore", "--no-owner", "-d", place.libpq, str(copy)], check=True)
        assert run("verify", archive=place.url).exit_code == 0
        assert run("migrate", archive=place.url).exit_code == 0


def test_no_archive_on_postgresql_is_told_in_one_line(run, postgres):
    empty = postgres.url(postgres.new())
    for command in ("sites", "verify", "migrate"):
        told = run(command, archive=empty)
        assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (4, "", 1)
    nowhere = run("sites", archive=postgres.url("nosuch"))
    assert (nowhere.exit_code, nowhere.stderr.count("\n")) == (4, 1)
    assert "createdb" in nowhere.stderr
