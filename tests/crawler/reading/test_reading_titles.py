"""The headline's own lines, who wrote it, and what stands in for either."""

import pytest
from reading_pages import TITLE, URL, article_page, as_paragraphs, marked_page

from crawler.reading import read_article

BODY = as_paragraphs()


def reading(head: str = "", above: str = "", **more):
    return read_article(marked_page(BODY, head=head, above=above), URL, **more)


def marker(name: str, text: str) -> str:
    return f"<tr><td><!--<$[{name}]>begin-->{text}<!--<$[{name}]>end--></td></tr>"


@pytest.mark.parametrize(
    ("head", "above", "subtitle", "origin"),
    [
        ("", marker("引题", "春回大地"), "春回大地", "marker"),
        ("", marker("副题", "——全县春耕一线见闻"), "——全县春耕一线见闻", "marker"),
        ("", marker("引题", "春回") + marker("副题", "一线见闻"), "春回\n一线见闻", "marker"),
        ("", "<tr><td>副标题：一线见闻</td></tr>", "一线见闻", "label"),
        ("", "<tr><td><h3 class='subtitle'>一线见闻</h3></td></tr>", "一线见闻", "label:heading"),
        ("<meta name='SubTitle' content='一线见闻'>", "", "一线见闻", "meta"),
    ],
)  # fmt: skip
def test_the_lines_above_and_below_the_headline_are_its_subtitle(head, above, subtitle, origin):
    read = reading(head, above)
    assert (read.article.subtitle, read.origins["subtitle"]) == (subtitle, origin)
    assert read.article.title == TITLE


def test_a_line_that_begins_with_a_dash_under_the_headline_is_its_subtitle():
    page = marked_page(BODY).replace(
        f'<td align="center">{TITLE}</td>', f"<td>{TITLE}<br>——县长在会上的讲话</td>"
    )
    assert read_article(page, URL).article.subtitle == "——县长在会上的讲话"


def test_a_document_number_in_the_place_of_a_subtitle_is_the_number():
    article = reading(above=marker("引题", "云政发〔2022〕8号")).article
    assert (article.subtitle, article.doc_number) == (None, "云政发〔2022〕8号")


@pytest.mark.parametrize(
    "line", ["发布日期：2022-03-05 来源：县志办", "2022-03-05", "2022年3月5日"]
)
def test_a_date_line_that_a_template_calls_a_subtitle_is_none(line):
    above = f"<tr><td><div class='sub-title'>{line}</div></td></tr>"
    assert reading(above=above).article.subtitle is None


def test_a_page_without_any_subtitle_has_none():
    assert reading().article.subtitle is None


def test_where_the_page_names_nothing_the_listing_s_title_serves():
    bare = f"<html><body><div id='zoom'>{BODY}</div></body></html>"
    read = read_article(bare, URL, listed="春耕备耕会")
    assert (read.article.title, read.origins["title"]) == ("春耕备耕会", "listing")
    assert "no-title" in read_article(bare, URL).doubts
    assert reading(listed="另一个").article.title == TITLE


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("<meta property='og:title' content='春耕备耕会召开'>", ""),
        ("", "<h2>春耕备耕会召开</h2>"),
        ("<title>云溪县人民政府</title><meta name='SiteName' content='云溪县人民政府'>",
         "<h2>春耕备耕会召开</h2>"),
    ],
)  # fmt: skip
def test_a_title_that_only_trafilatura_finds_is_taken_at_last_and_doubted(head, above):
    page = f"<html><head>{head}</head><body>{above}<div id='zoom'>{BODY}</div></body></html>"
    read = read_article(page, URL)
    assert (read.article.title, read.origins["title"]) == ("春耕备耕会召开", "trafilatura")
    assert "title-guessed" in read.doubts
    assert "no-title" not in read.doubts
    listed = read_article(page, URL, listed="春耕会")
    assert (listed.article.title, listed.origins["title"]) == ("春耕会", "listing")
    assert "title-guessed" not in listed.doubts


def test_the_site_s_own_name_is_no_article_s_title():
    name = "云溪县人民政府"
    head = f"<title>{name}</title><meta name='SiteName' content='{name}'>"
    page = f"<html><head>{head}</head><body><div id='zoom'>{BODY}</div></body></html>"
    assert read_article(page, URL).doubts.count("no-title") == 1


