"""What is peculiar to each kind of site, beside its way of paging."""

import json
import re
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from replica import World, serve
from replica.channels import NEWS, NOTICES, OPEN, POLICY, WORK
from replica.kinds.jpaas import MOVED
from tests.replica.walkers import entries, parameters, proxy, read, rows_in, walk

WORLD = World(seed=7)


@pytest.fixture
def site(request):
    with serve(WORLD, kind=request.param) as running:
        yield running


def of(*kinds):
    return pytest.mark.parametrize("site", kinds, indirect=True)


def ask(site, url, **parameters):
    return read(site, f"{url}?{urlencode(parameters)}")


def block(site, channel, **changed):
    """A jpaas block's answer, asked for as the page would, but for what is changed."""
    page = read(site, site.channel_url(channel))
    script = re.search(r'url="([^"]+)" queryData="([^"]+信息列表[^"]+)"', page)
    return json.loads(ask(site, script[1], **json.loads(script[2].replace("'", '"')) | changed))


@of("jpage_plain")
def test_a_plain_list_says_nothing_but_where_the_next_group_is(site):
    page = read(site, site.channel_url(NOTICES))
    assert "<datastore>" in page
    assert not re.search(r"param_\d|ajaxParam|jpage\(\{", page)
    first, last = (ask(site, "/module/jpage/dataproxy.jsp", **named(n)) for n in (1, 4))
    assert '<a href="./dataproxy.jsp?page=2&' in first
    assert "<nextgroup><![CDATA[]]></nextgroup>" in last


def named(page):
    return {"page": page, "webid": 1934, "columnid": NOTICES, "unitid": 3995918}


@of("jpage_array")
def test_an_old_release_answers_with_a_script(site):
    page = read(site, site.channel_url(NOTICES))
    assert re.search(r"var (InitData\d+)=\['<tr>.*dataStore:\1,", page, re.DOTALL)
    answer = read(site, f"{proxy(page)}?startrecord=31&endrecord=60&perpage=10", parameters(page))
    total = len(WORLD.on(1).listed(NOTICES))
    assert answer.startswith(f"totalRecord={total};dataStore=['<tr>")
    assert answer.endswith("'];")
    assert answer.count("#id#") == 30
    assert "dataStore:['" in read(site, site.channel_url(POLICY))
    wrong = read(site, f"{proxy(page)}?startrecord=1", parameters(page) | {"unitid": "1"})
    assert wrong == "totalRecord=0;dataStore=[];"


@of("static")
def test_a_static_list_has_no_page_before_the_first_or_after_the_last(site):
    folder = site.channel_url(NOTICES).removesuffix("index.html")
    page = read(site, folder + "index_6.html")
    assert "共78条" in page
    assert "第6页/共6页" in page
    assert '">下一页' not in page
    for missing in ("index_1.html", "index_7.html", "index_0.html"):
        with pytest.raises(HTTPError, match="404") as failed:
            read(site, folder + missing)
        failed.value.close()
    assert "条" not in re.search(r'class="page">.*?</div>', read(site, site.channel_url(WORK)))[0]


@of("xxgk")
def test_a_search_is_answered_with_a_fragment_of_nested_tables(site):
    asked = {"infotypeId": "A02", "jdid": "49", "currpage": "2"}
    posted = read(site, "/module/xxgk/search.jsp", asked)
    assert posted == ask(site, "/module/xxgk/search.jsp", **asked)
    assert re.findall(r"tr_main_value_(\w+)", posted)[:3] == ["odd", "even", "odd"]
    assert "第2页&nbsp;&nbsp;共3页" in posted
    assert "尾 页" in posted
    assert "<html" not in posted
    nothing = read(site, "/module/xxgk/search.jsp", asked | {"jdid": "1"})
    assert "没有检索到" in nothing
    assert rows_in(nothing) == []


@of("xxgk")
def test_the_tree_of_the_catalogue_is_there_for_the_offices_area_alone(site):
    tree = ask(site, "/module/xxgk/tree.jsp", area="014320900")
    assert re.findall(r"id:'(\w+)',pId:'(\w+)',name:'(\w+)'", tree) == [
        ("A02", "0", "政务公开"),
        ("A0212", "A02", "政策文件"),
        ("A0213", "A02", "政策解读"),
    ]
    assert "zNodes" not in ask(site, "/module/xxgk/tree.jsp", area="1")


@of("xxgk")
def test_a_search_page_holds_no_row_and_its_articles_a_head_table(site):
    for channel, sign in ((OPEN, "tree.jsp?"), (POLICY, "loadDynamic(")):
        page = read(site, site.channel_url(channel))
        assert sign in page
        assert "/art_" not in page
    assert 'class="xxgktab"' in read(site, walk(site, POLICY).rows[0][0])


