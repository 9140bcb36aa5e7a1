"""A program: bends the pages of a site, and follows the branches of the readers as it does.

`python -m tests.fuzz.fuzzing listing|article SECONDS FOLDER`: 0 where every text gave a value or an
error of ours; else the traceback is shown, and the text is kept in the folder. It needs atheris,
which `make fuzz` puts beside the project."""

import importlib
import sys
from pathlib import Path

from replica.answers import answer
from replica.kinds import KINDS
from replica.site import Site
from replica.truth import World


def sow(folder: Path) -> None:
    """The pages of sites of all kinds, to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in KINDS.items():
        site = Site(world=World(size=0.1), kind=kind)
        site.url = "http://a.gov.cn"
        day = site.world.on(site.day)
        urls = [site.channel_url(each.number) for each in day.channels][:3]
        urls += [site.article_url(number) for number in day.articles][:3]
        for at, url in enumerate(urls):
            given = answer(site, url.removeprefix(site.url), {})
            (folder / f"{name}-{at}").write_bytes(given.body)


def main(which: str, seconds: str, folder: str) -> None:
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["crawler"]):
        readers = importlib.import_module("tests.fuzz.readers")
    seeds, found = Path(folder, "seeds"), Path(folder, "found")
    sow(seeds)
    found.mkdir(exist_ok=True)
    limits = [f"-max_total_time={seconds}", "-timeout=30", "-max_len=20000", "-rss_limit_mb=1500"]
    # With one seed a night is the same night again; the sites' pages are where it begins.
    options = ["fuzzing", "-seed=1", *limits, f"-artifact_prefix={found}/", str(seeds)]
    atheris.Setup(options, readers.READERS[which])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
