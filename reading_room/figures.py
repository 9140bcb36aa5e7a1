"""Charts with their words and the table behind each. Nothing here asks the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reading_room.charts import Plot, columns, lines
from reading_room.claimed import Balance
from reading_room.language import Say
from storage.consult.series import Series

PATH = "/series"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart shows: `what` is counted, `of` what (a name out of the archive, or the words
    that are looked for), and what of the page of series tells the same. `number` tells the charts
    of one page apart."""

    what: str
    of: str
    address: tuple[tuple[str, str | None], ...]
    number: int = 0

    @property
    def id(self) -> str:
        return f"{self.what}-{self.number}"

    @property
    def query(self) -> str:
        return urlencode([(name, value) for name, value in self.address if value])


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: what it shows and tells, how it is drawn, what each place of it says, its table."""

    subject: Subject
    told: str
    plot: Plot
    says: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def address(self, ending: str = "") -> str:
        """Where the page of series shows the same, or gives it as `.csv` or `.json`."""
        return f"{PATH}{ending}?{self.subject.query}"


def counted_figure(subject: Subject, found: Series, say: Say) -> Figure:
    """How many in each period, or which share of all that were published in it."""
    points = found.points
    shares = any(point.of is not None for point in points)
    values = [100 * (point.share or 0.0) if shares else point.count for point in points]
    counts = [
        (f"{point.count:,}", f"{point.of or 0:,}", _percent(point.share))
        if shares
        else (f"{point.count:,}",)
        for point in points
    ]
    heads = (say("chart.period"), say("head.count"))
    more = (say("chart.of"), say("chart.share")) if shares else ()
    return Figure(
        subject=subject,
        told=_told(found, say),
        plot=columns([point.period for point in points], values, "%" if shares else ""),
        says=tuple(
            f"{point.period}: {said[-1] if shares else said[0]}"
            for point, said in zip(points, counts, strict=True)
        ),
        heads=heads + more,
        rows=tuple((point.period, *said) for point, said in zip(points, counts, strict=True)),
    )


def claims_figure(subject: Subject, found: Sequence[Balance], say: Say) -> Figure:
    """What is held against what is claimed, day by day."""
    last = found[-1]
    return Figure(
        subject=subject,
        told=say(
            "chart.told_claims",
            since=found[0].day,
            until=last.day,
            held=f"{last.held:,}",
            claimed="—" if last.claimed is None else f"{last.claimed:,}",
        ),
        plot=lines(
            [each.at for each in found],
            [each.day for each in found],
            [
                ("claimed", [each.claimed for each in found]),
                ("held", [each.held for each in found]),
            ],
        ),
        says=(),
        heads=(say("chart.day"), say("chart.held"), say("chart.claimed")),
        rows=tuple(
            (each.day, f"{each.held:,}", "—" if each.claimed is None else f"{each.claimed:,}")
            for each in found
        ),
    )


def _told(found: Series, say: Say) -> str:
    shares = any(point.of is not None for point in found.points)
    most = max(found.points, key=lambda point: (point.share or 0.0) if shares else point.count)
    return say(
        "chart.told_shares" if shares else "chart.told",
        since=found.points[0].period,
        until=found.points[-1].period,
        total=f"{found.total:,}",
        most=_percent(most.share) if shares else f"{most.count:,}",
        when=most.period,
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f}%"
