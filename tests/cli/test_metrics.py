"""Figures for Prometheus: of the archive and of scheduled jobs, in a file or from the room."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from cli.files import write_whole
from cli.scheduling.state import State
from reading_room.app import open_room
from storage.values import SiteSeen
from tests.cli.conftest import Run
from tests.cli.test_notify import failed_walk, nights  # noqa: F401
from tests.cli.test_report import BEGAN, DAY, Nights, some
from tests.crawls.conftest import ROOT
from tests.storage.seeing import HOST, entry, walk

Samples = dict[tuple[str, frozenset[str]], float]


def named(name: str, *labels: str) -> tuple[str, frozenset[str]]:
    return name, frozenset(labels)


def samples(text: str) -> Samples:
    return {
        named(sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def filled(nights: Nights) -> Nights:  # noqa: F811
    stats = {"downloader/request_count": 12, "downloader/response_bytes": 3456}
    seen = SiteSeen(host=HOST, name="示例", generation=None, at=BEGAN)
    nights.crawl(0, seen, *walk(BEGAN, entry("1001"), entry("1002")), *some(BEGAN, "1001", "1002"))
    nights.crawl(1, failed_walk(BEGAN + DAY), *some(BEGAN + DAY, "1001"), **stats)
    return nights


def test_the_figures_of_an_archive(run: Run, filled: Nights) -> None:
    done = run("metrics", archive=filled.url)
    assert done.exit_code == 0, done.output
    found = samples(done.stdout)
    of_crawl = ("hanweb", f"http://{HOST}/")
    assert found[named("cunzheng_site_articles", HOST, "present")] == 2
    assert found[named("cunzheng_site_versions", HOST)] == 2
    assert found[named("cunzheng_crawl_requests", *of_crawl)] == 12
    assert found[named("cunzheng_crawl_received_bytes", *of_crawl)] == 3456
    assert found[named("cunzheng_crawl_duration_seconds", *of_crawl)] == 600
    assert found[named("cunzheng_crawl_addresses", *of_crawl, "unchanged")] == 1
    assert found[named("cunzheng_crawl_channels", *of_crawl, "failed")] == 1
    assert found[named("cunzheng_crawl_ended", *of_crawl, "finished")] == 1
    assert found[named("cunzheng_alarms", "dead")] == 1
    assert found[named("cunzheng_alarms", "down")] == 0, "none is told as none"
    finished = (BEGAN + DAY).timestamp() + 600
    assert found[named("cunzheng_crawl_finished_timestamp_seconds", *of_crawl)] == finished
    assert found[named("cunzheng_site_last_crawled_timestamp_seconds", HOST)] >= BEGAN.timestamp()


def test_the_reading_room_gives_the_same(run: Run, filled: Nights) -> None:
    with TestClient(open_room(filled.url), base_url="http://127.0.0.1") as client:
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    ours = samples(run("metrics", archive=filled.url).stdout)
    assert samples(answer.text).items() <= ours.items()
    assert len(answer.text.splitlines()) > 30


def test_the_file_has_the_ends_of_jobs_and_others_may_read_it(
    run: Run, filled: Nights, tmp_path: Path
) -> None:
    ended = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    state = tmp_path / "state"
    State(state).note_end("crawl-盐南", ended, 9)
    into = tmp_path / "cunzheng.prom"
    done = run("metrics", "--output", str(into), "--state", str(state), archive=filled.url)
    assert (done.exit_code, done.output) == (0, "")
    found = samples(into.read_text("utf-8"))
    assert found[named("cunzheng_job_exit_code", "crawl-盐南")] == 9
    assert found[named("cunzheng_job_ended_timestamp_seconds", "crawl-盐南")] == ended.timestamp()
    assert into.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tmp_path.glob("*.prom*")] == ["cunzheng.prom"]


def test_whoever_reads_the_file_never_reads_half_of_it(tmp_path: Path) -> None:
    path, over, seen = tmp_path / "a.prom", Event(), set()
    texts = (b"a 1\n" * 20_000, b"b 2\n" * 30_000)
    write_whole(path, texts[0])

    def read() -> None:
        while not over.is_set():
            seen.add(path.read_bytes())

    reader = Thread(target=read)
    reader.start()
    for n in range(60):
        write_whole(path, texts[n % 2])
    over.set()
    reader.join()
    assert seen <= set(texts)


def test_a_scheduled_job_renews_the_file(tmp_path: Path, filled: Nights) -> None:
    (tmp_path / "sites.toml").write_text('[one]\nurl = "http://one.example.gov.cn/"\n')
    into = tmp_path / "cunzheng.prom"
    env = os.environ | {
        "ARCHIVE_URL": filled.url,
        "CUNZHENG_SITES": str(tmp_path / "sites.toml"),
        "CUNZHENG_METRICS": str(into),
    }
    subprocess.run(
        [sys.executable, "-m", "cli.main", "scheduled", "report", "--state", str(tmp_path / "s")],
        cwd=ROOT, env=env, capture_output=True, check=True,
    )  # fmt: skip
    assert samples(into.read_text("utf-8"))[named("cunzheng_job_exit_code", "report")] == 0
