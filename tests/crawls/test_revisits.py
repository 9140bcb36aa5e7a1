"""Snapshots: what is due is captured again, and servers are asked for what changed."""

from replica import ChangeKind, Faults, World, serve
from storage.archive import Archive
from tests.crawls.conftest import Book, Crawl, night

SMALL = 0.1
NO_FILES = {"CUNZHENG_ATTACHMENTS": "0"}
EDITED = "SELECT a.cms_id FROM events e JOIN articles a ON a.id = e.article_id WHERE kind = ?"


def release(url: str, crawl_id: int) -> None:
    archive = Archive.open(url)
    archive.release(crawl_id)
    archive.close()


def answers(site) -> dict[str, int]:
    """How requests for articles that exist were answered since the last time, by path."""
    found = {seen.path: seen.status for seen in site.requests if "/art/2" in seen.path}
    site.requests.clear()
    return found


def edited(world: World, day: int) -> set[str]:
    return {str(c.article) for c in world.changes(day) if c.kind is ChangeKind.EDITED}


def test_a_page_that_did_not_change_is_confirmed_and_the_next_time_fetched_whole(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        site.tagged = True
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        first = answers(site)
        crawl("snapshot", due="all", clock=night(2), env=NO_FILES)
        second = answers(site)
        crawl("snapshot", due="all", clock=night(3), env=NO_FILES)
        third = answers(site)

    held_there = first.keys() & second.keys()  # others stand in two channels: another address
    assert len(held_there) >= len(first) - 1 > 5
    assert {first[path] for path in held_there} == {200}
    assert {second[path] for path in held_there} == {304}
    assert {third[path] for path in held_there} == {200}
    confirmed = "SELECT count(*), count(version_id) FROM captures WHERE outcome = 'unchanged'"
    assert book.ask(f"{confirmed} AND status = 304 AND revalidates > 0") >= [
        (len(held_there), len(held_there))
    ]
    assert book.ask("SELECT count(*) FROM events WHERE kind != 'published'") == [(0,)]


def test_an_edit_behind_a_server_that_lies_is_found_at_the_next_visit(
    crawl: Crawl, book: Book
) -> None:
    world = World(seed=7, size=0.35)
    with serve(world) as site:
        site.tagged = True
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.day, site.faults = 2, Faults(lying=True)
        crawl("snapshot", due="all", clock=night(2), env=NO_FILES)
        believed = {cms_id for (cms_id,) in book.ask(EDITED, "edited")}
        ended = crawl("snapshot", due="all", clock=night(3), env=NO_FILES)
    assert ended.code == 7  # so small a site, and three of its articles gone in one night
    release(book.url, 3)
    found = {cms_id for (cms_id,) in book.ask(EDITED, "edited")}
    assert edited(world, 2)
    assert not believed & edited(world, 2)
    assert edited(world, 2) <= found


def test_a_page_unseen_for_a_month_is_fetched_whole_though_the_server_would_confirm_it(
    crawl: Crawl,
) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        site.tagged = True
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        answers(site)
        crawl("snapshot", due="all", clock="2022-04-05T02:00:00+08:00", env=NO_FILES)
        assert set(answers(site).values()) == {200}


def test_a_budget_is_kept_and_goes_to_what_is_likeliest_to_have_changed(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        answers(site)
        ended = crawl("snapshot", budget=3, clock=night(9), env=NO_FILES)
        asked = answers(site)
    assert ended.code == 0
    assert len(asked) == 3
    looked_at = book.ask(
        "SELECT a.published FROM captures c JOIN articles a ON a.id = c.article_id"
        " WHERE c.outcome = 'unchanged'"
    )
    newest = book.ask("SELECT published FROM articles ORDER BY substr(published, 1, 10) DESC")
    assert {p[:10] for (p,) in looked_at} <= {p[:10] for (p,) in newest[:4]}
