"""What processes cost, as Linux tells it."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_EVERY_S = 0.25


def cpu_s(pid: int) -> float:
    """The CPU seconds of a process and of its children, ended or running."""
    return _own_s(pid) + sum(map(_own_s, children(pid)))


def _own_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) * _TICK_S


def children(pid: int) -> list[int]:
    """The processes that a process has started and that run."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text("utf-8").split()]
    return found


def memory(pid: int) -> int:
    """Bytes of memory that are a process's own, and its share of what it shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


@dataclass
class Watch:
    """The largest memory that any child of a process was seen with, looked at now and then."""

    pid: int
    largest: int = 0
    _ended: Event = field(default_factory=Event, init=False)
    _thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY_S):
            for child in children(self.pid):
                try:
                    self.largest = max(self.largest, memory(child))
                except (OSError, StopIteration):
                    continue  # it has ended
