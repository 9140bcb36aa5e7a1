"""A small 大汉版通 site on loopback whose truth is known: for tests, the demo and benchmarks.

A `World` is the truth: what the site holds on each day, a function of seed, size and `Twists`.
A kind is how the site shows it, one for each way in which such sites list articles (`KINDS`).
`Faults` are what goes wrong while it is served, and may be set at any time:

    with serve(World(twists=Twists(links=True)), kind="jpaas") as site:
        ...                                                # site.url is its address
        site.day = 2                                       # a night has passed
        site.faults = Faults(slips={45: Slip.FAILS_ONCE})  # the page with row 45 fails once
        site.faults = Faults(arrivals=3, untold=True)      # the list shifts, and says no total
"""

from replica.faults import Ailment, Faults, Slip
from replica.kinds import KINDS
from replica.pace import Pace
from replica.serving import serve
from replica.site import Site
from replica.state import Article, Change, ChangeKind, Day, Link, Placed, Standing
from replica.truth import World
from replica.twists import Fate, Turn, Twists

__all__ = [
    "KINDS",
    "Ailment",
    "Article",
    "Change",
    "ChangeKind",
    "Day",
    "Fate",
    "Faults",
    "Link",
    "Pace",
    "Placed",
    "Site",
    "Slip",
    "Standing",
    "Turn",
    "Twists",
    "World",
    "serve",
]
