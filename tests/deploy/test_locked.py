"""What is installed is what was locked, by its digest, and nothing of a stranger's is unpickled."""

import ast
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.crawls.conftest import ROOT

LOCKS = sorted(ROOT.glob("requirements*.lock"))
ROOMS = ("storage", "crawler", "spiders", "cli", "reading_room", "replica")
PICKLING = {"pickle", "cPickle", "_pickle", "dill", "shelve", "marshal", "joblib", "jsonpickle"}


def pins(lock: Path) -> list[tuple[str, str, str]]:
    """Name, version and the rest of each requirement."""
    text = lock.read_text("utf-8").replace("\\\n", " ")
    return re.findall(r"^([A-Za-z0-9._\[\]-]+)==(\S+)(.*)$", text, re.MULTILINE)


@pytest.mark.fault("4.35")
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_library_is_locked_by_its_digest(lock: Path, score) -> None:
    loose = [name for name, _, rest in pins(lock) if "--hash=sha256:" not in rest]
    lines = re.findall(r"^[A-Za-z].*$", lock.read_text("utf-8"), re.MULTILINE)
    score(len(lines))
    assert (loose, len(lines)) == ([], len(pins(lock)))


@pytest.mark.fault("4.35")
def test_what_is_tested_is_what_is_locked() -> None:
    locked = {re.sub(r"\[.*", "", name): told for name, told, _ in pins(ROOT / "requirements.lock")}
    assert {name: version(name) for name in locked} == locked


@pytest.mark.fault("4.35")
def test_a_library_that_is_not_what_was_locked_is_refused(tmp_path: Path) -> None:
    name, told, rest = pins(ROOT / "requirements-run.lock")[0]
    stem = f"{name.replace('-', '_')}-{told}"
    with zipfile.ZipFile(tmp_path / f"{stem}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", f"Name: {name}\nVersion: {told}\n")
        wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{stem}.dist-info/RECORD", "")
    lock = tmp_path / "one.lock"
    lock.write_text(f"{name}=={told} {rest}\n")
    options = ["--isolated", "--no-index", "--no-deps", "--require-hashes"]
    where = ["--find-links", str(tmp_path), "--target", str(tmp_path / "there")]
    refused = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, *where, "-r", str(lock)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "there").exists()


@pytest.mark.fault("4.32")
def test_nothing_is_unpickled() -> None:
    """Scrapy's own stores are pickles: its queues on a disk and its cache are not used."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    assert len(files) > 300
    named = {file.name: _imported(file) & PICKLING for file in files}
    assert {file: found for file, found in named.items() if found} == {}
    assert not re.search(r"^(?:JOBDIR|HTTPCACHE_)", (ROOT / "settings.py").read_text(), re.M)


def _imported(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
