"""A row of a list says what it is about, in every shape that such sites have been seen to use."""

from datetime import date

import pytest

from crawler.listings.rows import read_record

CHANNEL = "https://a.gov.cn/col/col31/index.html"
ART = "/art/2026/8/28/art_31_9.html"
ADDRESS = "https://a.gov.cn/art/2026/8/28/art_31_9.html"
DAY = date(2026, 8, 28)


def row(html):
    (entry,) = read_record(html, CHANNEL)
    return entry


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            f"\n <li><a title='通知' target=_blank href=\"{ART}\">  通知</a>"
            "<span class=bt-list-time>2026-08-28</span>  </li> ",
            id="day after the link",
        ),
        pytest.param(
            f"<li><span>2026-08-28</span> <a href='{ART}'>通知</a></li>", id="day before the link"
        ),
        pytest.param(
            f'<li><a href="{ART}" title="通知"><span>通知</span><i>2026-08-28</i></a></li>',
            id="day inside the link",
        ),
        pytest.param(
            f"<li><a href='{ART}'><p>通知</p><p>2026年8月28日</p></a></li>",
            id="no title attribute, day inside",
        ),
        pytest.param(
            f"<tr><td><IMG src='http://b.gov.cn/dot.gif'></td><td><a href='{ART}' title='通知'>"
            "通...</a></td><td>[2026-08-28]</td></tr>",
            id="table row, day in brackets",
        ),
        pytest.param(
            f"<table width='330'><tr><td></td><td><a href='{ART}' title='通知'>通…</a></td>"
            "<td>08-28</td></tr></table>",
            id="a table of its own, month and day only",
        ),
        pytest.param(
            f"<li><a href='{ART}'>通知</a><div class='sj1'>26-08-28</div></li>",
            id="year of two digits",
        ),
        pytest.param(
            f"<li><a href='{ART}'>通知</a><span class='time'>2026-\n08-\n28</span></li>",
            id="day broken over lines",
        ),
        pytest.param(
            f"<li><a href='{ART}'>通知</a><em>2026-<br>08-<br>28</em></li>",
            id="day broken by tags",
        ),
        pytest.param(
            f"<div><b>28</b><p>2026-08</p><a href='{ART}'>通知</a></div>", id="day in two boxes"
        ),
        pytest.param(
            f"<li><a href='{ART}'>通知 2026-08-28</a></li>", id="day at the end of the link"
        ),
        pytest.param(
            f"<li><a href='{ART}'>通知</a> 发布日期：2026-08-28 16:28 来源：办公室</li>",
            id="day within a line",
        ),
        pytest.param(
            f"<li><span>2026-02-00018</span><a href='{ART}' title='通知'>通知</a>"
            "<span>医保发〔2026〕1号</span><span>2026-08-28</span></li>",
            id="an index number that looks like a day",
        ),
        pytest.param(f"<li style=<br/><a href='{ART}'>通知</a>2026-08-28", id="broken tags"),
        pytest.param(f"<li><a href='{ART}'>·通知</a></li>", id="no day but the address's"),
        pytest.param(
            f"<li><a href='{ART}'><img src=x alt='通知'></a><span>2026-08-28</span></li>",
            id="picture link",
        ),
        pytest.param(
            f"<li><a href='{ART}'><img src=x></a><a href='{ART}'>通知</a><i>2026-08-28</i></li>",
            id="picture and text link to the same article",
        ),
        pytest.param(
            f"<li><b>通知</b><a href='{ART}'>查看</a><i>2026-08-28</i></li>",
            id="the link only says 查看",
        ),
        pytest.param(
            f"<tr><td><a href='{ART}' title='通知'><a syh='1' rq='2026-08-28' mc='通知'>通...</a>"
            "</a></td><td>办公室</td></tr>",
            id="disclosure row with its facts in attributes",
        ),
    ],
)
def test_every_known_shape_gives_the_same_entry(html):
    entry = row(html)
    assert (entry.url, entry.title, entry.listed_on) == (ADDRESS, "通知", DAY)


