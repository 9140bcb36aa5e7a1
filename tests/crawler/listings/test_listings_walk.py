"""A list is walked to every row by what its pager offers, however the server cuts its groups."""

import json
import re
from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.listings import Progress, find_pagers

URL = "http://a.gov.cn/col/col31/index.html"
TOTALS = st.integers(min_value=1, max_value=70)


def row(number):
    link = f"<a href='/art/2026/8/{number % 28 + 1}/art_31_{number}.html'>第{number}号</a>"
    return f"<li>{link}<b>2026-08-{number % 28 + 1:02}</b></li>"


def rows(numbers):
    return "".join(map(row, numbers))


def walk(pager, serve, most=200):
    """Ask until the pager has no question, or a question comes twice; the rows that came."""
    seen, pages, total, latest, asked = [], 0, None, pager.first, set()
    while pages < most:
        if latest:
            seen += [int(re.search(r"_(\d+)\.html", entry.url)[1]) for entry in latest.entries]
            pages += 1
            total = latest.claimed_total if latest.claimed_total is not None else total
        request = pager.request(Progress(len(seen), pages, total), latest)
        if request is None or request in asked:
            return seen
        asked.add(request)
        latest = pager.parse(serve(request), request.url)
    raise AssertionError("a list that never ends")


def query(request):
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def datastore(numbers, total, following=""):
    records = "".join(f"<record><![CDATA[{row(number)}]]></record>" for number in numbers)
    claimed = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    link = f"<nextgroup><![CDATA[<a href='{following}'></a>]]></nextgroup>"
    return f"<datastore>{claimed}{link}<recordset>{records}</recordset></datastore>"


def jpage(total, inline, *, claims, param="var param_5={columnid:31,unitid:5};"):
    claim = f"totalRecord:{total}," if claims else ""
    store = datastore(range(1, min(inline, total) + 1), None, "./dataproxy.jsp?page=1")
    return f"""<div id="5"><script type="text/xml">{store}</script></div><script>{param}
      $('#5').jpage({{{claim}dataStore:$('#5').html(),groupSize:3,perPage:5,
      proxyUrl:'/module/jpage/dataproxy.jsp',ajaxParam:param_5}});</script>"""


@given(TOTALS, st.integers(1, 40), st.booleans(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_server_that_caps_or_pads_its_groups_is_walked_to_every_row(total, size, claims, says):
    def serve(request):
        start = int(query(request)["startrecord"])
        return datastore(range(start, min(start + size, total + 1)), total if says else None)

    (pager,) = find_pagers(jpage(total, 15, claims=claims), URL)
    assert walk(pager, serve) == list(range(1, total + 1))


@given(TOTALS)
@settings(max_examples=40, deadline=None)
def test_a_server_that_looks_one_row_ahead_loses_none(total):
    """Seen on www.nhsa.gov.cn: every group after the first holds one row too many."""

    def serve(request):
        start, end = (int(query(request)[name]) for name in ("startrecord", "endrecord"))
        return datastore(range(start, min(end + 1, total) + 1), total)

    (pager,) = find_pagers(jpage(total, 15, claims=True), URL)
    assert set(walk(pager, serve)) == set(range(1, total + 1))


@given(TOTALS, st.integers(1, 40), st.integers(1, 20))
@settings(max_examples=80, deadline=None)
def test_links_to_the_next_group_lead_to_every_row(total, size, inline):
    def serve(request):
        page = int(query(request)["page"])
        more = f"./dataproxy.jsp?page={page + 1}" if page * size < total else ""
        return datastore(range((page - 1) * size + 1, min(page * size, total) + 1), total, more)

    (pager,) = find_pagers(jpage(total, inline, claims=True, param=""), URL)
    assert walk(pager, serve) == list(range(1, total + 1))


@given(TOTALS, st.integers(1, 40), st.integers(1, 40), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_jpaas_block_is_turned_to_its_last_row(total, said, cap, counted):
    def serve(request):
        asked = json.loads(query(request).get("paramJson", f'{{"pageNo":1,"pageSize":{said}}}'))
        size = min(asked["pageSize"], cap)
        start = (asked["pageNo"] - 1) * size + 1
        count = f"count='{total}'" if counted else "count=''"
        pager = f"<table queryData=\"{{'tagId':'列表'}}\" rows='{said}' {count} "
        pager += f"pageNo='{asked['pageNo']}'><tr><td></td></tr></table>"
        block = f"<ul>{rows(range(start, min(start + size, total + 1)))}</ul>{pager}"
        return json.dumps({"success": True, "data": {"html": block}})

    page = "<script src='unitbuild.js' url='/build/unit' queryData=\"{'tagId':'列表'}\"></script>"
    (pager,) = find_pagers(page, URL)
    assert walk(pager, serve) == list(range(1, total + 1))


@given(TOTALS, st.integers(1, 40), st.sampled_from(["共{p}页", "共{t}条", "共{p}页 共{t}条"]))
@settings(max_examples=80, deadline=None)
def test_a_disclosure_search_is_turned_to_its_last_row(total, size, said):
    def serve(request):
        page = int(dict(request.form)["currpage"])
        shown = rows(range((page - 1) * size + 1, min(page * size, total) + 1))
        return f"<ul>{shown}</ul><p>{said.format(p=-(-total // size), t=total)}</p>"

    (pager,) = find_pagers("<script src='/module/xxgk/tree.jsp?area=1&divid=div4'>", URL)
    assert walk(pager, serve) == list(range(1, total + 1))
