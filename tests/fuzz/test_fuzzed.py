"""A fuzzer that follows the branches of the readers finds no text that brings them down."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawls.conftest import ROOT
from tests.fuzz.fuzzing import sow
from tests.fuzz.readers import READERS

ATHERIS = ROOT / ".venv" / "fuzz"
SECONDS = "60"
_ATTEMPTS = 3
"""Atheris rewrites the bytecode of what it follows, now and then wrongly: a `re.Match` was asked to
be a context manager where none is wanted. Such a find brings down nothing but the fuzzer."""


@pytest.mark.fault("8.3")
@pytest.mark.parametrize("which", READERS)
def test_the_pages_that_a_fuzzer_begins_with_are_read(which: str, tmp_path: Path, score) -> None:
    sow(tmp_path)
    pages = list(tmp_path.iterdir())
    for page in pages:
        READERS[which](page.read_bytes())
    score(len(pages), lost=0)
    assert len(pages) > 30


@pytest.mark.heavy
@pytest.mark.fault("8.3")
@pytest.mark.parametrize("which", READERS)
def test_no_bent_page_brings_a_reader_down(which: str, tmp_path: Path, score) -> None:
    if not (ATHERIS / "atheris").is_dir():
        pytest.skip("atheris is not there; `make fuzz` puts it there, for Python 3.11 on Linux")
    for attempt in range(_ATTEMPTS):
        folder = tmp_path / str(attempt)
        fuzzed = _fuzzed(which, folder)
        for find in (folder / "found").iterdir():
            READERS[which](
                find.read_bytes()
            )  # brings it down here too, if it is the reader's fault
        if told := re.search(r"Done (\d+) runs", fuzzed.stderr):
            break
    assert told, fuzzed.stdout[-3000:] + fuzzed.stderr[-3000:]
    assert fuzzed.returncode == 0, fuzzed.stderr[-3000:]
    score(int(told[1]), lost=0)
    assert int(told[1]) > 50


def _fuzzed(which: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz.fuzzing", which, SECONDS, str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ATHERIS}"},
        capture_output=True,
        text=True,
        check=False,
    )
