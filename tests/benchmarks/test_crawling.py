"""The benchmark of first crawls: what is compared does its work, and is told as ratios."""

import json

import pytest

from benchmarks.crawling.__main__ import main, ratios

COSTS = {
    "bare": {"articles/s": 500.0, "CPU ms/article": 2.0},
    "tutorial": {"articles/s": 30.0, "CPU ms/article": 30.0},
    "ours": {"articles/s": 400.0, "CPU ms/article": 3.0},
}


def test_ours_is_measured_against_both():
    assert ratios(COSTS) == {"cpu": 1.5, "rate": 0.8, "tutorial": pytest.approx(13.33, abs=0.01)}


@pytest.mark.heavy
def test_all_three_archive_or_download_the_same_small_site(capsys):
    main(["--articles", "24", "--sample", "6", "--rounds", "1", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert set(found["costs"]) == {"bare", "tutorial", "ours"}
    assert all(cost > 0 for costs in found["costs"].values() for cost in costs.values())
    assert set(found["ratios"]) == {"cpu", "rate", "tutorial"}
