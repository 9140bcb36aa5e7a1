"""Figures over time: one page for all of them, the charts of other pages, and each as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reading_room import queries
from reading_room.asked import Answer, Asked
from reading_room.claimed import balances
from reading_room.figures import Figure, Subject, claims_figure, counted_figure
from reading_room.here import AS_OF
from reading_room.names import channels_offered
from reading_room.serving import page, question_of
from storage.consult.claims import ChannelClaims
from storage.consult.periods import Step
from storage.consult.series import Counted, Each, Series, SeriesQuery
from storage.consult.sites import sites_named

WORDS, HELD = "words", "held"
NAMES = (*(counted.value for counted in Counted), WORDS, HELD)
MOST = 12
"""So many charts are drawn on the page."""
DRAWN = (Counted.PUBLISHED, Counted.EDITED, Counted.SILENT, Counted.GONE)
"""What is drawn of a site and of a channel, besides what is held of what is claimed."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def series(asked: Asked) -> Answer:
    of, query = _of(asked), series_query(asked)
    words = asked.params.words("q")
    claims = _claims(asked, query) if of == HELD else []
    found = [] if of == HELD else counted(asked, of, words, query)
    return Answer(
        "series.html",
        {
            "of": of,
            "names": NAMES,
            "query": query,
            "q": asked.params.text("q") or "",
            "steps": list(Step),
            "eaches": list(Each),
            "sites": asked.archive.ask(sites_named),
            "channels": channels_offered(asked, query.host),
            "figures": _figures(asked, of, found[:MOST], claims[:MOST]),
            "cut": MOST if max(len(found), len(claims)) > MOST else None,
            "needs_words": of == WORDS and not words,
        },
        {"of": of, "channels": claims, "next": None}
        if of == HELD
        else {"of": of, "series": found, "next": None},
    )


def counted(asked: Asked, of: str, words: Sequence[str], query: SeriesQuery) -> list[Series]:
    """The series that `of` names; none for words where none are given."""
    if of == WORDS:
        return asked.archive.word_series(*words, query=query) if words else []
    return asked.archive.series(Counted(of), query)


def series_query(asked: Asked) -> SeriesQuery:
    """What series are made of, as an address says. Raises BadQuestion."""
    params = asked.params
    return queries.series_query(
        {
            "site": params.text("site"),
            "channel": params.text("channel"),
            **params.span(params.day),
            "step": Step(params.chosen("step", Step) or Step.MONTH),
            "each": Each(params.chosen("each", Each) or Each.ALL),
            "as_of": asked.as_of,
        }
    )


def beside(
    asked: Asked,
    of: str,
    *,
    host: str | None = None,
    channel: str | None = None,
    words: Sequence[str] = (),
) -> Figure | None:
    """A chart for another page: by month, or by year where there are many years. None
    where there is nothing to draw."""
    query = SeriesQuery(host=host, channel=channel, step=None, as_of=asked.as_of)
    found = counted(asked, of, words, query)
    if not found or not found[0].total:
        return None
    said = " ".join(words)
    address = {"of": of, "q": said, "site": host, "channel": channel, "step": found[0].step.value}
    return counted_figure(_subject(asked, of, said, address), found[0], asked.say)


def claims_beside(asked: Asked, host: str, channel: str | None = None) -> Figure | None:
    """The same for what is held against what is claimed; None where nothing was walked."""
    found = balances(asked.archive.claims(host, channel, at=asked.as_of))
    if not found:
        return None
    address = {"of": HELD, "site": host, "channel": channel}
    return claims_figure(_subject(asked, HELD, "", address), found, asked.say)


def _subject(asked: Asked, of: str, said: str, address: Mapping[str, str | None]) -> Subject:
    return Subject(of, said, (*address.items(), (AS_OF, asked.here.as_of)))


def figures_of(asked: Asked, host: str, channel: str | None = None) -> list[Figure]:
    """The charts of a site or of one of its channels."""
    drawn = (beside(asked, of.value, host=host, channel=channel) for of in DRAWN)
    return [each for each in (*drawn, claims_beside(asked, host, channel)) if each]


def as_csv(request: Request) -> Response:
    """The figures as a table to download. What a program for tables would take for a formula is
    marked as text."""
    asked = question_of(request)
    of, query = _of(asked), series_query(asked)
    words = asked.params.words("q")
    rows = (
        _claim_rows(_claims(asked, query))
        if of == HELD
        else _rows(counted(asked, of, words, query))
    )
    written = io.StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    # The mark of the byte order tells spreadsheets that the Chinese in it is UTF-8.
    return Response(
        "\ufeff" + written.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{of}.csv"'},
    )


def _claims(asked: Asked, query: SeriesQuery) -> list[ChannelClaims]:
    return asked.archive.claims(query.host, query.channel, at=query.as_of)


def _of(asked: Asked) -> str:
    return asked.params.chosen("of", NAMES) or Counted.PUBLISHED.value


def _figures(
    asked: Asked, of: str, found: Sequence[Series], claims: Sequence[ChannelClaims]
) -> list[Figure]:
    def subject(n: int, each: Series | ChannelClaims) -> Subject:
        name = " · ".join(part for part in (each.name, each.host) if part)
        return Subject(of, name, asked.here.query, n)

    say, drawn = asked.say, [each for each in found if each.total]
    return [counted_figure(subject(n, each), each, say) for n, each in enumerate(drawn)] + [
        claims_figure(subject(n, each), balances([each]), say) for n, each in enumerate(claims)
    ]


def _rows(found: Sequence[Series]) -> list[tuple[Any, ...]]:
    heads = ("host", "channel", "name", "period", "count", "of", "share")
    return [heads] + [
        (each.host, each.channel, each.name, point.period, point.count, point.of, point.share)
        for each in found
        for point in each.points
    ]


def _claim_rows(found: Sequence[ChannelClaims]) -> list[tuple[Any, ...]]:
    figures = ("claimed_total", "listed", "off_site", "held", "verdict")
    return [("host", "channel", "name", "walked_at", *figures)] + [
        (
            *(each.host, each.cms_id, each.name, claim.walked_at.isoformat()),
            *(getattr(claim, figure) for figure in figures),
        )
        for each in found
        for claim in each.claims
    ]


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


ROUTES: list[BaseRoute] = [
    Route("/series.csv", as_csv, methods=["GET"]),
    *page("/series", series),
]
