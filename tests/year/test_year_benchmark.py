"""The benchmark of the year, run as anyone would run it, on a year of a few nights."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.year.__main__ import main
from benchmarks.year.crawling import visits
from benchmarks.year.report import Lived, Report, as_text
from benchmarks.year.score import Count, Figures
from benchmarks.year.sessions import Weather

ROOT = Path(__file__).resolve().parents[2]
TINY = ["--articles", "14", "--nights", "8", "--level", "told"]


def test_the_figures_are_printed_and_the_last_line_is_what_is_wrong(place, capsys):
    assert main([*TINY, "--archive", place.url]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    orders = [line.partition(":")[0] for line in lines if "captures" in line]
    assert orders == ["as-it-happened", "in-time-order", "newest-first", "by-chance"]
    heads = next(line for line in lines if "happened" in line and ":" not in line)
    assert heads.split()[:5] == ["happened", "uncaught", "found", "missed", "invented"]
    assert last.startswith("missed or invented: 0 of ")


def test_machines_get_the_same_figures_as_json(capsys):
    assert main([*TINY, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["seed"], report["articles"], report["nights"]) == (7, 14, 8)
    assert report["database"] == "sqlite"
    figures = [lived["figures"] for lived in report["lived"]]
    assert len(figures) == 4
    assert all(each == figures[0] for each in figures), "whatever the order"
    edits = figures[0]["edits"]
    assert edits["happened"] == edits["found"] + edits["unseen"] > 0


def test_help_shows_an_example_that_the_program_takes(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "python -m benchmarks.year --articles" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--articles", "0"], ["--nights", "x"], ["--level", "none"]])
def test_what_is_no_year_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as refused:
        main(wrong)
    assert refused.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_what_was_missed_invented_or_differs_stands_in_the_report():
    none, some = Count(0, 0, 0, 0, 0), Count(9, 2, 5, 1, 1, (0.5, 1.0, 1.5, 2.0, 9.0))
    figures = Figures(some, none, none, none)
    differing = [f"article {number}, events: …" for number in range(7)]
    report = Report(7, 10, 10, "sqlite", [Lived("by-chance", figures, 1.0, {}, differing)])
    lines = as_text(report).splitlines()
    assert lines[-1] == "missed or invented: 7 of 5"
    assert next(line for line in lines if "edits" in line).split() == [
        "edits", "9", "2", "5", "1", "1", "1.5", "2.8", "2.0", "9.0"
    ]  # fmt: skip
    assert sum("differs" in line for line in lines) == 5
    assert "  and 2 more" in lines


def test_crawls_of_a_year_are_the_same_for_everyone_and_never_a_day_apart():
    planned = list(visits(7, 60, 200))
    assert planned == list(visits(7, 60, 200))
    assert {visit.weather for visit in planned} == set(Weather)
    assert {visit.skin for visit in planned} == {0, 1}
    moments = [visit.begins_at for visit in planned]
    assert moments == sorted(moments)
    for earlier in moments:
        apart = [(later - earlier).total_seconds() - 86400 for later in moments]
        assert all(abs(seconds) > 120 for seconds in apart)


@pytest.mark.slow
def test_a_site_that_the_spiders_crawl_for_some_nights_is_told_exactly(place):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.year", "--level", "crawled", "--articles", "30",
         "--nights", "9", "--seed", "7", "--json", "--archive", place.url],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (lived,) = json.loads(done.stdout)["lived"]
    assert lived["differences"] == []
    assert lived["figures"]["edits"]["found"] >= 3
    assert lived["sizes"]["requests"] > 100
    assert lived["sizes"]["held and released"] == 1
