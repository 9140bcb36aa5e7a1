"""Articles that go on elsewhere: over further pages, in a frame, in a file that a script writes."""

import pytest
from reading_pages import BEGIN, END, PARAGRAPHS, TITLE, URL, article_page, as_paragraphs

from crawler.hanweb import canonical
from crawler.reading import Part, read_article
from crawler.reading.pager import MOST_PAGES

STEM = "art_2107_4410923"
FOLDER = "http://www.yunxi.gov.cn/art/2022/3/5/"
FIRST, SECOND, THIRD = PARAGRAPHS[:2], PARAGRAPHS[2:4], PARAGRAPHS[4:]


def at(number: int) -> str:
    return f"{FOLDER}{STEM}_{number}.html"


def links(*pages: tuple[object, str]) -> str:
    return " ".join(f"<a href='{href}'>[{shown}]</a>" for shown, href in pages)


NUMBERED = (
    f"[1] {links((2, f'{STEM}_2.html'), (3, f'{STEM}_3.html'))} <a href='{STEM}_2.html'>下一页</a>"
)
PAGERS = {
    "numbered": (NUMBERED, (2, 3)),
    "from one": (f"[1] {links((2, f'{STEM}_1.html'), (3, f'{STEM}_2.html'))}", (1, 2)),
    "only next": (f"<a href='{STEM}_2.html'>下一页</a>", (2,)),
    "only next, from one": (f"<a href='./{STEM}_1.html'>下一页</a>", (1,)),
    "with a gap": (f"{links((2, at(2)), (9, at(9)))}<a href='{at(2)}'>下一页</a>", range(2, 10)),
    "claimed": (f"共4页 第1页 <a href='{at(2)}'>下一页</a>", (2, 3, 4)),
    "script": (f'<script>createPageHTML(3, 0, "{STEM}", "html");</script>', (1, 2)),
    "script with a box": (
        f"<script>createPageHTML('page_div', 3, 1, '{STEM}', 'html', 55);</script>", (2, 3),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGERS)
@pytest.mark.parametrize("inside", [True, False])
def test_the_further_pages_are_named_in_order_however_the_pager_is_made(name, inside):
    pager, numbers = PAGERS[name]
    inner, outer = (f"<p>{pager}</p>", "") if inside else ("", f"<tr><td>{pager}</td></tr>")
    page = article_page(f"{BEGIN}{as_paragraphs(FIRST)}{inner}{END}", below=outer)
    read = read_article(page, URL)
    assert read.continues == tuple(at(number) for number in numbers)
    assert read.continues_as == "pages"
    assert "continues-elsewhere" in read.doubts
    assert read.article.body == "\n".join(FIRST)
    assert read.article.links == ()


def test_pages_by_query_are_pages_of_the_same_address_alone():
    pager = "<a href='?pageNum=2'>2</a><a href='?pageNum=3'>3</a><a href='/x?page=2'>2</a>下一页"
    read = read_article(article_page(f"{BEGIN}{as_paragraphs()}{END}{pager}"), URL)
    assert read.continues == (f"{URL}?pageNum=2", f"{URL}?pageNum=3")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<a href='art_2107_4410924_2.html'>下一页</a>",
        f"<a href='http://other.gov.cn/art/2022/3/5/{STEM}_2.html'>下一页</a>",
        f"<a href='/art/2022/3/6/{STEM}_2.html'>下一页</a>",
        f"<a href='{STEM}.html'>1</a> 下一页",
        '<script>createPageHTML(3, 0, "index", "html");</script>',
        f'<script>createPageHTML(1, 0, "{STEM}", "html");</script>',
        "<a href='art_2107_4410924.html'>下一页</a>",
    ],
)
def test_another_article_another_host_or_a_single_page_is_no_continuation(elsewhere):
    read = read_article(article_page(f"{BEGIN}{as_paragraphs()}{END}{elsewhere}"), URL)
    assert (read.continues, read.continues_as) == ((), "")
    assert "continues-elsewhere" not in read.doubts


def page_of(lines, number: int, more: str = "", style: str = "markers") -> str:
    targets = (("1", ""), ("2", "_2"), ("3", "_3"), ("下一页", f"_{min(number + 1, 3)}"))
    items = (f"<li><a href='{STEM}{suffix}.html'>{shown}</a></li>" for shown, suffix in targets)
    pager = f"<div class='page'><ul>{''.join(items)}</ul></div>"
    body = f"{as_paragraphs(lines)}{more}{pager}"
    if style == "markers":
        return article_page(f"{BEGIN}{body}{END}")
    return article_page(f"<div id='zoom'>{body}<p>【打印】【关闭】</p></div>")


