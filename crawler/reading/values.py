"""What reading an article page gives: the article, and how the reader came by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.article import Article

READER = "hanweb/1"
"""Changes whenever any page could read differently; every version says which reader made it."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of a page's breadcrumb: the channel's name, and its absolute URL where linked."""

    name: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An article as read, with the evidence.

    `origins` says for each filled field of the article where it came from: `marker`, `meta`,
    `label` (a line such as 来源：…), `table` (the disclosure table), `heading`, `title-tag`,
    `trafilatura`, `walker` or `links`. `breadcrumb` goes from 首页 down. `cms_id` and
    `channel_id` are what the page itself says, never its address. `doubts` are short words for
    what a person may want to look at; `layout` names how the body was found.
    """

    article: Article
    origins: Mapping[str, str] = field(default_factory=dict)
    breadcrumb: tuple[Crumb, ...] = ()
    cms_id: str | None = None
    channel_id: str | None = None
    site_name: str | None = None
    doubts: tuple[str, ...] = ()
    layout: str = "none"
    reader: str = READER
