"""Real pages, read as a person read them."""

from urllib.parse import urljoin

import pytest
from reading_pages import RECORDED, WHY_SKIPPED, labels, recorded

from crawler.reading import PageKind, page_kind, read_article

LABELS = labels()
ARTICLES = [name for name, label in LABELS.items() if label["kind"] == "article"]
OTHERS = [name for name, label in LABELS.items() if label["kind"] != "article"]

pytestmark = pytest.mark.skipif(not RECORDED.exists(), reason=WHY_SKIPPED)


@pytest.fixture(params=ARTICLES)
def page(request):
    label = LABELS[request.param]
    return read_article(recorded(request.param), label["url"]), label


def test_a_recorded_article_reads_as_reviewed(page):
    reading, label = page
    article = reading.article
    assert article.title == label["title"]
    assert article.published == label["published"].replace(" ", "T") + "+08:00"
    assert (article.source, article.author) == (label["source"], label["author"])
    assert article.doc_number == label["doc_number"]
    assert dict(article.info) == label["info_table"]
    assert article.body.split("\n") == label["paragraphs"]
    assert list(article.images) == label["images"]


def test_its_files_are_named_as_shown_and_found_from_anywhere(page):
    reading, label = page
    assert [(a.name, a.url) for a in reading.article.attachments] == [
        (a["name"], urljoin(label["url"], a["url"])) for a in label["attachments"]
    ]


def test_its_breadcrumb_and_identity_are_those_of_the_page(page):
    reading, label = page
    assert [crumb.name for crumb in reading.breadcrumb] == label["breadcrumb"]
    assert all(crumb.url for crumb in reading.breadcrumb)
    assert (reading.cms_id, reading.channel_id) == (label["article_id"], label["column_id"])


def test_nothing_that_stands_near_the_body_is_read_as_body(page):
    reading, label = page
    reviewed = "\n".join(label["paragraphs"])
    strangers = [text for text in label["not_content"] if text not in reviewed]
    assert [text for text in strangers if text in reading.article.body] == []


def test_every_filled_field_says_where_it_came_from(page):
    reading, _ = page
    filled = {name for name in ("title", "body", "published", "source", "author", "doc_number")
              if getattr(reading.article, name)}  # fmt: skip
    assert filled <= set(reading.origins)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_recorded_article_is_one_even_under_an_error_status(name):
    for status in (200, 404):
        assert page_kind(recorded(name), LABELS[name]["url"], status).kind is PageKind.ARTICLE


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_recorded_page_is_an_article(name):
    host = name.partition("__")[0]
    for path in ("/", "/col/col284/index.html", "/art/2022/2/26/art_1_2.html"):
        judged = page_kind(recorded(name), f"http://{host}{path}", 200)
        assert judged.kind in {PageKind.CHANNEL, PageKind.HOME, PageKind.LISTING}
