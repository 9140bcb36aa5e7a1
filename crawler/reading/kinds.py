"""What a page is, whatever its status says: evidence for an article, signs of anything else."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from lxml import etree

from crawler.hanweb import channel_id
from crawler.reading import signs
from crawler.reading.identity import address_in
from crawler.reading.layouts import locate
from crawler.reading.links import absolute
from crawler.reading.noise import visible_strings
from crawler.reading.seen import HOME_PATH, Seen, holds_something
from crawler.reading.text import dense
from storage.consult.reasons import reason


class PageKind(StrEnum):
    """What was served. `other` is a page of which nothing is known: never evidence of anything."""

    ARTICLE = "article"
    CHANNEL = "channel"
    HOME = "home"
    LISTING = "listing"
    ROBOTS = "robots"
    NOT_FOUND = "not_found"
    CHALLENGE = "challenge"
    LOGIN = "login"
    SEARCH = "search"
    LEADS_HOME = "leads_home"
    """No page, but a script or tag that leads to the home page."""
    ERROR = "error"
    BLANK = "blank"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's kind with its reason, in one line for a person, in English and in Chinese."""

    kind: PageKind
    reason_en: str
    reason_zh: str


_GONE_STATUSES = frozenset({404, 410})
_CHALLENGE_STATUSES = frozenset({412, 521})
_LISTING = re.compile(r"\s{0,99}(?:<\?xml[^<>]{0,99}>\s{0,99})?<datastore\b|\s{0,99}\{\"roles\"")
_NOTICES = (
    signs.CHALLENGE_WORDS, signs.LOGIN_WORDS, signs.GONE_WORDS, signs.MAINTENANCE_WORDS,
    signs.ERROR_WORDS,
)  # fmt: skip


def page_kind(html: str, url: str, status: int) -> Judged:
    """Judge a page by what it shows. `status` is only asked where the page itself says nothing.

    A page that says it is an article is one even under status 404; a page is `not_found` under
    status 200 when it is a short notice and carries no evidence of an article. Never raises.
    """
    return kind_of(Seen(html, url, status))


def kind_of(page: Seen) -> Judged:
    """`page_kind` of a page that is read as well: it is parsed once for both."""
    verdicts = (judge(page) for judge in _JUDGES)
    return next(
        (verdict for verdict in verdicts if verdict),
        _judged(PageKind.OTHER, "nothing on the page says what it is"),
    )


def _judged(kind: PageKind, english: str, *values: object) -> Judged:
    return Judged(kind, *reason(english, *values))


def _by_form(page: Seen) -> Judged | None:
    if page.path == "/robots.txt" and "<html" not in page.text[:2000].lower():
        return _judged(PageKind.ROBOTS, "the site's robots.txt")
    if _LISTING.match(page.text):
        return _judged(PageKind.LISTING, "an answer of the listing service")
    return None


def _by_own_word(page: Seen) -> Judged | None:
    """What the CMS writes into every page it generates: the visit counter's type, `pagetype`."""
    says = page.identity.page_type or {"1": "3", "2": "2"}.get(page.tags.get("pagetype", ""))
    if says == "1":
        return _judged(PageKind.HOME, "its visit counter is the home page's")
    if says == "2":
        return _judged(PageKind.CHANNEL, "it says that it is a channel's page")
    if says == "3" and (page.delimits_content or not page.is_notice(signs.GONE_WORDS)):
        return _shell(page) or _judged(PageKind.ARTICLE, "it says that it is an article's page")
    return None


def _shell(page: Seen) -> Judged | None:
    """An article's template whose content is gone: delimited or contained, but nothing in it, and
    no tag that names an article."""
    if page.names_an_article or page.delimits_content or not page.has_a_place_for_content:
        return None
    region = locate(page.root)
    inside = etree.tostring(region.element, encoding="unicode", with_tail=False) if region else ""
    if holds_something(inside):
        return None
    return _judged(PageKind.BLANK, "an article's template with nothing in it")


def _by_content(page: Seen) -> Judged | None:
    if page.delimits_content and not channel_id_in(page.url):
        return _judged(PageKind.ARTICLE, "the CMS's content markers")
    if page.names_an_article:
        return _judged(PageKind.ARTICLE, "the tags ArticleTitle or PubDate")
    if address_in(page.url) and page.status not in _GONE_STATUSES and not _looks_foreign(page):
        region = locate(page.root)
        if region and dense("".join(visible_strings(region.element))):
            return _judged(
                PageKind.ARTICLE,
                "an article's address and a known container ({})",
                region.layout.name,
            )
        return _shell(page)
    return None


