"""The third generation: blocks that the site builds on request, HTML in JSON."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.listings import Listing, NotAListing, Progress, find_pagers

URL = "https://a.gov.cn/col/col77/index.html"
BUILD = "/api-gateway/jpaas-publish-server/front/page/build/unit"
NOTHING_YET = Progress(rows=0, pages=0, claimed_total=None)


def script(tag, *, page_id=",'pageId':'77'"):
    return (
        f"<script id='x' src='/cms_files/AuthorizedRead/unitbuild.js?v=4' url='{BUILD}' "
        f"queryData=\"{{'parseType':'buildstatic','webId':'8d','tagId':'{tag}'{page_id}}}\"></script>"
    )


def block(numbers, *, count=None, page=1, rows=15):
    items = "".join(
        f"<li><a title='第{n}号' href='/zw/art/2026/art_{n:032x}.html'>第...</a>"
        "<i>2026-06-05</i></li>"
        for n in numbers
    )
    pager = (
        f"<table queryData=\"{{'webId':'8d','pageId':'77','tagId':'信息列表'}}\" rows='{rows}' "
        f"count='{count}' pageNo='{page}' unitUrl='{BUILD}'><tr><td>共 0 页</td></tr></table>"
    )
    return f"<ul>{items}</ul><style>.a{{}}</style>{pager if count is not None else ''}"


def answer(html):
    return json.dumps({"success": True, "code": "200", "data": {"html": html}})


def parameters(request):
    return {name: value[0] for name, value in parse_qs(urlsplit(request.url).query).items()}


@pytest.mark.parametrize(
    ("built", "asked"),
    [
        (("页脚", "视频", "当前栏目list"), ["当前栏目list", "视频"]),
        (("页脚", "视频"), ["视频", "页脚"]),
    ],
    ids=["frames are left out beside a list", "without one they may be anything"],
)
def test_blocks_named_like_lists_are_asked_first(built, asked):
    pagers = find_pagers("".join(map(script, built)), URL)
    assert [dict(pager.query)["tagId"] for pager in pagers] == asked


def test_the_same_block_twice_is_one():
    assert len(find_pagers(script("信息列表") * 2, URL)) == 1


def test_a_missing_page_id_is_the_pages_own():
    page = "<meta name='ColId' content='1229565788'>" + script("信息列表", page_id="")
    (pager,) = find_pagers(page, URL)
    assert parameters(pager.request(NOTHING_YET, None))["pageId"] == "1229565788"


def test_a_block_without_articles_is_an_empty_list():
    (pager,) = find_pagers(script("导航"), URL)
    empty = pager.parse(answer("<ul><li><a href='/'>首页</a></li></ul>"), URL)
    assert empty == Listing(())
    assert pager.request(Progress(0, 1, None), empty) is None


def test_pages_are_turned_by_param_json_until_all_rows_are_had():
    (pager,) = find_pagers(script("信息列表"), URL)
    first = pager.parse(answer(block(range(15), count=20)), pager.request(NOTHING_YET, None).url)
    asked = pager.request(Progress(15, 1, 20), first)
    assert json.loads(parameters(asked)["paramJson"]) == {"pageNo": 2, "pageSize": 15}

    last = pager.parse(answer(block(range(15, 20), count=20, page=2)), asked.url)
    assert last.following is None
    assert pager.request(Progress(20, 2, 20), last) is None


def test_a_server_that_gives_fewer_rows_than_it_says_is_asked_in_its_own_measure():
    (pager,) = find_pagers(script("信息列表"), URL)
    first = pager.parse(answer(block(range(10), count=30)), pager.request(NOTHING_YET, None).url)
    asked = pager.request(Progress(10, 1, 30), first)
    assert json.loads(parameters(asked)["paramJson"]) == {"pageNo": 2, "pageSize": 10}

    second = pager.parse(answer(block(range(10, 20), count=30, page=2)), asked.url)
    asked = pager.request(Progress(20, 2, 30), second)
    assert json.loads(parameters(asked)["paramJson"]) == {"pageNo": 3, "pageSize": 10}


def test_a_list_that_was_built_with_the_page_needs_no_first_call():
    page = script("导航") + f"<div class='list'>{block(range(15), count=20)}</div>"
    (listed,) = find_pagers(page, URL)
    assert len(listed.first.entries) == 15
    assert json.loads(
        parameters(listed.request(Progress(15, 1, 20), listed.first))["paramJson"]
    ) == {
        "pageNo": 2,
        "pageSize": 15,
    }


def test_a_short_list_beside_the_frames_blocks_is_read_from_the_page():
    static, frame = find_pagers(script("导航") + f"<div>{block(range(3))}</div>", URL)
    assert (static.dialect, frame.dialect) == ("static", "jpaas")
    assert len(static.first.entries) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>验证</html>",
        "[]",
        '{"success":false,"code":"500","data":{"html":"<li></li>"}}',
        '{"success":true,"data":null}',
        "[" * 100_000,
    ],
)
def test_an_answer_that_is_no_block_is_no_empty_list(text):
    (pager,) = find_pagers(script("信息列表"), URL)
    with pytest.raises(NotAListing):
        pager.parse(text, URL)
