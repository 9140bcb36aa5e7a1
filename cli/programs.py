"""Starting our own programs, so that none of them outlives the one that started it."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from crawler.orphaned import PARENT_DIED

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

MODULES = {"scrapy": "scrapy", "cunzheng": "cli.main"}
"""Our commands as modules, so that they run by this interpreter and not by what is on the path."""


def argv(command: Sequence[str]) -> list[str]:
    """The arguments that run a command which begins with `scrapy` or `cunzheng`.

    >>> argv(["scrapy", "list"])[1:]
    ['-m', 'scrapy', 'list']
    """
    return [sys.executable, "-m", MODULES[command[0]], *command[1:]]


def started(
    command: Sequence[str],
    root: Path,
    environment: Mapping[str, str],
    *,
    out: int | IO[Any] | None = None,
    err: int | IO[Any] | None = None,
    keep: tuple[int, ...] = (),
) -> "subprocess.Popen[str]":
    """One of our commands, running. It is told to end when this program dies, however it dies; a
    crawl then ends as by a person."""
    parent = os.getpid()
    return subprocess.Popen(
        argv(command),
        cwd=root,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        text=True,
        errors="replace",
        pass_fds=keep,
        preexec_fn=lambda: _end_with(parent),
    )


def _end_with(parent: int) -> None:
    """In the child: end with the parent, also where it died before this was asked for."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, PARENT_DIED)
        if os.getppid() != parent:
            os._exit(1)
