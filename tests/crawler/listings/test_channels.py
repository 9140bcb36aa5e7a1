"""The channels that a page mentions, their names and their place in the tree."""

from urllib.parse import urljoin

import pytest

from crawler.channels import Channel, channels_on, find_channels, own_channel, owner_of
from crawler.listings import Shown, find_pagers, pagers_on

HOME = "http://a.gov.cn/index.html"
COLUMN = "http://a.gov.cn/col/col284/index.html"
CRUMBS = (
    "<table><tr><td>当前位置：<a href='/'>首页</a></td><td><table><tr><td>&gt;"
    "<a href='/col/col275/index.html'>要闻动态</a></td>"
    "<td> &gt; <a href='/col/col284/'>通知公告</a>"
    "</td></tr></table></td></tr></table>"
)


def address(number):
    return f"http://a.gov.cn/col/col{number}/index.html"


def names(html, url=HOME):
    return {channel.cms_id: channel.name for channel in find_channels(html, url)}


def parents(html, url=HOME):
    return {channel.cms_id: channel.parent_id for channel in find_channels(html, url)}


def test_a_recorded_home_page_gives_its_labelled_channels_and_its_frames(recorded_home):
    labels = recorded_home.labels
    expected = {urljoin(recorded_home.url, c["url"]): c["name"] for c in labels["channels"]}
    expected |= {urljoin(recorded_home.url, frame): None for frame in labels["iframes"]}

    found = find_channels(recorded_home.text, recorded_home.url)
    assert {channel.url: channel.name for channel in found} == expected


def test_a_recorded_column_knows_its_name_and_its_parent(recorded_column):
    labels = recorded_column.labels
    own = own_channel(recorded_column.text, recorded_column.url)
    assert (own.cms_id, own.name) == (labels["columnid"], labels["column_name"])

    chain = find_channels(recorded_column.text, recorded_column.url)
    by_id = {channel.cms_id: channel for channel in chain}
    walked = [own.name]
    while own.parent_id:
        own = by_id[own.parent_id]
        walked.append(own.name)
    assert walked[::-1] == labels["breadcrumb"][1:]


def test_a_recorded_article_knows_the_channels_above_it(recorded_article):
    labels = recorded_article.labels
    own = own_channel(recorded_article.text, recorded_article.url)
    assert own.cms_id == labels["column_id"]
    found = names(recorded_article.text, recorded_article.url)
    assert set(labels["breadcrumb"][1:]) <= set(found.values())


def test_a_channel_that_is_linked_often_is_named_by_its_heading():
    html = (
        "<a href='/col/col6/'><img src=x></a><a href='/col/col6/index.html'>企业文化</a>"
        "<a href='/col/col6/index.html'>整合优势资源，打造以航运为支柱的供应链服务集团。</a>"
        "<a href='/col/col6/index.html'>更多&gt;&gt;</a>"
    )
    assert find_channels(html, HOME) == (Channel("6", "企业文化", address(6)),)


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("<a href='/col/col6/'>要闻</a>", "要闻"),
        ("<a href='/col/col6/' title='发展改革要闻'>发展改...</a>", "发展改革要闻"),
        ("<a href='/col/col6/' title='要闻'><img src=x></a>", "要闻"),
        ("<a href='/col/col6/'><img src=x alt='banner'></a>", None),
        ("<a href='/col/col6/'>更多</a>", None),
        ("<iframe src='/col/col6/index.html'></iframe>", None),
        ("<select><option value='/col/col6/index.html'>要闻</option></select>", "要闻"),
        ("<map><area href='/col/col6/index.html' title='要闻'></map>", "要闻"),
        ("<a href='javascript:;' onclick=\"window.open('/col/col6/index.html')\">要闻</a>", "要闻"),
    ],
)
def test_a_channels_name_is_what_its_link_says(link, name):
    assert names(link) == {"6": name}


def test_menus_that_a_script_writes_are_read():
    html = (
        "<script>document.write('<li><a href=\\'/col/col6/index.html\\'>要闻</a></li>');"
        'document.write("<a href=\\"\\/col\\/col7\\/index.html\\" title=\\"公告\\">公告</a>");'
        "var menu=[{name:'统计',url:'/col/col8/index.html'}];</script>"
    )
    assert names(html) == {"6": "要闻", "7": "公告", "8": None}


def test_a_script_that_is_given_as_a_page_is_read_too():
    script = 'document.write("<div><a href=\\"/col/col6/index.html\\">要闻</a></div>");'
    assert names(script) == {"6": "要闻"}


