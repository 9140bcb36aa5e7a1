"""A page is parsed once for all who ask: what one look gives is what each would see alone."""

import pytest

from crawler.reading import Seen, kind_of, page_kind, read_article, read_seen
from replica import KINDS, Placed, World
from replica.kinds.base import View

ROOT = "http://www.wangchuan.example"


def page_of(kind: str) -> tuple[str, str]:
    """An article of a template, delimited or not."""
    day = World(seed=7, size=0.25).on(1)
    article = next(iter(day.articles.values()))
    placed = Placed(article, day.tree.named(article.channels[0]))
    return KINDS[kind].article(View(day, ROOT, serial=article.number), placed), ROOT


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_page_that_was_judged_is_read_as_if_nobody_had_looked_at_it(kind):
    html, url = page_of(kind)
    seen = Seen(html, url, 200)
    assert kind_of(seen) == page_kind(html, url, 200)
    assert read_seen(seen) == read_article(html, url)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_page_that_was_read_is_judged_and_read_again_as_before(kind):
    html, url = page_of(kind)
    seen = Seen(html, url, 200)
    assert read_seen(seen) == read_seen(seen)
    assert kind_of(seen) == page_kind(html, url, 200)


def test_tags_that_an_editor_pasted_into_the_body_are_none_of_the_pages():
    pasted = '<meta name="pagetype" content="2"><p>粘贴来的正文。</p>'
    marked = f"<!--<$[信息内容]>begin-->{pasted}<!--<$[信息内容]>end-->"
    html = f"<html><head><title>某通知</title></head><body>{marked}</body></html>"
    judged = page_kind(html, f"{ROOT}/art/2022/2/26/art_1_2.html", 200)
    assert judged.kind == "article"
