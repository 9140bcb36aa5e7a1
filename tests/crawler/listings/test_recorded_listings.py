"""Every recorded listing gives exactly the entries that a person labelled."""

from crawler.listings import Progress, find_pagers
from crawler.listings.jpaas import Jpaas
from crawler.listings.jpage import Jpage

NOTHING_YET = Progress(rows=0, pages=0, claimed_total=None)
JIANGSU = "http://fzggw.jiangsu.gov.cn/module/web/jpage/dataproxy.jsp"


def shown(listing):
    return [(entry.title, entry.url, str(entry.listed_on)) for entry in listing.entries]


def read(page):
    """The listing that a recorded file holds, whatever kind of file it is."""
    if page.name.endswith(".json"):
        return Jpaas(page.url, page.url, ()).parse(page.text, page.url)
    if page.name.endswith(".xml"):
        return Jpage(page.url, None).parse(page.text, page.url)
    (pager,) = find_pagers(page.text, page.url)
    return pager.first


def test_a_recorded_listing_reads_as_labelled(recorded_listing):
    listing = read(recorded_listing)

    assert (shown(listing) if listing else []) == recorded_listing.entries
    assert (listing and listing.claimed_total) == recorded_listing.labels["claimed_total"]


def test_the_desktop_and_the_mobile_list_of_one_channel_are_one(recorded):
    page = recorded("fzggw.jiangsu.gov.cn__column__1.html")
    (pager,) = find_pagers(page.text, page.url)

    assert pager.dialect == "jpage"
    assert ("unitid", "423656") in pager.form


def test_the_column_asks_for_the_next_thirty_rows_as_its_own_script_would(recorded):
    page = recorded("fzggw.jiangsu.gov.cn__column__1.html")
    (pager,) = find_pagers(page.text, page.url)

    asked = pager.request(Progress(30, 1, 138), pager.first)
    assert asked.url == f"{JIANGSU}?startrecord=31&endrecord=60&perpage=10"
    assert dict(asked.form)["columnid"] == "284"
    assert [name for name, _ in asked.form] == [
        *("col", "appid", "webid", "path", "columnid"),
        *("sourceContentType", "unitid", "webname", "permissiontype"),
    ]

    last = pager.request(Progress(120, 4, 138), pager.first)
    assert last.url == f"{JIANGSU}?startrecord=121&endrecord=138&perpage=10"
    assert pager.request(Progress(138, 5, 138), pager.first) is None


def test_the_next_group_is_offered_exactly_as_the_page_spells_it(recorded):
    page = recorded("fzggw.jiangsu.gov.cn__column__1.html")
    (pager,) = find_pagers(page.text, page.url)

    address = "http://fzggw.jiangsu.gov.cn" + page.labels["next_url"]
    assert pager.first.following.url == address
    assert "appid=1&appid=1" in address
    assert "webname=%25E6" in address


def test_the_next_group_of_an_answer_is_relative_to_the_answer(recorded):
    page = recorded("www.yuhang.gov.cn__dataproxy-fragment__1.xml")
    answer = "http://www.yuhang.gov.cn/module/jpage/dataproxy.jsp?page=4"

    listing = Jpage(page.url, None).parse(page.text, answer)
    assert listing.following.url == (
        "http://www.yuhang.gov.cn/module/jpage/" + page.labels["next_url"].removeprefix("./")
    )


def test_a_datastore_that_ends_in_the_middle_gives_what_is_there(recorded):
    page = recorded("zfcg.nantong.gov.cn__datastore-truncated__1.xml")

    listing = Jpage(page.url, None).parse(page.text, page.url)
    assert len(listing.entries) == 23
    assert listing.following.url.endswith(page.labels["next_url"])


def test_the_jpaas_column_is_asked_for_what_its_script_asks_for(recorded):
    page = recorded("fzggw.zj.gov.cn__column__1.html")
    (pager,) = find_pagers(page.text, page.url)

    assert (pager.dialect, pager.first) == ("jpaas", None)
    asked = pager.request(NOTHING_YET, None)
    assert asked.url.startswith(
        "https://fzggw.zj.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?"
        "parseType=bulidstatic&webId=3185&tplSetId="
    )
    assert asked.url.endswith("&editType=null&pageId=1229565788")
    assert asked.form == ()


def test_the_jpaas_answer_offers_its_second_page(recorded):
    page = recorded("fzggw.zj.gov.cn__column__1.html")
    unit = recorded("fzggw.zj.gov.cn__jpaas-unit__1.json")
    (pager,) = find_pagers(page.text, page.url)

    first = pager.parse(unit.text, pager.request(NOTHING_YET, None).url)
    asked = pager.request(Progress(15, 1, first.claimed_total), first)
    assert asked.url.endswith("&paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A15%7D")
    assert "tagId=%E4%BF%A1%E6%81%AF%E5%88%97%E8%A1%A8" in asked.url


def test_a_home_page_shows_its_first_dated_headlines_as_a_list(recorded_home):
    (pager,) = find_pagers(recorded_home.text, recorded_home.url)

    labelled = [
        (entry["title"], "http://www.coscoshipping.com" + entry["url"], entry["date"])
        for entry in recorded_home.labels["headlines"]
    ]
    assert pager.dialect == "static"
    assert shown(pager.first) == labelled[:6]


def test_an_article_page_is_no_list(recorded_article):
    assert find_pagers(recorded_article.text, recorded_article.url) == ()