@pytest.mark.parametrize("style", ["markers", "container"])
def test_an_article_over_three_pages_is_read_as_one(style):
    picture = "<p><img src='/picture/0/2.jpg'></p>"
    file = "<p><a href='/attach/0/a.doc'>任务表</a></p>"
    parts = [
        Part(page_of(SECOND, 2, picture, style), at(2)),
        Part(page_of(THIRD, 3, file + picture, style), at(3)),
    ]
    read = read_article(page_of(FIRST, 1, style=style), URL, parts=parts)
    assert read.article.body.split("\n") == [*PARAGRAPHS, "任务表"]
    assert read.article.images == ("http://www.yunxi.gov.cn/picture/0/2.jpg",)
    assert [a.name for a in read.article.attachments] == ["任务表"]
    assert read.article.title == TITLE
    assert read.continues == (at(2), at(3))
    assert read.doubts == ()
    assert read.article.links == ()


@pytest.mark.parametrize("counted", ["<p>1 2 <b>3</b></p>", "<p>1</p><p>2</p><p>3</p>"])
def test_a_last_page_that_only_counts_the_pages_is_freed_of_them(counted):
    last = Part(article_page(f"{BEGIN}{as_paragraphs((*THIRD, '12'))}{counted}{END}"), at(3))
    parts = [Part(page_of(SECOND, 2), at(2)), last]
    body = read_article(page_of(FIRST, 1), URL, parts=parts).article.body
    assert body.split("\n") == [*PARAGRAPHS, "12"]


def test_a_paragraph_cut_by_the_page_s_end_stays_cut():
    parts = [Part(page_of(["下半句。"], 2), at(2)), Part(page_of(THIRD, 3), at(3))]
    body = read_article(page_of(["上半句，"], 1), URL, parts=parts).article.body
    assert body.split("\n") == ["上半句，", "下半句。", *THIRD]


def test_a_page_that_only_the_second_one_names_is_asked_for_next():
    def chained(lines, following: int) -> str:
        link = f"<p><a href='{STEM}_{following}.html'>下一页</a></p>"
        return article_page(f"{BEGIN}{as_paragraphs(lines)}{link}{END}")

    first, second = chained(FIRST, 2), Part(chained(SECOND, 3), at(2))
    assert read_article(first, URL).continues == (at(2),)
    read = read_article(first, URL, parts=[second])
    assert read.continues == (at(2), at(3))
    assert "continues-elsewhere" in read.doubts
    last = Part(article_page(f"{BEGIN}{as_paragraphs(THIRD)}{END}"), at(3))
    whole = read_article(first, URL, parts=[second, last])
    assert tuple(whole.article.body.split("\n")) == PARAGRAPHS
    assert whole.doubts == ()


def test_numbers_that_end_a_text_are_no_pager():
    lines = (*PARAGRAPHS, "1", "2")
    page = article_page(f"{BEGIN}{as_paragraphs(lines)}{END}")
    assert tuple(read_article(page, URL).article.body.split("\n")) == lines


FRAME = "<iframe src='/content/4410923.html' width='100%' height='900'></iframe>"


@pytest.mark.parametrize(
    ("embedded", "kind", "address"),
    [
        (FRAME, "frame", "/content/4410923.html"),
        ("<script src='/content/4410923.js'></script>", "script", "/content/4410923.js"),
        ("<div id='x'></div><script>$('#x').load('/content/4410923.html')</script>", "script",
         "/content/4410923.html"),
    ],
)  # fmt: skip
def test_a_body_that_stands_in_a_frame_or_a_script_is_asked_for(embedded, kind, address):
    read = read_article(article_page(f"<div id='zoom'>{embedded}</div>"), URL)
    assert (read.continues, read.continues_as) == ((f"http://www.yunxi.gov.cn{address}",), kind)
    assert "continues-elsewhere" in read.doubts
    assert "no-content" not in read.doubts


@pytest.mark.parametrize(
    "body",
    [
        "<iframe src='http://elsewhere.gov.cn/a.html'></iframe>",
        "<iframe src='/a.html' width='0' height='0'></iframe>",
        "<iframe src='/a.html' style='display: none'></iframe>",
        "<iframe src='/module/visitcount/visit.jsp?type=3'></iframe>",
        "<script src='/module/jslib/jquery/jquery.js'></script>",
        "<script src='/script/web_front.js'></script>",
        f"{as_paragraphs()}{FRAME}",
    ],
)
def test_counters_libraries_and_frames_beside_a_text_are_no_body(body):
    assert read_article(article_page(f"<div id='zoom'>{body}</div>"), URL).continues == ()


