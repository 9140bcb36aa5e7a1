"""Whatever text a site serves: values come out or NotAListing, in time that grows with the text."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.channels import find_channels, own_channel
from crawler.listings import NotAListing, find_pagers
from crawler.listings.jpaas import Jpaas
from crawler.listings.jpage import Jpage
from crawler.listings.jsarray import ArrayPager
from crawler.listings.static import Static
from crawler.listings.xxgk import Xxgk

URL = "http://a.gov.cn/col/col1/index.html"
PAGERS = [
    Jpage(URL, None),
    ArrayPager(URL, None),
    Jpaas(URL, URL, ()),
    Xxgk(URL, URL, ()),
    Static(URL, Jpage(URL, None).parse("<datastore>", URL)),
]
ARTICLE = "<a href='/art/2026/8/2/art_1_2.html'>"
PIECES = st.sampled_from(
    [
        *("<datastore>", "</datastore>", "<record><![CDATA[", "]]></record>", "<nextgroup>"),
        *(ARTICLE, "</a>", "<li>", "<tr><td>", "<table>", "2026-08-02", "[08-02]", "<script>"),
        *("$('#1').jpage({", "dataStore:[", "ajaxParam:{a:1", "})", "var param_1={", "'", '"'),
        *(
            "<script src=unitbuild.js url=/x querydata=\"{'tagId':'a'}\"></script>",
            "共3页",
            "下一页",
        ),
        *("loadDynamic('/module/xxgk/search.jsp?area=1','d')", "urls[i]='", "headers[i]='"),
        *("<div id=hiddenLocation><span id=col1_url>", "/col/col2/", "<a href=/>首页</a>&gt;"),
        *("<a href='//[x'>", "<iframe src='http://a.gov.cn:x/col/col3/'>", "\x00", "\ud800", "中"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@pytest.mark.fault("8.2")
def test_any_page_gives_pagers_and_channels(html):
    assert isinstance(find_pagers(html, URL), tuple)
    assert isinstance(find_channels(html, URL), tuple)
    own = own_channel(html, URL)
    assert own is not None
    assert own.cms_id == "1"


@pytest.mark.parametrize("pager", PAGERS, ids=lambda pager: pager.dialect)
@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
@pytest.mark.fault("8.2")
def test_any_answer_is_a_listing_or_is_none(pager, text):
    entries = ()
    with contextlib.suppress(NotAListing):
        entries = pager.parse(text, URL).entries
    assert all(entry.url.startswith("http") for entry in entries)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<div>",
            "<datastore></datastore>",
            "<record><![CDATA[<li>",
            "$('#1').jpage({",
            "'",
            "/*",
        ),
        *("$('#1').jpage({a:1});", "param_1={a:", "urls[i]='", "<a href='/col/col1/a/a/a"),
        f"<li>{ARTICLE}x</a>2026-01-01</li>",
        f"<table querydata=\"{{'a':'1'}}\" count=3 uniturl=/x><tr><td>{ARTICLE}x</a></table>",
        "<a href=/>首页</a>><a href=/col/col2/>要闻</a>",
        "\"/xxgk/search.jsp?a='loadDynamic('",
        "." * 900 + "<a href='/col/col2/'>",
    ],
)
@pytest.mark.fault("4.26")
def test_hostile_pages_cost_time_in_proportion_to_their_size(piece):
    html = piece * (200_000 // len(piece))
    started = time.process_time()
    find_pagers(html, URL)
    find_channels(html, URL)
    assert time.process_time() - started < 60  # a second is usual; what is quadratic takes minutes
