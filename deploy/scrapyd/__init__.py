"""The settings of an egg that runs under Scrapyd.

Scrapyd runs an egg as the zip file that it is; steps of the schema and the declared sites are read
as files, and the reader of documents is a program of its own. So the egg is unpacked into a folder
that lasts as long as the process. Where the operator names no archive, it is `var/archive.db` in
the folder in which Scrapyd runs: one in the unpacked egg would be deleted with it.
"""

import atexit
import importlib
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

_egg = Path(__file__).parents[1]


def _unpacked(egg: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cunzheng-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(egg) as packed:
        packed.extractall(folder)
    return folder


if _egg.is_file():
    sys.path.insert(0, str(_unpacked(_egg)))
    os.environ.setdefault("ARCHIVE_URL", f"sqlite:///{Path.cwd() / 'var' / 'archive.db'}")
    os.environ.setdefault("CUNZHENG_STATE", str(Path.cwd() / "var" / "state"))

_settings = importlib.import_module("settings")
globals().update({name: value for name, value in vars(_settings).items() if name.isupper()})
