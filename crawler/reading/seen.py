"""A page as it is judged and read: its text, parsed once, and what its tags and address show."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.reading import signs
from crawler.reading.identity import Identity, identity_of
from crawler.reading.layouts import locate
from crawler.reading.markers import FAMILIES, Marker, markers_of, open_span, spans
from crawler.reading.noise import visible_strings
from crawler.reading.page import Page, parse_markup
from crawler.reading.region import Parts, delimited_parts, located_parts
from crawler.reading.tags import every_tag, firsts
from crawler.reading.text import dense, markup

HOME_PATH = re.compile(r"/(?:index\.(?:html?|jsp|php))?$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SHOWN = re.compile(
    r"<(?:img|iframe|video|embed|object|script\s[^<>]{0,200}src)\b|document\.write|\.load\(",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


class Seen:
    """A page with what is asked of it, each worked out once and only if asked.

    It is judged first and read then: reading takes the trees over (`taken_apart`), and whatever is
    asked of them afterwards is parsed anew.
    """

    def __init__(self, html: str, url: str, status: int = 200) -> None:
        self.text = markup(html)
        self.url = url
        self.status = status

    @cached_property
    def markers(self) -> Sequence[Marker]:
        return markers_of(self.text)

    @cached_property
    def root(self) -> HtmlElement:
        """The whole page, for what only a whole page shows: an article with delimiters is judged
        and read without it."""
        return self._page.root

    @cached_property
    def every_tag(self) -> Mapping[str, Sequence[str]]:
        """All contents of each tag; those of a delimited body are none of the page's."""
        return every_tag(self._delimited.rest if self._delimited else self.root)

    @cached_property
    def tags(self) -> Mapping[str, str]:
        return firsts(self.every_tag)

    @cached_property
    def identity(self) -> Identity:
        return identity_of(self.text, self.tags, self.url)

    @cached_property
    def path(self) -> str:
        try:
            return urlsplit(self.url).path
        except ValueError:
            return ""

    @cached_property
    def title(self) -> str:
        title = self.root.find(".//title")
        return dense(title.text or "") if title is not None else ""

    @cached_property
    def shown(self) -> str:
        return dense("".join(visible_strings(self.root)))

    @cached_property
    def is_home(self) -> bool:
        """Whether its address is the site's root."""
        return bool(HOME_PATH.match(self.path or "/"))

    @cached_property
    def names_an_article(self) -> bool:
        """Whether its tags name an article."""
        return "articletitle" in self.tags or ("pubdate" in self.tags and "title" in self.tags)

    @cached_property
    def has_a_place_for_content(self) -> bool:
        """Whether it is the template of an article, be there anything in it or not."""
        marked = any(marker.name in FAMILIES for marker in self.markers)
        return marked or locate(self.root) is not None

    @cached_property
    def delimits_content(self) -> bool:
        """Whether the CMS's content markers stand around something."""
        found = [span for name in FAMILIES for span in spans(self.markers, name)]
        left = open_span(self.markers)
        inside = [
            self.text[s.inner_start : s.inner_end] for s in (*found, *((left,) if left else ()))
        ]
        return any(holds_something(part) for part in inside)

    def is_notice(self, words: re.Pattern[str]) -> bool:
        """Whether one of these phrases stands on a page that says little else."""
        return len(self.shown) <= signs.NOTICE_AT_MOST and bool(
            words.search(self.shown) or words.search(self.title)
        )

    def taken_apart(self) -> Parts:
        """The page in two, for whoever alters the trees; they are this page's no longer."""
        parts = self._delimited or located_parts(self._page, self.text, self.markers)
        for name in ("_delimited", "_page", "root"):
            self.__dict__.pop(name, None)
        return parts

    @cached_property
    def _page(self) -> Page:
        return parse_markup(self.text)

    @cached_property
    def _delimited(self) -> Parts | None:
        return delimited_parts(self.text, self.markers)


def holds_something(markup: str) -> bool:
    """Whether there is something to read, to see or to load in a stretch of markup."""
    if _SHOWN.search(markup):
        return True
    return bool(dense(unescape(_TAG.sub("", _SCRIPT.sub("", markup)))))
