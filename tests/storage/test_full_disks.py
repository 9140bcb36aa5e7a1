"""Disks that fill up at any moment: what was told as written is there, and nothing of the rest."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from random import Random

import pytest

from storage import Consultation
from storage.errors import DiskFull
from tests.storage.seeing import JAN, NOTICE, Told, look, only_sqlite

TRIALS = 50


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The kernel refuses to let any file of this process grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@only_sqlite
@pytest.mark.heavy
@pytest.mark.fault("4.3")
def test_whenever_the_disk_is_full_what_was_written_is_there_and_nothing_by_halves(
    told: Told, score
) -> None:
    chance = Random(3)
    told.crawl(JAN, look(NOTICE, JAN, "1"))
    full = lost = 0
    for trial in range(TRIALS):
        crawl = told.begin(at := JAN + timedelta(days=trial + 1))
        before, written = held(told), 0
        room = max(told.path.stat().st_size, 400_000) + chance.randrange(900_000)
        try:
            with no_file_larger_than(room):
                for number in range(20):
                    crawl.add(look(NOTICE, at, f"{trial}-{number}", payload=os.urandom(60_000)))
                    crawl.flush()
                    written += 1
        except DiskFull:
            full += 1
        lost += before + written - held(told)
        assert told.one("SELECT count(*) FROM versions") == held(told)
        crawl.close("interrupted", {})  # with room again
    assert (full > TRIALS / 2, lost) == (True, 0)
    assert told.one("PRAGMA integrity_check") == "ok"
    with closing(Consultation.open(told.url)) as archive:
        assert [finding for looked in archive.verify() for finding in looked.findings] == []
    score(trials=TRIALS, lost=lost)


def held(told: Told) -> int:
    return told.one("SELECT count(*) FROM capture_facts WHERE article_id IS NOT NULL")
