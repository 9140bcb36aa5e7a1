"""Lists whose rows are strings in a script."""

import pytest

from crawler.listings import NotAListing, Progress, find_pagers

URL = "http://a.gov.cn/col/col30067/index.html"
ROWS = [
    f"<tr><td><a href=\\'/art/2014/5/{n}/art_30067_{n}.html\\'>第{n}号</a></td>"
    f"<td>2014-05-0{n}</td></tr>"
    for n in range(1, 7)
]
ARRAY = "[" + ",".join(f"'{row}'" for row in ROWS) + "]"
CALL = (
    "$('#49468').jpage({{totalRecord:75,dataStore:{store},perPage:2,groupSize:3,proxyUrl:"
    "'/module/jslib/jquery/jpage/dataproxy.jsp',ajaxParam:{{columnid:30067,unitid:'49468'}}}});"
)
PAGES = {
    "by name": f"<script>InitData49468={ARRAY}; {CALL.format(store='InitData49468')}</script>",
    "inline": f"<script>{CALL.format(store=ARRAY)}</script>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_an_old_release_shows_its_rows_in_an_array(page):
    (pager,) = find_pagers(page, URL)
    assert pager.dialect == "jsarray"
    assert [entry.title for entry in pager.first.entries] == [f"第{n}号" for n in range(1, 7)]
    assert pager.first.claimed_total == 75


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_an_old_release_is_asked_by_records_and_may_answer_in_either_form(page):
    (pager,) = find_pagers(page, URL)
    asked = pager.request(Progress(6, 1, 75), pager.first)
    assert asked.url.endswith("/dataproxy.jsp?startrecord=7&endrecord=12&perpage=2")

    as_script = pager.parse(f"InitData49468={ARRAY}", asked.url)
    row = ROWS[0].replace("\\", "")
    as_xml = pager.parse(f"<datastore><record><![CDATA[{row}]]></record></datastore>", asked.url)
    assert as_script.entries == pager.first.entries
    assert as_xml.entries == pager.first.entries[:1]
    with pytest.raises(NotAListing):
        pager.parse("<html>系统维护</html>", asked.url)


def hand_made(count):
    rows = "".join(
        f"urls[i]='/art/2026/9/{n}/art_15172_{n}.html';headers[i]='第{n}号公告';i++;"
        for n in range(1, count + 1)
    )
    return (
        "<a href='/art/2026/9/1/art_15172_1.html'>第1号公告</a><script>function show_60113(start)"
        f"{{var urls=new Array();var headers=new Array();var i=0;{rows}}}</script>"
    )


def test_a_hand_made_pager_holds_more_rows_than_the_page_shows():
    (pager,) = find_pagers(hand_made(20), URL)
    assert len(pager.first.entries) == pager.first.claimed_total == 20
    assert pager.first.entries[4].title == "第5号公告"
    assert str(pager.first.entries[4].listed_on) == "2026-09-05"
    assert pager.request(Progress(20, 1, 20), pager.first) is None


def test_the_page_of_a_hand_made_list_is_read_again_or_refused():
    (pager,) = find_pagers(hand_made(20), URL)
    assert len(pager.parse(hand_made(21), URL).entries) == 21
    with pytest.raises(NotAListing):
        pager.parse("<html></html>", URL)


def test_arrays_without_articles_are_no_list():
    page = "<script>urls[0]='http://b.cn/';titles[0]='友情链接';</script>"
    assert find_pagers(page, URL) == ()
