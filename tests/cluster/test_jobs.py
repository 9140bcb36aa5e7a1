"""The queue as an operator handles it, and what becomes of jobs that do not go well."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import resources

import psycopg
import pytest
from psycopg.rows import dict_row

from cli.cluster import tables
from cli.cluster.queue import add, add_due, again, cancel, shown
from cli.cluster.tables import conninfo, jobs_of
from cli.scheduling.plan import plan
from crawler.site import Site
from storage.archive import Archive
from storage.errors import ArchiveUnusable
from tests.crawls.conftest import ROOT
from tests.places import Database

SITES = [Site(name=n, title=n, url=f"http://{n}.example.gov.cn/") for n in ("a", "b", "c")]
NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


@pytest.fixture
def place(postgres):
    with closing(Database(postgres, postgres.new())) as database:
        yield database
    postgres.drop(database.name)


@pytest.fixture
def queue(place):
    with jobs_of(place.url) as connection:
        yield connection


@pytest.fixture
def jobs(tmp_path):
    return plan(SITES, tmp_path)


def taken(queue, worker: int) -> dict[str, object] | None:
    """The job that a worker gets."""
    row = queue.execute(
        "SELECT id, args->>'name' AS name FROM procrastinate_fetch_job_v2(NULL, %s)", [worker]
    ).fetchone()
    return row if row and row["id"] else None


def signed_in(queue) -> int:
    return queue.execute(
        "INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id"
    ).fetchone()["id"]


def test_one_job_of_a_host_runs_at_a_time_whoever_asks(queue, jobs) -> None:
    add(queue, jobs[:4])  # crawl-a, snapshot-a, crawl-b, snapshot-b
    one, other = signed_in(queue), signed_in(queue)
    got = [taken(queue, worker) for worker in (one, other, one, other)]
    assert [job and job["name"] for job in got] == ["crawl-a", "crawl-b", None, None]
    queue.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", [got[0]["id"]])
    assert taken(queue, other)["name"] == "snapshot-a"


def test_a_job_that_waits_is_not_queued_again_but_one_that_runs_is(queue, jobs) -> None:
    assert add(queue, jobs[:1]) == ["crawl-a"]
    assert add(queue, jobs[:1]) == []
    assert taken(queue, signed_in(queue)) is not None
    assert add(queue, jobs[:1]) == ["crawl-a"]


def test_the_night_is_queued_by_whichever_machine_looks_first(queue, jobs) -> None:
    assert add_due(queue, jobs, NOW) == []
    later = NOW + timedelta(days=1)
    first = add_due(queue, jobs, later)
    assert {"crawl-a", "snapshot-a", "crawl-c"} <= set(first)
    assert add_due(queue, jobs, later + timedelta(minutes=1)) == []


def test_what_failed_is_tried_again_and_what_waits_is_taken_out(queue, jobs) -> None:
    add(queue, jobs[:1] + jobs[2:3])
    job = taken(queue, signed_in(queue))
    queue.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job["id"]])
    assert [held.name for held in shown(queue, 30, 20).failed] == ["crawl-a"]
    assert again(queue, []) == [job["id"]]
    assert again(queue, [job["id"]]) == []
    assert cancel(queue, [job["id"], 999]) == [job["id"]]
    assert shown(queue, 30, 20).counts == {"cancelled": 1, "todo": 1}


def test_one_that_failed_is_not_tried_again_beside_one_that_waits(queue, jobs) -> None:
    add(queue, jobs[:1])
    job = taken(queue, signed_in(queue))
    queue.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job["id"]])
    add(queue, jobs[:1])
    assert again(queue, []) == []


def test_a_silent_worker_is_told(queue) -> None:
    worker = signed_in(queue)
    queue.execute("INSERT INTO crews (worker, name, at_once) VALUES (%s, 'm1:7', 2)", [worker])
    assert [crew.alive for crew in shown(queue, 30, 20).crews] == [True]
    queue.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'")
    assert [crew.alive for crew in shown(queue, 30, 20).crews] == [False]


# The tables


def test_workers_that_are_started_at_once_find_the_tables_that_the_first_one_makes(place) -> None:
    def steps(_: int) -> int:
        with jobs_of(place.url) as queue:
            return len(queue.execute("SELECT name FROM steps").fetchall())

    with ThreadPoolExecutor(4) as workers:
        assert set(workers.map(steps, range(4))) == {len(tables._all_steps())}


def test_jobs_lie_beside_the_archive_and_not_in_it(place, queue) -> None:
    public = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert place.ask(public) == [(0,)]
    Archive.open(place.url).close()
    assert place.ask("SELECT to_regclass('public.procrastinate_jobs')") == [(None,)]


def test_the_tables_of_an_older_procrastinate_take_its_newer_steps(place) -> None:
    folder = resources.files("procrastinate.sql") / "migrations"
    steps = sorted(tables._all_steps())
    with psycopg.connect(conninfo(place.url), autocommit=True, row_factory=dict_row) as old:
        old.execute(f"CREATE SCHEMA {tables.SCHEMA}")
        for name in steps[:-4]:
            old.execute((folder / name).read_text("utf-8"))
        old.execute(tables._OURS)
        for name in steps[:-4]:
            old.execute("INSERT INTO steps VALUES (%s)", [name])
    with jobs_of(place.url) as queue:
        assert {row["name"] for row in queue.execute("SELECT name FROM steps")} == set(steps)
        assert add(queue, plan(SITES[:1], ROOT)[:1]) == ["crawl-a"]


# What is said to whoever cannot have it


def typed(*command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, *command]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("command", [("worker",), ("jobs",), ("jobs", "add", "--all")])
def test_an_archive_of_sqlite_has_no_jobs_and_the_line_says_what_to_do(command, tmp_path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    done = typed("-m", "cli.main", *command, "--archive", url, "--lang", "en")
    assert done.returncode == 4
    assert "cunzheng move --to postgresql://" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize("command", ["worker", "jobs"])
def test_without_the_extra_the_line_says_what_to_install(command) -> None:
    program = (
        "import sys; sys.modules['procrastinate'] = None; "
        f"sys.argv = ['cunzheng', '{command}', '--archive', 'postgresql://x@/y', '--lang', 'en']; "
        "from cli.main import app; app()"
    )
    done = typed("-c", program)
    assert done.returncode == 4
    assert "pip install procrastinate" in done.stderr


def test_a_server_that_is_not_there_is_one_line(tmp_path) -> None:
    url = f"postgresql://nobody:geheim@/none?host={tmp_path}"
    done = typed("-m", "cli.main", "jobs", "--archive", url, "--lang", "en")
    assert done.returncode == 4
    assert "no server answers there" in done.stderr
    assert "geheim" not in done.stderr


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ArchiveUnusable):
        conninfo("not an address")


@pytest.mark.parametrize("wrong", [("add",), ("a",), ("retry", "x"), ("add", "unknown")])
def test_what_makes_no_sense_is_refused(wrong, clusters) -> None:
    assert clusters(1).typed("jobs", *wrong).returncode == 2


# Jobs that do not go well


def test_a_site_that_waits_for_a_person_is_a_failed_job_that_says_why(clusters) -> None:
    cluster = clusters(1)

    cluster.wires[0].site.robots = "User-agent: *\nDisallow: /\n"
    machine = cluster.machine()
    cluster.jobs("add", "s0")
    cluster.until(lambda: cluster.counts() == {"failed": 1})
    (job,) = cluster.jobs()["failed"]
    assert (job["name"], job["exit_code"]) == ("crawl-s0", 8)
    assert "blocked" in cluster.typed("jobs").stdout
    assert f"job {job['id']} crawl-s0: blocked" in machine.said()
    assert cluster.jobs("retry", "--all") == {"retry": [job["id"]]}
    assert machine.end() == 0


def test_a_job_that_is_taken_out_while_it_runs_ends_with_its_crawl(clusters) -> None:
    cluster = clusters(1, size=0.8)  # far more than is asked for while the command starts
    cluster.delay = 0.3
    machine = cluster.machine()
    cluster.jobs("add", "s0")
    cluster.until(lambda: set(cluster.wires[0].articles()) & set(cluster.wires[0].paths()))
    (job,) = cluster.jobs()["running"]
    assert cluster.jobs("cancel", str(job["id"])) == {"cancel": [job["id"]]}
    cluster.until(lambda: cluster.counts() == {"aborted": 1})
    asked = len(cluster.wires[0].asked)
    assert not set(cluster.wires[0].articles()) <= set(cluster.wires[0].paths())
    assert machine.end() == 0
    assert len(cluster.wires[0].asked) == asked, "its crawl goes on"
    assert cluster.ask("SELECT finish_reason FROM crawls") == [(None,)], "it can go on"


def test_what_is_added_waits_and_is_shown_until_it_is_taken_out(clusters) -> None:
    cluster = clusters(2, size=0.02)
    assert cluster.jobs("add", "--all", "--snapshot") == {"add": ["snapshot-s0", "snapshot-s1"]}
    assert cluster.jobs("add", "s1", "verify") == {"add": ["crawl-s1", "verify"]}
    told = cluster.jobs("--limit", "3")
    assert told["counts"] == {"todo": 4}
    assert [job["name"] for job in told["waiting"]] == ["verify", "crawl-s1", "snapshot-s1"]
    shown = cluster.typed("jobs").stdout
    assert "No worker runs." in shown
    assert all(name in shown for name in ("Waiting", "snapshot-s0", "verify"))
    assert sorted(cluster.jobs("cancel", "--all")["cancel"]) == [1, 2, 3, 4]
    assert cluster.counts() == {"cancelled": 4}
