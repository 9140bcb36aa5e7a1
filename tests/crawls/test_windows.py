"""Sites that list only their newest articles: what is pushed off the end was not taken down."""

import json

import pytest

from replica import Twists, World, serve
from replica.channels import NOTICES
from tests.crawls.conftest import Book, Crawl, night

CUT = World(seed=7, twists=Twists(window=40))


def verdicts(book: Book) -> list[str]:
    rows = book.ask(
        "SELECT w.verdict FROM walks w JOIN channels c ON c.id = w.channel_id"
        " WHERE c.name = '通知公告' ORDER BY w.id"
    )
    return [verdict for (verdict,) in rows]


def unlisted(book: Book) -> dict[str, dict[str, object]]:
    rows = book.ask(
        "SELECT a.cms_id, e.evidence FROM events e JOIN articles a ON a.id = e.article_id"
        " WHERE e.kind = 'unlisted'"
    )
    return {cms_id: json.loads(evidence) for cms_id, evidence in rows}


def left(world: World, day: int) -> set[str]:
    """The articles that stood in the list the day before, and do not on this one."""
    listed = ({row.article.number for row in world.on(d).listed(NOTICES)} for d in (day - 1, day))
    before, after = listed
    return {str(number) for number in before - after}


@pytest.mark.parametrize("kind", ["jpage_web", "static"])
def test_a_list_that_is_cut_is_windowed_and_its_leavings_are_told_apart(
    kind: str, crawl: Crawl, book: Book
) -> None:
    with serve(CUT, kind=kind) as site:
        for day in (1, 2, 3, 4, 5):
            site.day = day
            crawl("hanweb", url=site.channel_url(NOTICES), clock=night(day), channels=NOTICES)

    assert verdicts(book) == ["complete", "windowed", "windowed", "windowed", "windowed"]
    events = unlisted(book)
    pushed = {cms_id for cms_id, evidence in events.items() if "window" in evidence}
    assert pushed == left(CUT, 2) | left(CUT, 3), "all that left on these nights is old"
    taken_out = left(CUT, 4) | left(CUT, 5)
    assert taken_out <= set(events) - pushed, "the list has a gap: that is no window's doing"
    assert events[min(pushed)]["window"] == events[min(pushed)]["channels"] == [str(NOTICES)]


def test_what_a_window_pushed_off_is_looked_at_and_stands(crawl: Crawl, book: Book) -> None:
    with serve(CUT) as site:
        crawl("hanweb", url=site.channel_url(NOTICES), clock=night(1), channels=NOTICES)
        site.day = 2
        site.requests.clear()
        crawl("hanweb", url=site.channel_url(NOTICES), clock=night(2), channels=NOTICES)
        looked_at = [n for n in left(CUT, 2) if any(f"_{n}.html" in r.path for r in site.requests)]

    assert set(looked_at) == left(CUT, 2)
    assert book.ask("SELECT DISTINCT state FROM articles") == [("present",)]


def test_a_night_without_news_leaves_a_window_a_window(crawl: Crawl, book: Book) -> None:
    with serve(CUT) as site:
        for clock, site.day in ((night(1), 1), (night(2), 2), (night(3), 2)):
            crawl("hanweb", url=site.channel_url(NOTICES), clock=clock, channels=NOTICES)

    assert verdicts(book) == ["complete", "windowed", "windowed"]


def test_a_list_that_is_not_cut_is_never_windowed(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7)) as site:
        for day in (1, 2, 3, 4):
            site.day = day
            crawl("hanweb", url=site.channel_url(NOTICES), clock=night(day), channels=NOTICES)

    assert verdicts(book) == ["complete"] * 4
