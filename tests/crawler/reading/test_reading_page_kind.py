"""What was served: positive evidence for an article, signs of everything else."""

import pytest
from reading_pages import BEGIN, END, URL, article_page, as_paragraphs, marked_page

from crawler.reading import PageKind, in_chinese, page_kind
from storage.consult.reasons import REASONS

CHANNEL = "http://www.yunxi.gov.cn/col/col2107/index.html"
HOME = "http://www.yunxi.gov.cn/"


def page(body: str, title: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def kind(html: str, url: str = URL, status: int = 200) -> PageKind:
    return page_kind(html, url, status).kind


def counter(page_type: int) -> str:
    return (
        f"<iframe src='/module/visitcount/visit.jsp?type={page_type}&i_webid=9&i_columnid=2107"
        "&i_articleid=4410923'></iframe>"
    )


@pytest.mark.parametrize(
    "html",
    [
        marked_page("<p>正文</p>"),
        marked_page("<img src='/picture/0/1.jpg'>"),
        page("正文", head='<meta name="ArticleTitle" content="甲">'),
        page("正文", head='<meta name="pubDate" content="2022"><meta name="title" content="甲">'),
        page("正文" + counter(3)),
        page("正文", head='<meta id="pagetype" content="1">'),
        article_page(f"<div id='zoom'>{as_paragraphs()}</div>"),
    ],
)
def test_each_evidence_of_an_article_suffices(html):
    assert kind(html) is PageKind.ARTICLE


def test_an_article_about_verification_or_missing_pages_is_an_article():
    text = "<p>网站升级改造期间，如遇页面不存在或要求输入验证码，请输入验证码后重试。</p>"
    assert kind(marked_page(text)) is PageKind.ARTICLE
    assert kind(article_page(f"<div id='zoom'>{text * 30}</div>")) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        (page("列表" + counter(2)), CHANNEL, PageKind.CHANNEL),
        (page("列表", head='<meta id="pagetype" content="2">'), CHANNEL, PageKind.CHANNEL),
        (page("列表", head='<meta name="ColumnName" content="甲">'), CHANNEL, PageKind.CHANNEL),
        (marked_page("<p>机构简介</p>") + counter(2), CHANNEL, PageKind.CHANNEL),
        (page("<script type='text/xml'><datastore></datastore></script>"), HOME + "x.html",
         PageKind.CHANNEL),
        (page("首页" + counter(1)), HOME, PageKind.HOME),
        (page("栏目导航"), HOME, PageKind.HOME),
        ("<datastore><totalrecord>3</totalrecord></datastore>", HOME + "x.jsp", PageKind.LISTING),
        ("User-agent: *\nDisallow: /a/", HOME + "robots.txt", PageKind.ROBOTS),
    ],
)  # fmt: skip
def test_pages_that_are_no_articles_are_known_for_what_they_are(html, url, expected):
    assert kind(html, url) is expected


@pytest.mark.parametrize(
    ("html", "status"),
    [
        (page("<script>$_ts=window['$_ts'];</script>"), 412),
        (page("<script>$_ts=window['$_ts'];</script>"), 200),
        ("<script>document.cookie='__jsl_clearance_s=1'</script>", 521),
        (page("<script>var arg1='x';setCookie('acw_sc__v2')</script>"), 200),
        (page("访问验证"), 200),
        (page("您的访问过于频繁，请稍后再试"), 200),
        (page("请输入验证码 <input>"), 403),
        (page("云防御拦截"), 200),
        (page("Just a moment..."), 403),
        ("", 521),
    ],
)
def test_a_challenge_is_one_under_any_status(html, status):
    assert kind(html, status=status) is PageKind.CHALLENGE


@pytest.mark.parametrize(
    "html",
    [
        page("您访问的页面不存在"),
        page("抱歉，您要查看的文章已被删除！<a href='/'>返回首页</a>"),
        page("很抱歉，您访问的页面可能已被删除、更名或暂时不可用"),
        page("页面跑丢了" + "导航" * 400, title="404-云溪县人民政府"),
        page("The requested URL was not found", title="404 Not Found"),
        page("该信息已下线"),
        page("您访问的页面不存在" + counter(3)),
    ],
)
def test_a_soft_404_is_a_short_notice_without_evidence(html):
    assert kind(html) is PageKind.NOT_FOUND


