"""What reading an article page gives: the article, and how the reader came by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.article import Article

READER = "hanweb/6"
"""Changes whenever any page could read differently; every version says which reader made it."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of a page's breadcrumb: the channel's name, and its absolute URL where linked."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A further page of an article: its text, and its address as `Reading.continues` names it."""

    html: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An article as read, with the evidence.

    `origins` says for each filled field of the article where it came from: `marker`, `meta`,
    `label` (a line such as 来源：…), `table` (the disclosure table), `listing`, `trafilatura`, or
    `walker` (our own walk over the body's region, where the check did not bear trafilatura out).
    Behind a colon, more exactly: `walker:plain` is a region of paragraphs and tables, with nothing
    to normalise; `label:编辑` an editor who stands in for an author; `meta:title-tag` the page's
    `<title>`; `label:heading` a line marked up as a headline. `breadcrumb` goes from 首页 down.
    `cms_id` and `channel_id` are what the page itself says, never its address. `doubts` are short
    words for what a person may want to look at; `layout` names how the body was found.

    `continues` are the absolute addresses of what else belongs to the body, in order, and
    `continues_as` says how: `pages` (the article goes on there), `frame` or `script` (the body
    stands in that file). Until all of them were given as parts, `continues-elsewhere` is a doubt;
    `pages-beyond` is one where the article has more pages than are fetched (`pager.MOST_PAGES`).
    `skeleton` tells the page's template (`crawler.reading.skeleton`), no part of the article.
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
    skeleton: str | None = None
    continues: tuple[str, ...] = ()
    continues_as: str = ""
