"""The plan: every job of an archive and when it is due. Pure.

A site's time is a digest of its host: the same every night, on every machine, whatever other sites
are declared; and many sites spread evenly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cli.scheduling.calendar import Moment
from crawler.hanweb import host_of
from crawler.site import Site

_DAY = 24 * 60
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Night:
    """When things happen, in minutes after midnight in Beijing: crawls begin from `begins` to
    `ends`, a site's snapshot so long after its crawl, the rest from `upkeep` on."""

    begins: int = 22 * 60
    ends: int = 5 * 60
    snapshot_after: int = 6 * 60
    upkeep: int = 6 * 60
    report: int = 9 * 60 + 30


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that runs by itself. `command` begins with `scrapy` or `cunzheng`; jobs of one
    `place` wait for each other."""

    name: str
    command: tuple[str, ...]
    at: Moment
    place: str


def plan(
    sites: Iterable[Site],
    copies: Path,
    *,
    night: Night | None = None,
    budget: int | None = None,
    keep: int = 4,
    notify: bool = False,
) -> tuple[Job, ...]:
    """The jobs for these sites and for the archive that holds them. `copies` is the folder of its
    backups, of which the newest `keep` stay; `budget` the requests of a site's snapshot; `notify`
    whether there is anybody to be told of the night."""
    times = night or Night()
    declared = list(sites)
    of_sites = [job for site in declared for job in _of_site(site, times, budget)]
    copying = ("cunzheng", "backup", "--into", str(copies), "--keep", str(keep))
    told = (Job("notify", ("cunzheng", "notify"), Moment(times.report + 5), "report"),)
    return (*of_sites, *_upkeep(times, copying), *(told if notify else ())) if declared else ()


def _of_site(site: Site, night: Night, budget: int | None) -> tuple[Job, Job]:
    host = host_of(site.url)
    span = (night.ends - night.begins) % _DAY or _DAY
    minute = (night.begins + spread(host, span)) % _DAY
    spent = ("-a", f"budget={budget}") if budget is not None else ()
    again = ("scrapy", "crawl", "snapshot", "-a", f"site={host}", *spent)
    later = Moment((minute + night.snapshot_after) % _DAY)
    return (
        Job(f"crawl-{site.name}", ("scrapy", "crawl", site.name), Moment(minute), host),
        Job(f"snapshot-{site.name}", again, later, host),
    )


def _upkeep(night: Night, copying: tuple[str, ...]) -> tuple[Job, ...]:
    def at(name: str, **on: int) -> Moment:
        return Moment((night.upkeep + spread(name, 60)) % _DAY, **on)

    sample, whole = ("cunzheng", "verify", "--sample", "1000"), ("cunzheng", "verify")
    return (
        Job("verify", sample, at("verify"), "verify"),
        Job("verify-all", whole, at("verify-all", day=2 + spread("month", 26)), "verify"),
        Job("backup", copying, at("backup", weekday=_SUNDAY), "backup"),
        Job("report", ("cunzheng", "report"), Moment(night.report), "report"),
    )


def spread(name: str, span: int) -> int:
    """A number from 0 to `span` - 1 that is always the same for a name, and evenly spread.

    >>> spread("www.example.gov.cn", 420) == spread("www.example.gov.cn", 420)
    True
    """
    return int.from_bytes(sha256(name.encode()).digest()[:8]) % span
