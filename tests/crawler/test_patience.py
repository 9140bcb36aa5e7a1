"""How long a host is borne with: told in seconds of a clock that the stories turn themselves."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from crawler.patience import Bearing, Patience, asked_to_wait
from crawler.turns import Turns

BEARING = Bearing(
    backoff=2, backoff_most=30, asked_most=300, failures=5, pause=60, trials=3
)  # the settings' own, at a delay of a second
NOW = datetime(2026, 10, 21, 7, 28, tzinfo=UTC)


def patient(chance: float = 1.0) -> Patience:
    return Patience(BEARING, lambda: chance)


def outage(host: Patience, now: float, failures: int) -> float:
    """So many different addresses fail, each as soon as the host may be asked; when it is then."""
    for _ in range(failures):
        now += host.wait(now)
        host.failed("status 503", now)
    return now


def test_each_failure_doubles_the_pause_and_an_answer_ends_it() -> None:
    host, waits = patient(), []
    for attempt in (1, 2, 3, 4, 5, 6):
        host.failed("status 500", 0.0, attempt=attempt)
        waits.append(host.wait(0.0))
    assert waits == [2, 4, 8, 16, 30, 30]
    host.answered()
    host.failed("status 500", 100.0)
    assert host.wait(100.0) == 2


@pytest.mark.parametrize(("chance", "least"), [(0.0, 1.0), (0.5, 1.5), (1.0, 2.0)])
def test_chance_shortens_a_pause_to_no_less_than_half(chance: float, least: float) -> None:
    host = patient(chance)
    host.failed("status 503", 0.0)
    assert host.wait(0.0) == least


def test_a_host_that_is_down_costs_five_requests_and_three_trials() -> None:
    host = patient()
    down_at = outage(host, 0.0, 5)
    assert host.on_trial
    assert host.wait(down_at) == 60
    assert [round(outage(host, down_at, 1)), host.given_up] == [down_at + 60, None]
    outage(host, down_at, 1)
    outage(host, down_at, 1)
    assert host.given_up == "given up after 8 failures in a row, the last: status 503"


def test_a_host_that_comes_back_on_trial_is_as_any_other() -> None:
    host = patient()
    now = outage(host, 0.0, 6)
    now += host.wait(now)
    host.answered()
    assert not host.on_trial
    outage(host, now, 4)
    assert host.given_up is None
    assert not host.on_trial


def test_a_host_of_challenges_is_given_up_after_five_though_each_is_an_answer() -> None:
    host = patient()
    for _ in range(4):
        host.answered()
        assert not host.challenged()
    host.let_in()
    assert [host.challenged() for _ in range(5)] == [False] * 4 + [True]
    assert host.turns_us_away
    assert host.given_up == "given up after 5 challenges in a row; they are not bypassed"


def test_the_same_address_failing_again_says_nothing_new_of_its_host() -> None:
    host = patient()
    for _ in range(50):
        host.failed("status 500", 0.0, attempt=2)
    assert not host.on_trial
    assert host.given_up is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120), (" 7 ", 7), ("0", 0), ("Wed, 21 Oct 2026 07:29:00 GMT", 60),
        ("Wed, 21 Oct 2020 07:29:00 GMT", 0), ("soon", None), ("", None), ("-5", None),
        ("1.5", None), ("９", None), ("9" * 400, 999_999_999_999), ("Wed, 99 Oct 2026", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_and_nothing_else(said: str, seconds: float) -> None:
    assert asked_to_wait({"Retry-After": said}, NOW) == seconds


def test_a_server_whose_clock_is_wrong_is_understood() -> None:
    headers = {
        "Retry-After": "Thu, 01 Jan 1998 00:02:00 GMT",
        "Date": "Thu, 01 Jan 1998 00:00:00 GMT",
    }
    assert asked_to_wait(headers, NOW) == 120


def test_what_a_server_asks_is_kept_up_to_a_limit_and_never_shortens_our_own_pause() -> None:
    host = patient()
    host.failed("status 429", 0.0, asked=100)
    assert host.wait(0.0) == 100
    host.failed("status 429", 0.0, asked=10**9)
    assert host.wait(0.0) == 300
    host.failed("status 503", 0.0, asked=0)
    assert host.wait(0.0) == 300


def test_turns_keep_their_distance_and_their_number(tmp_path: Path) -> None:
    turns, begun, under_way = Turns(tmp_path / "turns"), [], [0, 0]

    async def visit() -> None:
        async with turns.turn("www.example.gov.cn", 2, lambda: None):
            while left := await turns.begin("www.example.gov.cn", 0.05):
                await asyncio.sleep(left)
            begun.append(monotonic())
            under_way[0] += 1
            under_way[1] = max(under_way)
            await asyncio.sleep(0.12)
            under_way[0] -= 1

    async def visits() -> None:
        await asyncio.gather(*(visit() for _ in range(6)))

    asyncio.run(visits())
    assert min(b - a for a, b in pairwise(begun)) >= 0.05
    assert under_way[1] == 2


def test_the_turn_of_a_program_that_was_killed_is_free_at_once(tmp_path: Path) -> None:
    holder = (
        "import asyncio, os, signal\nfrom pathlib import Path\nfrom crawler.turns import Turns\n"
        "async def hold():\n"
        f"    async with Turns(Path({str(tmp_path)!r})).turn('h', 1, lambda: None):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(hold())\n"
    )
    killed = subprocess.run([sys.executable, "-c", holder], check=False, timeout=30)
    assert killed.returncode == -9

    async def take() -> None:
        async with asyncio.timeout(2):
            async with Turns(tmp_path).turn("h", 1, lambda: None):
                pass

    asyncio.run(take())


def test_a_restart_of_the_machine_makes_nobody_wait(tmp_path: Path) -> None:
    """Its clock begins anew then, and what stands in the folder lies in the future."""
    turns = Turns(tmp_path)

    def left() -> float:
        return asyncio.run(turns.begin("h", 5.0))

    assert left() == 0.0
    assert 4.9 < left() <= 5.0
    (tmp_path / "h").write_text(f"{monotonic() + 10**6:15.6f} 5.0\n")
    assert left() == 0.0
    (tmp_path / "h").write_text("torn")
    assert left() == 0.0


@pytest.mark.skipif(os.getuid() == 0, reason="for root every folder can be used")
def test_a_folder_of_somebody_else_is_not_used() -> None:
    with pytest.raises(ValueError, match="CUNZHENG_TURNS"):
        Turns(Path("/"))


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(ValueError, match="CUNZHENG_TURNS"):
        Turns(Path("/proc/nowhere"))
