"""A site that is not well answers as it was told to, and is well again when told so."""

import re
from http.client import IncompleteRead
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest

from replica import Ailment, Faults, World, serve
from replica.channels import NOTICES
from replica.known import NUMBER

WORLD = World(seed=7)
LIST = "/module/web/jpage/dataproxy.jsp?webid=49&columnid=17852&unitid=423656&perpage=10"


@pytest.fixture(scope="module")
def running():
    with serve(WORLD) as site:
        yield site


@pytest.fixture
def site(running):
    yield running
    running.faults = Faults()


def get(site, url):
    try:
        with urlopen(urljoin(site.url, url)) as response:
            return response.status, response.read().decode(), urlsplit(response.url).path
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), urlsplit(error.url).path


def numbers(text):
    return re.findall(r"_(\d+)\.html\">", text)


@pytest.mark.parametrize(
    ("ailment", "code", "sign"),
    [
        (Ailment.OUTAGE, 503, "系统维护中"),
        (Ailment.FORBIDDEN, 403, "拒绝访问"),
        (Ailment.BUSY, 429, ""),
        (Ailment.SOFT_404, 200, "已被删除"),
        (Ailment.CHALLENGE, 200, "$_ts"),
        (Ailment.CHALLENGE_412, 412, "$_ts"),
        (Ailment.BLANK, 200, ""),
        (Ailment.HOME, 200, "bt-headlines"),
        (Ailment.LOOP, 302, ""),
    ],
)
def test_an_ailing_article_answers_with_its_ailment(site, ailment, code, sign):
    site.faults = Faults(articles=ailment)
    answered, text, path = get(site, site.article_url(NUMBER))
    assert answered == code
    assert sign in text
    assert "又讯" not in text
    assert (path == "/index.html") is (ailment is Ailment.HOME)
    assert get(site, site.channel_url(NOTICES))[0] == 200, "the rest of the site is well"


def test_an_outage_takes_everything_and_passes(site):
    site.faults = Faults(everything=Ailment.OUTAGE)
    urls = ("/", "/robots.txt", site.channel_url(NOTICES), LIST, site.article_url(NUMBER))
    assert {get(site, url)[0] for url in urls} == {503}
    site.faults = Faults()
    assert {get(site, url)[0] for url in urls} == {200}


def test_an_ailment_can_be_limited_to_one_article(site):
    sick = urlsplit(site.article_url(NUMBER)).path
    well = WORLD.on(1).listed(NOTICES)[3].article.number
    site.faults = Faults(articles=Ailment.OUTAGE, only={sick})
    assert get(site, sick)[0] == 503
    assert get(site, site.article_url(well))[0] == 200


@pytest.mark.parametrize(
    ("ailment", "sign"), [(Ailment.SOFT_404, "已被删除"), (Ailment.HOME, "bt-headlines")]
)
def test_a_site_can_answer_what_is_missing_with_something_else(site, ailment, sign):
    site.faults = Faults(missing=ailment)
    status, text, _ = get(site, "/art/2022/2/26/art_1_1.html")
    assert (status, sign in text) == (200, True)
    assert "又讯" in get(site, site.article_url(NUMBER))[1]


def test_a_truncated_answer_promises_more_than_it_gives(site):
    site.faults = Faults(articles=Ailment.TRUNCATED)
    with pytest.raises(IncompleteRead):
        get(site, site.article_url(NUMBER))


def test_a_slow_answer_is_a_whole_one(site):
    site.faults = Faults(articles=Ailment.SLOW, delay=0.2)
    began = monotonic()
    assert "又讯" in get(site, site.article_url(NUMBER))[1]
    assert monotonic() - began >= 0.2


def test_an_emptied_list_is_empty_in_the_page_and_behind_it(site):
    site.faults = Faults(empty_listings=True)
    for url in (site.channel_url(NOTICES), LIST + "&startrecord=1&endrecord=30"):
        status, text, _ = get(site, url)
        assert status == 200
        assert "<datastore>" in text
        assert "<record>" not in text


def test_one_group_of_a_list_fails_and_the_others_do_not(site):
    site.faults = Faults(failing_record=45)
    codes = [get(site, f"{LIST}&startrecord={n}&endrecord={n + 29}")[0] for n in (1, 31, 61)]
    assert codes == [200, 500, 200]


def test_a_capped_list_never_gives_more_than_its_cap(site):
    site.faults = Faults(cap=7)
    assert len(numbers(get(site, LIST + "&startrecord=1&endrecord=60")[1])) == 7


def test_a_padded_list_repeats_the_last_row_of_the_group_before(site):
    listed = [str(row.article.number) for row in WORLD.on(1).listed(NOTICES)]
    site.faults = Faults(pad=True)
    assert numbers(get(site, LIST + "&startrecord=31&endrecord=60")[1]) == listed[29:60]


def test_a_drifting_total_differs_from_the_one_on_the_page(site):
    site.faults = Faults(total_drift=2)
    total = len(WORLD.on(1).listed(NOTICES))
    assert f"totalRecord:{total}," in get(site, site.channel_url(NOTICES))[1]
    assert f"<totalrecord>{total + 2}</totalrecord>" in get(site, LIST + "&startrecord=1")[1]


def test_a_file_that_did_not_change_is_not_sent_again(site):
    files = (file for a in WORLD.on(1).articles.values() for file in a.content.attachments)
    url = site.url + next(files).path
    with urlopen(url) as response:
        etag = response.headers["ETag"]
    with pytest.raises(HTTPError, match="304") as unchanged:
        urlopen(Request(url, headers={"If-None-Match": etag}))
    unchanged.value.close()
