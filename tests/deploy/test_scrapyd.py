"""A real Scrapyd on loopback: the egg is deployed, a crawl is scheduled, the report is read."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from replica import World, serve
from tests.crawls.conftest import ROOT

pytest.importorskip("scrapyd", reason="scrapyd is not installed")
pytest.importorskip("scrapyd_client", reason="scrapyd-client is not installed")

LIMIT_S = 60.0


class Scrapyd:
    """Its JSON API."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, name: str, **query: str) -> dict[str, Any]:
        return self._answer(f"{self.url}{name}.json?{urlencode(query)}", None)

    def tell(self, name: str, **form: str) -> dict[str, Any]:
        return self._answer(f"{self.url}{name}.json", urlencode(form).encode())

    def ended(self, job: str) -> bool:
        jobs = self.ask("listjobs", project="cunzheng")["finished"]
        return job in [each["id"] for each in jobs]

    def _answer(self, url: str, data: bytes | None) -> dict[str, Any]:
        with urlopen(url, data, timeout=LIMIT_S) as answer:
            found: dict[str, Any] = json.load(answer)
        assert found["status"] == "ok", found
        return found


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "var").mkdir()
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "CUNZHENG_DELAY": "0.001",
        "PYTHONSAFEPATH": "1",
    }


@pytest.fixture
def scrapyd(settings: dict[str, str], tmp_path: Path) -> Iterator[Scrapyd]:
    """A Scrapyd in a folder where nothing of ours stands, with our scrapyd.conf but its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = (ROOT / "scrapyd.conf").read_text("utf-8")
    quick = config.replace("6800", f"{port}\npoll_interval = 0.2")
    (tmp_path / "scrapyd.conf").write_text(quick, "utf-8")
    log = (tmp_path / "scrapyd.log").open("wb")
    running = subprocess.Popen(
        [sys.executable, "-m", "scrapyd", "--pidfile="],
        cwd=tmp_path, env=settings, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        made = Scrapyd(f"http://127.0.0.1:{port}/")
        until(lambda: answers(port))
        yield made
    finally:
        running.terminate()
        running.wait(LIMIT_S)
        log.close()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(so: Any) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def deployed(scrapyd: Scrapyd, folder: Path) -> None:
    """`scrapyd-deploy`, as an operator types it, but to another port."""
    egg = folder / "project.egg"
    deploy = [sys.executable, "-m", "scrapyd_client.deploy"]
    subprocess.run(
        [*deploy, "--build-egg", str(egg)], cwd=ROOT, check=True, capture_output=True, timeout=60
    )
    (folder / "scrapy.cfg").write_text(
        f"[settings]\ndefault = settings\n[deploy]\nurl = {scrapyd.url}\nproject = cunzheng\n"
    )
    done = subprocess.run(
        [*deploy, "--egg", str(egg), "--version", "r1"],
        cwd=folder, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done
    (folder / "scrapy.cfg").unlink()


def test_an_egg_is_deployed_its_crawl_scheduled_and_the_report_read(
    scrapyd: Scrapyd, settings: dict[str, str], tmp_path: Path
) -> None:
    before = sorted(path.name for path in ROOT.iterdir())
    deployed(scrapyd, tmp_path)
    assert sorted(path.name for path in ROOT.iterdir()) == before, "nothing is left behind"
    spiders = scrapyd.ask("listspiders", project="cunzheng")["spiders"]
    assert {"hanweb", "snapshot"} < set(spiders), "with the sites of sites.toml"

    with serve(World(seed=7, size=0.1)) as site:
        job = scrapyd.tell("schedule", project="cunzheng", spider="hanweb", url=site.url)["jobid"]
        until(lambda: scrapyd.ended(job))

    log = (tmp_path / "scrapyd.log").read_text("utf-8")
    assert "Process finished" in log, log
    archive = f"sqlite:///{tmp_path}/var/archive.db"
    report = subprocess.run(
        [sys.executable, "-m", "cli.main", "report", "--json", "--archive", archive],
        cwd=ROOT, env=settings | {"PYTHONSAFEPATH": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (crawl,) = json.loads(report.stdout)["crawls"]
    assert (crawl["ending"], crawl["spider"]) == ("COMPLETE", "hanweb")
    assert crawl["events"]["published"] > 0
