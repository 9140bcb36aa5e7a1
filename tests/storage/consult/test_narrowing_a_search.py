"""A search is narrowed by where the words stand, what the page says of itself, and when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from storage import Article, Consultation
from storage.consult.query import Cursor, Query, Sort, Within
from storage.judging import Absence
from tests.places import Place
from tests.storage.seeing import APR, DAY, FEB, JAN, MAR, NOTICES, Told, entry, look, walk

PARKING = Article(
    title="停车管理办法",
    body="规范停车，收取费用。",
    published="2026-01-09",
    source="市公安局",
    doc_number="示政发〔2026〕3号",
)
FEES = Article(
    title="收费公示", body="停车费每小时五元。", published="2026-01-20", source="市物价局"
)
PARK = Article(title="公园开放", body="公园免费开放。", published="2026-01-05")


@pytest.fixture(scope="module")
def archive(lasting: Place) -> Iterator[Consultation]:
    """Three pages; the rules were altered in February, the fees taken down in March."""
    told = Told(lasting)
    altered = replace(PARKING, body="规范停车，免收费用。")
    told.crawl(
        JAN,
        *walk(JAN, entry("1"), entry("2"), entry("3")),
        *(look(page, JAN, str(n)) for n, page in enumerate((PARKING, FEES, PARK), 1)),
    )
    told.crawl(FEB, *walk(FEB, entry("1"), entry("3")), look(altered, FEB, "1"))
    told.crawl(MAR, look(Absence.NOT_FOUND, MAR, "2"))
    told.crawl(MAR + 2 * DAY, look(Absence.NOT_FOUND, MAR + 2 * DAY, "2"))
    consultation = Consultation.open(told.url)
    yield consultation
    consultation.close()
    told.rest()


def _found(archive: Consultation, *words: str, **filters: object) -> list[str]:
    return [hit.article.cms_id for hit in archive.search(Query.of(*words, **filters)).hits]


@pytest.mark.parametrize(
    ("words", "filters", "expected"),
    [
        ("停车", {}, ["1", "2"]),
        ("停车", {"sort": Sort.DATE}, ["2", "1"]),
        ("停车", {"within": Within.TITLE}, ["1"]),
        ("停", {"within": Within.TITLE}, ["1"]),
        ("停车", {"within": Within.BODY}, ["2", "1"]),
        ("办法", {"within": Within.BODY}, []),
        ("停车", {"source": "公安"}, ["1"]),
        ("停车", {"source": "%"}, []),
        ("停车", {"doc_number": "政发[2026]3号"}, ["1"]),
        ("停车", {"doc_number": "政发〔2026〕4"}, []),
        ("停车", {"edited": True}, ["1"]),
        ("停车", {"state": "gone"}, ["2"]),
        ("停车", {"since": date(2026, 1, 10)}, ["2"]),
        ("停车", {"channel": NOTICES}, ["1"]),
        ("免收", {"as_of": JAN}, []),
        ("收取", {"as_of": JAN}, ["1"]),
        ("收取", {"as_of": FEB}, []),
        ("免收", {"as_of": FEB}, ["1"]),
        ("停车", {"as_of": JAN - DAY}, []),
        ("停车", {"as_of": FEB}, ["1", "2"]),
        ("停车", {"as_of": APR}, ["1"]),
        ("停车", {"as_of": APR, "state": "gone"}, ["2"]),
        ("停车", {"as_of": JAN, "channel": NOTICES}, ["1", "2"]),
        ("停车", {"as_of": APR, "channel": NOTICES}, ["1"]),
        ("停车", {"as_of": JAN, "edited": True}, []),
        ("停车", {"as_of": FEB, "edited": True}, ["1"]),
        ("", {"state": "gone"}, ["2"]),
        ("", {"edited": True}, ["1"]),
        ("", {"doc_number": "3号"}, ["1"]),
        ("", {"source": "市"}, ["2", "1"]),
        ("", {"as_of": APR}, ["1", "3"]),
        ("", {}, []),
        ('"', {"edited": True}, []),
    ],
)
def test_filters_choose(archive, words, filters, expected):
    assert _found(archive, words, **filters) == expected


def test_the_version_that_is_shown_is_the_one_that_stood(archive):
    (hit,) = archive.search(Query.of("费用", as_of=JAN)).hits
    assert (hit.version, hit.current) == (1, False)
    assert hit.snippet.text == PARKING.body


def test_a_filter_and_the_words_are_met_by_one_and_the_same_version(told: Told):
    told.crawl(JAN, look(PARKING, JAN))
    told.crawl(FEB, look(replace(PARKING, source="市城管局", body="另一文本"), FEB))
    archive = Consultation.open(told.url)
    assert _found(archive, "收取", source="公安") == ["1001"]
    assert _found(archive, "收取", source="城管") == []
    archive.close()


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_never_repeat_or_skip_while_more_is_recorded(told: Told, sort, limit):
    pages = {
        str(n): replace(
            PARKING, title="停车" if n % 3 else "通知", published=f"2026-01-{n % 9 + 1:02}"
        )
        for n in range(1, 12)
    }
    told.crawl(JAN, *(look(page, JAN, n) for n, page in pages.items()))
    archive = Consultation.open(told.url)
    whole = _found(archive, "停车", sort=sort, limit=100)
    seen: list[str] = []
    query = Query.of("停车", sort=sort, limit=limit)
    while True:
        found = archive.search(query)
        seen += [hit.article.cms_id for hit in found.hits]
        if found.next is None:
            break
        at = FEB + len(seen) * DAY / 100
        newer = replace(PARKING, published="2026-02-01")
        told.crawl(at, look(newer, at, f"9{len(seen)}"))  # newer ones stand before this page
        query = replace(query, after=Cursor.parse(str(found.next)))
    assert seen == whole
    archive.close()


def test_a_total_is_counted_where_the_index_decides_or_there_are_few(archive):
    assert archive.search(Query.of("停车", limit=1)).total == 2
    assert archive.search(Query.of("停车", within=Within.TITLE)).total == 1
    assert archive.search(Query.of("停车", within=Within.BODY, limit=1)).total == 2, "they are few"
    assert archive.search(Query.of("", edited=True)).total == 1
