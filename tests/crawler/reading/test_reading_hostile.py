"""Any text may stand where a page should: reading gives a value, in time that grows with length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_pages import BEGIN, END, RECORDED, URL, as_word, marked_page, recorded

from crawler.reading import (
    PageKind,
    Part,
    Reading,
    decode,
    fingerprint,
    page_kind,
    read_article,
    resembles,
)
from crawler.reading.body import normalised
from crawler.reading.check import same_characters
from crawler.reading.dates import published_time
from crawler.reading.labels import labels_in
from crawler.reading.noise import without_noise
from crawler.reading.page import parse
from crawler.reading.walker import lines_of

PIECES = (
    "<p>", "</p>", "<div id='zoom'>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>",
    "<br>", BEGIN, END, "<!--", "-->", "<li>", "<pre>", "</pre>", "<h3>题</h3>", "</a>",
    "<a href='/attach/0/a.doc'>", "<a href='http://[x'>", "<img src='//[y/z.jpg'>", "首页 > 甲",
    "发布日期：2022-02-26", "来源：甲", "<span style='display:none'>", "</span>", "<title>",
    "<body>", "<script>", "&#0;", "&#1;", "&#xfffe;", "\x0c", "<![CDATA[", "<?x?>",
    "打印 关闭", "索引号：", "文号：",
    "\u3000", "\n", "\x00", "\ud800", "\ufffe", "文", "<td rowspan=9>", "<font>", "<o:p>",
    "<video src='http://[v.mp4'>", "<embed flashvars='a=&b=%ff.mp4'>", "<iframe src='//[w'>",
    "<iframe src='/content/1.html'>", "<a href='art_2107_4410923_2.html'>2</a>", "下一页",
    "<a href='?page=²'>", "<script>document.write('\\x3cp>\\ud800')</script>", "共99页",
    "<!--<$[副题]>begin-->", "<!--<$[副题]>end-->", "【已废止】", "更正：甲乙", "<p>索引号：</p>",
    "<script src='/content/1.js'></script>", "createPageHTML(3,0,'art_2107_4410923','html')",
    "<meta name='Url' content='http://[z'>", "第一条　", "<svg>", "<frameset>",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)
ADDRESSES = st.sampled_from(
    [URL, "", "http://[", "x", "http://a.gov.cn/art/2022/99/99/art_1_2.html"]
)


@settings(max_examples=150, deadline=None)
@given(html=MARKUP, url=ADDRESSES, status=st.sampled_from([200, 404, 521]))
@pytest.mark.fault("8.2")
def test_any_text_gives_a_reading_a_kind_and_a_fingerprint(html, url, status):
    reading = read_article(html, url)
    assert isinstance(reading, Reading)
    assert reading.article.digest
    parts = [Part(html, address) for address in (*reading.continues, url)]
    assert read_article(html, url, parts=parts, listed=html[:9]).article.digest
    assert "\ud800" not in reading.article.body
    assert isinstance(page_kind(html, url, status).kind, PageKind)
    assert resembles(fingerprint(html, status, url), fingerprint(html, status, url))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=100))
@pytest.mark.fault("8.2")
def test_any_string_gives_a_reading(html, url):
    assert isinstance(read_article(html, url), Reading)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.none() | st.text(max_size=12))
@pytest.mark.fault("8.2")
def test_any_bytes_and_any_declaration_give_text_that_can_be_stored(payload, declared):
    text = decode(payload, declared)
    assert "\x00" not in text
    assert text.encode().decode() == text


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_the_walker_loses_no_visible_character_and_changes_no_order(html):
    root = parse(html).root
    without_noise(root)
    assert same_characters(lines_of(root), root)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("甲乙丙丁。", min_size=1, max_size=30), min_size=1, max_size=12))
def test_paragraphs_in_are_paragraphs_out(paragraphs):
    markup = "".join(f"<p>　　{text}</p>" for text in paragraphs)
    assert read_article(marked_page(markup), URL).article.body.split("\n") == paragraphs


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_a_time_is_in_the_contract_s_form_or_none(text):
    read = published_time(text)
    assert read is None or len(read) == len("2022-02-26") or read.endswith("+08:00")


@pytest.mark.skipif(not RECORDED.exists(), reason="no recorded pages beside this checkout")
def test_a_recorded_page_cut_anywhere_is_still_read():
    page = recorded("wzkj.wenzhou.gov.cn__article__1.html")
    for length in range(0, len(page), 397):
        assert isinstance(read_article(page[:length], URL), Reading)


UNITS = (
    " ", "第", "-", "<", ">", "&", "\n", "首页>", "首页 ", "来源：", "发布日期 ", "2022-", "打印",
    "<!--", "<!--<$[信息内容]>begin", "<meta ", "<meta name=ContentStart ", "display:none",
    "visitcount.jsp?", "/attach/", "<td>", "<p>", "(", "您访问的页面", "抱歉", "<a>首页</a>",
    "<ul class='fj'><li><a href='/attach/a.doc'>", "<h1 class='con'>",
    "<table><tr><td>索引号：<td>1", "<p>索引号：<p>发布机构：",
    "<a href=art_2107_4410923_2.html>[2] ", "<script>document.write('a", "<embed flashvars='a=b&",
    "本文件自已", "createPageHTML( 1 ",
    "<p>1</p>", "<script ", "location = '",
)  # fmt: skip


def seconds(text: str) -> float:
    start = time.process_time()
    read_article(text, URL)
    page_kind(text, URL, 200)
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.fault("4.26")
def test_a_longer_page_takes_longer_in_proportion(unit):
    short, long = (unit * (size // len(unit)) for size in (15_000, 150_000))
    # More than once: a processor that others use as well may be slow just for the longer one.
    assert any(seconds(long) < 1 + 30 * seconds(short) for _ in range(3))


@pytest.mark.parametrize("unit", [" ", "时间", "来 源", "2022-02-26 ", "发布日期："])
def test_labels_and_times_of_an_endless_line_are_found_at_once(unit):
    start = time.process_time()
    labels_in(unit * (500_000 // len(unit)))
    published_time(unit * 100_000)
    assert time.process_time() - start < 30  # of what hangs: it takes half a second


def test_trafilatura_and_the_walker_agree_on_word_s_spans():
    region = parse(as_word()).root
    assert normalised(region) == lines_of(region)