def _by_challenge(page: Seen) -> Judged | None:
    short = len(page.shown) <= signs.NOTICE_AT_MOST
    if short and signs.CHALLENGE_SCRIPT.search(page.text):
        return _judged(PageKind.CHALLENGE, "a script that tests the visitor")
    if page.is_notice(signs.CHALLENGE_WORDS):
        return _judged(PageKind.CHALLENGE, "a notice of the site's firewall")
    if short and page.status in _CHALLENGE_STATUSES:
        return _judged(PageKind.CHALLENGE, "status {}, as firewalls answer", page.status)
    return None


def _by_notice(page: Seen) -> Judged | None:
    if page.is_notice(signs.LOGIN_WORDS):
        return _judged(PageKind.LOGIN, "it asks for a login")
    if page.is_notice(signs.MAINTENANCE_WORDS):
        return _judged(PageKind.ERROR, "the site says that it is under maintenance")
    if page.is_notice(signs.ERROR_WORDS):
        return _judged(PageKind.ERROR, "the server says that it failed")
    if signs.GONE_TITLE.search(page.title) or page.is_notice(signs.GONE_WORDS):
        return _judged(PageKind.NOT_FOUND, "a notice that there is no such page")
    return None


def _by_where_it_leads(page: Seen) -> Judged | None:
    """A page that only sends its visitor to the home page, as for articles that are gone."""
    if len(page.shown) > signs.SIGNPOST_AT_MOST or "cookie" in page.text:
        return None
    leads = (signs.LEADS_BY_SCRIPT.search(page.text), signs.LEADS_BY_TAG.search(page.text))
    written = next((found[found.lastindex or 0] for found in leads if found), None)
    target = absolute(page.url, written)
    if target is None or page.is_home or not _is_home(target, page.url):
        return None
    return _judged(PageKind.LEADS_HOME, "it leads to the site's home page and says nothing else")


def _by_search(page: Seen) -> Judged | None:
    asks = signs.SEARCH_PATH.search(page.path) and "xxgk" not in page.path
    if asks or signs.SEARCH_TITLE.search(page.title) or signs.SEARCH_WORDS.search(page.shown):
        return _judged(PageKind.SEARCH, "the site's search page")
    return None


def _by_address(page: Seen) -> Judged | None:
    if "<datastore" in page.text or ("columnname" in page.tags and channel_id_in(page.url)):
        return _judged(PageKind.CHANNEL, "a channel's list or name")
    if "siteurl" in page.tags or (page.shown and page.is_home):
        return _judged(PageKind.HOME, "the site's root address or its tags")
    if page.shown and channel_id_in(page.url):
        return _judged(PageKind.CHANNEL, "a channel's address")
    return None


def _by_status(page: Seen) -> Judged | None:
    if page.status in _GONE_STATUSES:
        return _judged(PageKind.NOT_FOUND, "status {}", page.status)
    if page.status >= 500:
        return _judged(PageKind.ERROR, "status {}", page.status)
    if not page.shown and page.root.find(".//img") is None and page.root.find(".//iframe") is None:
        return _judged(PageKind.BLANK, "there is nothing to see on it")
    return None


def _is_home(target: str, url: str) -> bool:
    there, here = urlsplit(target), urlsplit(url)
    return there.netloc.lower() == here.netloc.lower() and bool(HOME_PATH.match(there.path or "/"))


def channel_id_in(url: str) -> str | None:
    """The channel's id in an address, None where it is none or cannot be read."""
    try:
        return channel_id(url)
    except ValueError:
        return None


def _looks_foreign(page: Seen) -> bool:
    return bool(signs.GONE_TITLE.search(page.title)) or any(
        page.is_notice(words) for words in _NOTICES
    )


_JUDGES: tuple[Callable[[Seen], Judged | None], ...] = (
    _by_form, _by_own_word, _by_content, _by_challenge, _by_notice, _by_where_it_leads, _by_search,
    _by_address, _by_status,
)  # fmt: skip
