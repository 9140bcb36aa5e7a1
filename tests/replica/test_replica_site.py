"""The replica's pages, read by the simplest means, against its truth."""

import re
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

import pytest

from replica import KINDS, ChangeKind, World, serve
from replica.channels import CHANNELS, CONDUCT, NOTICES, POLICY
from replica.known import NUMBER
from tests.replica.walkers import BY_RECORDS, entries, parameters, proxy, read, walk

WORLD = World(seed=7)


@pytest.fixture(scope="module", params=sorted(KINDS))
def site(request):
    with serve(WORLD, kind=request.param) as running:
        yield running


@pytest.fixture(scope="module", params=BY_RECORDS)
def recorded(request):
    with serve(WORLD, kind=request.param) as running:
        yield running


@pytest.fixture(scope="module")
def jpage():
    with serve(WORLD) as running:
        yield running


def status(site, url):
    try:
        with urlopen(urljoin(site.url, url)) as response:
            return response.status
    except HTTPError as error:
        with error:
            return error.code


def words(html):
    """All that a reader sees, without white space."""
    return re.sub(r"\s", "", unescape(re.sub(r"<script.*?</script>|<[^>]+>", "", html)))


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_every_listed_article_is_served_once_and_in_order(site, channel):
    listed = WORLD.on(1).listed(channel.number)
    truth = [(site.kind.article_path(row), row.title) for row in listed]
    assert walk(site, channel.number).rows == truth


def test_get_and_post_give_the_same_records(recorded):
    page = read(recorded, recorded.channel_url(NOTICES))
    window = {"startrecord": 31, "endrecord": 60, "perpage": 10}
    posted = read(recorded, f"{proxy(page)}?{urlencode(window)}", parameters(page))
    got = read(recorded, f"{proxy(page)}?{urlencode(window | parameters(page))}")
    assert posted == got
    assert len(entries(got)) == 30


def test_following_the_next_group_brings_every_article(recorded):
    page = read(recorded, recorded.channel_url(NOTICES))
    url, found = recorded.channel_url(NOTICES), []
    text = page
    while following := re.search(r"<nextgroup><!\[CDATA\[<a href=\"([^\"]+)\"", text):
        found += entries(text)
        url = urljoin(url, following[1].encode("ascii", "ignore").decode())
        text = read(recorded, url)
    found += entries(text)
    paths = {recorded.kind.article_path(row) for row in WORLD.on(1).listed(NOTICES)}
    assert {path for path, _ in found} == paths


def test_past_the_end_there_is_a_datastore_without_records(recorded):
    page = read(recorded, recorded.channel_url(NOTICES))
    asked = parameters(page) | {"startrecord": 900, "endrecord": 930, "perpage": 10}
    answer = read(recorded, proxy(page), asked)
    assert "<totalrecord>" in answer
    assert entries(answer) == []


@pytest.mark.parametrize("wrong", ["webid", "columnid", "unitid"])
def test_a_list_that_is_not_there_has_neither_total_nor_records(recorded, wrong):
    page = read(recorded, recorded.channel_url(NOTICES))
    answer = read(recorded, proxy(page), parameters(page) | {wrong: "1"})
    assert answer.startswith("<datastore>")
    assert "totalrecord" not in answer
    assert entries(answer) == []


@pytest.mark.parametrize("skin", [0, 1], ids=["as built", "redesigned"])
def test_every_article_page_holds_the_true_content(site, skin):
    site.skin = skin
    for row in WORLD.on(1).listed(NOTICES)[:20] + WORLD.on(1).listed(POLICY):
        content = row.article.content
        page = read(site, site.article_url(row.article.number, row.channel.number))
        shown = words(page)
        if marked := re.search(r'="ContentStart">(.*)<meta name="ContentEnd"', page, re.DOTALL):
            assert words(marked[1]) == words(content.body), "the region is the body and no more"
        assert words(content.body) in shown
        assert words(content.title) in shown
        assert words(content.published) in shown
        assert all(f"{label}：{value}" in shown for label, value in content.info)
        assert all(file.path in unescape(page) for file in content.attachments)
        assert all(path in page for path in content.images)
    site.skin = 0


def test_the_known_article_stands_at_its_known_place(jpage):
    page = read(jpage, f"/art/2022/2/26/art_{CONDUCT}_{NUMBER}.html")
    for words in (
        "发布日期:2022-02-26 11:38",
        "来源:<!--<$[信息来源]>begin-->盐南高新区管委会党政办<",
        "又讯",
        "Produced By 大汉网络 大汉版通发布系统",
        "打印</a>",
        "关闭</a>",
    ):
        assert words in page
    crumbs = re.findall(r">([^<>]+)</a></td>", page)
    assert crumbs == ["首页", "要闻动态", "当前专题", "作风建设"]


