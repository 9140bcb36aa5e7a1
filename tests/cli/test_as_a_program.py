"""The command as a program of its own: how it starts and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "cli.main"]


def _run(*args: str, **kwargs) -> subprocess.CompletedProcess:
    environment = os.environ | {"LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [*PROGRAM, *args], cwd=ROOT, env=environment, capture_output=True, text=True, **kwargs
    )


def test_exit_codes_and_streams_are_for_scripts(archive_url):
    found = _run("search", "通知", "--archive", archive_url)
    assert (found.returncode, found.stderr) == (0, "")
    unknown = _run("show", "999", "--archive", archive_url)
    assert (unknown.returncode, unknown.stdout, unknown.stderr.count("\n")) == (2, "", 1)


def test_a_reader_that_has_seen_enough_ends_it_quietly(archive_url):
    for question in (["export"], ["events"]):
        command = [*PROGRAM, *question, "--archive", archive_url]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as asked:
            asked.stdout.close()
            assert asked.stderr.read() == b""


def test_help_loads_nothing_that_is_slow():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cli.main", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip() for line in told.stderr.splitlines()}
    slow = {"sqlalchemy", "alembic", "scrapy", "trafilatura", "twisted", "lxml", "storage"}
    assert loaded & slow == set()
