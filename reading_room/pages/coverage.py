"""Gaps: what each channel claims, what its lists gave, what is held, and what is missing."""

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.serving import page
from storage.consult.sites import sites_named

MOST = 300
"""So many channels are listed; of more, a site is to be chosen."""


def coverage(asked: Asked) -> Answer:
    host, whole = asked.params.text("site"), asked.params.ticked("all")
    channels = asked.archive.coverage(host, at=asked.as_of)
    gaps = [each for each in channels if each.because is not None]
    listed = channels if whole else gaps
    return Answer(
        "coverage.html",
        {
            "host": host,
            "whole": whole,
            "sites": asked.archive.ask(sites_named),
            "listed": listed[:MOST],
            "cut": MOST if len(listed) > MOST else None,
            "channels": len(channels),
            "gaps": len(gaps),
        },
        {"channels": listed, "total": len(channels), "gaps": len(gaps), "next": None},
    )


ROUTES: list[BaseRoute] = page("/coverage", coverage)
