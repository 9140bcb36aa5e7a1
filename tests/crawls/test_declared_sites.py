"""Declared sites: a few lines of data each, and each a spider of its own."""

import subprocess
import sys
import tomllib
from pathlib import Path

from crawler.site import load_sites
from replica import World, serve
from tests.crawls.conftest import ROOT, Book, Crawl


def listed(environment: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_scrapy_list_names_every_declared_site(environment: dict[str, str]) -> None:
    declared = tomllib.loads((ROOT / "sites.toml").read_text("utf-8"))

    assert len(declared) >= 13
    assert set(listed(environment)) == {"hanweb", "snapshot", *declared}
    assert all(site.url.startswith("http") for site in load_sites(ROOT / "sites.toml"))


def test_a_declared_site_is_crawled_by_its_name(crawl: Crawl, book: Book, tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    with serve(World(seed=7, size=0.2)) as site:
        sites.write_text(
            f'[here]\ntitle = "本地"\nurl = "{site.url}"\nchannels = ["17863"]\ndelay = 0.002\n'
            "articles_at_least = 1000\n"
        )
        ended = crawl("here", env={"CUNZHENG_SITES": str(sites)})

    assert ended.code == 6, "fewer articles than the declaration expects"
    assert "1000 are expected" in ended.out
    assert book.ask(
        "SELECT DISTINCT c.cms_id FROM walks w JOIN channels c ON c.id = channel_id"
    ) == [("17863",)]
    assert book.count("versions") > 0
