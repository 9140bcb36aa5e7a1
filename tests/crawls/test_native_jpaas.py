"""Sites that were made with the third generation number no channels: a directory is one."""

import json
from pathlib import Path

from crawler.channels import find_channels
from tests.crawls.conftest import Book, Crawl
from tests.crawls.test_recorded_pages import UNIT, served

HEX = "937add6719f140bdac86d5b97c525d28"
QUERY = (
    "{'parseType':'bulidstatic','webId':'29e9','tplSetId':'5c2d','pageType':'column',"
    "'tagId':'当前栏目list','editType':'null','pageId':'f7a1'}"
)
HOME = (
    '<html><head><meta name="SiteName" content="示例总局"></head><body>'
    '<script src="/cms_files/default/script/AuthorizedRead/unitbuild.js"></script>'
    '<a href="/zw/zcfb/index.html">政策发布</a><a href="/index.html">首页</a></body></html>'
)
CHANNEL = (
    '<html><head><meta name="ColumnName" content="政策发布"></head><body>'
    '<script src="/cms_files/default/script/AuthorizedRead/unitbuild.js?v=4" '
    f'url="{UNIT}" queryData="{QUERY}"></script></body></html>'
)
ROW = (
    f"<li><a title='关于示例的公告' href='/zw/zcfb/art/2026/art_{HEX}.html'>关于…</a>"
    "<span>2026-03-01</span></li>"
)
PAGER = f'<table class="pagination" queryData="{QUERY}" rows="15" count="1" pageNo="1"></table>'
ARTICLE = (
    '<html><head><meta name="ArticleTitle" content="关于示例的公告">'
    '<meta name="PubDate" content="2026-03-01 10:00"><meta id="pagetype" content="1"></head>'
    '<body><div id="zoom"><p>现将有关事项公告如下。</p></div></body></html>'
)


def test_directories_are_channels_only_where_the_site_is_of_that_generation() -> None:
    url = "http://www.example.gov.cn/"
    classic = HOME.replace(
        "/cms_files/default/script/AuthorizedRead/unitbuild.js", "/script/page.css"
    )

    assert [channel.cms_id for channel in find_channels(HOME, url)] == ["zw/zcfb"]
    assert find_channels(classic, url) == ()


def test_such_a_site_is_archived_from_its_home_page(
    crawl: Crawl, book: Book, tmp_path: Path
) -> None:
    answer = {"success": True, "code": "200", "data": {"html": f"<ul>{ROW}</ul>{PAGER}"}}
    texts = {
        "/": HOME,
        "/zw/zcfb/index.html": CHANNEL,
        UNIT: json.dumps(answer, ensure_ascii=False),
        f"/zw/zcfb/art/2026/art_{HEX}.html": ARTICLE,
    }
    pages = {}
    for number, (path, text) in enumerate(texts.items()):
        pages[path] = tmp_path / f"{number}.{'json' if path == UNIT else 'html'}"
        pages[path].write_text(text, "utf-8")

    with served(pages) as url:
        ended = crawl("hanweb", url=url)

    assert ended.code == 0, (ended.out, ended.err)
    assert book.ask("SELECT cms_id, name, dialect FROM channels") == [
        ("zw/zcfb", "政策发布", "jpaas")
    ]
    assert book.ask("SELECT verdict FROM walks") == [("complete",)]
    assert book.ask(
        "SELECT a.cms_id, v.title, v.body FROM versions v JOIN articles a ON a.id = article_id"
    ) == [(HEX, "关于示例的公告", "现将有关事项公告如下。")]
