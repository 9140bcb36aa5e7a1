"""The replica as a program and as a thread: it starts, says where, and ends cleanly."""

import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from replica import KINDS, World, serve
from replica.__main__ import main

CHECKOUT = Path(__file__).parents[2]


@contextmanager
def program(*options):
    command = [sys.executable, "-W", "error", "-m", "replica", "--port", "0", *options]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
def test_the_program_says_where_it_is_and_stops_when_told(ending):
    with program("--day", "3", "--kind", "gbk") as process:
        line = process.stdout.readline()
        assert "day 3 (2022-03-03): 8 channels" in line
        with urlopen(line.split()[0]) as response:
            assert response.status == 200
        process.send_signal(ending)
        assert process.wait(timeout=10) == 0
        assert process.stderr.read() == ""
        assert process.stdout.read() == "", "one line is all it says"


def test_the_help_has_a_line_about_every_kind(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(f"\n  {name} " in told for name in KINDS)


def test_the_program_can_serve_a_peculiar_world():
    with program("--twist", "links", "--twist", "hidden", "--size", "0.2") as process:
        assert "9 channels" in process.stdout.readline()


@pytest.mark.parametrize(
    "options", [["--host", "0.0.0.0"], ["--kind", "nothing"], ["--day", "0"]], ids=lambda o: o[1]
)
def test_what_cannot_be_served_is_a_usage_error(options, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(options)
    assert stopped.value.code == 2
    assert options[0] in capsys.readouterr().err


def test_a_taken_port_is_told_and_leaves_nothing_running(capsys):
    with serve(World(size=0.2)) as site:
        port = urlsplit(site.url).port
        with pytest.raises(OSError, match="in use"), serve(World(size=0.2), port=port):
            pass
        assert main(["--port", str(port), "--size", "0.2"]) == 2
    assert "in use" in capsys.readouterr().err


def test_two_sites_run_side_by_side():
    with serve(World(1, 0.2)) as one, serve(World(2, 0.2)) as two:
        assert one.url != two.url
        for site in (one, two):
            with urlopen(site.url) as response:
                assert response.status == 200
        assert (len(one.requests), len(two.requests)) == (1, 1)