def test_two_requests_for_one_article_never_give_the_same_bytes(site):
    url = site.article_url(NUMBER)
    assert read(site, url) != read(site, url)


def test_home_leads_to_every_channel(site):
    home = read(site, "/")
    assert read(site, "/index.html").count("<li>") == home.count("<li>")
    assert all(f'href="{site.kind.channel_path(channel)}"' in home for channel in CHANNELS)


def test_a_channel_answers_with_and_without_its_index(site):
    url = site.channel_url(NOTICES)
    assert read(site, url) == read(site, url.removesuffix("index.html"))


def test_gbk_pages_are_declared_as_gb2312_and_have_no_charset_in_the_header():
    with serve(WORLD, kind="gbk") as site, urlopen(site.article_url(NUMBER)) as response:
        body = response.read()
        assert response.headers["Content-Type"] == "text/html"
        assert b"charset=gb2312" in body
        assert "压实责任守牢防线" in body.decode("gbk")


def test_the_big_channel_shows_its_list_twice_and_the_first_call_is_a_dummy(jpage):
    page = read(jpage, jpage.channel_url(NOTICES))
    assert len(re.findall(r'<div id="\d+"><script type="text/xml">', page)) == 2
    assert page.count("totalRecord:1000,") == 2
    assert len(entries(page)) == 60


def test_counters_count_and_differ(jpage):
    before = jpage.hits()
    url = f"/module/visitcount/articlehits.jsp?colid={CONDUCT}&artid={NUMBER}"
    assert read(jpage, url) != read(jpage, url)
    assert jpage.hits() == before + 2


def test_files_are_small_and_real_and_unknown_ones_are_missing(jpage):
    contents = [article.content for article in WORLD.on(1).articles.values()]
    paths = {file.path for content in contents for file in content.attachments}
    pdf = next(path for path in paths if path.endswith(".pdf"))
    with urlopen(jpage.url + pdf) as response:
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.read().startswith(b"%PDF-1.4")
    assert status(jpage, next(path for path in paths if path.endswith(".doc"))) == 200
    assert status(jpage, next(path for content in contents for path in content.images)) == 200
    assert status(jpage, "/attach/0/00000000000000000000000000000000.doc") == 404


@pytest.mark.parametrize(
    "path", ["/nothing.html", "/col/col1/index.html", "/art/2022/2/26/art_1_1.html"]
)
def test_unknown_addresses_are_404(site, path):
    assert status(site, path) == 404


def test_what_happens_in_the_world_can_be_seen_on_the_site():
    with serve(WORLD) as site:
        for day in (2, 3):
            for change in WORLD.changes(day):
                site.day = day - 1
                was = site.article_url(change.article) if change.kind is not ChangeKind.NEW else ""
                before = status(site, was) if was else 404
                site.day = day
                after = status(site, site.article_url(change.article))
                assert (before, after) == expected(change), change
                if change.kind is ChangeKind.MOVED:
                    assert status(site, was) == 404


def expected(change):
    match change.kind:
        case ChangeKind.NEW:
            return (404, 200)
        case ChangeKind.TAKEN_DOWN:
            return (200, 404 if change.how == "404" else 200)
        case ChangeKind.RESTORED:
            return (404 if change.how == "404" else 200, 200)
        case ChangeKind.EDITED | ChangeKind.MOVED:
            return (200, 200)


def test_a_soft_takedown_leaves_a_short_notice_and_no_entry():
    gone = next(c.article for c in WORLD.changes(2) if c.how == "soft-404")
    with serve(WORLD, day=2) as site:
        page = read(site, site.article_url(gone))
        assert "已被删除" in page
        assert len(page) < 600
        channel = WORLD.on(2).articles[gone].channels[0]
        assert all(f"_{gone}.html" not in path for path, _ in walk(site, channel).rows)


def test_the_server_remembers_what_it_was_asked():
    with serve(WORLD) as site:
        status(site, "/robots.txt?a=1")
        status(site, "/nothing")
        assert [(seen.method, seen.path, seen.status) for seen in site.requests] == [
            ("GET", "/robots.txt?a=1", 200),
            ("GET", "/nothing", 404),
        ]
