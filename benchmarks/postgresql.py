"""A PostgreSQL of the benchmarks' own, which waits for no disk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgres.server import Server, programs, running


def is_installed() -> bool:
    """Whether there is one on this machine."""
    return programs() is not None


@contextmanager
def postgresql() -> Iterator[Server]:
    """It runs for as long as the block lasts. Raises SystemExit where there is none."""
    place = programs()
    if place is None:
        sys.exit("PostgreSQL is not installed; as root: make postgresql")
    with running(place) as server:
        yield server
