"""Admission: what may become a version, what is a signal of absence, and what is neither."""

import pytest

from crawler.admission import Admission, Response, admit
from crawler.reading import PageKind, fingerprint, in_chinese
from storage.article import ArticleKey
from storage.judging import Absence, Outcome

HOST = "www.example.gov.cn"
KEY = ArticleKey(HOST, "77")
URL = f"http://{HOST}/art/2026/3/1/art_7_77.html"
NOTICE = (
    "<html><title>提示</title><body>您访问的内容正在整理中，请通过首页浏览其他栏目。</body></html>"
)


def page(cms_id: str = "77", title: str = "关于春季植树的通知") -> str:
    return (
        f'<html><head><meta name="ArticleTitle" content="{title}">'
        '<meta name="PubDate" content="2026-03-01 09:30"></head><body>'
        '<div id="zoom"><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin-->'
        "<p>各单位要在清明以前完成今年的植树任务。</p><p>树种以本地的为主。</p>"
        "<!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div>"
        "<iframe src='../../module/visitcount/visit.jsp?type=3&i_webid=1&i_columnid=7"
        f"&i_articleid={cms_id}'></iframe></body></html>"
    )


def answered(text: str, *, status: int = 200, url: str = URL, partial: bool = False) -> Admission:
    return admit(KEY, URL, Response(url, status, text, partial), ())


def test_an_article_that_says_it_is_the_one_asked_for_is_admitted() -> None:
    admitted = answered(page())

    assert admitted.reading is not None
    assert admitted.reading.article.title == "关于春季植树的通知"
    assert admitted.reading.article.body.startswith("各单位要在清明以前")


@pytest.mark.parametrize(
    ("status", "text", "url", "absence"),
    [
        (404, NOTICE, URL, Absence.NOT_FOUND),
        (410, "", URL, Absence.GONE),
        (200, "<html><body></body></html>", URL, Absence.BLANK),
        (
            200,
            "<title>页面不存在</title><p>您访问的页面不存在或已被删除</p>",
            URL,
            Absence.SOFT_NOT_FOUND,
        ),
        (200, "<script>location.href='/'</script>", URL, Absence.REDIRECTED_HOME),
        (200, page(), f"http://{HOST}/", Absence.REDIRECTED_HOME),
        (200, page(), f"http://{HOST}/index.html", Absence.REDIRECTED_HOME),
        (200, page(), f"http://{HOST}/col/col7/index.html", Absence.REDIRECTED_HOME),
    ],
)
def test_what_stands_for_an_article_that_is_not_there(
    status: int, text: str, url: str, absence: Absence
) -> None:
    judged = answered(text, status=status, url=url)

    assert judged.absence is absence
    assert judged.reading is None
    assert in_chinese(judged.reason or "") != judged.reason


@pytest.mark.parametrize(
    ("status", "text", "outcome"),
    [
        (500, "oops", Outcome.FAILED),
        (503, page(), Outcome.FAILED),
        (403, "Forbidden", Outcome.CHALLENGED),
        (412, "<script>$_ts=window['$_ts'];</script>", Outcome.CHALLENGED),
        (200, "<html><script>$_ts=window['$_ts'];$_ts.cd='x'</script></html>", Outcome.CHALLENGED),
        (200, page("78"), Outcome.NOT_AN_ARTICLE),
    ],
)
def test_what_is_no_evidence_of_anything_about_the_article(
    status: int, text: str, outcome: Outcome
) -> None:
    judged = answered(text, status=status)

    assert judged.outcome is outcome
    assert judged.absence is None
    assert judged.reading is None
    assert in_chinese(judged.reason or "") != judged.reason


def test_half_an_article_is_not_admitted() -> None:
    assert answered(page(), partial=True).outcome is Outcome.FAILED


@pytest.mark.parametrize("cut", ["今年的植树", "任务。<", '<meta name="PubDate" content="2026'])
def test_half_an_article_with_the_length_of_half_is_not_admitted_either(cut: str) -> None:
    half = page()[: page().index(cut) + len(cut)]
    judged = answered(half)

    assert judged.outcome is Outcome.FAILED
    assert judged.absence is None
    assert in_chinese(judged.reason or "") == "页面不完整，中途断开"


def test_a_page_that_leaves_the_last_end_tags_out_is_whole() -> None:
    assert answered(page().removesuffix("</body></html>")).reading is not None


def test_what_the_site_serves_for_impossible_addresses_is_known_again() -> None:
    learnt = (fingerprint(NOTICE, 200, f"http://{HOST}/art/1999/1/1/art_1_2.html"),)

    judged = admit(KEY, URL, Response(URL, 200, NOTICE), learnt)

    assert judged.absence is Absence.SOFT_NOT_FOUND
    assert answered(NOTICE).absence is None, "without having learnt it, it is only no article"


def test_an_article_is_admitted_whatever_the_site_serves_for_impossible_addresses() -> None:
    learnt = (fingerprint(NOTICE, 200, URL),)

    assert admit(KEY, URL, Response(URL, 200, page()), learnt).reading is not None


def test_a_redirect_to_another_article_is_not_that_article() -> None:
    other = f"http://{HOST}/art/2026/3/2/art_7_78.html"

    assert answered(page("78"), url=other).outcome is Outcome.NOT_AN_ARTICLE


def test_an_article_that_moved_to_another_channel_is_the_same_article() -> None:
    elsewhere = f"http://{HOST}/art/2026/3/1/art_9_77.html"

    assert answered(page(), url=elsewhere).page_kind == PageKind.ARTICLE
    assert answered(page(), url=elsewhere).reading is not None
