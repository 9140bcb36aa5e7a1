"""Volume: every article of a world that has all that articles may have, in every kind of site."""

from urllib.parse import urljoin

import pytest

from crawler.reading import Part, decode, read_article
from replica import KINDS, Twists, World
from replica.content import Carried
from replica.kinds.base import View
from replica.kinds.bodies import carried_path, carrying
from replica.kinds.parts import page_path

ROOT = "http://www.wangchuan.example"
DAY = World(seed=7, twists=Twists(varied=True)).on(1)
ARTICLES = list(DAY.articles.values())


def page(kind, placed, skin: int, number: int = 1) -> str:
    text = kind.article(View(DAY, ROOT, serial=number, skin=skin, page=number), placed)
    return decode(text.encode(kind.encoding, "xmlcharrefreplace"), None)


def read(kind, placed, skin: int):
    """The article from its page and the further ones that it names, as a crawl would."""
    path, article = kind.article_path(placed), placed.article
    first = page(kind, placed, skin)
    if article.content.carried is not Carried.PAGE:
        named = (f"{ROOT}{carried_path(path, article.content.carried)}",)
        texts = [carrying(article.content, article.layout, skin)]
    else:
        pages = range(2, article.content.pages + 1)
        named = tuple(f"{ROOT}{page_path(path, number)}" for number in pages)
        texts = [page(kind, placed, skin, number) for number in pages]
    assert read_article(first, f"{ROOT}{path}").continues == named
    parts = [Part(text, url) for text, url in zip(texts, named, strict=True)]
    return read_article(first, f"{ROOT}{path}", parts=parts)


def absolute(paths):
    return tuple(urljoin(ROOT, path) for path in paths)


@pytest.mark.parametrize("skin", [0, 1])
@pytest.mark.parametrize(("nth", "name"), list(enumerate(sorted(KINDS))))
def test_every_article_is_read_as_the_site_states_it_before_and_after_a_redesign(nth, name, skin):
    for article in ARTICLES[nth % 3 :: 3]:  # a third in each of eleven kinds: each in some
        content, placed = article.content, DAY.placed(article.number, article.channels[0])
        reading = read(KINDS[name], placed, skin)
        found = reading.article
        said = (found.title, found.subtitle, found.body.split("\n"), found.doc_number, found.notes)
        assert said == (
            content.title, content.subtitle, content.body.split("\n"), content.doc_number,
            content.notes,
        )  # fmt: skip
        assert (found.source, found.published) == (
            content.source, content.published.replace(" ", "T") + "+08:00",
        )  # fmt: skip
        assert found.images == absolute(content.images)
        assert found.videos == absolute(content.videos)
        assert [(link.text, link.url) for link in found.links] == [
            (text, urljoin(ROOT, path)) for text, path in content.references
        ]
        assert {(a.name, a.url) for a in found.attachments} == {
            (a.name, urljoin(ROOT, a.path)) for a in content.attachments
        }
        assert dict(found.info) == dict(content.info)
        assert "continues-elsewhere" not in reading.doubts


def test_the_world_has_what_the_story_needs():
    contents = [article.content for article in ARTICLES]
    assert sum(content.pages > 1 for content in contents) > 10
    assert {content.carried for content in contents} == set(Carried)
    for one in ("subtitle", "videos", "references", "notes", "images", "attachments", "info"):
        assert any(getattr(content, one) for content in contents), one