def test_without_any_word_of_its_own_the_status_decides():
    assert kind(page("甲"), status=404) is PageKind.NOT_FOUND
    assert kind(page("甲"), status=410) is PageKind.NOT_FOUND
    assert kind(page("甲"), status=503) is PageKind.ERROR
    assert kind(page("甲")) is PageKind.OTHER


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("统一身份认证 用户名 密码", PageKind.LOGIN),
        ("502 Bad Gateway", PageKind.ERROR),
        ("网站升级维护中，请稍后访问", PageKind.ERROR),
        ("您访问的页面暂时不可用", PageKind.ERROR),
        ("<script>location='/x'</script>", PageKind.BLANK),
        ("<div>&nbsp;</div>", PageKind.BLANK),
    ],
)
def test_no_outage_and_no_shell_is_taken_for_an_absence(body, expected):
    assert kind(page(body)) is expected


@pytest.mark.parametrize(
    "leading",
    [
        "<script>window.location.href='/';</script>",
        "<script>top.location = 'http://www.yunxi.gov.cn/index.html'</script>页面正在跳转，请稍候",
        '<script>location.replace("/")</script>',
        "<meta http-equiv='refresh' content='0; url=/'>",
    ],
)
def test_a_page_that_only_leads_home_is_no_home_page_but_a_signpost(leading):
    assert kind(page(leading)) is PageKind.LEADS_HOME
    assert kind(page(leading + "正文" * 100)) is not PageKind.LEADS_HOME
    assert kind(marked_page("<p>正文</p>") + leading) is PageKind.ARTICLE


def test_a_page_that_leads_elsewhere_or_sets_a_cookie_first_says_nothing_of_the_home_page():
    for script in (
        "location='/x'",
        "location='http://b.gov.cn/'",
        "document.cookie='a';location='/'",
    ):
        assert kind(page(f"<script>{script}</script>")) is not PageKind.LEADS_HOME


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (page("请输入关键字", title="站内搜索"), HOME + "x.html"),
        (page("春耕", title="春耕-搜索结果"), HOME + "x.html"),
        (page("为您找到相关结果36条"), HOME + "x.html"),
        (page("没有找到与“春耕”相关的结果"), HOME + "x.html"),
        (page("春耕"), HOME + "jrobot/search.do?q=x"),
        (page("春耕"), HOME + "search.jsp?q=x"),
    ],
)
def test_a_search_page_is_none_of_the_site_s_articles(html, url):
    assert kind(html, url) is PageKind.SEARCH


def test_the_search_of_the_disclosure_catalogue_is_a_listing_s_answer():
    assert kind(page("共3页"), HOME + "module/xxgk/search.jsp") is not PageKind.SEARCH


@pytest.mark.parametrize("emptied", ["", "&nbsp;", "<script>var a = 1</script>"])
@pytest.mark.parametrize("box", ["{}", "<div id='zoom'>{}</div>"])
@pytest.mark.parametrize("counted", ["", counter(3)])
def test_an_article_s_template_without_title_and_content_is_an_empty_shell(emptied, box, counted):
    body = box.format(emptied) if "zoom" in box else f"{BEGIN}{emptied}{END}"
    shell = page(f"<div>首页 政务公开 版权所有</div>{body}{counted}")
    judged = page_kind(shell, URL, 200)
    assert (judged.kind, judged.reason_en) == (
        PageKind.BLANK, "an article's template with nothing in it",
    )  # fmt: skip
    titled = shell.replace("</head>", '<meta name="ArticleTitle" content="甲"></head>')
    assert kind(titled) is PageKind.ARTICLE


def test_maintenance_says_so_under_any_status():
    for status in (200, 404, 503):
        judged = page_kind(page("系统升级维护中，请稍后访问"), URL, status)
        assert (judged.kind, judged.reason_zh) == (PageKind.ERROR, "网站正在维护")


def test_every_reason_has_its_chinese_and_is_found_again_from_what_was_kept():
    for english, chinese in REASONS.items():
        assert english.isascii()
        assert any("一" <= char <= "鿿" for char in chinese)
        assert english.count("{}") == chinese.count("{}")
        assert in_chinese(english.format("http://a.gov.cn/")) == chinese.format("http://a.gov.cn/")


def test_every_verdict_gives_its_reason_in_both_languages():
    for html in ("", page("访问验证"), marked_page("正文"), page("甲")):
        judged = page_kind(html, URL, 200)
        assert judged.reason_en.isascii()
        assert any("一" <= char <= "鿿" for char in judged.reason_zh)
