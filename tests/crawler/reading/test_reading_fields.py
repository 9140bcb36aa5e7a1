"""What a page says of its article, and which of its places is believed."""

import pytest
from reading_pages import TITLE, URL, article_page, as_paragraphs, marked_page

from crawler.reading import Crumb, read_article


def tag(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def reading(head: str = "", above: str = "", below: str = ""):
    return read_article(marked_page(as_paragraphs(), head=head, above=above, below=below), URL)


@pytest.mark.parametrize(
    ("head", "title", "origin"),
    [
        (tag("ArticleTitle", "甲") + tag("title", "乙"), "甲", "meta"),
        (tag("ArticleTitle", "") + tag("TITLE", "乙"), "乙", "meta"),
        ("<meta content='丙' name='articletitle'>", "丙", "meta"),
        (tag("ArticleTitle", "甲&lt;br/&gt;乙"), "甲 乙", "meta"),
        ("", TITLE, "meta:title-tag"),
    ],
)
def test_the_title_comes_from_the_surest_tag(head, title, origin):
    read = reading(head)
    assert (read.article.title, read.origins["title"]) == (title, origin)


@pytest.mark.parametrize(
    ("title_tag", "title"),
    [
        ("云溪县人民政府 农业农村 备耕会", "备耕会"),
        ("备耕会-云溪县人民政府", "备耕会"),
        ("云溪县人民政府出台办法", "出台办法"),
        ("云溪县人民政府", ""),
    ],
)
def test_names_that_a_template_joins_to_the_title_are_taken_off(title_tag, title):
    page = marked_page(as_paragraphs(), head=tag("SiteName", "云溪县人民政府"))
    page = page.replace(f"<title>{TITLE}</title>", f"<title>{title_tag}</title>")
    assert read_article(page, URL).article.title == title


def test_the_headline_s_own_marker_comes_before_a_constant_page_title():
    above = (
        "<tr><td><!--<$[标题名称(html)]>begin--><b>甲</b>乙<!--<$[标题名称(html)]>end--></td></tr>"
    )
    read = reading(above=above)
    assert (read.article.title, read.origins["title"]) == ("甲乙", "marker")


@pytest.mark.parametrize(
    ("head", "published", "origin"),
    [
        ("", "2022-03-05T09:12+08:00", "label"),
        (tag("PubDate", "2022-03-05"), "2022-03-05T09:12+08:00", "label"),
        (tag("PubDate", "2022-03-05 09:30"), "2022-03-05T09:30+08:00", "meta"),
        (tag("PubDate", "") + tag("pubDate", "2022-03-05 08:00:59"),
         "2022-03-05T08:00+08:00", "meta"),
        (tag("PubDate", "2022-03-05") + tag("pubDate", "2022-03-05 08:00:59"),
         "2022-03-05T08:00+08:00", "meta"),
        (tag("Maketime", "2024-01-01 00:00:00"), "2022-03-05T09:12+08:00", "label"),
    ],
)  # fmt: skip
def test_of_the_times_that_agree_the_most_precise_is_taken(head, published, origin):
    read = reading(head)
    assert (read.article.published, read.origins["published"]) == (published, origin)
    assert "dates-disagree" not in read.doubts


def test_of_days_that_disagree_the_tag_is_believed_and_the_doubt_recorded():
    read = reading(tag("PubDate", "2022-03-07"))
    assert read.article.published == "2022-03-07"
    assert "dates-disagree" in read.doubts


def test_a_bare_date_beside_the_source_is_the_day():
    line = "<p><span>2026-08-28 </span><span>来源：县志办</span></p>"
    page = f"<html><body>{line}<div id='zoom'>正文</div>"
    article = read_article(page, URL).article
    assert (article.published, article.source) == ("2026-08-28", "县志办")


def test_a_page_that_gives_no_day_is_not_dated_from_its_address():
    page = "<html><title>甲</title><body><div id='zoom'>会期2022年3月5日。</div></body></html>"
    read = read_article(page, URL)
    assert read.article.published is None
    assert "no-date" in read.doubts


def test_source_and_author_from_labels_that_share_a_line():
    above = "<tr><td>信息来源：县志办　作者： 方 田　责任编辑：李</td></tr>"
    article = reading(above=above).article
    assert (article.source, article.author) == ("县志办", "方 田")


def test_a_source_in_the_text_is_not_the_article_s():
    page = marked_page("<p>来源：上级补助</p><p>资金来源：上级补助</p>")
    assert read_article(page, URL).article.source is None


def test_the_product_s_name_is_no_author():
    assert reading("<meta name='Author' content='大汉网络'>").article.author is None


INFO = """<table class="xxgktab">
<tr><td>索 引 号：</td><td>014500858/2022-00018</td><td>主题分类：</td><td>农业</td></tr>
<tr><th>发文机关</th><td>云溪县人民政府</td><th>成文日期</th><td>2022-03-01</td></tr>
<tr><td>发文字号：</td><td>云政发〔2022〕8号</td><td>有效性：</td><td></td></tr>
<tr><td>备 注：</td><td>全文</td><td></td><td></td></tr></table>"""


def test_the_disclosure_table_is_read_as_labelled_empty_pairs_left_out():
    read = reading(above=f"<tr><td>{INFO}</td></tr>")
    assert dict(read.article.info) == {
        "索引号": "014500858/2022-00018",
        "主题分类": "农业",
        "发文机关": "云溪县人民政府",
        "成文日期": "2022-03-01",
        "发文字号": "云政发〔2022〕8号",
        "备注": "全文",
    }
    assert (read.article.doc_number, read.origins["doc_number"]) == ("云政发〔2022〕8号", "table")
    assert read.article.published == "2022-03-05T09:12+08:00"


def test_a_disclosure_table_in_the_body_s_own_box_is_no_body():
    page = article_page(f"<div id='zoom'>{INFO}{as_paragraphs(['正文。'])}</div>")
    article = read_article(page, URL).article
    assert article.body == "正文。"
    assert article.doc_number == "云政发〔2022〕8号"


def test_a_list_of_documents_in_a_body_is_body():
    table = (
        "<table><tr><td>发文机关</td><td>日期</td><td>文号</td><td>备注</td></tr>"
        "<tr><td>县政府</td><td>3月</td><td>8号</td><td>有效</td></tr>"
        "<tr><td>县农业局</td><td>4月</td><td>9号</td><td>有效</td></tr></table>"
    )
    article = read_article(article_page(f"<div id='zoom'>{table}</div>"), URL).article
    assert article.body.split("\n")[0] == "发文机关\t日期\t文号\t备注"
    assert dict(article.info) == {}


def test_label_and_value_in_one_cell_or_item_are_a_pair():
    items = "<ul><li>索引号：A-1</li><li>文号：无</li><li>发布机构：县政府</li></ul>"
    article = reading(above=f"<tr><td>{items}</td></tr>").article
    assert dict(article.info) == {"索引号": "A-1", "文号": "无", "发布机构": "县政府"}
    assert article.doc_number is None


def test_a_table_of_figures_is_no_disclosure_table():
    table = "<table><tr><td>名称</td><td>来源</td></tr><tr><td>早稻</td><td>本地</td></tr></table>"
    assert dict(reading(above=f"<tr><td>{table}</td></tr>").article.info) == {}


def test_a_document_number_alone_on_its_line_is_the_article_s_one_in_the_text_is_not():
    assert (
        reading(above="<tr><td>云政发〔2022〕8号</td></tr>").article.doc_number
        == "云政发〔2022〕8号"
    )
    page = marked_page("<p>根据云政发〔2021〕3号文件精神。</p>")
    assert read_article(page, URL).article.doc_number is None


DRAWN = (
    "<div>您现在的位置：<a href='/'>网站首页</a> » <a href='/col/col1/'>政务</a> » 公告</div>",
    "<p>当前位置：<a href='/'>网站首页</a>&gt;&gt;<a href='/col/col1/'>政务</a>&gt;&gt;公告</p>",
    "<ul><li><a href='/'>网站首页</a></li><li>&gt;<a href='/col/col1/'>政务</a></li>"
    "<li>&gt;公告</li></ul><h1>标题</h1>",
    "<nav><span><a href='/'>网站首页</a> ></span><span><a href='/col/col1/'>政务</a> ></span>"
    "<span>公告</span></nav><div>正文 > 不是栏目</div>",
)


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_breadcrumb_is_read_however_it_is_drawn(drawn):
    page = f"<html><body>{drawn}<div id='zoom'>正文</div></body></html>"
    assert read_article(page, URL).breadcrumb == (
        Crumb("网站首页", "http://www.yunxi.gov.cn/"),
        Crumb("政务", "http://www.yunxi.gov.cn/col/col1/"),
        Crumb("公告"),
    )


def test_without_a_drawing_the_hidden_chain_serves():
    hidden = (
        "<div id='hiddenLocation' style='display:none;'><span id='ss_webid'>9</span>"
        "<span id='col2_name'>政务</span><span id='col2_url'>/col/col1/index.html</span>"
        "<span id='col1_name'>公告</span><span id='col1_url'>/col/col2/index.html</span></div>"
    )
    page = f"<html><body>{hidden}<a>首页</a><div id='zoom'>正文</div></body></html>"
    assert [crumb.name for crumb in read_article(page, URL).breadcrumb] == ["政务", "公告"]


COUNTER = (
    "<iframe src='../../../../module/visitcount/visit.jsp?type=3&i_webid=9&i_columnid=2107"
    "&i_articleid=4410923'></iframe>"
)
HITS = '<script src="/module/visitcount/articlehits.jsp?colid=2107&artid=4410923"></script>'


@pytest.mark.parametrize(
    ("below", "head", "identity"),
    [
        (COUNTER, tag("Url", "/art/2020/1/1/art_1_2.html"), ("4410923", "2107")),
        (COUNTER.replace("&", "&amp;"), "", ("4410923", "2107")),
        (HITS + COUNTER, "", ("4410923", "2107")),
        ("", tag("Url", "http://old.gov.cn/art/2020/1/1/art_1_2.html"), ("2", "1")),
        ("", tag("ColId", "77") + tag("Url", f"/col/col5/art/2026/art_{'a' * 32}.html"),
         ("a" * 32, "77")),
        ("", "", (None, None)),
    ],
)  # fmt: skip
def test_a_page_says_itself_which_article_it_is_never_its_address(below, head, identity):
    read = reading(head, below=f"<tr><td>{below}</td></tr>")
    assert (read.cms_id, read.channel_id) == identity


def test_files_in_the_body_and_in_the_blocks_beside_it_are_attachments_once_each():
    body = (
        "<p><img src='/module/jslib/icons/word.png'><a href='/attach/0/a1.doc'>1. 任务表</a></p>"
        "<p><a href='/module/download/downfile.jsp?classid=0&filename=b2.pdf'></a></p>"
        "<p><a href='/col/col3/index.html'>更多</a><a href='javascript:void(0)'>空</a></p>"
    )
    below = (
        "<tr><td><a href='/attach/0/c3.xlsx'>[附件下载]</a></td>"
        "<td><a href='/attach/0/a1.doc'>任务表</a></td></tr>"
        "<tr><td class='footer'><a href='/help/手册.pdf'>使用手册</a></td></tr>"
    )
    article = read_article(marked_page(body, below=below), URL).article
    assert [
        (a.name, a.url.removeprefix("http://www.yunxi.gov.cn")) for a in article.attachments
    ] == [
        ("1. 任务表", "/attach/0/a1.doc"),
        (
            "downfile.jsp?classid=0&filename=b2.pdf",
            "/module/download/downfile.jsp?classid=0&filename=b2.pdf",
        ),
        ("[附件下载]", "/attach/0/c3.xlsx"),
    ]
    assert article.images == ()


def test_a_body_of_attachments_alone_is_no_empty_body():
    page = marked_page("<a href='/attach/0/a1.pdf'><img src='/module/jslib/icons/pdf.png'></a>")
    assert "no-content" not in read_article(page, URL).doubts
