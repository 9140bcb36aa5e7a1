"""Many sites side by side on one machine: a program for each, one host at a time for those of one
host, and no site that holds up another."""

import json
import os
import signal
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Any

from cli.programs import started
from crawler.ending import ExitCode
from crawler.hanweb import host_of
from crawler.progress.lines import MARK
from crawler.site import Site

_MEMORY_EACH = 250 * 2**20
"""Bytes that a crawl may need; measured ones need half of it."""

_EACH_PROCESSOR = 8
"""Crawls a processor: they wait for their sites nearly all the time."""


@dataclass(frozen=True, slots=True)
class SiteEnded:
    """How a site's crawl ended, and what it said."""

    name: str
    code: ExitCode
    seconds: float
    out: str
    err: str


@dataclass
class Fleet:
    """Crawls of declared sites. `environment` is what their programs are given; `watch`, where
    there is one, is told how far each has come, on a thread of that crawl."""

    root: Path
    environment: dict[str, str]
    watch: Callable[[str, Mapping[str, Any]], None] | None = None
    _running: set["subprocess.Popen[str]"] = field(default_factory=set, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)
    _ending: Event = field(default_factory=Event, init=False)

    def run(self, sites: Sequence[Site], jobs: int) -> Iterator[SiteEnded]:
        """Each site as it ends. Sites of one host go one after the other."""
        by_host: dict[str, list[Site]] = defaultdict(list)
        for site in sites:
            by_host[host_of(site.url)].append(site)
        ended: list[SiteEnded] = []
        with ThreadPoolExecutor(max(1, jobs)) as threads:
            waiting = [
                threads.submit(self._crawl_all, group, ended.append) for group in by_host.values()
            ]
            for each in as_completed(waiting):
                each.result()
                while ended:
                    yield ended.pop(0)

    def end(self) -> None:
        """Have all crawls end as by a person: they finish what is in flight and can go on later."""
        self._ending.set()
        with self._lock:
            for process in self._running:
                process.send_signal(signal.SIGTERM)

    def _crawl_all(self, sites: Sequence[Site], tell: Callable[[SiteEnded], None]) -> None:
        for site in sites:
            tell(self._crawl(site))

    def _crawl(self, site: Site) -> SiteEnded:
        begun = monotonic()
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            with self._lock:
                if self._ending.is_set():
                    return SiteEnded(site.name, ExitCode.INTERRUPTED, 0.0, "", "")
                process = started(
                    ("scrapy", "crawl", site.name),
                    self.root,
                    self.environment | {"CUNZHENG_PROGRESS": "json" if self.watch else "none"},
                    out=said,
                    err=subprocess.PIPE,
                )
                self._running.add(process)
            err = self._listen(site.name, process)
            code = code_of(process.wait())
            with self._lock:
                self._running.discard(process)
            said.seek(0)
            return SiteEnded(site.name, code, monotonic() - begun, said.read(), err)

    def _listen(self, name: str, process: "subprocess.Popen[str]") -> str:
        """What a crawl says until it ends, but for how far it has come: that is told at once."""
        assert process.stderr is not None
        kept = []
        with process.stderr as lines:
            for line in lines:
                if self.watch is not None and line.startswith(MARK):
                    self.watch(name, json.loads(line)["progress"])
                else:
                    kept.append(line)
        return "".join(kept)


def code_of(returned: int) -> ExitCode:
    """The exit code of a crawl's program: one that a signal killed was interrupted, and anything
    that is not of the contract is an error of the program.

    >>> [code_of(n).name for n in (0, 7, -9, 64)]
    ['COMPLETE', 'HELD', 'INTERRUPTED', 'INTERNAL']
    """
    if returned < 0:
        return ExitCode.INTERRUPTED
    return ExitCode(returned) if returned in set(ExitCode) else ExitCode.INTERNAL


def means_of_this_machine() -> int:
    """How many crawls this machine can bear at once, by its processors and free memory."""
    processors = len(os.sched_getaffinity(0)) * _EACH_PROCESSOR
    try:
        lines = Path("/proc/meminfo").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return processors
    free = next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable")), 0)
    return max(1, min(processors, free * 1024 // _MEMORY_EACH))
