"""Lists that stand in the page as plain HTML: which rows are the list, and how it goes on."""

import pytest

from crawler.listings import NotAListing, Progress, find_pagers

URL = "http://a.gov.cn/col/col31/index.html"
SOME = Progress(rows=3, pages=1, claimed_total=None)


def item(number, *, channel=31, day="2026-08-{:02}"):
    shown = f"<span>{day.format(number)}</span>" if day else ""
    link = f"<a href='/art/2026/8/{number}/art_{channel}_{number}.html'>第{number}号</a>"
    return f"<li>{link}{shown}</li>"


def column(*numbers, name="list", **options):
    rows = "".join(item(number, **options) for number in numbers)
    return f"<div class='{name}'><ul>{rows}</ul></div>"


def titles(pager):
    return [entry.title for entry in pager.first.entries]


def test_a_short_list_without_further_pages_is_whole():
    (pager,) = find_pagers(column(3, 2, 1), URL)
    assert pager.dialect == "static"
    assert titles(pager) == ["第3号", "第2号", "第1号"]
    assert pager.request(SOME, pager.first) is None


def test_hot_and_related_articles_are_no_part_of_the_list():
    page = column(*range(10, 20), name="hot-news") + column(3, 2, 1)
    (pager,) = find_pagers(page, URL)
    assert titles(pager) == ["第3号", "第2号", "第1号"]


def test_the_channels_own_articles_are_the_list_however_long_the_sidebar():
    page = column(*range(10, 20), channel=99, name="box") + column(3, 2, 1)
    (pager,) = find_pagers(page, URL)
    assert titles(pager) == ["第3号", "第2号", "第1号"]


def test_a_list_may_gather_the_articles_of_other_channels():
    page = column(9, channel=98, name="box") + column(3, 2, 1, channel=99)
    (pager,) = find_pagers(page, URL)
    assert titles(pager) == ["第3号", "第2号", "第1号"]


def test_links_without_days_are_a_list_only_of_the_channels_own_articles():
    assert len(find_pagers(column(3, 2, 1, day=""), URL)) == 1
    assert find_pagers(column(3, 2, 1, day="", channel=99), URL) == ()


def test_a_list_that_is_cut_into_fives_is_one():
    page = "<div>" + "".join(
        f"<ul>{item(first)}{item(first - 1)}</ul>" for first in (8, 6, 4)
    ) + "</div>"  # fmt: skip
    (pager,) = find_pagers(page, URL)
    assert titles(pager) == [f"第{n}号" for n in (8, 7, 6, 5, 4, 3)]


def test_a_row_about_a_page_elsewhere_keeps_its_place():
    elsewhere = "<li><a href='https://mp.weixin.qq.com/s/x'>微信</a><i>2026-08-03</i></li>"
    page = column(3, 2, 1).replace("</li>", "</li>" + elsewhere, 1)
    (pager,) = find_pagers(page, URL)
    assert titles(pager) == ["第3号", "微信", "第2号", "第1号"]


@pytest.mark.parametrize(
    "rows",
    [
        "<dl><dd><a href='{a}'>甲</a></dd><dd>2026-09-04</dd></dl>",
        "<h3><a href='{a}'>甲</a></h3><p>2026-09-04</p>",
        "<a href='{a}'>甲</a>2026-09-04<br>",
        "<table><tr><td><a href='{a}'>甲</a></td><td>09-04</td></tr></table>",
        "<li><a href='{a}'>甲</a><a href='{a}?'>解读</a><b>2026-09-04</b></li>",
    ],
)
def test_the_day_is_found_wherever_it_stands_beside_the_link(rows):
    page = "".join(rows.format(a=f"/art/2026/9/{n}/art_31_{n}.html") for n in (1, 2, 3))
    (pager,) = find_pagers(f"<div>{page}</div>", URL)
    assert [(e.title, str(e.listed_on)) for e in pager.first.entries] == [("甲", "2026-09-04")] * 3


@pytest.mark.parametrize(
    "pages",
    [
        "<a href='index_2.html'>下一页</a><a href='index_9.html'>尾页</a>",
        "<a href='#'>上一页</a><a href='index_2.html'>下页 &gt;</a>",
        "<b>1</b><a href='index_2.html'>2</a><a href='index_3.html'>3</a>",
        "<a href='javascript:;'>&gt;</a><a href='index_2.html'>&gt;</a>",
    ],
)
def test_the_next_page_is_the_one_that_the_page_links_to(pages):
    (pager,) = find_pagers(column(3, 2, 1) + f"<div>共 24 条{pages}</div>", URL)
    asked = pager.request(SOME, pager.first)
    assert asked.url == "http://a.gov.cn/col/col31/index_2.html"
    assert pager.first.claimed_total == 24


def test_further_pages_are_read_the_same_way_until_none_follows():
    (pager,) = find_pagers(column(6, 5, 4) + "<a href='index_2.html'>下一页</a>", URL)
    second = "http://a.gov.cn/col/col31/index_2.html"
    last = pager.parse(column(3, 2, 1) + "<a href='index_2.html'>下一页</a>", second)
    assert [entry.title for entry in last.entries] == ["第3号", "第2号", "第1号"]
    assert pager.request(SOME, last) is None


def test_a_page_without_rows_is_not_the_next_page_of_a_list():
    (pager,) = find_pagers(column(6, 5, 4) + "<a href='index_2.html'>下一页</a>", URL)
    with pytest.raises(NotAListing):
        pager.parse(
            "<html><body>系统维护中</body></html>", "http://a.gov.cn/col/col31/index_2.html"
        )


def test_a_pager_without_rows_is_an_empty_page_of_the_list():
    (pager,) = find_pagers(column(6, 5, 4) + "<a href='index_2.html'>下一页</a>", URL)
    page = "<ul></ul><div>第2页/共3页 <a href='index_3.html'>下一页</a></div>"
    empty = pager.parse(page, "http://a.gov.cn/col/col31/index_2.html")
    assert (empty.entries, empty.claimed_pages) == ((), 3)
    assert empty.following.url.endswith("/index_3.html")


def test_a_headline_with_a_number_is_no_claim_about_the_list():
    (pager,) = find_pagers(column(3, 2, 1).replace("第3号", "共12条措施"), URL)
    assert pager.first.claimed_total is None


def test_menus_and_channels_are_no_list():
    page = "<ul><li><a href='/col/col5/index.html'>要闻</a></li><li><a href='/'>首页</a></li></ul>"
    assert find_pagers(page, URL) == ()
