"""How the crawls went: one run of one spider a line, and the lists that one of them walked."""

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.serving import page

PAGE = 30
MOST = 200


def crawls(asked: Asked) -> Answer:
    limit = asked.params.number("limit", PAGE, most=MOST)
    after = asked.params.cursor(int)
    found = asked.archive.crawls(limit + 1, after[0] if after else None)
    more, found = len(found) > limit, found[:limit]
    cursor = sealed(found[-1].id) if more else None
    return Answer(
        "crawls.html",
        {"crawls": found, "after": cursor},
        {"crawls": found, "next": asked.here.as_json(after=cursor) if cursor else None},
    )


ROUTES: list[BaseRoute] = page("/crawls", crawls)
