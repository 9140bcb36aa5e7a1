"""The demo is the first thing that a newcomer sees: it must tell its story to the end."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_demo_tells_three_days_and_what_to_type_next() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "demo", "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for told in (
        "Day 1: 120 published",
        "Day 3: 4 published, 10 edited, 2 missing, 1 gone, 1 restored, 1 moved",
        "压实责任守牢防线",
        "[-",
        "All 8 channels are complete",
        "cunzheng serve",
        "cunzheng search",
    ):
        assert told in done.stdout
