"""A small 大汉版通 site on loopback whose truth is known: for tests, the demo and benchmarks."""

from replica.faults import Ailment, Faults
from replica.kinds import KINDS
from replica.serving import serve
from replica.site import Site
from replica.state import Article, Change, ChangeKind, Day, Placed, Standing
from replica.truth import World

__all__ = [
    "KINDS",
    "Ailment",
    "Article",
    "Change",
    "ChangeKind",
    "Day",
    "Faults",
    "Placed",
    "Site",
    "Standing",
    "World",
    "serve",
]
