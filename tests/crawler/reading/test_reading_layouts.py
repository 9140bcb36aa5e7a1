"""Each known layout, held to a page that shows it."""

import pytest
from reading_pages import (
    PARAGRAPHS,
    RECORDED,
    TITLE,
    URL,
    WHY_SKIPPED,
    article_page,
    as_paragraphs,
    labels,
    recorded,
)

from crawler.reading import read_article
from crawler.reading.layouts import LAYOUTS
from crawler.reading.markers import FAMILIES

KEYS = [(layout.name, key) for layout in LAYOUTS for key in layout.keys]
MARKERS = {
    "信息内容": ("<!--<$[信息内容]>begin-->", "<!--<$[信息内容]>end-->"),
    "ZJEG_RSS.content": ("<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"),
    "ContentStart": ("<META name=ContentStart>", "<META name=ContentEnd>"),
}


def box(key: str, inside: str) -> str:
    """A container as a key names it: `td.bt_content`, `#zoom`, `.main`."""
    sign = "#" if "#" in key else "."
    tag, _, name = key.partition(sign)
    attribute = f"{'id' if sign == '#' else 'class'}='{name}'"
    if tag == "table":
        return f"<table {attribute}><tr><td>{inside}</td></tr></table>"
    return f"<{tag or 'div'} {attribute}>{inside}</{tag or 'div'}>"


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_body_in_a_known_container_is_found_whatever_stands_around_it(name, key):
    page = article_page(box(key, as_paragraphs()), below="<tr><td>相关信息：春耕</td></tr>")
    read = read_article(page, URL)
    assert read.layout == name
    assert tuple(read.article.body.split("\n")) == PARAGRAPHS
    assert "no-region" not in read.doubts


@pytest.mark.parametrize("key", [k for layout in LAYOUTS[-1:] for k in layout.keys])
def test_a_box_that_holds_more_than_the_body_gives_only_the_body(key):
    inside = (
        f"<h1>{TITLE}</h1><p>发布日期：2022-03-05</p>{as_paragraphs()}<p>打印 关闭</p><p>页脚</p>"
    )
    read = read_article(f"<html><body>{box(key, inside)}</body></html>", URL)
    assert tuple(read.article.body.split("\n")) == PARAGRAPHS
    assert read.article.published == "2022-03-05"


@pytest.mark.parametrize("family", FAMILIES)
def test_the_cms_s_own_delimiters_come_before_any_container(family):
    begin, end = MARKERS[family]
    inside = f"<p>工具栏</p>{begin}{as_paragraphs()}{end}<p>责任编辑：李禾</p>"
    read = read_article(article_page(box("#zoom", inside)), URL)
    assert (read.layout, tuple(read.article.body.split("\n"))) == (f"marker {family}", PARAGRAPHS)


def test_the_newest_generation_is_tried_first_and_every_layout_says_where_it_was_seen():
    surest = [layout for layout in LAYOUTS if layout.holds_only_the_body]
    assert LAYOUTS[: len(surest)] == tuple(surest)
    assert sorted(surest, key=lambda layout: layout.generation != "jpaas") == surest
    assert all(layout.seen for layout in LAYOUTS)


def test_no_container_belongs_to_two_layouts():
    keys = [key for layout in LAYOUTS for key in layout.keys]
    assert len(keys) == len(set(keys))
    assert all(key == key.lower() for key in keys)


def test_a_box_of_an_older_layout_inside_a_newer_one_does_not_cut_the_body_short():
    inside = as_paragraphs(PARAGRAPHS[:2]) + box(".trs_editor", as_paragraphs(PARAGRAPHS[2:]))
    read = read_article(article_page(box("#zoom", inside)), URL)
    assert (read.layout, tuple(read.article.body.split("\n"))) == ("zoom", PARAGRAPHS)


@pytest.mark.skipif(not RECORDED.exists(), reason=WHY_SKIPPED)
def test_every_recorded_article_is_read_by_a_known_layout():
    found = {
        name.partition("__")[0]: read_article(recorded(name), label["url"]).layout
        for name, label in labels().items()
        if label["kind"] == "article"
    }
    assert "whole page" not in found.values()
    assert found["fzggw.zj.gov.cn"] == "zoom"
    assert found["fzggw.jiangsu.gov.cn"] == "marker 信息内容"
