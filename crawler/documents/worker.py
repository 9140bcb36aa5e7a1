"""The process that reads files from strangers: `python -m crawler.documents.worker`.

It may use so much memory and time and no more, may not write a file, and leaves no core dump. It
reads questions from its input and writes answers to its output until the input ends.
"""

import gc
import math
import os
import resource
import sys
import time
from typing import IO

from crawler.documents.readers import read
from crawler.documents.values import Limits
from crawler.documents.wire import (
    NO_READER,
    OUT_OF_MEMORY,
    READY,
    UNFORESEEN,
    answered,
    question,
    receive,
    send,
)

_LONGEST = 2**40
_OPEN_FILES = 32


def main() -> None:
    """Answer until nobody asks."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come among the answers
    _confine()
    send(answers, READY)
    while (message := receive(sys.stdin.buffer, _LONGEST)) is not None:
        _serve(message, answers)


def _serve(message: bytes, answers: IO[bytes]) -> None:
    name, media_type, limits = question(message)
    data = receive(sys.stdin.buffer, _LONGEST)
    if data is None:
        raise SystemExit(UNFORESEEN)
    try:
        _allow(limits)
    except (OSError, ValueError) as error:
        raise SystemExit(NO_READER) from error
    try:
        send(answers, answered(read(data, name, media_type, limits)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # at once: a tidy end would ask for memory again
    except ImportError as error:
        raise SystemExit(NO_READER) from error
    gc.collect()


def _confine() -> None:
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))


def _allow(limits: Limits) -> None:
    """Set what this file may cost, beyond what those before it have cost."""
    used = math.ceil(time.process_time())
    _soften(resource.RLIMIT_CPU, used + limits.cpu_seconds)
    _soften(resource.RLIMIT_AS, limits.memory)


def _soften(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    main()
