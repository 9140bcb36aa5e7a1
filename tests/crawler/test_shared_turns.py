"""Turns at a host over machines that share nothing but the archive's PostgreSQL."""

import asyncio
import signal
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from crawler.shared_turns import SharedTurns
from storage.host_turns import HostTurns
from tests.places import Database

HOST = "www.example.gov.cn"


@pytest.fixture
def url(postgres):
    with closing(Database(postgres, postgres.new())) as place:
        yield place.url
    postgres.drop(place.name)


@pytest.mark.parametrize("at_once", [1, 2])
def test_three_machines_keep_their_distance_and_their_number(
    at_once: int, url: str, tmp_path: Path
) -> None:
    machines = [SharedTurns(tmp_path / f"m{n}", url) for n in range(3)]
    begun: list[float] = []
    under_way = [0, 0]

    async def visit(turns: SharedTurns) -> None:
        async with turns.turn(HOST, at_once, lambda: None):
            while left := turns.begin(HOST, 0.05):
                await asyncio.sleep(left)
            begun.append(monotonic())
            under_way[0] += 1
            under_way[1] = max(under_way)
            await asyncio.sleep(0.12)
            under_way[0] -= 1
            turns.arrived(HOST, 0.12)

    async def visits() -> None:
        await asyncio.gather(*(visit(turns) for turns in machines for _ in range(3)))

    asyncio.run(visits())
    for turns in machines:
        turns.close()
    assert len(begun) == 9
    assert min(b - a for a, b in pairwise(begun)) >= 0.049
    assert under_way[1] == at_once


def test_hosts_do_not_wait_for_each_other(url: str) -> None:
    with closing(HostTurns(url)) as turns, closing(HostTurns(url)) as others:
        assert turns.begin("a.gov.cn", 5.0) == 0.0
        assert others.begin("b.gov.cn", 5.0) == 0.0
        assert 4.5 < others.begin("a.gov.cn", 0.01) <= 5.0, "the larger distance counts"
        assert (turns.seat("a.gov.cn", 1), others.seat("b.gov.cn", 1)) == (0, 0)
        assert others.seat("a.gov.cn", 1) is None


def test_the_seat_of_a_machine_that_was_killed_is_free(url: str) -> None:
    holder = (
        "import os, signal\nfrom storage.host_turns import HostTurns\n"
        f"assert HostTurns({url!r}).seat('h', 1) == 0\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", holder], check=False, timeout=30)
    assert killed.returncode == -signal.SIGKILL
    with closing(HostTurns(url)) as turns:
        deadline = monotonic() + 5
        while turns.seat("h", 1) is None:
            assert monotonic() < deadline


def test_a_clock_that_was_set_back_makes_nobody_wait(url: str, postgres) -> None:
    with closing(HostTurns(url)) as turns:
        turns.begin("h", 5.0)
        database = url.partition("?")[0].rpartition("/")[2]
        postgres.ask("UPDATE cunzheng_turns.last_request SET at = at + interval '1 day'", database)
        assert turns.begin("h", 5.0) == 0.0


def test_a_server_that_went_away_keeps_nobody_waiting(tmp_path: Path) -> None:
    turns = HostTurns(f"postgresql://nobody@/none?host={tmp_path}")
    assert turns.seat("h", 1) == 0
    assert turns.begin("h", 5.0) == 0.0
    turns.arrived("h", 0.0)
    turns.give_back("h", 0)
    assert not any(tmp_path.iterdir())
