"""Only for `scrapyd-deploy`, which builds an egg; everything else is in pyproject.toml.

The egg holds the program and sites.toml. Nothing is left in the checkout.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from setuptools import Distribution, find_namespace_packages, setup


class Egg(Distribution):
    """What pyproject.toml says is for hatchling: setuptools would take it for its own."""

    def parse_config_files(self, *_: Any, **__: Any) -> None:
        """Nothing is read."""


_ROOMS = ("storage", "crawler", "spiders", "reading_room", "cli")
# Within the checkout (setuptools leaves out metadata that lies elsewhere), and deleted at the end.
Path("var").mkdir(exist_ok=True)
_SCRATCH = os.path.relpath(tempfile.mkdtemp(prefix="egg-", dir="var"))
atexit.register(shutil.rmtree, _SCRATCH, ignore_errors=True)

setup(
    distclass=Egg,
    name="cunzheng",
    version="0.1.0",
    packages=[
        "cunzheng_scrapyd",
        *find_namespace_packages(include=[part for room in _ROOMS for part in (room, f"{room}.*")]),
    ],
    package_dir={"cunzheng_scrapyd": "deploy/scrapyd"},
    py_modules=["settings"],
    package_data={"": ["*.sql", "*.html", "*.css", "*.js", "*.txt", "*.json", "*.svg"]},
    data_files=[("", ["sites.toml"])],
    entry_points={"scrapy": ["settings = cunzheng_scrapyd"]},
    options={
        "build": {"build_base": f"{_SCRATCH}/build"},
        "egg_info": {"egg_base": _SCRATCH},
        "bdist_egg": {"bdist_dir": f"{_SCRATCH}/egg"},
    },
)
