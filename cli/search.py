"""`cunzheng search`: find words in all versions."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, moment, opened
from cli.days import day
from cli.options import (
    ArchiveUrl,
    Channel,
    Json,
    Lang,
    Limit,
    PublishedSince,
    PublishedUntil,
    Site,
    SortName,
    StateName,
    WithinName,
)
from cli.output import clean, print_json
from cli.words import Say

if TYPE_CHECKING:
    from storage.consult.query import Cursor
    from storage.consult.search import Found, Hit

_HIT = "bold yellow"


def search(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS...]", help="argument.words")
    ] = None,
    within: Annotated[WithinName, typer.Option("--in", help="option.within")] = WithinName.ANYWHERE,
    site: Site = None,
    channel: Channel = None,
    state: Annotated[StateName | None, typer.Option("--state", help="option.state")] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="option.source")
    ] = None,
    doc_number: Annotated[
        str | None, typer.Option("--doc-number", metavar="NUMBER", help="option.doc_number")
    ] = None,
    since: PublishedSince = None,
    until: PublishedUntil = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="option.search_as_of")
    ] = None,
    edited: Annotated[bool, typer.Option("--edited", help="option.edited")] = False,
    sort: Annotated[SortName, typer.Option("--sort", help="option.sort")] = SortName.RELEVANCE,
    limit: Limit = 20,
    after: Annotated[str | None, typer.Option("--after", help="option.after")] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.consult.query import Query, Sort, Within

        query = Query.of(
            *(words or ()),
            within=Within(within),
            host=site,
            channel=channel,
            state=state.value if state else None,
            source=source,
            doc_number=doc_number,
            since=day(since, desk.say, last=False),
            until=day(until, desk.say, last=True),
            as_of=moment(as_of, desk.say, last=True),
            edited=edited,
            sort=Sort(sort),
            limit=limit,
            after=_cursor(after, desk.say),
        )
        found = desk.archive.search(query)
        if as_json:
            print_json(_document(found))
        else:
            _print_found(desk, found)


def _cursor(text: str | None, say: Say) -> "Cursor | None":
    from storage.consult.query import Cursor

    if text is None:
        return None
    try:
        return Cursor.parse(text)
    except ValueError as error:
        raise typer.BadParameter(say("error.cursor", text=clean(text))) from error


def _document(found: "Found") -> dict[str, object]:
    return {
        "hits": found.hits,
        "total": found.total,
        "at_most": found.at_most,
        "next": str(found.next) if found.next else None,
    }


def _print_found(desk: Desk, found: "Found") -> None:
    if not found.hits:
        desk.screen.print(desk.say("search.none"))
        return
    for hit in found.hits:
        _print_hit(desk, hit)
    if found.total is not None:
        desk.screen.print(desk.say("search.total", n=found.total))
    else:
        desk.screen.print(desk.say("search.at_most", n=found.at_most))
    if found.next:
        desk.screen.print(desk.say("page.more", option=f"--after {found.next}"))


def _print_hit(desk: Desk, hit: "Hit") -> None:
    title = _marked(hit.title, hit.title_hits, Text(f"[{hit.article.id}] ", "bold cyan"))
    desk.screen.print(title)
    where = (hit.article.published or "—", hit.article.host, _which(hit, desk.say))
    desk.screen.print(Text("    " + clean(" · ".join(where)), "dim"))
    before, after = ("…" if cut else "" for cut in hit.snippet.cut)
    shown = _marked(hit.snippet.text, hit.snippet.hits, Text(f"    {before}"))
    desk.screen.print(shown.append(f"{after}\n"), soft_wrap=True)


def _which(hit: "Hit", say: Say) -> str:
    if not hit.current:
        return say("search.old", n=hit.version, now=hit.article.versions)
    if hit.article.state == "present":
        return say("search.current", n=hit.version)
    return f"{say('search.last', n=hit.version)} · {say(f'state.{hit.article.state}')}"


def _marked(text: str, hits: tuple[tuple[int, int], ...], line: Text) -> Text:
    """The text with its hits in bold, after what `line` holds already."""
    at = 0
    for start, end in hits:
        line.append(clean(text[at:start])).append(clean(text[start:end]), _HIT)
        at = end
    return line.append(clean(text[at:]))
