"""However a machine's clock is set, before a crawl or during it, history keeps its order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Archive, Consultation
from tests.crawler.test_clock import HOUR, NOON, Machine
from tests.storage.seeing import EDITED, HOST, NOTICE, Told, look
from tests.storage.test_as_of_replayed import any_archives

wrong_by = st.sampled_from([-2 * HOUR, timedelta(0), 24 * HOUR])
looks = st.tuples(st.floats(0.001, 5000), wrong_by, st.sampled_from([NOTICE, EDITED]))
crawls = st.lists(
    st.tuples(wrong_by, st.lists(looks, min_size=1, max_size=4)), min_size=1, max_size=4
)


class Wrong(Machine):
    """A machine whose clock is set back and forth; `up` tells the true time."""

    def is_set(self, wrong_by: timedelta) -> None:
        self.clock = NOON + timedelta(seconds=self.up) + wrong_by


def crawled(told: Told, nights: list) -> list:
    """What was seen, in the order in which it was seen."""
    machine, seen = Wrong(), []
    for before, looked in nights:
        machine.passes(3600)
        machine.is_set(before)
        clock = machine.crawl_clock()
        archive = Archive.open(told.url, clock)
        clock.go_on_from(archive.latest())
        with archive.record("hanweb", f"http://{HOST}/", [HOST]) as crawl:
            for seconds, during, article in looked:
                machine.passes(seconds)
                machine.is_set(during)
                seen.append(look(article, clock()))
                crawl.add(seen[-1])
        archive.close()
    return seen


@any_archives
@given(crawls)
@pytest.mark.fault("4.14")
def test_however_a_clock_is_set_nothing_is_lost_and_what_was_seen_later_is_dated_later(
    told_anew, nights
):
    told = told_anew()
    seen = crawled(told, nights)

    dated = told.ask("SELECT captured_at, recorded_at FROM captures ORDER BY id")
    assert len(dated) == len(seen)
    assert dated == sorted(dated)
    shown = [each.article for each in seen]
    changed = [one for one, before in zip(shown, [None, *shown], strict=False) if one != before]
    versions = told.ask("SELECT body FROM versions ORDER BY first_captured_at, number")
    assert versions == [(each.body,) for each in changed]
    negative = "SELECT count(*) FROM {} WHERE {} < {}"
    assert told.one(negative.format("crawls", "finished_at", "started_at")) == 0
    assert told.one(negative.format("versions", "last_captured_at", "first_captured_at")) == 0
    archive = Consultation.open(told.url)
    for each in seen:
        stood = archive.memento(f"{HOST}/1001", each.captured_at)
        assert stood.version.content.body == each.article.body
    archive.close()