def test_rows_of_a_list_are_no_channels():
    store = (
        "<datastore><record><![CDATA[<a href='/col/col9/index.html'>x</a>]]></record></datastore>"
    )
    assert names(f"<script type='text/xml'>{store}</script>") == {}
    assert names("<a href='/art/2026/8/28/art_284_1.html'>x</a>") == {}
    assert names("<script>var a='/col/col6/art/2026/art_1.html'</script>") == {}


def test_channels_of_other_hosts_are_not_ours():
    html = (
        "<a href='http://b.gov.cn/col/col6/index.html'>甲</a><a href='//a.gov.cn/col/col7/'>乙</a>"
    )
    assert names(html) == {"7": "乙"}


def test_addresses_are_canonical():
    html = "<a href='http://A.gov.cn:80/col/col6?uid=832&pageNum=2#x'>甲</a>"
    assert [channel.url for channel in find_channels(html, HOME)] == [address(6)]


def test_the_breadcrumb_gives_the_parents():
    assert parents(CRUMBS, COLUMN) == {"275": None, "284": "275"}
    assert names(CRUMBS, COLUMN) == {"275": "要闻动态", "284": "通知公告"}


def test_the_hidden_breadcrumb_counts_from_the_leaf():
    html = (
        "<div id='hiddenLocation'><span id='ss_webid'>3</span>"
        "<span id='col3_name'>工作</span><span id='col3_url'>/col/col1/index.html</span>"
        "<span id='col2_name'>投资</span><span id='col2_url'>/col/col2/index.html</span>"
        "<span id='col1_name'>运行</span><span id='col1_url'>/col/col3/index.html</span></div>"
    )
    assert parents(html) == {"1": None, "2": "1", "3": "2"}


def test_a_breadcrumb_may_leave_the_home_page_out():
    steps = "<a href='/col/col5/'>政务公开</a> &gt; <a href='/col/col6/'>通知</a>"
    assert parents(f"<div><span>您现在的位置：</span>{steps}</div>") == {"5": None, "6": "5"}
    assert parents(f"<div>友情链接：{steps}</div>") == {"5": None, "6": None}


def test_two_crumbs_of_one_channel_are_one_step():
    html = CRUMBS.replace(
        "<td> &gt; <a", "<td>&gt;<a href='/col/col275/index.html'>动态</a></td><td> &gt; <a"
    )
    assert parents(html, COLUMN) == {"275": None, "284": "275"}


def test_a_menu_is_no_breadcrumb():
    menu = "<a href='/'>首页</a> | <a href='/col/col5/'>要闻</a> | <a href='/col/col6/'>公告</a>"
    more = "<a href='/col/col7/'>通知</a> >> <a href='/col/col8/'>政策</a>"
    assert set(parents(menu + more).values()) == {None}


def test_a_code_below_a_number_is_that_channels_child():
    html = "<a href='/col/col1599543/yszq/index.html'>要素争取</a>"
    assert find_channels(html, HOME) == (
        Channel(
            "1599543/yszq", "要素争取", "http://a.gov.cn/col/col1599543/yszq/index.html", "1599543"
        ),
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<meta name='columnname' content='通知公告'><title>某厅</title>", "通知公告"),
        ("<meta name='ColumnName' content=''><meta name='channel' content='公告'>", "公告"),
        ("<meta name='SiteName' content='某厅'><title>某厅 通知公告</title>", "通知公告"),
        ("<title>行政规范性文件</title>", "行政规范性文件"),
        ("<meta name='SiteName' content='某厅'><title>某厅</title>", None),
        ("", None),
    ],
)
def test_a_channels_page_tells_its_name(head, name):
    own = own_channel(f"<html><head>{head}</head></html>", f"{COLUMN}?uid=3&pageNum=1")
    assert own == Channel("284", name, COLUMN)


def test_an_articles_headline_is_not_its_channels_name():
    html = "<title>某某通知</title>" + CRUMBS
    article = "http://a.gov.cn/art/2026/8/28/art_284_1.html"
    assert own_channel(html, article) == Channel("284", "通知公告", COLUMN, "275")
    assert own_channel("<title>某某通知</title>", article) == Channel("284", None, COLUMN)


def test_a_home_page_is_no_channel():
    assert own_channel("<title>某厅</title>" + CRUMBS, HOME) is None


def test_one_look_at_a_channels_page_tells_its_channels_its_own_and_its_lists(recorded_column):
    text, url = recorded_column.text, recorded_column.url
    page = Shown(text, url)
    assert channels_on(page) == find_channels(text, url) != ()
    assert owner_of(page) == own_channel(text, url) is not None
    assert pagers_on(page) == find_pagers(text, url) != ()
    assert page.root is page.root
