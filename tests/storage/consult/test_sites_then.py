"""Sites as they were held at an instant: what is counted by events is what a snapshot shows."""

from collections import Counter
from datetime import timedelta

import pytest

from storage import Consultation
from storage.consult.sites import sites_held
from storage.consult.sites_then import sites_then
from tests.storage.story import DAYS, HOST

_HOURS = [timedelta(hours=hours) for hours in (-1, 0, 1, 25, 26, 49, 50, 1000)]


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request, story):
    consultation = Consultation.open(story(request.param).url)
    yield consultation
    consultation.close()


@pytest.mark.parametrize("after", _HOURS)
def test_counts_are_those_of_a_snapshot(archive, after):
    at = DAYS[0] + after
    stood = list(archive.snapshot(at, site=HOST))
    read = [each for each in stood if each.version is not None]
    states = Counter(each.state for each in read)
    found = archive.ask(sites_then, at)
    if not stood:
        assert sum(site.articles + site.unread for site in found) == 0
        return
    (site,) = found
    assert (site.present, site.missing, site.gone) == tuple(
        states[name] for name in ("present", "missing", "gone")
    )
    assert (site.articles, site.unread) == (len(read), len(stood) - len(read))
    assert site.versions == sum(each.version for each in read)


def test_after_all_it_is_what_is_held_now(archive):
    (then,) = archive.ask(sites_then, DAYS[-1] + timedelta(days=9))
    (now,) = archive.ask(sites_held)
    names = ("articles", "versions", "present", "missing", "gone", "unread", "channels")
    assert [getattr(then, name) for name in names] == [getattr(now, name) for name in names]
