"""The main job: one command archives a site, version by version."""

import json
import re

import pytest

from replica import ChangeKind, World, serve
from replica.site import Site
from tests.crawls.conftest import Book, Crawl, night, on_both

KINDS = ["jpage_web", "jpage_cloud", "gbk"]
SMALL = 0.35


def published(site: Site, day: int) -> dict[str, object]:
    """What the site states on a day: content by article id, of all articles that are there."""
    world = site.world.on(day)
    return {
        str(article.number): article.content
        for article in world.articles.values()
        if article.standing.name == "PUBLISHED"
    }


def one_space(text: str) -> str:
    """White space inside a line is kept as one space, whatever the page makes it of."""
    return re.sub(r"[ \u3000\xa0]+", " ", text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_crawl_holds_every_article_just_as_the_site_states_it(
    kind: str, crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=SMALL), kind=kind) as site:
        ended = crawl("hanweb", url=site.url, clock=night(1))
        truth = published(site, 1)

    assert ended.code == 0, ended.err
    held = {
        cms_id: (title, published_at, source, author, body)
        for cms_id, title, published_at, source, author, body in book.ask(
            "SELECT a.cms_id, v.title, v.published, v.source, v.author, v.body"
            " FROM versions v JOIN articles a ON a.id = v.article_id"
        )
    }
    assert set(held) == set(truth)
    for cms_id, content in truth.items():
        title, published_at, source, author, body = held[cms_id]
        assert title == content.title
        assert published_at == content.published.replace(" ", "T") + "+08:00"
        assert source == content.source
        assert author == content.author
        assert one_space(body) == one_space(content.body)


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_crawl_of_an_unchanged_site_writes_no_history_and_fetches_no_article(
    kind: str, crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=SMALL), kind=kind) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        before = book.count("versions"), book.count("events")
        site.requests.clear()
        ended = crawl("hanweb", url=site.url, clock=night(2))
        asked = [request.path for request in site.requests if "/art/20" in request.path]

    assert ended.code == 0, ended.err
    assert (book.count("versions"), book.count("events")) == before
    assert asked == []


@on_both
def test_three_days_are_archived_as_they_were(crawl: Crawl, book: Book) -> None:
    world = World(seed=7)
    with serve(world) as site:
        for day in (1, 2, 3):
            site.day = day
            assert crawl("hanweb", url=site.url, clock=night(day)).code == 0
            assert crawl("snapshot", due="all", clock=night(day, hour=6)).code == 0

    seen = book.ask(
        "SELECT a.cms_id, e.kind, e.fields FROM events e JOIN articles a ON a.id = e.article_id"
    )
    changes = [change for day in (2, 3) for change in world.changes(day)]

    def true(kind: ChangeKind) -> list[str]:
        return sorted(str(change.article) for change in changes if change.kind is kind)

    def told(kind: str) -> list[str]:
        return sorted(cms_id for cms_id, event, _ in seen if event == kind)

    edits = sorted((cms_id, tuple(json.loads(f))) for cms_id, kind, f in seen if kind == "edited")
    assert edits == sorted(
        (str(change.article), change.fields)
        for change in changes
        if change.kind is ChangeKind.EDITED
    )
    assert told("missing") == true(ChangeKind.TAKEN_DOWN)
    assert told("restored") == true(ChangeKind.RESTORED)
    assert told("moved") == true(ChangeKind.MOVED)
    assert len(told("published")) == 120 + len(true(ChangeKind.NEW))


def test_an_article_taken_down_for_two_nights_is_gone_and_its_text_is_still_held(
    crawl: Crawl, book: Book
) -> None:
    world = World(seed=7, size=SMALL)
    with serve(world) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        crawl("hanweb", url=site.url, clock=night(2))
        crawl("hanweb", url=site.url, clock=night(3, hour=3))
    taken = {str(c.article) for c in world.changes(2) if c.kind is ChangeKind.TAKEN_DOWN}

    gone = book.ask("SELECT cms_id, versions FROM articles WHERE state = 'gone'")
    assert {cms_id for cms_id, _ in gone} == taken
    assert all(versions >= 1 for _, versions in gone)


def test_no_visit_is_ever_counted(crawl: Crawl) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        crawl("hanweb", url=site.url)
        crawl("snapshot", due="all")
        assert site.hits() == 0


def test_one_channel_is_archived_by_its_own_address(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        ended = crawl("hanweb", url=f"{site.url}/col/col17863/index.html")
        listed = {str(p.article.number) for p in site.world.on(1).listed(17863)}

    assert ended.code == 0
    assert {cms_id for (cms_id,) in book.ask("SELECT cms_id FROM articles")} == listed


def test_one_article_is_archived_by_its_own_address(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        ended = crawl("hanweb", url=f"{site.url}/art/2022/2/26/art_17849_3820001.html")

    assert ended.code == 0
    assert book.ask("SELECT title, published, source FROM versions") == [
        (
            "压实责任守牢防线 保持平稳防控态势",
            "2022-02-26T11:38+08:00",
            "盐南高新区管委会党政办",
        )
    ]


def test_every_address_ends_in_exactly_one_outcome(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        crawl("hanweb", url=site.url)

    assert book.ask("SELECT count(*) FROM frontier WHERE outcome IS NULL") == [(0,)]
    articles = book.ask("SELECT count(*) FROM frontier WHERE kind = 'article'")[0][0]
    assert book.ask(
        "SELECT count(*) FROM captures WHERE article_id IS NOT NULL AND page_kind <> 'attachment'"
    ) == [(articles,)]
