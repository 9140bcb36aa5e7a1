"""A scheduled job runs once for each time at which it is due, and never twice at once."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.scheduling.calendar import BEIJING, Moment
from cli.scheduling.plan import Job
from cli.scheduling.running import LOCKED, Runner
from cli.scheduling.state import State
from tests.cli.test_schedule import machine, typed  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parents[2]
DUE = datetime(2026, 3, 2, 2, 0, tzinfo=BEIJING)
SPIDERS = Job("crawl-a", ("scrapy", "list"), Moment(120), "a")
UNKNOWN = Job("crawl-b", ("scrapy", "crawl", "nobody"), Moment(120), "b")


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state")


def runner(state: State, now: datetime) -> Runner:
    return Runner(state, ROOT, lambda: now, dict(os.environ))


def test_a_job_runs_once_for_each_time_at_which_it_is_due(state: State) -> None:
    state.note_start(UNKNOWN.name, DUE - timedelta(days=1))
    assert runner(state, DUE - timedelta(minutes=1)).run(UNKNOWN) == 0, "not due yet"
    assert runner(state, DUE).run(UNKNOWN) == 2
    assert runner(state, DUE + timedelta(hours=3)).run(UNKNOWN) == 0, "it ran"
    assert runner(state, DUE + timedelta(days=1)).run(UNKNOWN) == 2
    assert runner(state, DUE + timedelta(days=1)).run(UNKNOWN, force=True) == 2


def test_what_was_missed_is_made_up_once_and_what_is_new_was_not_missed(state: State) -> None:
    late = DUE + timedelta(hours=7)
    state.note_start(UNKNOWN.name, DUE - timedelta(days=3))
    assert runner(state, late).run_missed([SPIDERS, UNKNOWN]) == {UNKNOWN.name: 2}
    assert runner(state, late).run_missed([SPIDERS, UNKNOWN]) == {}
    tomorrow = late + timedelta(days=1)
    assert set(runner(state, tomorrow).run_missed([SPIDERS, UNKNOWN])) == {"crawl-a", "crawl-b"}


def test_a_job_that_runs_is_not_started_a_second_time(state: State) -> None:
    with state.alone(SPIDERS.name) as free:
        assert free
        assert runner(state, DUE).run(SPIDERS) == LOCKED
    assert state.started(SPIDERS.name) is None


def test_jobs_of_one_site_wait_for_each_other(state: State) -> None:
    with ThreadPoolExecutor(1) as threads:
        with state.alone(f"place {SPIDERS.place}"):
            waiting = threads.submit(runner(state, DUE).run, SPIDERS)
            time.sleep(0.3)
            assert state.started(SPIDERS.name) is None
        assert waiting.result(60) == 0
    assert state.started(SPIDERS.name) == DUE


def test_a_killed_jobs_lock_is_free_at_once(state: State) -> None:
    holding = (
        "import sys, time; from pathlib import Path; from cli.scheduling.state import State\n"
        "with State(Path(sys.argv[1])).alone('j'): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(state.folder)], cwd=ROOT, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with state.alone("j") as free:
            assert not free
        other.kill()
        other.wait()
        with state.alone("j") as free:
            assert free


def test_the_command_runs_a_job_with_the_settings_that_were_kept(machine, tmp_path) -> None:  # noqa: F811
    typed(machine, "schedule", "--by", "cron", "--install")
    bare = {name: machine[name] for name in ("PATH", "HOME")}
    call = ("scheduled", "--state", str(tmp_path / "state"))
    assert typed(bare, *call, "backup") == "", "it is not due"
    told = typed(bare, *call, "backup", "--force", code=4)
    assert f"no archive at {tmp_path}/archive.db" in told
    assert "there is no job" in typed(bare, *call, "dance", code=2)
    assert typed(bare, *call, "--missed") == ""
