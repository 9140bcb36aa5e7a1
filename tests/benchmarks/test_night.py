"""The benchmark of the unchanged night: its site is what the reader reads, and its figures are of
nights in which nothing changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.night.__main__ import Unchanged, night, served
from benchmarks.night.held import kept
from benchmarks.night.site import CHANNELS, article, page, path_of
from crawler.reading import page_kind, read_article


@pytest.mark.parametrize("number", [0, 7, 59, 1234])
def test_what_is_filled_in_is_what_a_reader_would_have_read(number):
    html, url = page(number).decode(), f"http://www.example.gov.cn{path_of(number)}"
    assert page_kind(html, url, 200).kind == "article"
    reading = read_article(html, url)
    assert reading.article == article(number)
    assert reading.doubts == ()
    assert 38_000 < len(html.encode()) < 42_000


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory) -> tuple[Path, list[int]]:
    """An archive of two articles a channel after a walk, an unchanged night and a snapshot of all;
    and the requests of each."""
    folder = tmp_path_factory.mktemp("night")
    path, port, unwalked = kept(2 * CHANNELS, folder)
    assert unwalked
    site = f"http://127.0.0.1:{port}/"
    with served(2 * CHANNELS, port):
        costs = [
            night(path, 1, "hanweb", "-a", f"url={site}", "-a", "full=1"),
            night(path, 2, "hanweb", "-a", f"url={site}"),
            night(path, 3, "snapshot", "-a", "budget=50"),
        ]
    return path, [cost.requests for cost in costs]


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.heavy
def test_an_unchanged_night_is_one_request_a_channel(two_nights):
    _, (_, unchanged, _) = two_nights
    assert unchanged == CHANNELS + 4  # the home page, robots.txt, and two that cannot exist


@pytest.mark.heavy
def test_nothing_is_read_anew_or_changed_by_it(two_nights):
    path, _ = two_nights
    outcomes = asked(path, "SELECT outcome, count(*) FROM captures WHERE crawl_id = 4 GROUP BY 1")
    assert ("unchanged", 50) in outcomes
    assert asked(path, "SELECT DISTINCT kind FROM events") == [("published",)]
    assert asked(path, "SELECT count(*) FROM versions") == [(2 * CHANNELS,)]


def test_each_figure_is_held_against_its_goal():
    found = Unchanged(64, 1.07, cpu_s=2.5, work_s=1.0, bytes=400.0, beyond_ms=0.1)
    assert found.ratios == {"cpu_s": 0.5, "bytes": 2.0, "beyond_ms": 0.5}
