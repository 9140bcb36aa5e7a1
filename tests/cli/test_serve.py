"""`cunzheng serve` as a program: it says where it is, answers there, and says why it cannot."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@contextmanager
def _served(*args: str) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "cli.main", "serve", "--lang", "en", *args]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.terminate()


@pytest.mark.parametrize(("told", "ends"), [(signal.SIGINT, 130), (signal.SIGTERM, -15)])
def test_it_says_where_it_is_answers_there_and_ends_when_told(archive_url, told, ends):
    with _served("--port", "0", "--archive", archive_url) as program:
        address = program.stdout.readline().split("open: ")[1].split()[0]
        with urllib.request.urlopen(f"{address}events.json", timeout=10) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
        program.send_signal(told)
        assert program.wait(timeout=10) == ends
        assert program.stderr.read() == ""


@pytest.mark.parametrize("name", ["", "nothing/here.db"])
def test_without_an_archive_it_says_what_to_do(run, tmp_path, name):
    told = run("serve", archive=f"sqlite:///{tmp_path}/{name or 'archive.db'}")
    assert told.exit_code == 4
    assert "crawl a site first" in told.stderr


def test_a_port_that_is_taken_is_told_with_what_to_do(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run("serve", "--port", str(port))
    assert told.exit_code == 4
    assert f"port {port}" in told.stderr
    assert "--port 8001" in told.stderr


def test_an_address_that_is_not_this_machines_is_told(run):
    told = run("serve", "--host", "203.0.113.1", "--port", "0")
    assert told.exit_code == 4
    assert "203.0.113.1" in told.stderr


def test_what_the_room_logs_can_be_json(monkeypatch, capsys) -> None:
    import json
    import logging.config

    import settings
    from cli.serve import _logging

    assert _logging() == {}, "uvicorn's own lines, unless asked"
    monkeypatch.setattr(settings, "LOG_LINES", "json")
    made = _logging()["log_config"]["formatters"]["json"]
    formatter = logging.config.BaseConfigurator({}).resolve(made["()"])()
    record = logging.LogRecord("uvicorn", 40, "", 1, "at %s", ("http://me:Canary1@x/",), None)
    told = json.loads(formatter.format(record))
    assert (told["level"], told["logger"], told["message"]) == (
        "ERROR",
        "uvicorn",
        "at http://***@x/",
    )
