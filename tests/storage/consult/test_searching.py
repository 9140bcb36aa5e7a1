"""Words of any length are found in every version, and nothing that is typed breaks a search."""

from datetime import date

import pytest

from storage import Archive, Article, Consultation
from storage.consult.query import Cursor, Query
from storage.consult.snippets import snippet
from tests.storage.story import (
    EDITED,
    HOST,
    LATE,
    MOVED,
    NOTICES,
    POLICIES,
    QUIET,
    RETITLED,
    TAKEN_DOWN,
    Day,
    tell,
)


def _found(archive, *words, **filters):
    return [hit.article.cms_id for hit in archive.search(Query.of(*words, **filters)).hits]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["贷"], [MOVED]),
        (["贷款"], [MOVED]),
        (["贷款贴息"], [MOVED]),
        (["绿化", "补植"], [QUIET]),
        (["绿化", "贴息"], []),
        (["绿化　补植"], [QUIET]),  # a full-width space between two words
        (["gdp"], [LATE]),
        (["ＧＤＰ"], [LATE]),
        (["5.2%"], [LATE]),  # full-width on the page
        (["120"], [LATE]),
        (["GDP增长"], [LATE]),
        (["临时建设"], [EDITED, LATE]),  # in the title first, though the other is newer
        (["通知"], [EDITED, QUIET]),  # newest published first
        (["经济"], [LATE]),
        (["办手"], []),
    ],
)
def test_words_are_found_whatever_their_length_and_width(archive, words, expected):
    assert _found(archive, *words) == expected


def test_a_text_that_was_edited_away_is_found_in_the_version_that_had_it(archive):
    (hit,) = archive.search(Query.of("原则上可以")).hits
    assert (hit.article.cms_id, hit.version, hit.current) == (EDITED, 1, False)
    (hit,) = archive.search(Query.of("征求意见")).hits
    assert (hit.article.cms_id, hit.title) == (RETITLED, "停车管理办法（征求意见稿）")


def test_an_article_stands_once_in_the_newest_version_that_holds_the_words(archive):
    (hit,) = archive.search(Query.of("依法办理手续")).hits
    assert (hit.version, hit.current) == (2, True)


def test_a_hit_is_shown_where_it_stands(archive):
    (hit,) = archive.search(Query.of("5.2%", "gdp")).hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.hits] == ["GDP", "５.２%"]
    title = archive.search(Query.of("停车")).hits[0]
    assert [title.title[start:end] for start, end in title.title_hits] == ["停车"]


def test_a_long_text_is_cut_around_its_hits():
    shown = snippet("前" * 200 + "关键\n词语" + "后" * 200, ["关键"])
    assert len(shown.text) == 60
    assert shown.text[slice(*shown.hits[0])] == "关键"
    assert "\n" not in shown.text
    assert shown.cut == (True, True)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"state": "gone"}, [TAKEN_DOWN]),
        ({"state": "present"}, []),
        ({"channel": NOTICES}, []),
        ({"host": HOST}, [TAKEN_DOWN]),
        ({"host": "www.example.org"}, []),
        ({"since": date(2026, 2, 20), "until": date(2026, 2, 20)}, [TAKEN_DOWN]),
        ({"since": date(2026, 2, 21)}, []),
        ({"until": date(2026, 2, 19)}, []),
    ],
)
def test_filters_narrow_a_search(archive, filters, expected):
    assert _found(archive, "聘用", **filters) == expected


def test_a_day_of_publication_includes_its_times_of_day(archive):
    assert _found(archive, "绿化", until=date(2026, 2, 26)) == [QUIET]
    assert _found(archive, "贴息", channel=POLICIES) == [MOVED]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_follow_each_other_without_a_gap_or_a_repeat(archive, limit):
    whole = _found(archive, "的")
    pages: list[str] = []
    query = Query.of("的", limit=limit)
    while True:
        found = archive.search(query)
        pages += [hit.article.cms_id for hit in found.hits]
        if found.next is None:
            break
        query = Query.of("的", limit=limit, after=Cursor.parse(str(found.next)))
    assert pages == whole
    assert len(whole) > 2


def test_a_total_is_given_where_the_index_alone_decides(archive):
    assert archive.search(Query.of("的", limit=1)).total == len(_found(archive, "的"))
    assert archive.search(Query.of("的是通知", limit=1)).at_most >= 0


def test_few_are_counted_though_the_index_cannot_decide_on_the_first_page_and_the_next(nowhere):
    pages = [Article(title=f"通知{n}", body="专项整治行动。") for n in range(5)]
    archive = Consultation.open(_told(nowhere.url, *pages))
    first = archive.search(Query.of("专项整治", limit=2))
    second = archive.search(Query.of("专项整治", limit=2, after=first.next))
    assert [(len(p.hits), p.total, p.at_most) for p in (first, second)] == [(2, 5, 5)] * 2
    archive.close()


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "NEAR(",
        "NEAR(通知 公告, 2)",
        "*",
        "通*",
        "^",
        "tokens:通知",
        "通知 AND",
        "-",
        "\0",
        "通\0知",
        "\ud800",
        "';--",
        "\ue000通知",
        "%",
        "_",
        " ",
        "的" * 3000,
        " ".join(chr(0x4E00 + i) for i in range(2000)),
    ],
)
def test_whatever_is_typed_is_words_and_never_an_error(archive, typed):
    archive.search(Query.of(typed))


def test_words_that_only_look_alike_to_the_index_are_not_hits(nowhere):
    # Each pair of characters of 甲乙丙 stands in the text, the word itself does not.
    page = Article(title="甲乙与乙丙", body="乙丙。甲乙。", published="2026-03-01")
    archive = Consultation.open(_told(nowhere.url, page))
    found = archive.search(Query.of("甲乙丙"))
    assert (found.hits, found.total, found.at_most) == ((), 0, 0)
    archive.close()


def test_a_latin_word_inside_another_is_no_title_hit_and_is_not_lost(nowhere):
    page = Article(title="xGDP", body="GDP", published="2026-03-01")
    archive = Consultation.open(_told(nowhere.url, page))
    (hit,) = archive.search(Query.of("gdp")).hits
    assert not hit.in_title
    archive.close()


def _told(url: str, *pages: Article) -> str:
    from tests.storage.story import DAYS

    told = {str(number): page for number, page in enumerate(pages, 1)}
    archive: Archive = tell(url, [(DAYS[0], Day(told, {NOTICES: tuple(told)}))])
    archive.close()
    return url
