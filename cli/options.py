"""The options that commands share. Their help is a key of the catalogue."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.words import Language

Json = Annotated[bool, typer.Option("--json", help="option.json")]
ArchiveUrl = Annotated[str | None, typer.Option("--archive", metavar="URL", help="option.archive")]
Lang = Annotated[Language | None, typer.Option("--lang", help="option.lang")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="option.limit")]
Site = Annotated[str | None, typer.Option("--site", metavar="HOST", help="option.site")]
Channel = Annotated[str | None, typer.Option("--channel", metavar="ID", help="option.channel")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="option.since")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="option.until")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="option.as_of")]
PublishedSince = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="option.published_since")
]
PublishedUntil = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="option.published_until")
]
Host = Annotated[str | None, typer.Argument(metavar="[HOST]", help="argument.host")]
ArticleName = Annotated[str, typer.Argument(metavar="ARTICLE", help="argument.article")]


class StateName(StrEnum):
    """The archive's states, named here so that `--help` need not load the archive."""

    PRESENT = "present"
    MISSING = "missing"
    GONE = "gone"


class ProgressName(StrEnum):
    """The ways in which a crawl shows how far it has come."""

    AUTO = "auto"
    PLAIN = "plain"
    JSON = "json"
    NONE = "none"


class WithinName(StrEnum):
    """Where the words of a search must stand."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    BODY = "body"


class SortName(StrEnum):
    """The orders of a search."""

    RELEVANCE = "relevance"
    DATE = "date"


class StateAtName(StrEnum):
    """The states that an article may have had at an instant."""

    PRESENT = "present"
    MISSING = "missing"
    GONE = "gone"
    UNKNOWN = "unknown"


class EventName(StrEnum):
    """The archive's kinds of events, named here for the same reason."""

    PUBLISHED = "published"
    EDITED = "edited"
    MISSING = "missing"
    GONE = "gone"
    RESTORED = "restored"
    MOVED = "moved"
    UNLISTED = "unlisted"
    RELISTED = "relisted"
