"""A site on which too much changes at once: its crawl is held, and a person or a mended reader lets
it go."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from replica import Ailment, Day, Faults, Standing, World, serve
from replica.content import Paragraph
from replica.state import Article
from tests.crawls import nursery
from tests.crawls.conftest import ROOT, Book, Crawl, night
from tests.crawls.ended import Ended

NO_FILES = {"CUNZHENG_ATTACHMENTS": "0"}
SIZE = 0.35
HISTORIES = (
    "SELECT * FROM version_spans ORDER BY id",
    "SELECT * FROM events ORDER BY id",
    "SELECT * FROM placements ORDER BY id",
    "SELECT id, state, versions, url, title, last_captured_at FROM articles"
    " WHERE versions > 0 ORDER BY id",
)
Change = Callable[[Article], Article]


class Overnight(World):
    """A world in which nothing happens but one thing, in the night to day 2."""

    def __init__(self, change: Change, share: float, window: int = 0) -> None:
        super().__init__(seed=7, size=SIZE)
        self.change, self.share, self.window = change, share, window

    def on(self, day: int) -> Day:
        first = super().on(1)
        if day == 1:
            return first
        several = round(len(first.articles) * self.share)
        articles = {
            number: self.change(article) if n < several else article
            for n, (number, article) in enumerate(sorted(first.articles.items()))
        }
        return replace(first, number=day, articles=articles, window=self.window)


def edited(article: Article) -> Article:
    blocks = (*article.content.blocks, Paragraph("以上各项自发布之日起施行。"))
    return replace(article, content=replace(article.content, blocks=blocks))


def emptied(article: Article) -> Article:
    """As a page is read whose new template the reader does not know: its first lines only."""
    return replace(article, content=replace(article.content, blocks=article.content.blocks[:1]))


def taken_down(article: Article) -> Article:
    return replace(article, standing=Standing.TAKEN_DOWN)


def noticed(article: Article) -> Article:
    """A notice that looks like any article, in the place of all of them."""
    told = Paragraph("本网站正在升级改版，给您带来的不便敬请谅解，感谢您的理解与支持。")
    content = replace(article.content, title="网站升级公告", blocks=(told,), attachments=())
    return replace(article, content=content)


def histories(book: Book) -> list[list[tuple]]:
    return [book.ask(query) for query in HISTORIES]


def typed(environment: dict[str, str], *words: str) -> Ended:
    return nursery.typed(["cli.main", *words], environment, ROOT)


MASS = {
    "a mass edit": (Overnight(edited, 0.34), {}, "seemed to have changed at once"),
    "a mass takedown": (Overnight(taken_down, 0.1), {}, "seemed to have vanished at once"),
    "a notice on all addresses": (Overnight(noticed, 1), {}, "seemed to have changed at once"),
    "a short notice on all addresses": (
        Overnight(edited, 0),
        {"faults": Faults(articles=Ailment.SOFT_404)},
        "seemed to have vanished at once",
    ),
    "an outage": (
        Overnight(edited, 0),
        {"faults": Faults(articles=Ailment.OUTAGE)},
        "addresses failed",
    ),
    "a redesign by which bodies are lost": (
        Overnight(emptied, 0.15),
        {"skin": 1},
        "the pages were redesigned",
    ),
}


@pytest.mark.parametrize(("world", "site_has", "why"), MASS.values(), ids=MASS)
@pytest.mark.fault("4.11")
def test_too_much_at_once_is_held_and_leaves_every_history_as_it_was(
    world: World,
    site_has: dict[str, object],
    why: str,
    crawl: Crawl,
    book: Book,
) -> None:
    with serve(world) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        before = histories(book)
        site.day = 2
        for name, value in site_has.items():
            setattr(site, name, value)
        ended = crawl("snapshot", due="all", clock=night(2), env=NO_FILES)

    assert ended.code == 7, ended
    assert why in ended.out
    assert "cunzheng release 2" in ended.out
    assert histories(book) == before


BELIEVED = {
    "not quite a mass edit": (Overnight(edited, 0.27), 0),
    "a redesign that reads the same": (Overnight(edited, 0), 1),
    "a redesign, and an edit": (Overnight(edited, 0.03), 1),
}


@pytest.mark.parametrize(("world", "skin"), BELIEVED.values(), ids=BELIEVED)
def test_what_may_be_so_is_not_held(world: Overnight, skin: int, crawl: Crawl, book: Book) -> None:
    with serve(world) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.day, site.skin = 2, skin
        ended = crawl("snapshot", due="all", clock=night(2), env=NO_FILES)

    assert ended.code == 0, ended
    changed = round(len(world.on(1).articles) * world.share)
    assert book.ask("SELECT count(*) FROM events WHERE kind = 'edited'") == [(changed,)]


def test_pages_of_a_redesign_have_another_skeleton(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SIZE)) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.skin = 1
        crawl("snapshot", due="all", clock=night(2), env=NO_FILES)
    old, new = (
        {
            skeleton
            for (skeleton,) in book.ask(
                "SELECT skeleton FROM capture_readings r JOIN capture_facts f"
                " ON f.id = r.capture_id WHERE r.content_id > 0 AND f.crawl_id = ?",
                crawl_id,
            )
        }
        for crawl_id in (1, 2)
    )
    assert old
    assert new
    assert not old & new
    assert len(old) < 8, "a few for all pages of a template"


@pytest.mark.fault("4.13")
def test_lists_that_lost_most_of_their_rows_hold_the_crawl(crawl: Crawl, book: Book) -> None:
    with serve(Overnight(edited, 0, window=2)) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        before = histories(book)
        site.day = 2
        ended = crawl("hanweb", url=site.url, full=1, clock=night(2), env=NO_FILES)

    assert ended.code == 7, ended
    assert "the lists came with" in ended.out
    assert histories(book) == before


def test_a_held_crawl_is_released_by_its_number(
    crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    world = Overnight(edited, 0.5)
    with serve(world) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.day = 2
        assert crawl("snapshot", due="all", clock=night(2), env=NO_FILES).code == 7
        assert crawl("snapshot", due="all", clock=night(3), env=NO_FILES).code == 7

    changed = round(len(world.on(1).articles) * 0.5)
    told = typed(environment, "crawls", "--lang", "zh").out
    assert f"有 {changed} 篇似乎同时修改" in told.replace("\n", "")
    released = typed(environment, "release", "2", "--json")
    assert released.code == 0, released.err
    assert json.loads(released.out)["crawl_id"] == 2
    assert book.ask("SELECT count(*) FROM events WHERE kind = 'edited'") == [(changed,)]
    assert typed(environment, "release", "3").code == 0
    assert book.ask("SELECT count(*) FROM events WHERE kind = 'edited'") == [(changed,)]
    for number, said in (("2", "was released on"), ("1", "is not held"), ("9", "no crawl 9")):
        refused = typed(environment, "release", number, "--lang", "en")
        assert (refused.code, refused.out) == (2, "")
        assert said in refused.err
        assert refused.err.count("\n") == 1
    assert typed(environment, "verify", "--json").code == 0


def test_thresholds_are_settings_of_the_environment(crawl: Crawl, book: Book) -> None:
    with serve(Overnight(edited, 0.34)) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.day = 2
        lenient = NO_FILES | {"CUNZHENG_GUARD_CHANGED": "0.5"}
        assert crawl("snapshot", due="all", clock=night(2), env=lenient).code == 0
        wrong = NO_FILES | {"CUNZHENG_GUARD_CHANGED": "30"}
        assert crawl("snapshot", due="all", clock=night(3), env=wrong).code == 4
