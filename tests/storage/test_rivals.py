"""Two programs that begin to crawl one site in the same moment: one of them does."""

import subprocess
import sys
import time

import pytest

from tests.storage.seeing import Told

Program = subprocess.Popen[str]
PAIRS = 50


@pytest.mark.heavy
@pytest.mark.fault("4.4")
def test_of_two_crawls_of_a_site_that_begin_together_one_runs(told: Told, score) -> None:
    told.rest()
    rivals = [_rival(told.url) for _ in range(2)]
    answers = [_begun_at_once(rivals) for _ in range(PAIRS)]
    for each in rivals:
        said = each.communicate(timeout=60)
        assert (each.returncode, said) == (0, ("", ""))
    wrong = [answer for answer, _ in answers if sorted(answer) != ["locked", "runs"]]
    score(PAIRS, lost=len(wrong), worst={"seconds apart": max(apart for _, apart in answers)})
    assert wrong == []
    assert told.ask("SELECT count(*) FROM crawls") == [(PAIRS,)]
    assert told.ask("SELECT * FROM leases") == []


def _rival(url: str) -> Program:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.rival", url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def _begun_at_once(rivals: list[Program]) -> tuple[list[str], float]:
    """What each said, and how far apart they tried."""
    instant = time.monotonic() + 0.02
    _tell(rivals, str(instant))
    said, tried = zip(*(line.split() for line in _heard(rivals)), strict=True)
    _tell(rivals, "end")
    assert _heard(rivals) == ["over\n"] * 2
    first, last = sorted(map(float, tried))
    return list(said), round(last - first, 4)


def _tell(rivals: list[Program], line: str) -> None:
    for each in rivals:
        assert each.stdin
        each.stdin.write(f"{line}\n")


def _heard(rivals: list[Program]) -> list[str]:
    return [each.stdout.readline() for each in rivals if each.stdout]
