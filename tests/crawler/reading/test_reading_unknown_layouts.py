"""Pages whose template nobody has described: read between their date line and their buttons."""

import pytest
from reading_pages import PARAGRAPHS, TITLE, URL, as_paragraphs

from crawler.reading import read_article

DATE_LINE = "<p>发布日期：2022-03-05 09:12 来源：县府办</p>"
BUTTONS = "<p><a href='javascript:window.print()'>打印本页</a> <a>关闭窗口</a></p>"
FOOTER = f"<div><p>{'主办单位：云溪县人民政府办公室，网站标识码在此，欢迎来电。' * 3}</p></div>"


def unknown_page(body: str, *, above: str = "", below: str = ""):
    page = f"""<html><head><title>{TITLE}</title></head><body>
<div><a href="/">首页</a> <a href="/col/col1/index.html">要闻</a></div>
<div><h1>{TITLE}</h1>{above}{DATE_LINE}{body}{below}{BUTTONS}</div>{FOOTER}</body></html>"""
    return read_article(page, URL)


def test_the_body_is_found_is_doubted_and_nobody_takes_it_for_located():
    reading = unknown_page(as_paragraphs())
    assert reading.article.body.split("\n") == list(PARAGRAPHS)
    assert "no-region" in reading.doubts
    assert reading.layout == "whole page"


@pytest.mark.parametrize("place", ["above", "below"])
def test_the_disclosure_table_is_a_table_and_no_body(place):
    table = """<table><tr><td>索引号：</td><td>01435/2022-8</td><td>主题：</td><td>农业</td></tr>
<tr><td>发布机构：</td><td>县府办</td><td>生成日期：</td><td>2022-03-04</td></tr></table>"""
    inside = {"above": f"{table}{as_paragraphs()}", "below": f"{as_paragraphs()}{table}"}
    article = unknown_page(inside[place]).article
    assert article.body.split("\n") == list(PARAGRAPHS)
    assert article.info["索引号"] == "01435/2022-8"


@pytest.mark.parametrize(
    "block",
    [
        "<p>附件下载：<a href='/attach/0/1.xls'>申报表.xls</a></p>",
        "<p>【附件下载】</p><p><a href='/attach/0/1.xls'>申报表.xls</a>、"
        "<a href='/attach/0/2.pdf'>办法.pdf</a></p>",
    ],
)
def test_the_block_of_files_is_attachments_and_no_body(block):
    article = unknown_page(as_paragraphs(), below=block).article
    assert article.body.split("\n") == list(PARAGRAPHS)
    assert article.attachments[0].name == "申报表.xls"
    assert len(article.attachments) == block.count("<a ")


def test_a_list_of_files_that_the_text_ends_with_is_text():
    listed = "<p>附件：<a href='/attach/0/1.xls'>申报表.xls</a></p>"
    article = unknown_page(as_paragraphs(), below=listed).article
    assert article.body.endswith("\n附件：申报表.xls")
    assert len(article.attachments) == 1


def test_what_trafilatura_drops_in_the_midst_of_a_text_is_put_back():
    """A salutation in front of the first break, and a file's name above the signature; the page
    has no buttons that would say where its text ends."""
    said = ("各有关单位：", *PARAGRAPHS, "附件：名单.pdf", "县农业农村局", "2022年3月5日")
    named = '<p><img src="/icons/word.png">附件：<a href="/1.pdf">名单.pdf</a></p>'
    text = "<br>\n".join(f"　　{line}" for line in said).replace("　　附件：名单.pdf<br>", named)
    related = "".join(
        f'<li><a href="/art/{n}.html">关于第{n}批项目的通知</a></li>' for n in range(9)
    )
    page = f"""<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>
<div><em>发布日期：2022-03-05 09:12</em></div><section><div>{text}</div></section></main>
<aside><div><h4>相关信息</h4>{related}</div></aside>{FOOTER}</body></html>"""
    assert read_article(page, URL).article.body.split("\n") == list(said)


def test_an_article_of_pictures_alone_has_its_pictures():
    pictures = "<p><img src='/picture/0/1.jpg'></p><p><img src='/picture/0/2.jpg'></p>"
    banner = "<a href='/zt/'><img src='/images/banner.jpg'></a><img src='/images/logo.jpg'>"
    article = unknown_page(pictures, above=banner).article
    assert [url.rpartition("/")[2] for url in article.images] == ["1.jpg", "2.jpg"]
    assert article.body == ""


def test_a_date_line_behind_the_text_is_no_text():
    page = f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<div>{as_paragraphs()}<p>时间：2022-03-05 字号：[大 中 小]</p></div></body></html>"""
    assert read_article(page, URL).article.body.split("\n") == list(PARAGRAPHS)