@pytest.mark.parametrize(("name", "asked"), [("mainFrame", True), ("top", False), ("", False)])
def test_where_nothing_says_what_the_body_is_only_a_frame_named_for_it_is_asked_for(name, asked):
    page = (
        f"<html><title>甲</title><body><iframe id='{name}' src='/x/1.html'></iframe></body></html>"
    )
    assert bool(read_article(page, URL).continues) is asked


FRAMED = "http://www.yunxi.gov.cn/content/4410923.html"


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body>{as_paragraphs()}</body></html>",
        f"<html><body><div id='zoom'>{as_paragraphs()}</div><p>版权所有</p></body></html>",
        as_paragraphs(),
    ],
)
def test_a_frame_s_page_or_its_container_is_the_body(html):
    page = article_page(f"<div id='zoom'>{FRAME}</div>")
    read = read_article(page, URL, parts=[Part(html, FRAMED)])
    assert tuple(read.article.body.split("\n")) == PARAGRAPHS
    assert read.doubts == ()


def test_links_in_a_frame_start_from_the_frame_s_own_address():
    page = article_page(f"<div id='zoom'>{FRAME}</div>")
    part = Part("<p>见<a href='a.doc'>表</a></p><img src='b.jpg'>", FRAMED)
    article = read_article(page, URL, parts=[part]).article
    assert article.attachments[0].url == "http://www.yunxi.gov.cn/content/a.doc"
    assert article.images == ("http://www.yunxi.gov.cn/content/b.jpg",)


def test_a_body_that_a_script_file_writes_is_read_from_its_strings():
    script = "".join(f'document.write("<p>{line}<\\/p>");\n' for line in PARAGRAPHS)
    address = "http://www.yunxi.gov.cn/content/4410923.js"
    page = article_page("<div id='zoom'><script src='/content/4410923.js'></script></div>")
    read = read_article(page, URL, parts=[Part(script, address)])
    assert tuple(read.article.body.split("\n")) == PARAGRAPHS
    assert read.doubts == ()


def test_a_body_that_a_script_writes_where_it_stands_needs_no_other_file():
    script = f"<script>var html = '{as_paragraphs()}'; document.write(html);</script>"
    read = read_article(article_page(f"<div id='zoom'>{script}</div>"), URL)
    assert tuple(read.article.body.split("\n")) == PARAGRAPHS
    assert (read.continues, read.doubts) == ((), ())


@pytest.mark.parametrize(
    "pager",
    [
        f"共150页 第1页 <a href='{STEM}_2.html'>下一页</a>",
        f"<script>createPageHTML(150, 0, '{STEM}', 'html');</script>",
        f"{links((2, at(2)), (150, at(150)))}<a href='{at(2)}'>下一页</a>",
    ],
)
def test_what_lies_beyond_the_last_page_that_is_fetched_is_told(pager):
    read = read_article(article_page(f"{BEGIN}{as_paragraphs(FIRST)}<p>{pager}</p>{END}"), URL)
    assert len(read.continues) == MOST_PAGES - 1
    assert "pages-beyond" in read.doubts


def test_parts_that_name_ever_more_pages_come_to_an_end():
    def page(number: int) -> str:
        turn = f"<a href='{at(number + 1)}'>下一页</a>"
        return article_page(f"{BEGIN}<p>{PARAGRAPHS[0]}</p><p>{turn}</p>{END}")

    parts = [Part(page(number), at(number)) for number in range(2, MOST_PAGES + 1)]
    read = read_article(page(1), URL, parts=parts)
    assert len(read.continues) == MOST_PAGES - 1
    assert read.doubts == ("pages-beyond",)


def test_an_article_of_an_ordinary_length_has_nothing_beyond():
    read = read_article(article_page(f"{BEGIN}{as_paragraphs(FIRST)}<p>{NUMBERED}</p>{END}"), URL)
    assert "pages-beyond" not in read.doubts


def test_a_page_by_query_is_fetched_as_named_and_is_no_article_of_its_own():
    pager = "<a href='?pageNum=2'>2</a>下一页"
    (second,) = read_article(article_page(f"{BEGIN}{as_paragraphs()}{END}{pager}"), URL).continues
    assert second == f"{URL}?pageNum=2"
    assert canonical(second) == URL
