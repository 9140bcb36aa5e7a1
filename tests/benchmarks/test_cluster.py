"""The benchmark of workers judges them by the servers' own logs."""

import pytest

from benchmarks.cluster.__main__ import Row, lines, measured


@pytest.mark.heavy
def test_two_workers_crawl_each_article_once_and_keep_their_distance(postgres) -> None:
    row = measured(postgres, 2, sites=2, size=0.02, delay=0.05, jobs=1)
    assert (row.workers, row.articles > 2) == (2, True)
    assert (row.each_once, row.asked_again, row.side_by_side) == (True, 0, 1)
    assert row.closest_s >= 0.047


def test_the_table_says_what_part_of_one_workers_time_is_left() -> None:
    rows = [Row(1, 40.0, 24, 0.5, 1, 0, True), Row(2, 22.0, 24, 0.5, 1, 0, False)]
    assert [line.split()[-6:] for line in list(lines(rows))[1:]] == [
        ["1.00", "24", "0.500", "1", "0", "yes"],
        ["0.55", "24", "0.500", "1", "0", "NO"],
    ]
