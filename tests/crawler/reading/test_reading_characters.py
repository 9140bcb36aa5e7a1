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
        ("<p>&#24191;&#x5E7F;&ensp;东&emsp;省</p>", "广广 东 省"),
        ("<p>2016&#150;2020年&#133;&#147;十三五&#148;</p>", "2016–2020年…“十三五”"),
        ("<p>私用\ue863字&#xE864;</p>", "私用\ue863字\ue864"),
        ("<p>𠮷田、㐂、䶮</p>", "𠮷田、㐂、䶮"),
        ("<p>ＡＢＣ１２３，％</p>", "ＡＢＣ１２３，％"),
        ("<p>①②Ⅲ㎡℃</p>", "①②Ⅲ㎡℃"),
        ("<p>零宽&zwnj;连</p>", "零宽\u200c连"),
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
