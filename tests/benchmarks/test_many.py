"""The benchmark of many sites in one command judges each host by itself."""

import pytest

from benchmarks.many.__main__ import measured


@pytest.mark.heavy
def test_bad_sites_are_told_and_the_others_are_whole() -> None:
    night = measured(3, size=0.02, delay=0.02, jobs=7, timeout=1)
    assert night.codes(*night.good()) == {0: 3}
    assert night.codes("hangs", "fails", "refuses", "unknown") == {9: 4}
    assert (night.exit_code, night.asked_again, night.side_by_side) == (9, 0, 1)
    assert night.articles > 3
    assert night.closest_s >= 0.017
    assert night.cpu_s > 0 < night.memory