@pytest.mark.parametrize(
    ("line", "author", "origin"),
    [
        ("作者：方田 责任编辑：李禾", "方田", "label"),
        ("记者：方田　编辑：李禾", "方田", "label"),
        ("供稿：县农业农村局 编辑：李禾", "县农业农村局", "label"),
        ("责任编辑：李禾", "李禾", "label:责任编辑"),
        ("发布日期：2022-03-05 编辑：李禾", "李禾", "label:编辑"),
        ("审核：王 校对：赵", None, None),
    ],
)
def test_an_editor_stands_in_for_an_author_and_the_origin_says_so(line, author, origin):
    read = reading(above=f"<tr><td>{line}</td></tr>")
    assert (read.article.author, read.origins.get("author")) == (author, origin)


@pytest.mark.parametrize(
    ("printed", "published", "doubted"),
    [
        ("二〇二二年二月二十六日", "2022-02-26", False),
        ("二○二二年二月廿六日", "2022-02-26", False),
        ("2022/2/26", "2022-02-26", False),
        ("2022-02-26 11:38:05.0", "2022-02-26T11:38+08:00", False),
        ("２０２２－０２－２６　１１：３８", "2022-02-26T11:38+08:00", False),
        ("2022年2月26日 星期六 11:38", "2022-02-26T11:38+08:00", False),
        ("02-26", "2022-02-26", True),
        ("2月26日", "2022-02-26", True),
        ("02-30", None, False),
        ("昨天", None, False),
    ],
)
def test_times_as_pages_print_them(printed, published, doubted):
    page = f"<html><body><p>发布日期：{printed}</p><div id='zoom'>{BODY}</div></body></html>"
    read = read_article(page, URL)
    assert read.article.published == published
    assert ("year-guessed" in read.doubts) is doubted


def test_a_day_without_a_year_takes_none_from_an_address_that_has_none():
    page = f"<html><body><p>发布日期：02-26</p><div id='zoom'>{BODY}</div></body></html>"
    assert read_article(page, "http://www.yunxi.gov.cn/x.html").article.published is None


@pytest.mark.parametrize(
    "written",
    ["云政发〔2022〕8号", "云政发[2022]8号", "云政发（2022）8号", "云政发【2022】 8 号",
     "云政发﹝2022﹞8号", "云政发[２０２２]第８号"],
)  # fmt: skip
def test_a_document_number_is_written_one_way_whatever_its_brackets(written):
    assert reading(above=f"<tr><td>{written}</td></tr>").article.doc_number == "云政发〔2022〕8号"
    article = reading(above=f"<tr><td>发文字号：{written}</td></tr>").article
    assert article.doc_number == "云政发〔2022〕8号"


def test_a_number_on_a_line_of_its_own_at_the_body_s_head_is_the_document_s():
    page = marked_page(as_paragraphs(("云政发〔2022〕8号", "各乡镇：", "附：云政发〔2021〕3号")))
    article = read_article(page, URL).article
    assert article.doc_number == "云政发〔2022〕8号"
    assert article.body.startswith("云政发〔2022〕8号\n")


def test_links_to_other_documents_are_kept_with_their_words():
    body = (
        "<p>见<a href='/art/2021/1/2/art_1_2.html'>上年通知</a>、<a href='#a'>上文</a>、"
        "<a href='/attach/0/a.doc'>附件</a>、<a href='javascript:void(0)'>空</a>、"
        "<a href='http://www.example.gov.cn/'>县网</a>。</p>"
    )
    article = read_article(marked_page(body), URL).article
    assert [(link.text, link.url) for link in article.links] == [
        ("上年通知", "http://www.yunxi.gov.cn/art/2021/1/2/art_1_2.html"),
        ("县网", "http://www.example.gov.cn/"),
    ]


def test_a_container_s_neighbours_are_no_links_of_the_body():
    page = article_page(
        f"<div id='zoom'>{BODY}</div>", below="<tr><td><a href='/x.html'>另</a></td></tr>"
    )
    assert read_article(page, URL).article.links == ()
