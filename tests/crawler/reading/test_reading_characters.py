"""Characters as editors enter them: stored exactly as a browser would show them."""

import pytest
from reading_pages import URL, article_page, marked_page

from crawler.reading import decode, read_article


def body(markup: str) -> str:
    return read_article(marked_page(markup), URL).article.body


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>甲&amp;乙&lt;丙&gt;&quot;丁&quot;&middot;戊&mdash;己</p>", '甲&乙<丙>"丁"·戊—己'),
        ("<p>&#24191;&#x5E7F;&ensp;东&emsp;省</p>", "广广\u2002东\u2003省"),
        ("<p>2016&#150;2020年&#133;&#147;十三五&#148;</p>", "2016–2020年…“十三五”"),
        ("<p>私用\ue863字&#xE864;</p>", "私用\ue863字\ue864"),
        ("<p>𠮷田、㐂、䶮</p>", "𠮷田、㐂、䶮"),
        ("<p>ＡＢＣ１２３，％</p>", "ＡＢＣ１２３，％"),
        ("<p>①②Ⅲ㎡℃</p>", "①②Ⅲ㎡℃"),
        ("<p>零宽&zwnj;连&#8203;续</p>", "零宽\u200c连\u200b续"),
        (
            "<p>　　第一条　　本办法　自公布之日起施行。　</p>",
            "第一条　　本办法　自公布之日起施行。",
        ),
        ("<p>云川区财政局　　　　　　2022年2月26日</p>", "云川区财政局　　　　　　2022年2月26日"),
        ("<p>　　　　　　　　2022年2月26日</p>", "2022年2月26日"),
        ("<p>项&nbsp;&nbsp; &nbsp;目  名\n  称</p>", "项 目 名 称"),
        ("<pre>  一月   12\n  二月\t 3</pre>", "一月   12\n二月  3"),
        ("<ul><li>甲　　乙</li></ul>", "甲　　乙"),
        ("<table><tr><td>姓　名</td><td>王　伟 </td></tr></table>", "姓　名\t王　伟"),
    ],
)
def test_text_is_kept_exact(markup, text):
    assert body(markup) == text


def test_four_byte_characters_of_gb18030_survive_a_page_declared_as_gb2312():
    html = article_page("<div id='zoom'><p>䶮、𠮷、㐂、ğ</p></div>")
    page = html.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; '
                        'charset=gb2312">').encode("gb18030")  # fmt: skip
    assert read_article(decode(page, None), URL).article.body == "䶮、𠮷、㐂、ğ"


FONT_TABLE = """<TABLE WIDTH=600 BORDER=0 CELLPADDING=0><TR><TD BGCOLOR=#FFFFFF><FONT SIZE=2
FACE=宋体><P ALIGN=LEFT>　　<FONT COLOR=RED>一九九八年</FONT>三月，县里召开会议。<P>　　会议认为，
要抓好春耕。<BR>　　会后分头落实。</FONT></TD></TR></TABLE>"""


def test_a_page_of_1998_with_fonts_and_a_table_for_layout():
    assert body(FONT_TABLE).split("\n") == [
        "一九九八年三月，县里召开会议。",
        "会议认为， 要抓好春耕。",
        "会后分头落实。",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>第一条　本办法</p>", "<p>第一条&emsp; 本办法</p>"),
        ("<p>　　　　2022年2月26日</p>", "<p align=right>2022年 2月 26日</p>"),
        ("<p>王　伟</p>", "<p>王伟</p>"),
        ("<pre>甲   乙</pre>", "<p>甲乙</p>"),
    ],
)
def test_spaces_are_kept_and_are_no_edit(before, after):
    one, other = (read_article(marked_page(text), URL).article for text in (before, after))
    assert one.body != other.body
    assert one.digest == other.digest


def test_fields_keep_their_spaces_too():
    page = marked_page("<p>甲。</p>", head='<meta name="ArticleTitle" content="王　伟同志　任职">')
    article = read_article(page, URL).article
    assert article.title == "王　伟同志　任职"


@pytest.mark.parametrize("gap", ["　", "　　　　", " \u2003 ", "&nbsp;&nbsp;"])
def test_labels_are_found_whatever_spaces_stand_in_them(gap):
    line = f"<p>来{gap}源{gap}：{gap}云　川报{gap}{gap}作{gap}者：王　伟{gap}发布日期：</p>"
    article = read_article(marked_page("<p>甲。</p>", above=line), URL).article
    assert (article.source, article.author) == ("云　川报", "王　伟")
