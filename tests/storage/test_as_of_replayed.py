"""As of any instant, an archive says what its events up to then say, and what an archive says that
was told of nothing later."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Consultation
from storage.consult.as_of import AsOfQuery
from storage.judging import Absence
from tests.storage.seeing import APR, DAY, EDITED, HOUR, JAN, NOTICE, Told, look

SHOWN = (NOTICE, EDITED, Absence.NOT_FOUND, Absence.GONE)
ARTICLES = ("1001", "1002", "1003")
TICK = timedelta(microseconds=1)

looks = st.lists(
    st.builds(
        lambda what, hours, cms_id: look(what, JAN + hours * HOUR, cms_id),
        st.sampled_from(SHOWN),
        st.integers(0, 120),
        st.sampled_from(ARTICLES),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda capture: (capture.captured_at, capture.key.cms_id),
)
any_archives = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def as_of(told: Told, at: datetime) -> dict[str, tuple[str, int | None]]:
    archive = Consultation.open(told.url)
    stood = {each.cms_id: (each.state, each.version) for each in archive.snapshot(at)}
    archive.close()
    return stood


def replayed(told: Told, until: datetime) -> dict[str, tuple[str, int | None]]:
    """The state and version of each article, from the rows of its events alone."""
    rows = told.ask(
        "SELECT a.cms_id, e.kind, v.number FROM events e JOIN articles a ON a.id = e.article_id "
        "LEFT JOIN versions v ON v.id = e.version_id WHERE e.at <= ? ORDER BY e.at, e.id",
        until.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    )
    stood: dict[str, tuple[str, int | None]] = {}
    for cms_id, kind, number in rows:
        _, version = stood.get(cms_id, ("unknown", None))
        state = kind if kind in ("missing", "gone") else "present"
        stood[cms_id] = (state, number or version)
    return stood


def instants(seen) -> list[datetime]:
    moments = {capture.captured_at for capture in seen}
    return sorted(moments | {moment - TICK for moment in moments})


@any_archives
@given(looks, st.randoms(use_true_random=False), st.integers(1, 3))
def test_replaying_the_events_up_to_an_instant_is_asking_as_of_it(told_anew, seen, chance, crawls):
    told = told_anew()
    arriving = chance.sample(seen, len(seen))
    for number in range(crawls):
        told.crawl(APR + number * DAY, *arriving[number::crawls])
    for at in instants(seen):
        assert as_of(told, at) == replayed(told, at)


@any_archives
@given(looks, st.data())
def test_what_came_later_does_not_change_what_was_known_before(told_anew, seen, data):
    at = data.draw(st.sampled_from(instants(seen)))
    whole, until_then = told_anew(), told_anew()
    for capture in sorted(seen, key=lambda capture: capture.captured_at):
        whole.crawl(capture.captured_at, capture)
        if capture.captured_at <= at:
            until_then.crawl(capture.captured_at, capture)
    assert as_of(whole, at) == as_of(until_then, APR)


def test_the_archive_says_when_it_learnt_of_a_text_that_was_found_late(told):
    told.crawl(JAN, look(NOTICE, JAN))
    told.crawl(APR, look(EDITED, JAN + DAY))
    archive = Consultation.open(told.url)
    (stood,) = archive.as_of(AsOfQuery(at=JAN + 2 * DAY))
    archive.close()
    assert (stood.version, stood.captured_at) == (2, JAN + DAY)
    assert stood.recorded_at >= APR
