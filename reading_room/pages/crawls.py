"""How the crawls went: one run of one spider a line, all that came of one, and whether the archive
can be relied on."""

from datetime import UTC, datetime

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.params import BadQuestion
from reading_room.serving import page
from reading_room.then import crawl_then
from storage.consult.doubts import DoubtQuery
from storage.consult.nights import night
from storage.consult.sites import SiteHeld

PAGE = 30
MOST = 200
_LAST = 5


def crawls(asked: Asked) -> Answer:
    limit = asked.params.number("limit", PAGE, most=MOST)
    after = asked.params.cursor(int)
    found = asked.archive.crawls(limit + 1, after[0] if after else None, at=asked.as_of)
    more, found = len(found) > limit, found[:limit]
    cursor = sealed(found[-1].id) if more else None
    return Answer(
        "crawls.html",
        {"crawls": found, "after": cursor},
        {"crawls": found, "next": asked.here.as_json(after=cursor) if cursor else None},
    )


def crawl(asked: Asked) -> Answer:
    (told,) = asked.archive.ask(night, asked.parts["id"]).crawls
    told = crawl_then(told, asked.as_of)
    return Answer("crawl.html", {"crawl": told}, {"crawl": told})


def health(asked: Asked) -> Answer:
    """Whether the archive can be relied on, now. Raises BadQuestion for another instant."""
    if asked.as_of is not None:
        raise BadQuestion("bad.only_now")
    now = datetime.now(UTC)
    sites = asked.archive.sites()
    held = asked.archive.ask(night, newest=True).held
    doubts = asked.archive.doubts(DoubtQuery(limit=_LAST))
    return Answer(
        "health.html",
        {
            "sites": [(site, days_since(site, now)) for site in sites],
            "held": held,
            "doubts": doubts,
            "crawls": asked.archive.crawls(_LAST),
        },
        {"sites": sites, "held": held, "doubts": doubts},
    )


def days_since(site: SiteHeld, now: datetime) -> int | None:
    """How many whole days ago a site was crawled last; None where it never was."""
    return (now - site.last_crawled_at).days if site.last_crawled_at else None


ROUTES: list[BaseRoute] = [
    *page("/crawls", crawls),
    *page("/crawls/{id:number}", crawl),
    *page("/health", health),
]
