"""The jpage widget: whom it asks, what it sends, and when its list has come to an end."""

import pytest

from crawler.listings import Listing, NotAListing, Progress, find_pagers

URL = "http://a.gov.cn/col/col31/index.html"
PROXY = "http://a.gov.cn/module/web/jpage/dataproxy.jsp"
NOTHING_YET = Progress(rows=0, pages=0, claimed_total=None)


def article(number):
    return f"/art/2026/8/{number % 28 + 1}/art_31_{number}.html"


def record(number):
    return (
        f"<record><![CDATA[<li><a href='{article(number)}'>第{number}号</a>"
        f"<b>2026-08-{number % 28 + 1:02}</b></li>]]></record>"
    )


def datastore(numbers, *, total=None, following=""):
    claimed = "" if total is None else f"<totalrecord>{total}</totalrecord>"
    link = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if following else ""
    rows = "".join(map(record, numbers))
    return f"<datastore>{claimed}{link}<recordset>{rows}</recordset></datastore>"


def unit(name, store="", options="", param=""):
    param = param or f"{{col:1,webid:3,columnid:31,unitid:'{name}',webname:'某厅'}}"
    return f"""<div id="{name}"><script type="text/xml">{store}</script></div>
      <script>var param_{name} = {param};
      function jpage_{name}(){{$('#{name}').jpage({{totalRecord:1000,groupSize:3,
        proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:2,ajaxParam:param_{name}}});}};
      $(function(){{$('#{name}').jpage({{themeName:'default',totalRecord:13,
        dataBefore:'<ul class="x">',dataStore:$('#{name}').children('script').html(),
        dataAfter:'</ul>',groupSize:3,proxyUrl:'/module/web/jpage/dataproxy.jsp',
        perPage:2,{options}ajaxParam:param_{name}}});}});</script>"""


def test_the_total_is_that_of_the_call_with_the_rows_and_not_the_dummys():
    (pager,) = find_pagers(unit("501", datastore(range(6))), URL)
    assert pager.first.claimed_total == 13
    assert len(pager.first.entries) == 6


def test_more_is_asked_for_by_records_counted_from_one():
    (pager,) = find_pagers(unit("501", datastore(range(6))), URL)
    asked = pager.request(Progress(6, 1, 13), pager.first)
    assert asked.url == f"{PROXY}?startrecord=7&endrecord=12&perpage=2"
    assert asked.form == (
        ("col", "1"), ("webid", "3"), ("columnid", "31"), ("unitid", "501"), ("webname", "某厅")
    )  # fmt: skip


def test_the_walk_goes_on_from_what_came_back_and_not_from_what_was_asked():
    (pager,) = find_pagers(unit("501", datastore(range(6))), URL)
    capped = pager.parse(datastore(range(6, 9), total=13), PROXY)
    assert "startrecord=10&endrecord=13" in pager.request(Progress(9, 2, 13), capped).url


def test_a_list_that_grew_is_walked_to_its_new_end():
    (pager,) = find_pagers(unit("501", datastore(range(6))), URL)
    grown = pager.parse(datastore(range(6, 12), total=20), PROXY)
    assert "startrecord=13&endrecord=18" in pager.request(Progress(12, 2, 20), grown).url


def test_an_empty_answer_is_the_end_where_no_total_is_known():
    (pager,) = find_pagers(unit("501", datastore(range(6))).replace("totalRecord", "x"), URL)
    full = pager.parse(datastore(range(6, 12)), PROXY)
    assert "startrecord=13&endrecord=18" in pager.request(Progress(12, 2, None), full).url

    empty = pager.parse("<datastore><recordset></recordset></datastore>", PROXY)
    assert empty == Listing(())
    assert pager.request(Progress(12, 3, None), empty) is None


@pytest.mark.parametrize("text", ["", "<html>请完成验证</html>", "404", '{"code":403}'])
def test_an_answer_without_a_datastore_is_no_empty_list(text):
    (pager,) = find_pagers(unit("501", datastore(range(6))), URL)
    with pytest.raises(NotAListing) as refused:
        pager.parse(text, PROXY)
    assert refused.value.url == PROXY


