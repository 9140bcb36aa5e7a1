"""Bodies as editors make them: what is kept, in which lines, and what is none of it."""

import pytest
from reading_pages import (
    BEGIN,
    END,
    PARAGRAPHS,
    TITLE,
    URL,
    article_page,
    as_boxes,
    as_breaks,
    as_paragraphs,
    as_word,
    marked_page,
)

from crawler.reading import read_article

STYLES = (as_paragraphs, as_breaks, as_boxes, as_word)


def body_of(markup: str) -> list[str]:
    return read_article(marked_page(markup), URL).article.body.split("\n")


@pytest.mark.parametrize("style", STYLES)
def test_a_delimited_body_is_its_paragraphs_both_reports_of_it(style):
    reading = read_article(marked_page(style()), URL)
    assert tuple(reading.article.body.split("\n")) == PARAGRAPHS
    assert reading.layout == "marker 信息内容"
    assert reading.doubts == ()


@pytest.mark.parametrize("style", STYLES)
def test_in_a_container_the_source_line_and_the_buttons_are_no_body(style):
    tail = "<p>来源:云溪县融媒体中心</p><p>【打印此页】【关闭窗口】</p>"
    page = article_page(f"<div id='Zoom'>{style()}{tail}</div>")
    reading = read_article(page, URL)
    assert tuple(reading.article.body.split("\n")) == PARAGRAPHS
    assert reading.article.source == "云溪县融媒体中心"
    assert reading.layout == "zoom"


@pytest.mark.parametrize("style", STYLES)
def test_with_neither_markers_nor_container_the_date_line_and_the_buttons_fence_the_body(style):
    page = article_page(f"{style()}<p>来源:云溪县融媒体中心</p>")
    reading = read_article(page, URL)
    assert tuple(reading.article.body.split("\n")) == PARAGRAPHS
    assert reading.article.title == TITLE
    assert reading.article.published == "2022-03-05T09:12+08:00"
    assert reading.article.source == "云溪县融媒体中心"
    assert [crumb.name for crumb in reading.breadcrumb] == ["首页", "要闻动态", "农业农村"]
    assert "no-region" in reading.doubts


def test_between_the_cms_s_own_markers_a_source_line_is_body():
    lines = (*PARAGRAPHS, "来源：县志办")
    assert body_of(as_paragraphs(lines)) == list(lines)


def test_a_title_box_shared_with_the_body_gives_only_the_body():
    box = (
        f"<div class='main-fl'><p>{TITLE}</p><p>发布时间：2022-03-05 来源：云溪县融媒体中心</p>"
        f"{as_paragraphs()}<p>上一篇：县长调研</p><p>打印 关闭</p><p>版权所有</p></div>"
    )
    reading = read_article(f"<html><body>{box}</body></html>", URL)
    assert tuple(reading.article.body.split("\n")) == PARAGRAPHS
    assert reading.article.source == "云溪县融媒体中心"


def test_a_paragraph_of_a_notice_is_no_date_line():
    box = "<div class='main-fl'><p>各单位：</p><p>时间：周五上午</p><p>地点：县政府。</p></div>"
    article = read_article(f"<html><body>{box}</body></html>", URL).article
    assert article.body == "各单位：\n时间：周五上午\n地点：县政府。"
    assert article.published is None


def test_a_heading_at_the_end_that_trafilatura_drops_is_kept_and_the_doubt_recorded():
    reading = read_article(marked_page(f"{as_paragraphs()}<h3>二〇二二年三月五日</h3>"), URL)
    assert reading.article.body.endswith("\n二〇二二年三月五日")
    assert reading.origins["body"] == "walker"
    assert reading.doubts == ("trafilatura-dropped-text",)


def test_rows_keep_their_cells_and_spans_are_not_filled():
    table = (
        "<table><tr><td rowspan='2'>项&nbsp;&nbsp;目</td><td colspan='2'>价格</td></tr>"
        "<tr><td>上年</td><td>本年</td></tr><tr><td>化肥</td><td></td><td>2,850</td></tr></table>"
    )
    lines = body_of(f"<p>单位：元</p>{table}<p>以上为均价。</p>")
    assert lines == ["单位：元", "项 目\t价格", "上年\t本年", "化肥\t\t2,850", "以上为均价。"]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<table><tr><td><p>甲。</p><p>乙。</p></td></tr></table>", ["甲。", "乙。"]),
        (
            "<table><tr><td>前言。<table><tr><td>一</td><td>二</td></tr></table>后记。</td></tr></table>",
            ["前言。", "一\t二", "后记。"],
        ),
        ("<tr><td>无表的</td><td>一行</td></tr>", ["无表的\t一行"]),
        ("<table><tr>错位<td>一</td><td>二</td></tr></table>", ["错位\t一\t二"]),
        ("<ul><li>第一项</li><li>第二项<p>续</p></li></ul>", ["第一项", "第二项", "续"]),
        ("<div>甲<p>乙</p>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<pre>第一行\n第二行</pre>", ["第一行", "第二行"]),
        ("同意。<br>同意。", ["同意。", "同意。"]),
        ("<p>2022\n 年</p>", ["2022 年"]),
        ("<form><p>表单里的话</p><input value='无'><button>提交</button></form>", ["表单里的话"]),
        ("<p class='share'>分享发展成果。</p><p>正文。</p>", ["分享发展成果。", "正文。"]),
        ("<p>甲<!-- 注释 -->乙<script>document.write('丙')</script>丁</p>", ["甲乙丁"]),
        ("<style>p{color:red}</style><xml><w:View>Normal</w:View></xml><p>文</p>", ["文"]),
        ("<p>一</p></div></td><p>二</p>", ["一", "二"]),
        ("仅此一行", ["仅此一行"]),
    ],
)  # fmt: skip
def test_lines_are_where_a_browser_breaks_them(markup, lines):
    assert body_of(markup) == lines


def test_what_is_hidden_in_a_body_is_no_text_and_its_presence_is_told():
    reading = read_article(marked_page("<p>看得见</p><p style='display: none'>看不见</p>"), URL)
    assert reading.article.body == "看得见"
    assert reading.doubts == ("hidden-text",)


def test_a_body_of_one_picture_keeps_the_picture_and_raises_no_doubt():
    reading = read_article(
        marked_page("<p><img src='/picture/0/220305091200.jpg?cache=0.33'></p>"), URL
    )
    assert reading.article.body == ""
    assert reading.article.images == ("http://www.yunxi.gov.cn/picture/0/220305091200.jpg",)
    assert reading.doubts == ()


def test_a_body_without_anything_is_doubted():
    assert read_article(marked_page("<p>&nbsp;</p>"), URL).doubts == ("no-content",)


def test_text_nested_deeper_than_the_parser_goes_is_not_lost():
    deep = "<span>" * 400 + "深处" + "</span>" * 400
    boxes = "<div>" * 400 + "更深" + "</div>" * 400
    assert body_of(f"<p>{deep}</p>{boxes}<p>末段</p>") == ["深处", "更深", "末段"]


def test_markup_around_two_copies_for_two_screens_gives_one_body():
    one = f"{BEGIN}{as_paragraphs()}{END}"
    reading = read_article(article_page(f"<div class='pc'>{one}</div><div>{one}</div>"), URL)
    assert tuple(reading.article.body.split("\n")) == PARAGRAPHS