@of("morecolumn")
def test_a_parent_asks_for_several_channels_at_once(site):
    page = read(site, site.channel_url(NEWS))
    asked = parameters(page) | {"startrecord": 16, "endrecord": 30, "perpage": 5}
    columnid = re.search(r"columnid:'([\d,]+)'", page)[1]
    assert columnid == "17841,17845,17849"
    assert proxy(page).endswith("/morecolumndataproxy.jsp")
    truth = WORLD.on(1).listed(NEWS)[15:]
    answer = read(site, proxy(page), asked | {"columnid": columnid})
    group = asked | {"columnid": columnid, "startrecord": 1, "endrecord": 15}
    following = re.search(r'<a href="([^"]+)"></a>', read(site, proxy(page), group))[1]
    assert "/morecolumndataproxy.jsp?page=1&" in following
    assert f"&columnid={columnid}&" in following
    assert entries(read(site, following))[15:] == entries(answer)
    assert entries(answer) == [(site.kind.article_path(row), row.title) for row in truth]
    assert entries(read(site, proxy(page), asked | {"columnid": "17841"})) == []
    assert proxy(read(site, site.channel_url(WORK))).endswith("/jpage/dataproxy.jsp")


@of("jpaas")
def test_a_moved_site_mixes_new_addresses_with_old_ones(site):
    hrefs = [href for page in walk(site, NOTICES).pages for href, _ in page]
    own = site.url.removeprefix("http:")
    for row, href in zip(WORLD.on(1).listed(NOTICES), hrefs, strict=True):
        if row.dated < MOVED:
            assert href.startswith(f"{own}/art/{row.dated.year}/")
            assert href.endswith(f"_{site.cms_id(row.article.number)}.html")
        else:
            folder = rf"/col/col12290{NOTICES}/art/{row.dated.year}"
            assert re.fullmatch(folder + r"/art_[0-9a-f]{32}\.html", href)
    assert 20 < sum(href.startswith("//") for href in hrefs) < 60


@of("jpaas")
def test_an_article_has_one_id_in_all_its_channels(site):
    twice = [a for a in WORLD.on(1).articles.values() if len(a.channels) == 2 and a.dated >= MOVED]
    article = twice[0]
    urls = {site.article_url(article.number, channel) for channel in article.channels}
    assert len(urls) == 2
    assert {url.rpartition("/")[2] for url in urls} == {f"art_{site.cms_id(article.number)}.html"}
    for url in urls:
        page = read(site, url)
        assert '<meta id="pagetype" content="1">' in page
        assert re.search(r'<meta name="ColId" content="12290178\d\d">', page)
        assert 'id="zoom"' in page
        assert not re.search(r"ContentStart|ZJEG_RSS|<\$\[", page), "no markers"


@of("jpaas")
def test_only_param_json_turns_the_page_of_a_block(site):
    first = block(site, NOTICES)
    assert first["code"] == "200"
    assert block(site, NOTICES, pageNo=2)["data"] == first["data"]
    for spelling in ('{"pageNo":2,"pageSize":15}', "{'pageNo':2,'pageSize':15}"):
        assert 'pageNo="2"' in block(site, NOTICES, paramJson=spelling)["data"]["html"]
    beyond = block(site, NOTICES, paramJson='{"pageNo":99,"pageSize":15}')["data"]["html"]
    assert 'count="78"' in beyond
    assert rows_in(beyond[: beyond.index("<style>")]) == []


@of("jpaas")
def test_other_blocks_hold_no_list_and_unknown_ones_are_refused(site):
    assert "/col/col12290" in block(site, NOTICES, tagId="导航")["data"]["html"]
    assert "<a" not in block(site, NOTICES, tagId="页脚")["data"]["html"]
    for wrong in ({"tagId": "没有"}, {"pageId": "1"}, {"webId": "1"}):
        assert block(site, NOTICES, **wrong)["success"] is False
    page = read(site, site.channel_url(NOTICES))
    assert page.count("unitbuild.js") == 3
    assert "/art" not in page


@pytest.mark.parametrize(
    ("kind", "header", "declared", "real"),
    [
        ("gbk_mislabelled", "text/html;charset=utf-8", "charset=utf-8", "gbk"),
        ("utf8_mislabelled", "text/html", "gb2312", "utf-8"),
    ],
)
def test_a_mislabelled_page_is_in_another_encoding_than_it_says(kind, header, declared, real):
    with serve(WORLD, kind=kind) as site, urlopen(site.channel_url(NOTICES)) as response:
        body = response.read()
        assert response.headers["Content-Type"] == header
    assert declared.encode() in body
    assert "通知公告" in body.decode(real)
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8" if real == "gbk" else "gb2312")