def test_a_list_that_the_page_leaves_to_its_script_is_asked_from_the_first_row():
    page = unit("501").replace("dataStore:$('#501').children('script').html(),", "")
    (pager,) = find_pagers(page, URL)
    assert pager.first is None
    asked = pager.request(NOTHING_YET, None)
    assert asked.url == f"{PROXY}?startrecord=1&endrecord=6&perpage=2"


def test_desktop_and_mobile_twins_are_one_even_where_one_shows_fewer_rows():
    page = unit("502", datastore(range(2))) + unit("501", datastore(range(6)))
    (pager,) = find_pagers(page, URL)
    assert len(pager.first.entries) == 6


def test_different_units_of_one_channel_are_several_lists():
    page = unit("501", datastore(range(6))) + unit("502", datastore(range(20, 26)))
    assert len(find_pagers(page, URL)) == 2


def test_parameters_may_stand_inline_as_in_older_releases():
    page = (
        "<script>$('#80325').jpage({totalRecord:9,perPage:3,proxyUrl:'dataproxy.jsp',dataStore:"
        "$('#80325').html(),ajaxParam:{col:1,path:'/',columnid:31685,unitid:'80325'}});</script>"
    )
    (pager,) = find_pagers(page, URL)
    asked = pager.request(NOTHING_YET, None)
    assert (
        asked.url == "http://a.gov.cn/col/col31/dataproxy.jsp?startrecord=1&endrecord=3&perpage=3"
    )
    assert ("columnid", "31685") in asked.form


def test_a_list_that_merges_channels_is_asked_at_its_own_address():
    param = "{webid:67,columnid:'77276,77277',unitid:'501',keyWordCount:30}"
    page = unit("501", datastore(range(6)), param=param)
    page = page.replace("/jpage/dataproxy.jsp", "/jpage/morecolumndataproxy.jsp")
    (pager,) = find_pagers(page, URL)
    asked = pager.request(Progress(6, 1, 13), pager.first)
    assert asked.url.startswith("http://a.gov.cn/module/web/jpage/morecolumndataproxy.jsp?start")
    assert dict(asked.form)["columnid"] == "77276,77277"
    assert dict(asked.form)["keyWordCount"] == "30"


def test_without_parameters_the_links_to_the_next_group_are_followed_from_the_first():
    link = "/module/web/jpage/dataproxy.jsp?page=1&amp;appid=1&appid=1&unitid=501&webname=%25E6"
    page = f"<div id='501'><script type='text/xml'>{datastore(range(6), following=link)}</script>"
    (pager,) = find_pagers(page, URL)

    first = pager.request(NOTHING_YET, None)
    assert first.url == f"{PROXY}?page=1&appid=1&appid=1&unitid=501&webname=%25E6"
    answer = pager.parse(
        datastore(range(100), total=138, following="./dataproxy.jsp?page=2"), first.url
    )
    second = pager.request(Progress(100, 1, 138), answer)
    assert second.url == f"{PROXY}?page=2"
    last = pager.parse(datastore(range(100, 138), total=138), second.url)
    assert pager.request(Progress(138, 2, 138), last) is None


def test_parameters_that_only_a_script_knows_leave_the_links_to_follow():
    store = datastore(range(6), following="./dataproxy.jsp?page=1")
    (pager,) = find_pagers(unit("501", store, param="{col:1,columnid:thisColumn()}"), URL)
    assert pager.request(NOTHING_YET, None).url == f"{PROXY}?page=1"


def test_a_list_that_stands_on_the_page_as_a_whole_asks_for_nothing():
    page = f"<div id='501'><script type='text/xml'>{datastore(range(6), total=6)}</script></div>"
    (pager,) = find_pagers(page, URL)
    assert len(pager.first.entries) == 6
    assert pager.request(Progress(6, 1, 6), pager.first) is None


def test_stray_html_between_the_records_does_no_harm():
    store = datastore(range(6)).replace(
        "<recordset>", "<recordset><table align=center style='x'></table>"
    )
    (pager,) = find_pagers(unit("501", store), URL)
    assert len(pager.first.entries) == 6


def test_entities_in_the_xml_are_not_expanded():
    bomb = "<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;'>]>"
    store = datastore([1]).replace("第1号", "第1号&b;&xxe;")
    (pager,) = find_pagers(unit("501", bomb + store), URL)
    assert pager.first.entries[0].title == "第1号&b;&xxe;"
