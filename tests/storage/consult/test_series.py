"""Series for charts: what was published, seen, edited and taken down, and how words fare."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from storage import Article, Consultation
from storage.consult.periods import Step
from storage.consult.series import Counted, Each, Point, SeriesQuery
from storage.judging import Absence
from tests.places import Place
from tests.storage.seeing import APR, DAY, FEB, HOST, JAN, MAR, Told, entry, look, walk

OTHER = "www.example.org"


def _page(published: str, body: str = "各地开展试点。") -> Article:
    return Article(title="通知", body=body, published=published)


@pytest.fixture(scope="module")
def archive(lasting: Place) -> Iterator[Consultation]:
    told = Told(lasting)
    told.crawl(
        JAN,
        *walk(JAN, entry("1"), entry("2"), entry("3")),
        look(_page("2025-11-30"), JAN, "1"),
        look(_page("2026-01-01T00:30+08:00"), JAN, "2"),
        look(_page("2026-01-09", body="ＧＤＰ增长，停止试\n点。"), JAN, "3"),
    )
    told.crawl(FEB, look(_page("2026-01", "无"), FEB, "7", OTHER), host=OTHER)
    told.crawl(MAR, look(_page("2025-11-30", "各地应当开展。"), MAR, "1"))
    told.crawl(MAR + DAY, *walk(MAR + DAY, entry("1"), entry("3")))
    told.crawl(MAR + 2 * DAY, look(Absence.NOT_FOUND, MAR + 2 * DAY, "2"))
    told.crawl(APR, look(Absence.NOT_FOUND, APR, "2"))
    consultation = Consultation.open(told.url)
    yield consultation
    consultation.close()
    told.rest()


def _points(found) -> list[list[tuple[str, int]]]:
    return [[(point.period, point.count) for point in each.points] for each in found]


@pytest.mark.parametrize(
    ("counted", "points"),
    [
        (Counted.PUBLISHED, [("2025-11", 1), ("2025-12", 0), ("2026-01", 3)]),
        (Counted.CAPTURED, [("2026-01", 3), ("2026-02", 1)]),
        (Counted.EDITED, [("2026-03", 1)]),
        (Counted.SILENT, [("2026-03", 1)]),
        (Counted.MISSING, [("2026-03", 1)]),
        (Counted.GONE, [("2026-04", 1)]),
    ],
)
def test_each_thing_is_counted_in_the_month_of_its_own_time(archive, counted, points):
    assert _points(archive.series(counted)) == [points]


def test_what_never_happened_has_no_series(archive):
    assert archive.series(Counted.RESTORED) == []


def test_years_sites_and_channels(archive):
    yearly = archive.series(Counted.PUBLISHED, SeriesQuery(step=Step.YEAR))
    assert _points(yearly) == [[("2025", 1), ("2026", 3)]]
    by_site = archive.series(Counted.CAPTURED, SeriesQuery(each=Each.SITE))
    assert [(each.host, each.total) for each in by_site] == [(HOST, 3), (OTHER, 1)]
    by_channel = archive.series(Counted.PUBLISHED, SeriesQuery(each=Each.CHANNEL))
    assert [(each.channel, each.total) for each in by_channel] == [("11", 3)]


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ({"host": HOST}, 3),
        ({"channel": "11"}, 3),
        ({"channel": "12"}, 0),
        ({"since": date(2026, 1, 1)}, 3),
        ({"until": date(2026, 1, 1)}, 3),
        ({"since": date(2026, 1, 2), "until": date(2026, 1, 9)}, 2),
    ],
)
def test_series_are_narrowed(archive, filters, total):
    found = archive.series(Counted.PUBLISHED, SeriesQuery(**filters))
    assert sum(each.total for each in found) == total


def test_a_day_of_beijing_is_what_bounds_instants(told: Told):
    late = JAN.replace(hour=17)  # past midnight in Beijing: the 11th
    told.crawl(late, look(_page("2026-01-10"), late))
    archive = Consultation.open(told.url)
    eleventh, tenth = date(2026, 1, 11), date(2026, 1, 10)
    for day, count in ((tenth, 0), (eleventh, 1)):
        found = archive.series(Counted.CAPTURED, SeriesQuery(since=day, until=day))
        assert sum(each.total for each in found) == count
    archive.close()


def test_the_last_hours_of_a_month_in_utc_are_the_next_month_in_beijing(told: Told):
    late = JAN.replace(day=31, hour=20)
    told.crawl(late, look(_page("2026-01-10"), late))
    archive = Consultation.open(told.url)
    assert _points(archive.series(Counted.CAPTURED)) == [[("2026-02", 1)]]
    archive.close()


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        (["试点"], [0, 0, 1]),
        (["应当"], [1, 0, 0]),
        (["开展试点"], [0, 0, 1]),
        (["gdp"], [0, 0, 1]),
        (["gdp增长"], [0, 0, 1]),
        (["应当", "开展"], [1, 0, 0]),
        (["点停止试"], [0, 0, 0]),
        (["沙漠"], [0, 0, 0]),
        ([], [0, 0, 0]),
        (['"'], [0, 0, 0]),
    ],
)
def test_a_word_is_counted_by_the_month_of_publication_among_all_of_that_month(
    archive, words, counts
):
    (found,) = archive.word_series(*words)
    assert [point.count for point in found.points] == counts
    assert [point.of for point in found.points] == [1, 0, 3]


def test_a_share_is_of_something():
    assert Point("2026-01", 1, 4).share == 0.25
    assert Point("2025-12", 0, 0).share is None
    assert Point("2025-12", 3).share is None


def test_a_slip_of_a_date_does_not_stretch_a_series_over_centuries(told: Told):
    told.crawl(JAN, look(_page("0202-01-09"), JAN, "1"), look(_page("2026-01-09"), JAN, "2"))
    archive = Consultation.open(told.url)
    assert _points(archive.series(Counted.PUBLISHED)) == [[("0202-01", 1), ("2026-01", 1)]]
    archive.close()


def test_what_is_held_grows_with_the_captures_and_falls_with_what_leaves_the_list(told: Told):
    told.crawl(JAN, *walk(JAN, entry("1"), entry("2")), look(_page("2026-01-01"), JAN, "1"))
    told.crawl(FEB, *walk(FEB, entry("1"), entry("2")), look(_page("2026-01-02"), FEB, "2"))
    renamed = entry("2", title="改了题的条目")
    told.crawl(MAR, *walk(MAR, entry("1"), renamed))
    told.crawl(APR, *walk(APR, renamed))
    archive = Consultation.open(told.url)
    (channel,) = archive.claims(HOST)
    told_ = [(c.walked_at, c.claimed_total, c.listed, c.held) for c in channel.claims]
    assert told_ == [(JAN, 2, 2, 1), (FEB, 2, 2, 2), (MAR, 2, 2, 2), (APR, 1, 1, 1)]
    assert archive.claims(HOST, "99") == archive.claims("www.example.org") == []
    archive.close()


def test_a_year_alone_has_no_month(told: Told):
    told.crawl(JAN, look(replace(_page("2026-01-09"), published="2026"), JAN))
    archive = Consultation.open(told.url)
    assert archive.series(Counted.PUBLISHED) == []
    yearly = archive.series(Counted.PUBLISHED, SeriesQuery(step=Step.YEAR))
    assert _points(yearly) == [[("2026", 1)]]
    archive.close()


@pytest.mark.parametrize("counted", Counted)
def test_all_sites_together_are_the_sum_of_each(archive, counted):
    """The whole is counted along an index, what each site has row by row."""
    (all_,) = archive.series(counted) or [None]
    summed: dict[str, int] = {}
    for site in archive.series(counted, SeriesQuery(each=Each.SITE)):
        for point in site.points:
            summed[point.period] = summed.get(point.period, 0) + point.count
    counts = {point.period: point.count for point in all_.points} if all_ else {}
    assert {period: n for period, n in counts.items() if n} == {
        period: n for period, n in summed.items() if n
    }
    if all_:
        for host in (HOST, OTHER):
            alone = archive.series(counted, SeriesQuery(host=host))
            each = [
                s for s in archive.series(counted, SeriesQuery(each=Each.SITE)) if s.host == host
            ]
            assert _points(alone) == _points(each)
