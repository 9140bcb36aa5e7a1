"""Turns at a host over machines that share nothing but the archive's PostgreSQL."""

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing
from itertools import count, pairwise
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from crawler.shared_turns import SharedTurns
from storage.errors import ArchiveUnusable
from storage.host_turns import HostTurns
from tests.places import Database

HOST = "www.example.gov.cn"

Story = Callable[..., Coroutine[Any, Any, None]]


@pytest.fixture
def url(postgres):
    with closing(Database(postgres, postgres.new())) as place:
        yield place.url
    postgres.drop(place.name)


@pytest.mark.parametrize("at_once", [1, 2])
def test_three_machines_keep_their_distance_and_their_number(
    at_once: int, url: str, tmp_path: Path
) -> None:
    begun: list[float] = []
    under_way = [0, 0]

    async def visit(turns: SharedTurns) -> None:
        async with turns.turn(HOST, at_once, lambda: None):
            while left := await turns.begin(HOST, 0.05):
                await asyncio.sleep(left)
            begun.append(monotonic())
            under_way[0] += 1
            under_way[1] = max(under_way)
            await asyncio.sleep(0.12)
            under_way[0] -= 1
            await turns.arrived(HOST, 0.12)

    async def visits() -> None:
        machines = [SharedTurns(tmp_path / f"m{n}", url) for n in range(3)]
        await asyncio.gather(*(visit(turns) for turns in machines for _ in range(3)))
        for turns in machines:
            await turns.close()

    asyncio.run(visits())
    assert len(begun) == 9
    assert min(b - a for a, b in pairwise(begun)) >= 0.049
    assert under_way[1] == at_once


def test_hosts_do_not_wait_for_each_other(url: str) -> None:
    async def story(turns: HostTurns, others: HostTurns) -> None:
        assert await turns.begin("a.gov.cn", 5.0) == 0.0
        assert await others.begin("b.gov.cn", 5.0) == 0.0
        left = await others.begin("a.gov.cn", 0.01)
        assert 4.5 < left <= 5.0, "the larger distance counts"
        assert await turns.seat("a.gov.cn", 1) == 0
        assert await others.seat("b.gov.cn", 1) == 0
        assert await others.seat("a.gov.cn", 1) is None
        assert await turns.seat("a.gov.cn", 1) is None, "its own is taken, too"
        assert await turns.seat("a.gov.cn", 2) == 1
        await turns.give_back("a.gov.cn", 0)
        assert await others.seat("a.gov.cn", 2) == 0

    told(story, HostTurns(url), HostTurns(url))


def told(story: Story, *turns: HostTurns) -> None:
    """The story, and its turns closed after it."""

    async def whole() -> None:
        try:
            await story(*turns)
        finally:
            for each in turns:
                await each.close()

    asyncio.run(whole())


def test_the_seat_of_a_machine_that_was_killed_is_free(url: str) -> None:
    holder = (
        "import asyncio, os, signal\nfrom storage.host_turns import HostTurns\n"
        f"assert asyncio.run(HostTurns({url!r}).seat('h', 1)) == 0\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", holder], check=False, timeout=30)
    assert killed.returncode == -signal.SIGKILL

    async def story(turns: HostTurns) -> None:
        async with asyncio.timeout(5):
            while await turns.seat("h", 1) is None:
                await asyncio.sleep(0.01)

    told(story, HostTurns(url))


def test_a_clock_that_was_set_back_makes_nobody_wait(url: str, postgres) -> None:
    async def story(turns: HostTurns) -> None:
        await turns.begin("h", 5.0)
        later = "UPDATE cunzheng_turns.last_request SET at = at + interval '1 day'"
        postgres.ask(later, named(url))
        assert await turns.begin("h", 5.0) == 0.0

    told(story, HostTurns(url))


def named(url: str) -> str:
    """The name of the database."""
    return url.partition("?")[0].rpartition("/")[2]


def test_a_session_that_the_server_ended_is_begun_anew(url: str, postgres) -> None:
    async def story(turns: HostTurns) -> None:
        assert await turns.begin("h", 5.0) == 0.0
        postgres.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{named(url)}' AND pid <> pg_backend_pid()"
        )
        both = await asyncio.gather(turns.begin("h", 5.0), turns.seat("h", 1))
        assert 4.0 < both[0] <= 5.0
        assert both[1] == 0

    told(story, HostTurns(url))


async def ask_all(turns: HostTurns) -> None:
    for question in (turns.seat("h", 1), turns.begin("h", 5.0), turns.arrived("h", 0.0)):
        with pytest.raises(ArchiveUnusable) as refused:
            await question
        assert "geheim" not in str(refused.value)
        assert "\n" not in str(refused.value)


def test_without_the_server_there_is_no_turn(tmp_path: Path) -> None:
    turns = HostTurns(f"postgresql://nobody:geheim@/none?host={tmp_path}")
    told(ask_all, turns)
    assert not any(tmp_path.iterdir())


def test_a_silent_server_stops_nobody_but_who_asks_it_and_he_is_told(tmp_path: Path) -> None:
    """It takes the connection and says nothing more, as one whose machine hangs."""
    ticks = count()

    async def tick() -> None:
        while True:
            next(ticks)
            await asyncio.sleep(0.01)

    async def story(turns: HostTurns) -> None:
        ticking = asyncio.create_task(tick())
        with pytest.raises(ArchiveUnusable, match=r"silent for 0\.3 seconds"):
            await turns.begin("h", 5.0)
        ticking.cancel()

    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / ".s.PGSQL.5432"))
        silent.listen()
        url = f"postgresql://nobody@/none?host={tmp_path}"
        told(story, HostTurns(url, answers_within_s=0.3))
    assert next(ticks) > 5, "the loop goes on meanwhile"
