"""A firewall that asks for a proof of who we are: it is backed off from, and never bypassed."""

import pytest

from crawler.ending import ExitCode
from replica import Ailment, Faults, World, serve
from tests.crawls.conftest import Book, Crawl, night

SMALL = World(seed=7, size=0.2)
NO_FILES = {"CUNZHENG_ATTACHMENTS": "0"}
UNMOVED = "SELECT count(*) FROM events WHERE kind != 'published'"


@pytest.mark.fault("4.10")
def test_a_snapshot_does_not_ask_on_where_the_home_page_is_a_challenge(
    crawl: Crawl, book: Book
) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.faults = Faults(everything=Ailment.CHALLENGE, robots=None)
        site.requests.clear()
        ended = crawl("snapshot", due="all", clock=night(2), env=NO_FILES)
        asked = [seen.path for seen in site.requests if seen.path != "/robots.txt"]

    assert ended.code == ExitCode.BLOCKED
    assert asked == ["/"]
    assert book.ask(UNMOVED) == [(0,)]


@pytest.mark.fault("4.10")
def test_articles_that_are_challenges_end_the_crawl_after_five_and_are_due_the_next_night(
    crawl: Crawl, book: Book
) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        held = book.count("articles")
        site.faults = Faults(articles=Ailment.CHALLENGE)
        site.requests.clear()
        ended = crawl("snapshot", due="all", clock=night(2), env=NO_FILES)
        asked = [seen.path for seen in site.requests if "/art/2" in seen.path]
        site.faults = Faults()
        after = crawl("snapshot", due="all", clock=night(3), env=NO_FILES)

    assert ended.code == ExitCode.BLOCKED
    assert "not bypassed" in ended.err
    assert 5 <= len(asked) < held / 2
    assert after.code == ExitCode.COMPLETE
    assert book.ask(UNMOVED) == [(0,)]
    confirmed = "SELECT count(DISTINCT article_id) FROM captures WHERE outcome = 'unchanged'"
    assert book.ask(confirmed) == [(held,)]


@pytest.mark.fault("4.10")
def test_a_held_site_that_a_notice_replaces_is_down_and_its_address_is_not_doubted(
    crawl: Crawl, book: Book
) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, clock=night(1), env=NO_FILES)
        site.faults = Faults(everything=Ailment.SOFT_404, robots=None)
        ended = crawl("hanweb", url=site.url, clock=night(2), env=NO_FILES)

    assert ended.code == ExitCode.SITE_DOWN
    assert "another page stands where the site was" in ended.err
    assert book.ask(UNMOVED) == [(0,)]
