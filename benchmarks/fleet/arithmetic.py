"""From the cost of one site's night to what a machine can carry. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

NIGHT_S = 7 * 3600
"""Crawls begin from 22:00 to 05:00; snapshots spread over seven hours as well, six hours later."""


@dataclass(frozen=True, slots=True)
class SiteCost:
    """What one site costs in one night, crawl and snapshot together: requests, bytes received,
    CPU seconds of the crawls' programs and of the database's server, bytes by which the database
    grew. `memory` is what one running crawl holds, `starts` how many programs were started."""

    requests: float
    received: float
    cpu_s: float
    database_cpu_s: float
    grown: float
    memory: float
    starts: int = 2


@dataclass(frozen=True, slots=True)
class MachineHas:
    """A machine: processors, and bytes of memory that crawls may take."""

    processors: int = 2
    memory: float = 3 * 2**30


def lasts_s(cost: SiteCost, delay_s: float) -> float:
    """Seconds for which a site's programs run in a night: they wait for their turns nearly always.

    >>> lasts_s(SiteCost(100, 0, 4.0, 1.0, 0, 0), 1.0)
    104.0
    """
    return cost.requests * delay_s + cost.cpu_s


def side_by_side(cost: SiteCost, sites: int, delay_s: float) -> float:
    """How many programs run at once in the mean, so that all sites have their night."""
    return sites * lasts_s(cost, delay_s) / NIGHT_S


def most_sites(cost: SiteCost, has: MachineHas, delay_s: float) -> Mapping[str, float]:
    """How many sites a machine carries in a night, by what would stop it; the least is the first.

    >>> cost = SiteCost(100, 0, 4.0, 1.0, 0, 100 * 2**20)
    >>> {name: round(n) for name, n in most_sites(cost, MachineHas(), 1.0).items()}
    {'processors': 10080, 'memory': 7444}
    """
    return {
        "processors": NIGHT_S * has.processors / (cost.cpu_s + cost.database_cpu_s),
        "memory": has.memory / cost.memory * NIGHT_S / lasts_s(cost, delay_s),
    }
