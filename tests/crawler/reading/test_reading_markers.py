"""The CMS's markers as they are met: pasted into each other, repeated, left open, left over."""

import pytest
from reading_pages import URL, article_page

from crawler.reading import read_article
from crawler.reading.markers import marked, markers_of, spans

B, E = "<!--<$[信息内容]>begin-->", "<!--<$[信息内容]>end-->"
ZB, ZE = "<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"
MB, ME = '<meta name="ContentStart">', "<META content='' name=ContentEnd />"


def inside(text: str, name: str = "信息内容") -> list[str]:
    return [text[s.inner_start : s.inner_end] for s in spans(markers_of(text), name)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"a{B}正文{E}b", ["正文"]),
        (f"{B}甲{B}乙{E}丙{E}", [f"甲{B}乙{E}丙"]),
        (f"{B}甲{E}x{B}乙{E}", ["甲", "乙"]),
        (f"{B}甲{B}乙{E}x", [f"甲{B}乙"]),
        (f"{E}x{B}甲{E}y{E}", ["甲"]),
        (f"{B}甲", []),
        (f"甲{E}", []),
    ],
)
def test_a_family_delimits_its_outermost_pairs(text, found):
    assert inside(text) == found


@pytest.mark.parametrize(
    "start",
    [
        "<meta name=ContentStart>",
        "<META NAME='ContentStart'/>",
        MB,
        "<meta id=a name = ContentStart>",
    ],
)
def test_content_start_is_known_in_every_spelling(start):
    assert inside(f"x{start}正文{ME}y", "ContentStart") == ["正文"]


def test_a_lone_end_of_another_marker_says_nothing():
    text = "来源：<!--<$[信息来源]>end-->农业局"
    assert marked(text, markers_of(text), ("信息来源",)) is None


@pytest.mark.parametrize(
    ("body", "layout"),
    [
        (f"{B}<p>正文</p>{E}", "marker 信息内容"),
        (f"{ZB}<p>正文</p>{ZE}", "marker ZJEG_RSS.content"),
        (f"{MB}<p>正文</p>{ME}", "marker ContentStart"),
        (f"{B}{E}{ZB}<p>正文</p>{ZE}", "marker ZJEG_RSS.content"),
        (f"{B}<p>正文</p>{ZE}", "marker of two families"),
        (f"{B}<p>正文</p>", "whole page"),
        (f"<div id='zoom'>{B}<p>正文</p></div>", "zoom"),
    ],
)
def test_the_surest_delimiters_that_hold_something_are_taken(body, layout):
    reading = read_article(article_page(body), URL)
    assert (reading.article.body, reading.layout) == ("正文", layout)


@pytest.mark.parametrize(("begin", "end"), [(ZB, ZE), (MB, ME)])
def test_a_body_pasted_with_the_markers_of_another_site_is_no_end_of_what_stands_around_it(
    begin, end
):
    page = article_page(f"{begin}<p>甲。</p>{B}<p>乙。</p>{E}<p>丙。</p>{end}")
    assert read_article(page, URL).article.body == "甲。\n乙。\n丙。"


def test_incomplete_markers_are_doubted():
    assert "markers-incomplete" in read_article(article_page(f"{B}<p>正文</p>{ZE}"), URL).doubts
    assert "markers-incomplete" in read_article(article_page(f"{B}<p>正文</p>"), URL).doubts
