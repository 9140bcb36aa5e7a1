"""Rows that are taken apart by their marks say what their trees say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.listings import markup, plain
from crawler.listings.rows import read_row
from crawler.listings.said import entry_of

CHANNEL = "https://a.gov.cn/col/col31/index.html"
ART = "/art/2026/8/28/art_31_9.html"

PLAIN = {
    "jiangsu, 2026": (
        "\n    <li class=\"clearfix bt-list-new\"><a title='江苏省成品油价格调整公告（第16号）' "
        f'target="_blank" href="{ART}">            江苏省成品油价格调整公告（第16号）</a>'
        '<span class="bt-list-time">2026-08-28</span>    </li>    '
    ),
    "yuhang, 2020": (
        f'<li><a href="http://a.gov.cn{ART}" target="_blank" title="关于采购的公告">'
        "<span>关于采购的公告</span><i>2020-08-14</i></a></li>"
    ),
    "the day first": f"<li><b>08-28</b> <a href='{ART}'>通知...</a></li>",
}
TEXT = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "通知",
            "查看",
            "2026-08-28",
            "[08-28]",
            "2026-",
            "28",
            "·",
            "置顶",
            "关于…",
            "#id#",
        ]
    ),
    st.text(max_size=6),
)
MARKS = st.sampled_from(
    ["<span>", "</span>", "<i class='t'>", "</i>", "<b>", "</b>", "</a>", "<br>", "&nbsp;", "<p>"]
)
VALUES = st.one_of(st.sampled_from([ART, " /a.html ", "", "x.pdf", "javascript:;", "通知"]), TEXT)
LINKS = st.lists(
    st.tuples(st.sampled_from(["href", "href", "title", "class", "mc", "id"]), VALUES), max_size=3
)
PIECES = st.lists(st.one_of(TEXT, TEXT, MARKS), max_size=5).map("".join)
SPANNED = st.builds("<span>{}</span>{}".format, TEXT, TEXT)
INNER = st.one_of(TEXT, SPANNED, SPANNED, PIECES)


@pytest.mark.parametrize("row", PLAIN.values(), ids=PLAIN)
def test_rows_of_real_sites_are_of_the_plain_form(row):
    said = plain.said(row, CHANNEL)
    assert said is not None
    assert entry_of(said) == read_row(markup.parse(row), CHANNEL)


@given(before=INNER, link=LINKS, inside=INNER, after=INNER)
@settings(max_examples=200, deadline=None)
def test_a_row_says_the_same_without_its_tree(before, link, inside, after):
    attributes = "".join(f' {name}="{value}"' for name, value in link)
    row = f"<li>{before}<a{attributes}>{inside}</a>{after}</li>"
    said = plain.said(row, CHANNEL)
    if said is not None:
        assert entry_of(said) == read_row(markup.parse(row), CHANNEL)


OTHERS = {
    "a second link": f"<li><a href='{ART}'>通知</a><a href='/b.html'>解读</a></li>",
    "an entity": f"<li><a href='{ART}'>通知&nbsp;</a></li>",
    "a template's own words": f"<li><a mc='通知' href='{ART}'>通</a></li>",
    "a row of a table": f"<tr><td><a href='{ART}'>通知</a></td></tr>",
    "a link that leads nowhere": "<li><a href='javascript:void(0)'>通知</a></li>",
}


@pytest.mark.parametrize("row", OTHERS.values(), ids=OTHERS)
def test_any_other_row_is_left_to_its_tree(row):
    assert plain.said(row, CHANNEL) is None
