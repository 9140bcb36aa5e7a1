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
    fuzzed = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.fuzzing", which, SECONDS, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ATHERIS}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert fuzzed.returncode == 0, fuzzed.stdout[-3000:] + fuzzed.stderr[-3000:]
    told = re.search(r"Done (\d+) runs", fuzzed.stderr)
    assert told
    score(int(told[1]), lost=0)
    assert int(told[1]) > 50
    assert list((tmp_path / "found").iterdir()) == []
