"""The front page: what is held, and what happened last."""

from dataclasses import replace

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.names import names_in
from reading_room.pages.series import beside
from reading_room.serving import page
from storage.consult.events import EventQuery
from storage.consult.series import Counted

CHANGES = ("edited", "missing", "gone", "restored", "moved")
_NEWEST = 12
_DRAWN = (Counted.PUBLISHED, Counted.EDITED, Counted.GONE)


def home(asked: Asked) -> Answer:
    sites = asked.archive.sites(at=asked.as_of)
    newest = EventQuery(kinds=CHANGES, until=asked.as_of, limit=_NEWEST)
    changes = asked.archive.events(newest)
    arrivals = asked.archive.events(replace(newest, kinds=("published",)))
    totals = {
        name: sum(getattr(site, name) for site in sites)
        for name in ("articles", "versions", "channels", "missing", "gone")
    }
    return Answer(
        "home.html",
        {
            "sites": sites,
            "totals": totals,
            "changes": changes,
            "arrivals": arrivals,
            "names": names_in(asked, changes),
            "figures": [f for of in _DRAWN if (f := beside(asked, of.value))],
        },
        {"sites": sites, "totals": totals, "changes": changes, "published": arrivals},
    )


ROUTES: list[BaseRoute] = page("/", home)
