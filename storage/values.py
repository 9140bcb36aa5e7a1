"""The values that cross into the archive: what a crawl saw, one thing at a time. All frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.article import Article, ArticleKey
from storage.judging import Absence, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSeen:
    """A site answered as one of ours."""

    host: str
    name: str | None
    generation: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSeen:
    """A page of the site mentions this channel; `own` where that is the channel's own page, whose
    word on the name stands. `dialect` is None until that page is read."""

    host: str
    cms_id: str
    name: str | None
    url: str
    parent_cms_id: str | None = None
    dialect: str | None = None
    own: bool = False
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry as recorded: the article it names, or None where it leads to another site."""

    key: ArticleKey | None
    url: str
    listed_title: str
    listed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One listing page of a channel: its entries as they stood at that moment.

    `answer` names the bytes that said so, and how they were read, where they are the whole list.
    `same_as` is an earlier telling of the very same answer, by its id: `entries` is empty then, and
    what that one told is told again.
    """

    host: str
    channel: str
    at: datetime
    entries: tuple[Placed, ...]
    answer: bytes | None = field(default=None, repr=False)
    same_as: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """One walk over a channel's listings, ended. `verdict` is `complete`, `short by k`, `over by
    k`, `shifted`, `total unknown` or `failed`; only a complete walk shows what left the list, and
    from that the archive tells a `windowed` one."""

    host: str
    channel: str
    walked_at: datetime
    claimed_total: int | None
    entries_seen: int
    articles_seen: int
    repeats: int
    off_site: int
    pages: int
    stop_reason: str
    verdict: str
    whole: bool
    """Whether every page of the list was seen, so that what is absent has left it."""
    ends_on: date | None = None
    """The day of the list's last row, None where rows show no days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address that the crawl decided to fetch. It will end in exactly one outcome."""

    url: str
    kind: str
    key: ArticleKey | None = None
    listed_title: str | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An address that ended without a capture: failed, disallowed, off-site."""

    url: str
    outcome: Outcome
    detail: str
    at: datetime


ATTACHMENT, PART = "attachment", "part"
"""The page kinds of a file that an article offers, and of a further page of its body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRead:
    """What the bytes of a file say. `format` and `text` are None where nothing could be read;
    `unreadable` then tells why. `scanned` marks pages that are pictures of text."""

    format: str | None
    text: str | None
    pages: int | None = None
    scanned: bool = False
    doubts: tuple[str, ...] = ()
    unreadable: str | None = None
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One fetch of one address at one moment, and what was read from it.

    `outcome` is None for an admitted article, and for a file of one: the archive judges them.
    `asked_url` is the address in the frontier, where redirects led from there to `url`. `parts`
    are the frontier's names of the further pages, captured before in this crawl, that were read
    together with this one. `revalidates` is the capture whose bytes the server confirmed by 304:
    `payload` is empty then. `same_as` is a capture of the very same bytes, whose reading, by the
    same reader, is that of this one: `article` is None then. `skeleton` is a digest of the page's
    structure: equal for pages of one template, whatever they say. `stands_at` is the address of the
    article itself, where this is a further page of it.
    """

    url: str
    captured_at: datetime
    status: int
    headers: Mapping[str, str] = field(repr=False)
    payload: bytes = field(repr=False)
    page_kind: str
    reader: str
    key: ArticleKey | None = None
    article: Article | None = None
    absence: Absence | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    asked_url: str | None = None
    document: DocumentRead | None = None
    parts: tuple[str, ...] = ()
    stands_at: str | None = None
    revalidates: int | None = None
    same_as: int | None = None
    skeleton: str | None = None


Recordable = SiteSeen | ChannelSeen | Listed | Walked | Wanted | Ended | Captured