def test_the_title_attribute_is_taken_before_a_text_cut_with_dots():
    html = f"<li><a title='关于印发某办法的通知' href='{ART}'>关于印发...</a></li>"
    assert row(html).title == "关于印发某办法的通知"


def test_an_icons_title_is_not_the_headline():
    html = f"<li><a href='{ART}'>关于甲的通知<em title='另一文件的解读'></em></a></li>"
    assert row(html).title == "关于甲的通知"


def test_a_title_within_the_link_completes_a_cut_text():
    html = f"<li><a href='{ART}'><span title='关于印发某办法的通知'>关于印发某…</span></a></li>"
    assert row(html).title == "关于印发某办法的通知"


def test_entities_and_tags_that_leaked_into_a_title_are_undone():
    html = f"<li><a href='{ART}' title='关于&amp;ldquo;甲&amp;rdquo;的&lt;br/&gt;通知'>x</a></li>"
    assert row(html).title == "关于“甲”的 通知"


def test_a_title_that_is_all_digits_and_letters_stays():
    assert row(f"<li><a href='{ART}' title='2017XJ3017'>2017XJ3017</a></li>").title == "2017XJ3017"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("//b.gov.cn/art/2025/11/4/art_1_2.html", "https://b.gov.cn/art/2025/11/4/art_1_2.html"),
        (
            "https://mp.weixin.qq.com/s?__biz=M==&mid=1",
            "https://mp.weixin.qq.com/s?__biz=M==&mid=1",
        ),
        ("../art/2025/11/4/art_1_2.html", "https://a.gov.cn/col/art/2025/11/4/art_1_2.html"),
        (
            "/col/col12/art/2026/art_937add6719f140bdac86d5b97c525d28.html",
            "https://a.gov.cn/col/col12/art/2026/art_937add6719f140bdac86d5b97c525d28.html",
        ),
    ],
)
def test_links_are_made_absolute(href, address):
    assert row(f"<li><a href='{href}'>x</a></li>").url == address


@pytest.mark.parametrize("href", ["javascript:show(1)", "#", "", "mailto:a@b.cn", "http://[x"])
def test_a_row_whose_link_leads_nowhere_is_no_entry(href):
    assert (
        read_record(f"<li><a href='{href}' onclick='show(1)'>x</a>2026-08-28</li>", CHANNEL) == ()
    )


def test_around_new_year_the_month_and_day_take_the_nearest_year():
    html = "<li><a href='/art/2025/12/31/art_31_9.html'>x</a><i>01-02</i></li>"
    assert row(html).listed_on == date(2026, 1, 2)


def test_an_address_without_a_day_gives_its_year_to_the_month_and_day():
    html = "<li><a href='/zw/art/2026/art_937add6719f140bdac86d5b97c525d28.html'>x</a>06-05</li>"
    assert row(html).listed_on == date(2026, 6, 5)


def test_no_day_is_made_up():
    html = "<li><a href='https://mp.weixin.qq.com/s/x'>x</a><i>06-05</i><i>2026-13-45</i></li>"
    assert row(html).listed_on is None


def test_of_several_days_the_address_decides():
    html = f"<tr><td>2026-08-28</td><td><a href='{ART}'>x</a></td><td>2026-08-01</td></tr>"
    assert row(html).listed_on == DAY


def test_a_row_is_about_the_article_and_not_about_the_links_beside_it():
    html = (
        f"<li><a href='/col/col5/'>[要闻]</a><a href='{ART}'>通知</a>"
        "<a href='/art/2026/8/29/art_32_10.html'>解读</a><i>2026-08-28</i></li>"
    )
    assert row(html).url == ADDRESS


def test_a_record_with_several_items_holds_several_rows():
    html = "".join(
        f"<li><a href='/art/2026/8/{n}/art_31_{n}.html'>第{n}号</a></li>" for n in (3, 2, 1)
    )
    assert [entry.title for entry in read_record(html, CHANNEL)] == ["第3号", "第2号", "第1号"]
