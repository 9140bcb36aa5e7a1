"""Information disclosure: what the page says to search for, and how the answer goes on."""

import pytest

from crawler.listings import NotAListing, Progress, find_pagers

URL = "http://a.gov.cn/col/col1326694/index.html"
SEARCH = "http://a.gov.cn/module/xxgk/search.jsp"
NOTHING_YET = Progress(rows=0, pages=0, claimed_total=None)

LOADED = (
    "<div id='div4'></div><script>loadDynamic('/module/xxgk/search.jsp?infotypeId='+a+"
    "'&vc_title=&vc_number=&area=11330000002482031M', 'div4', 'Z2401', '', '', '3185');</script>"
)
FORM = (
    "<form action='/module/xxgk/search.jsp'><input name='infotypeId' value='A0212'>"
    "<input name='jdid' value='2237'><input name='divid' value='div1326694'>"
    "<input name='area' value='001008'><input name='q' value='搜索'></form>"
    '<script>$.post("/module/xxgk/search.jsp", $("form").serialize())</script>'
)
TREE = (
    "<iframe src='/module/xxgk/tree.jsp?standardXxgk=1&amp;area=014500858&amp;divid=div51009'>"
    "</iframe>"
    "<iframe src='../../module/visitcount/visit.jsp?type=2&i_webid=67&i_columnid=1'></iframe>"
)
OLD = (
    "<script>load('/xxgk/jcms_files/jcms1/web1/site/zfxxgk/search.jsp?showsub=1&cid=43&jdid=1"
    "&divid=div4869&currpage=1&vc_title=')</script>"
)


def sent(page, url=URL):
    (pager,) = find_pagers(page, url)
    request = pager.request(NOTHING_YET, None)
    return request.url, {name: value for name, value in request.form if value}


def test_a_call_says_what_to_search_for():
    url, form = sent(LOADED)
    assert url == f"{SEARCH}?currpage=1"
    assert form == {
        "infotypeId": "Z2401", "jdid": "3185", "area": "11330000002482031M",
        "divid": "div4", "currpage": "1",
    }  # fmt: skip


def test_a_form_says_what_to_search_for():
    _, form = sent(FORM)
    assert form == {
        "infotypeId": "A0212", "jdid": "2237", "area": "001008",
        "divid": "div1326694", "currpage": "1",
    }  # fmt: skip


def test_the_frame_of_the_tree_says_for_which_office():
    url, form = sent(TREE)
    assert url == f"{SEARCH}?currpage=1"
    assert (form["area"], form["divid"], form["jdid"]) == ("014500858", "div51009", "67")
    assert form["standardXxgk"] == "1"


def test_the_channels_own_address_says_for_which_node():
    _, form = sent(TREE, f"{URL}?vc_xxgkarea=009&number=C00004")
    assert (form["area"], form["infotypeId"]) == ("009", "C00004")


def test_the_older_application_is_asked_at_its_own_address():
    url, form = sent(OLD)
    assert url == (
        "http://a.gov.cn/xxgk/jcms_files/jcms1/web1/site/zfxxgk/search.jsp"
        "?showsub=1&cid=43&jdid=1&divid=div4869&currpage=1"
    )
    assert (form["cid"], form["showsub"], form["currpage"]) == ("43", "1", "1")


def table(numbers, pages):
    rows = "".join(
        f"<tr class='tr_main_value_{'odd' if n % 2 else 'even'}'><td><table><tr><td>"
        f"<a class='bt_link' href='/art/2026/6/{n}/art_77_{n}.html' title='第{n}号'>第...</a>"
        f"</td></tr></table></td><td>办公室</td><td>2026-06-{n:02}</td></tr>"
        for n in numbers
    )
    return (
        f"<table><tr><td>名称</td><td>部门</td><td>日期</td></tr>{rows}</table><div>{pages}</div>"
    )


def items(numbers, pages):
    rows = "".join(
        f"<li><a href='/art/2026/6/{n}/art_77_{n}.html'>第{n}号</a><span>2026-06-{n:02}</span></li>"
        for n in numbers
    )
    return f"<div class='zfxxgk_list_con'><ul>{rows}</ul></div><div>{pages}</div>"


@pytest.mark.parametrize("skin", [table, items])
@pytest.mark.parametrize(
    "pages",
    [
        "共3页 <a href='javascript:void(0)' onclick=\"changePage('div4',2)\">下一页</a>"
        "<a onclick=\"changePage('div4',3)\">尾 页</a>",
        "共3页 <a href='search.jsp?infotypeId=7&currpage=2&sortfield='>下一页</a>",
        "第1页 共3页",
        "<span>1/3页</span>",
    ],
)
def test_both_skins_are_read_and_go_on(skin, pages):
    (pager,) = find_pagers(LOADED, URL)
    first = pager.parse(skin([3, 2, 1], pages), f"{SEARCH}?currpage=1")
    assert [(e.title, str(e.listed_on)) for e in first.entries] == [
        ("第3号", "2026-06-03"), ("第2号", "2026-06-02"), ("第1号", "2026-06-01")
    ]  # fmt: skip
    asked = pager.request(Progress(3, 1, None), first)
    assert asked.url == f"{SEARCH}?currpage=2"
    assert asked.form[-1] == ("currpage", "2")


@pytest.mark.parametrize("pages", ["共3页", "第3页 共3页", "共3页 <a>下一页</a>"])
def test_the_last_page_is_the_last(pages):
    (pager,) = find_pagers(LOADED, URL)
    last = pager.parse(items([3, 2, 1], pages), f"{SEARCH}?currpage=3")
    assert pager.request(Progress(9, 3, None), last) is None


def test_rows_that_are_claimed_and_missing_are_asked_for():
    (pager,) = find_pagers(LOADED, URL)
    first = pager.parse(items([3, 2, 1], "共5条"), f"{SEARCH}?currpage=1")
    assert first.claimed_total == 5
    assert pager.request(Progress(3, 1, 5), first).form[-1] == ("currpage", "2")
    second = pager.parse(items([5, 4], "共5条"), f"{SEARCH}?currpage=2")
    assert pager.request(Progress(5, 2, 5), second) is None


def test_a_full_page_that_says_nothing_of_pages_is_not_taken_for_the_whole_list():
    (pager,) = find_pagers(LOADED, URL)
    first = pager.parse(items(range(1, 16), ""), f"{SEARCH}?currpage=1")
    assert pager.request(Progress(15, 1, None), first).form[-1] == ("currpage", "2")
    short = pager.parse(items(range(1, 6), ""), f"{SEARCH}?currpage=1")
    assert pager.request(Progress(5, 1, None), short) is None


def test_an_empty_search_is_an_empty_list_and_a_notice_is_none():
    (pager,) = find_pagers(LOADED, URL)
    assert pager.parse("<div>没有检索到任何记录！ 共0页</div>", SEARCH).entries == ()
    for notice in ("", "<html>请完成安全验证</html>", "<a href='/'>首页</a>"):
        with pytest.raises(NotAListing):
            pager.parse(notice, SEARCH)


def test_rows_that_stand_on_the_page_need_no_first_question():
    page = LOADED.replace("<div id='div4'>", "<div id='div4'>" + items([3, 2, 1], "共3页"))
    (pager,) = find_pagers(page, URL)
    assert len(pager.first.entries) == 3
    assert pager.request(Progress(3, 1, None), pager.first).form[-1] == ("currpage", "2")


def test_a_link_to_the_disclosure_pages_is_no_list():
    assert find_pagers("<a href='/xxgk/index.html'>政府信息公开</a>", URL) == ()
