"""The archive's figures as Prometheus reads them: names, help and units of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from storage import Consultation
from storage.consult.measures import CrawlMeasured, Measures, measures
from storage.consult.sites import SiteHeld
from storage.errors import ExtraMissing

_CRAWL = ("spider", "target")
ALARMS = ("down", "blocked", "short", "dead", "silent", "dropped")

Sample = tuple[Sequence[str], float]


@dataclass(frozen=True, slots=True)
class Gauge:
    """One family of figures: the names of its labels, and its values by theirs."""

    name: str
    help: str
    labels: tuple[str, ...]
    samples: tuple[Sample, ...]


def gauges(found: Measures) -> Iterator[Gauge]:
    """All figures of an archive. Pure."""
    yield from _of_sites(found.sites)
    yield from _of_crawls(found.crawls)
    counted = tuple(((kind,), float(found.alarms.get(kind, 0))) for kind in ALARMS)
    yield Gauge("cunzheng_alarms", "Alarms that stand, by kind.", ("kind",), counted)
    held = (((), float(found.held)),)
    yield Gauge("cunzheng_held_crawls", "Crawls that the guard holds.", (), held)


def exposition(figures: Iterable[Gauge]) -> bytes:
    """The text that Prometheus reads. Raises ExtraMissing where prometheus-client is not there."""
    try:
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.core import GaugeMetricFamily
    except ImportError as error:
        raise ExtraMissing("metrics need prometheus-client: pip install -e '.[metrics]'") from error

    class Collected:
        def collect(self) -> Iterator[Any]:
            for gauge in figures:
                family = GaugeMetricFamily(gauge.name, gauge.help, labels=gauge.labels)
                for labels, value in gauge.samples:
                    family.add_metric(labels, value)
                yield family

        def describe(self) -> list[Any]:
            return []  # so that figures are asked for once, as they are written

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collected())
    return generate_latest(registry)


def _of_sites(sites: Sequence[SiteHeld]) -> Iterator[Gauge]:
    states = ("present", "missing", "gone", "unread")
    yield Gauge(
        "cunzheng_site_articles",
        "Articles of a site: present, missing or gone, or named by a list and never read.",
        ("host", "state"),
        tuple(((site.host, each), getattr(site, each)) for site in sites for each in states),
    )
    for figure in ("versions", "channels"):
        samples = tuple(((site.host,), getattr(site, figure)) for site in sites)
        yield Gauge(f"cunzheng_site_{figure}", f"The {figure} held of a site.", ("host",), samples)
    yield Gauge(
        "cunzheng_site_last_crawled_timestamp_seconds",
        "When a site was crawled last.",
        ("host",),
        tuple(
            ((site.host,), site.last_crawled_at.timestamp())
            for site in sites
            if site.last_crawled_at is not None
        ),
    )


def _of_crawls(crawls: Sequence[CrawlMeasured]) -> Iterator[Gauge]:
    """Of the newest crawl of each spider and target."""

    def each(name: str, help_: str, figure: Any) -> Gauge:
        samples = tuple(((crawl.spider, crawl.target), float(figure(crawl))) for crawl in crawls)
        return Gauge(f"cunzheng_crawl_{name}", help_, _CRAWL, samples)

    def counted(name: str, help_: str, label: str, figure: Any) -> Gauge:
        samples = tuple(
            ((crawl.spider, crawl.target, value), float(n))
            for crawl in crawls
            for value, n in sorted(figure(crawl).items())
        )
        return Gauge(f"cunzheng_crawl_{name}", help_, (*_CRAWL, label), samples)

    yield each(
        "finished_timestamp_seconds", "When it ended.", lambda crawl: crawl.finished_at.timestamp()
    )
    yield each(
        "duration_seconds",
        "How long it took.",
        lambda crawl: (crawl.finished_at - crawl.started_at).total_seconds(),
    )
    yield each("requests", "Requests that it sent.", lambda crawl: crawl.requests)
    yield each("received_bytes", "Bytes of answers.", lambda crawl: crawl.received)
    yield each("unended", "Addresses left for the next run.", lambda crawl: crawl.unended)
    yield each("errors", "Faults of this program.", lambda crawl: crawl.errors)
    yield counted(
        "addresses", "Addresses by how they ended.", "outcome", lambda crawl: crawl.outcomes
    )
    yield counted(
        "channels", "Channels by how their walk ended.", "verdict", lambda crawl: crawl.verdicts
    )
    yield counted(
        "ended", "1 for the reason for which it ended.", "reason",
        lambda crawl: {crawl.finish_reason: 1},
    )  # fmt: skip


def served(request: Request) -> Response:
    """`/metrics`."""
    archive: Consultation = request.app.state.archive
    try:
        text = exposition(gauges(archive.ask(measures)))
    except ExtraMissing as error:
        return PlainTextResponse(f"{error}\n", 501)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


ROUTES: list[BaseRoute] = [Route("/metrics", served, methods=["GET"])]
