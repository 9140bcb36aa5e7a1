"""Whatever stands in the place of an address, of a header or of a page: a value comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.admission import Response, admit
from crawler.hanweb import absolute, article_address, canonical, channel_id
from crawler.keys import article_key
from crawler.patience import instant
from crawler.reading.identity import identity_of
from crawler.reading.wholeness import breaks_off, shows_its_end
from crawler.responses import charset_of
from crawler.robots import readable
from storage.article import ArticleKey

HOST = "a.gov.cn"
ARTICLE = f"http://{HOST}/art/2026/8/2/art_1_2.html"
PIECES = st.sampled_from(
    [
        *("http://", "//", HOST, "[", "]", ":", "@", "?", "#", "%", "%zz", "&uid=", "..", "\\"),
        *("/art/2026/8/2/art_1_2.html", "/col/col5/", ";jsessionid=", "visit.jsp?", "i_articleid="),
        *("<html>", "<div", "</html>", "User-agent:", "charset=", "9" * 30),
        *("\x00", "\ud800", "中"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map("".join)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@pytest.mark.fault("8.2")
def test_any_link_leads_to_an_address_or_nowhere(href: str) -> None:
    url = absolute(href, f"http://{HOST}/")
    if url is None:
        return
    article_address(url)
    channel_id(url)
    key = article_key(url, HOST)
    assert key is None or key.host == HOST
    assert canonical(url).startswith("http")
    assert canonical(canonical(url)) == canonical(url)


def test_a_space_before_a_fragment_is_no_part_of_an_address() -> None:
    assert canonical(f"{ARTICLE} #top") == canonical(f"{ARTICLE} ;jsessionid=5A") == ARTICLE


@given(TEXTS, st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
@pytest.mark.fault("8.2")
def test_any_page_and_header_is_judged(text: str, raw: bytes) -> None:
    verdict = admit(ArticleKey(HOST, "2"), ARTICLE, Response(ARTICLE, 200, text), ())
    assert sum(map(bool, (verdict.reading, verdict.absence, verdict.outcome))) == 1
    assert not (breaks_off(text) and shows_its_end(text))
    identity_of(text, {"url": text}, ARTICLE)
    charset_of(text)
    instant(text)
    assert len(readable(raw)) <= len(raw)
